"""The light on a page: how it is judged, and how a straightened page is made as if evenly lit.

What the paper itself would look like is estimated everywhere from where it shows between the
writing; every pixel is then divided by it. Seals, photos and filled fields are no paper, so they
are bridged from around them and keep their colour.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drivers.cameras.opencv import Image, cv2

CELLS = 48  # cells along the long side in which the paper's light is looked at
CELL = 12  # pixels of the copy for one cell
WHITE = 244  # levels that paper gets: not 255, or what is written faintly on it would burn out
NOT_PAPER = 0.86  # a cell darker than this part of what is around it holds more than writing
ROUNDS = 6  # until the estimate does not change any more
WINDOW_MM = 4.0  # around a pixel, in which black and white are told apart: a line of writing
INK = 26  # levels by which ink is darker than what is around it
SOLID = 80  # levels: darker than this is ink, however dark it is around it
SATURATED = 252


@dataclass(frozen=True, slots=True)
class Light:
    """How a page is lit: `white` is the level of its paper, `glare` the part that is burnt out."""

    white: float
    glare: float


def judge(sheet: Image) -> Light:
    """What the light does on a small straightened copy of a page."""
    darkest = sheet.min(axis=2)
    usual = float(np.median(darkest))
    burnt = ((darkest >= SATURATED) & (darkest > usual + 10)).astype(np.uint8)
    burnt = cv2.morphologyEx(burnt, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(burnt)
    spot = int(stats[1:, cv2.CC_STAT_AREA].max(initial=0))
    glare = 1.0 if usual >= SATURATED + 2 else spot / darkest.size
    return Light(float(np.percentile(sheet.max(axis=2), 80)), glare)


def even(page: Image, *, keep_tint: bool) -> Image:
    """A straightened page (blue, green, red) as if lit evenly, in place.

    Paper becomes white; with `keep_tint`, as for cards, it becomes evenly light and keeps its hue.
    """
    paper = _paper(page)
    if keep_tint:
        paper = np.repeat(paper.max(axis=2, keepdims=True), 3, axis=2)
    height, width = page.shape[:2]
    spread = cv2.resize(
        np.clip(paper, 1, 255).astype(np.uint8), (width, height), interpolation=cv2.INTER_LINEAR
    )
    return np.asarray(cv2.divide(page, spread, dst=page, scale=WHITE), np.uint8)


def black_and_white(grey: Image, dpi: float) -> Image:
    """Ink black, paper white, of an evenly lit page: each pixel against what is around it."""
    window = max(round(WINDOW_MM * dpi / 25.4) | 1, 9)
    sheet = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, window, INK
    )
    solid = cv2.threshold(grey, SOLID, 255, cv2.THRESH_BINARY)[1]
    return np.asarray(cv2.bitwise_and(sheet, solid, dst=sheet), np.uint8)


def _paper(page: Image) -> NDArray[np.float32]:
    """The colour that the paper has in each cell, bridged where none of it is seen.

    Cells are paper when they are about as bright as a smooth surface through the brightest ones;
    from there it spreads to neighbours that differ little: into soft shadows, not into photos.
    """
    cells = _cells(page)
    level = cells.max(axis=2)
    expected = _surface(level)
    paper = (level > NOT_PAPER * expected).astype(np.float32)
    for _ in range(ROUNDS):
        bridged = _bridge(level[..., None], paper)[..., 0]
        paper = (level > NOT_PAPER * bridged).astype(np.float32)
    return _bridge(cells, paper)


def _cells(page: Image) -> NDArray[np.float32]:
    """The colour of what is bright in each cell: between the strokes of writing, the paper."""
    height, width = page.shape[:2]
    scale = CELLS / max(height, width)
    rows, columns = max(round(height * scale), 4), max(round(width * scale), 4)
    small = cv2.resize(page, (columns * CELL, rows * CELL), interpolation=cv2.INTER_AREA)
    small = cv2.medianBlur(small, 3)
    blocks = small.reshape(rows, CELL, columns, CELL, 3).swapaxes(1, 2)
    flat = blocks.reshape(rows, columns, CELL * CELL, 3)
    return np.asarray(np.percentile(flat, 80, axis=2), np.float32)


def _surface(level: NDArray[np.float32]) -> NDArray[np.float32]:
    """A surface of the second degree through the cells that are bright for where they are."""
    rows, columns = level.shape
    y, x = np.mgrid[-1 : 1 : rows * 1j, -1 : 1 : columns * 1j]
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=-1).reshape(-1, 6)
    values = level.ravel().astype(np.float64)
    used = values > np.percentile(values, 40)
    surface = values
    for _ in range(ROUNDS):
        factors, *_ = np.linalg.lstsq(terms[used], values[used], rcond=None)
        surface = np.maximum(terms @ factors, 1.0)
        used = values > 0.93 * surface
        if used.sum() < 12:
            break
    return surface.reshape(level.shape).astype(np.float32)


def _bridge(cells: NDArray[np.float32], weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """The cells smoothed, counting only those with weight: wide where those are far away."""
    total = np.zeros_like(cells)
    weight = np.full(weights.shape, 1e-9, np.float32)
    for sigma, share in ((1.2, 1.0), (4.0, 0.02), (16.0, 0.0004)):
        near = cv2.GaussianBlur(weights, (0, 0), sigma, borderType=cv2.BORDER_REFLECT)
        smooth = cv2.GaussianBlur(
            cells * weights[..., None], (0, 0), sigma, borderType=cv2.BORDER_REFLECT
        )
        total += share * smooth.reshape(cells.shape)
        weight += share * near
    return np.asarray(total / weight[..., None], np.float32)
