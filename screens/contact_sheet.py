"""Pictures of screens, small and side by side: for the handbook, and to see what has changed.

`differences` names what has, as an eye sees it: by the light of small patches, not by pixels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageChops, ImageStat

if TYPE_CHECKING:
    from kivy.uix.widget import Widget

SMALLER: Final = 5  # times
GAP: Final = 12  # pixels between two pictures
COLOURS: Final = 96  # of a sheet: flat surfaces need no more
GROUND: Final = (96, 104, 116)
ACROSS: Final = {True: 6, False: 10}  # pictures beside each other: lying ones, upright ones
PATCH: Final = 6  # pixels: a character
FAINT: Final = 24  # of 255: by how much a patch may differ, as where glyphs are smoothed otherwise


def taken(widget: Widget) -> Image.Image:
    """A widget as it is drawn, made small."""
    texture = widget.export_as_image().texture
    drawn = Image.frombytes("RGBA", texture.size, texture.pixels).convert("RGB")
    return drawn.resize((drawn.width // SMALLER, drawn.height // SMALLER), Image.Resampling.BOX)


def laid_out(pictures: Sequence[Image.Image]) -> Image.Image:
    """All pictures, of one size, on one sheet, row by row."""
    width, height = pictures[0].size
    across = ACROSS[width > height]
    rows = -(-len(pictures) // across)
    size = (across * (width + GAP) + GAP, rows * (height + GAP) + GAP)
    sheet = Image.new("RGB", size, GROUND)
    for picture, place in zip(pictures, _places(width, height, across, rows), strict=False):
        sheet.paste(picture, place)
    return sheet.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def differences(one: Image.Image, other: Image.Image, size: tuple[int, int]) -> list[int]:
    """The places, from 0, of the pictures of this `size` that differ between two sheets.

    Where the sheets themselves are of another size everything differs: [-1].
    """
    if one.size != other.size:
        return [-1]
    width, height = size
    across = ACROSS[width > height]
    rows = (one.height - GAP) // (height + GAP)
    places = enumerate(_places(width, height, across, rows))
    return [n for n, (x, y) in places if _differ(one, other, (x, y, x + width, y + height))]


def _differ(one: Image.Image, other: Image.Image, box: tuple[int, int, int, int]) -> bool:
    a, b = (
        sheet.crop(box).convert("RGB").resize(_patches(box), Image.Resampling.BOX)
        for sheet in (one, other)
    )
    most = max(high for _, high in ImageStat.Stat(ImageChops.difference(a, b)).extrema)
    return bool(most > FAINT)


def _patches(box: tuple[int, int, int, int]) -> tuple[int, int]:
    return (box[2] - box[0]) // PATCH, (box[3] - box[1]) // PATCH


def _places(width: int, height: int, across: int, rows: int) -> Iterator[tuple[int, int]]:
    for row, column in product(range(rows), range(across)):
        yield GAP + column * (width + GAP), GAP + row * (height + GAP)
