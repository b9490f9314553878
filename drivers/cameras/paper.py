"""Pages as files: PDF and JPEG, each within the size that whoever gets them takes.

The same pages give the same bytes everywhere: nothing of the time or the machine is in them.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import partial

from PIL import Image

from drivers.device import Advice, Fault, Page, PageMode
from drivers.errors import DeviceError

BEST, LEAST = 85, 35  # JPEG qualities: with more nothing is won, with less writing frays
SHRINK = 0.8  # of the dots per inch, from one try to the next
FEWEST_DPI = 100.0  # a character of 10.5 pt is 14 pixels high then, the least that can be read
A4_MM = 297.0  # the long side that a paper of unknown size is taken to have

TOO_LARGE = Fault(
    "page.too_large",
    Advice.RESIDENT_ACTS,
    "the pages do not fit into the size allowed for a file, even at the least quality",
    "These pages are too many for one file. Please hand in fewer of them.",
)

Encode = Callable[[float, int], bytes]  # by scale and quality


def to_pdf(pages: Sequence[Page], limit: int) -> bytes:
    """One PDF of the pages in their order, at most `limit` bytes, each as large as its paper.

    Black and white is CCITT Group 4, everything else JPEG. DeviceError `page.too_large` says by how
    much they are too large at the least quality and FEWEST_DPI.
    """
    if not pages:
        raise ValueError("a PDF has at least one page")
    return _within(limit, partial(_pdf, pages), _scales(pages), _qualities(pages))


def to_jpeg(page: Page, limit: int) -> bytes:
    """The page as a JPEG of at most `limit` bytes. DeviceError `page.too_large` as `to_pdf`."""
    return _within(limit, partial(_jpeg, page), _scales([page]), (LEAST, BEST))


def _within(
    limit: int, encode: Encode, scales: Sequence[float], qualities: tuple[int, int]
) -> bytes:
    """The largest scale that fits, and with it the best quality that does."""
    least, best = qualities
    for scale in scales:
        encoded = encode(scale, best)
        if len(encoded) <= limit:
            return encoded
        encoded = encode(scale, least) if least < best else encoded
        if len(encoded) <= limit:
            return _best_quality(limit, partial(encode, scale), encoded, qualities)
    over = f"{len(encoded)} bytes, {len(encoded) - limit} more than the {limit} allowed"
    raise DeviceError(TOO_LARGE.because(over))


def _best_quality(
    limit: int, encode: Callable[[int], bytes], fits: bytes, qualities: tuple[int, int]
) -> bytes:
    """By bisection; `fits` is what the lower quality gives, the upper one is too large."""
    low, high = qualities
    while high - low > 1:
        middle = (low + high) // 2
        encoded = encode(middle)
        if len(encoded) <= limit:
            low, fits = middle, encoded
        else:
            high = middle
    return fits


def _qualities(pages: Sequence[Page]) -> tuple[int, int]:
    """Between which qualities there is a choice: black and white has none."""
    return (BEST if all(page.mode is PageMode.BLACK_WHITE for page in pages) else LEAST, BEST)


def _scales(pages: Sequence[Page]) -> list[float]:
    """From full size down to where every page has the fewest dots per inch it may have."""
    last = min(1.0, *(FEWEST_DPI / _dpi(page) for page in pages))
    scales = [1.0]
    while scales[-1] > last:
        scales.append(max(scales[-1] * SHRINK, last))
    return scales


def _dpi(page: Page) -> float:
    return page.dpi or max(page.width, page.height) / A4_MM * 25.4


def _pdf(pages: Sequence[Page], scale: float, quality: int) -> bytes:
    """Page after page, since each has a resolution of its own."""
    file = io.BytesIO()
    for number, page in enumerate(pages):
        image, dpi = _scaled(page, scale)
        if page.mode is PageMode.BLACK_WHITE:
            image = image.point(lambda level: 255 if level > 127 else 0).convert("1")
        image.save(
            file,
            "PDF",
            resolution=dpi,
            quality=quality,
            append=number > 0,
            creationDate=None,  # as the next one: not the time at which it was scanned
            modDate=None,
        )
    return file.getvalue()


def _jpeg(page: Page, scale: float, quality: int) -> bytes:
    image, dpi = _scaled(page, scale)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality, dpi=(round(dpi), round(dpi)))
    return file.getvalue()


def _scaled(page: Page, scale: float) -> tuple[Image.Image, float]:
    """The page that many times as large, but not below the fewest dots per inch; and its dpi."""
    colours = "RGB" if page.mode is PageMode.COLOUR else "L"
    size = page.width, page.height
    image = Image.frombuffer(colours, size, page.pixels, "raw", colours, 0, 1)
    scale = min(max(scale, FEWEST_DPI / _dpi(page)), 1.0)
    if scale == 1.0:
        return image, _dpi(page)
    smaller = round(page.width * scale), round(page.height * scale)
    return image.resize(smaller, Image.Resampling.BOX, reducing_gap=None), _dpi(page) * scale
