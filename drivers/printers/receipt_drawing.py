"""What a receipt holds as dots: lines of text and QR codes drawn, and their bytes.

A picture is `1` for ink. `GS v 0` sends it; at double size each of its dots is two by two on the
paper, for a quarter of the bytes.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import segno
from PIL import Image, ImageDraw, ImageFont, ImageOps

from drivers.errors import LocalProtocolError

COLUMN = 12  # dots of a Latin character; a Chinese one takes two columns
GLYPH = 24  # dots of a Chinese character each way, in normal size
GAP = 6  # dots that printers leave between two lines
FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
FACE = 7  # Noto Sans Mono CJK SC among the faces of that file: Latin is half as wide as Chinese
NO_CHARACTER = "\uffff"  # which no font has

RASTER = b"\x1dv0"
BAND = 128  # rows of one picture: printers with little memory print no higher ones
# Dots of one module of a QR code, all even: 0.75 mm is read by any telephone, 0.5 mm by most.
MODULES = (6, 4)
BORDER = 4  # modules around a QR code, by its standard
LEVEL = "m"  # bears a fold or a smear


def width(text: str) -> int:
    """Columns on the paper: one for ASCII, two for everything else."""
    return sum(1 if c.isascii() else 2 for c in text)


def line(
    text: str, path: Path, *, scale: int = 1, bold: bool = False, inverse: bool = False
) -> Image.Image:
    """A line in the columns it would have had as text, blanks at its end left out.

    LocalProtocolError for control characters, and for what the font lacks.
    """
    if re.search(r"[\x00-\x1f\x7f]", text):
        raise LocalProtocolError("a receipt holds a control character")
    text = text.rstrip()
    size = GLYPH * scale
    font, lacks = _font(path, size * 7 // 8)
    # As high as a printed line with its gap, into which the tails of letters reach.
    picture = Image.new("1", (width(text) * size // 2, size + GAP), 0)
    draw = ImageDraw.Draw(picture)
    middle = 0.0
    for character in text:
        cell = width(character) * size // 2
        middle += cell / 2
        if not character.isspace():
            if not _common(character) and _mask(font, character) == lacks:
                raise LocalProtocolError(f"a receipt holds a character that is not in {path.name}")
            place = (middle, size * 7 / 8)
            draw.text(place, character, 1, font, anchor="ms", stroke_width=int(bold))
        middle += cell / 2
    return _inverted(picture) if inverse else picture


def _inverted(picture: Image.Image) -> Image.Image:
    return ImageOps.invert(picture.convert("L")).convert("1")


def _common(character: str) -> bool:
    """Whether the font is known to have it: to draw each twice would take twice the time."""
    return character.isascii() or "\u4e00" <= character <= "\u9fa5"


@lru_cache(maxsize=8)
def _font(path: Path, size: int) -> tuple[ImageFont.FreeTypeFont, bytes]:
    """The font at a size, and the dots it has for all that it lacks."""
    try:
        # One character at a time needs no shaping, which takes six times as long.
        layout = ImageFont.Layout.BASIC
        font = ImageFont.truetype(path, size, index=FACE, layout_engine=layout)
    except OSError:
        raise LocalProtocolError(
            f"a receipt holds characters that printers lack, and there is no font at {path}: "
            "install fonts-noto-cjk"
        ) from None
    return font, _mask(font, NO_CHARACTER)


def _mask(font: ImageFont.FreeTypeFont, character: str) -> bytes:
    return bytes(font.getmask(character, "1"))  # type: ignore[no-untyped-call] # Pillow has no type here


def feed(rows: int) -> bytes:
    """So many rows of bare paper: ESC J."""
    return bytes([0x1B, 0x4A, rows])


def raster(picture: Image.Image, *, double: bool = False) -> bytes:
    """The picture for the printer, in bands that are printed without a gap between them."""
    bands = []
    for top in range(0, picture.height, BAND):
        band = picture.crop((0, top, picture.width, min(top + BAND, picture.height)))
        across = (band.width + 7) // 8
        size = across.to_bytes(2, "little") + band.height.to_bytes(2, "little")
        bands.append(RASTER + bytes([3 if double else 0]) + size + band.tobytes())
    return b"".join(bands)


def rule(dots: int) -> bytes:
    """A thin line across the paper, with bare paper above and below."""
    bare = feed((GLYPH + GAP) // 2 - 1)
    return bare + raster(Image.new("1", (dots, 2), 1)) + bare


def qr(data: str, dots: int) -> tuple[segno.QRCode, int]:
    """The code and how many dots each of its modules gets; LocalProtocolError if it is too wide."""
    try:
        code = segno.make_qr(data, error=LEVEL)
    except segno.DataOverflowError:
        raise LocalProtocolError(f"{len(data)} characters do not fit a QR code") from None
    across = _across(code)
    for module in MODULES:
        if across * module <= dots:
            return code, module
    raise LocalProtocolError(f"a QR code of {len(data)} characters is wider than the paper")


def _across(code: segno.QRCode) -> int:
    """Modules of a code and its border."""
    return len(code.matrix) + 2 * BORDER


def qr_raster(code: segno.QRCode, module: int) -> bytes:
    """The code as a picture with its border."""
    across = _across(code)
    rows = code.matrix_iter(border=BORDER)
    modules = Image.frombytes("L", (across, across), b"".join(bytes(row) for row in rows))
    side = across * module // 2
    grown = modules.resize((side, side), Image.Resampling.NEAREST)
    return raster(grown.point([0] + [255] * 255).convert("1"), double=True)


def qr_native(data: str, module: int) -> bytes:
    """The code by the printer's own command: GS ( k, functions 65, 67, 69, 80 and 81."""
    stored = data.encode()
    border = feed(BORDER * module)
    return (
        border
        + _function(65, b"\x32\x00")  # model 2
        + _function(67, bytes([module]))
        + _function(69, b"\x31")  # level M
        + _function(80, b"\x30" + stored)
        + _function(81, b"\x30")
        + border
    )


def _function(number: int, parameters: bytes) -> bytes:
    body = bytes([0x31, number]) + parameters
    return b"\x1d(k" + len(body).to_bytes(2, "little") + body
