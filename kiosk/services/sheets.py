"""Scanned pages on sheets of A4: each in the size of its paper, or as large as fits."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image

A4_MM = (210.0, 297.0)
EDGE_MM = 4.0  # at each side, which printers leave white
QUALITY = 90  # of the JPEGs within the PDF
DPI = 200  # of a page that does not say its own: a scan of A4 with five megapixels


def of_pages(pages: Sequence[bytes]) -> bytes:
    """A PDF with one sheet of A4 for each page, a JPEG with its dots per inch."""
    if not pages:
        raise ValueError("nothing to print")
    file = io.BytesIO()
    for number, page in enumerate(pages):
        with Image.open(io.BytesIO(page), formats=("JPEG",)) as picture:
            dpi = round(picture.info.get("dpi", (DPI,))[0]) or DPI
            sheet = _sheet(picture, dpi)
        sheet.save(
            file,
            "PDF",
            resolution=dpi,
            quality=QUALITY,
            append=number > 0,
            creationDate=None,  # as the next one: not the time of the copy
            modDate=None,
        )
    return file.getvalue()


def _sheet(picture: Image.Image, dpi: int) -> Image.Image:
    """The picture in the middle of an upright sheet, turned where it lies, never enlarged."""
    upright = picture.transpose(Image.Transpose.ROTATE_90) if _lies(picture, dpi) else picture
    width, height = (_dots(side, dpi) for side in A4_MM)
    edge = _dots(EDGE_MM, dpi)
    inside = upright.copy()
    inside.thumbnail((width - 2 * edge, height - 2 * edge), Image.Resampling.LANCZOS)
    sheet = Image.new("RGB", (width, height), "white")
    sheet.paste(inside, ((width - inside.width) // 2, (height - inside.height) // 2))
    return sheet


def _lies(picture: Image.Image, dpi: int) -> bool:
    """Whether a page is wider than a sheet is: a card keeps its way, a table is turned."""
    return picture.width > picture.height and picture.width > _dots(A4_MM[0], dpi)


def _dots(millimetres: float, dpi: int) -> int:
    return round(millimetres / 25.4 * dpi)
