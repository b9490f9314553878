"""Whether the writing on a page is sharp: how wide the way from ink to paper is.

Measured where there is most ink; a page with no ink at all is never blurred.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from drivers.cameras.opencv import Image, cv2
from drivers.cameras.page_edges import Points

WIDEST_PIXELS = 3.6  # from ink to paper: the lens and the pixels alone make two
WIDEST_MM = 0.75  # ... or that: strokes of 10.5 pt run together then
TILE = 160  # pixels of a piece of the picture in which it is measured
TILES = 6  # the pieces with most ink
GRID = 8  # pieces along each side among which those are chosen
REACH_MM = 1.0  # around an edge, within which ink and paper are looked for
FAINTEST = 25  # levels by which ink and paper differ at least


def is_blurred(picture: Image, corners: Points, sheet: Image, dpi: float) -> bool:
    """Whether edges of ink are too wide. `sheet` is a small straightened copy of the page."""
    reach = int(np.clip(round(REACH_MM * dpi / 25.4), 3, 15))
    widths = np.concatenate([_widths(tile, reach) for tile in _inked(picture, corners, sheet)])
    if not len(widths):
        return False
    return float(np.median(widths)) > max(WIDEST_PIXELS, WIDEST_MM * dpi / 25.4)


def _widths(tile: Image, reach: int) -> NDArray[np.float32]:
    """How many pixels the way from ink to paper takes, at every edge in a piece of a picture."""
    grey = cv2.GaussianBlur(cv2.cvtColor(tile, cv2.COLOR_BGR2GRAY), (0, 0), 0.6)
    kernel = np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
    contrast = cv2.subtract(cv2.dilate(grey, kernel), cv2.erode(grey, kernel)).astype(np.float32)
    across = (cv2.Sobel(grey, cv2.CV_32F, x, 1 - x, scale=1 / 8) for x in (0, 1))
    slope = cv2.magnitude(*across)
    steepest = cv2.dilate(slope, kernel)
    edges = (slope >= steepest * 0.999) & (contrast > FAINTEST)
    return np.asarray(contrast[edges] / steepest[edges], np.float32)


def _inked(picture: Image, corners: Points, sheet: Image) -> Iterator[Image]:
    """The pieces of the picture around the places of the page where there is most ink."""
    height, width = sheet.shape[:2]
    grey = cv2.cvtColor(sheet, cv2.COLOR_BGR2GRAY)
    change = cv2.absdiff(grey, cv2.medianBlur(grey, 9))
    rim_y, rim_x = height // 16, width // 16
    inner = change[rim_y : height - rim_y, rim_x : width - rim_x]
    ink = cv2.resize(inner, (GRID, GRID), interpolation=cv2.INTER_AREA)
    outline = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    back = cv2.getPerspectiveTransform(outline, corners.astype(np.float32))
    for number in np.argsort(ink, axis=None)[::-1][:TILES]:
        row, column = divmod(int(number), GRID)
        place = [
            rim_x + (column + 0.5) * inner.shape[1] / GRID,
            rim_y + (row + 0.5) * inner.shape[0] / GRID,
        ]
        x, y = cv2.perspectiveTransform(np.array([[place]], np.float32), back)[0, 0]
        yield _piece(picture, float(x), float(y))


def _piece(picture: Image, x: float, y: float) -> Image:
    height, width = picture.shape[:2]
    left = int(np.clip(x - TILE / 2, 0, max(width - TILE, 0)))
    top = int(np.clip(y - TILE / 2, 0, max(height - TILE, 0)))
    return picture[top : top + TILE, left : left + TILE]
