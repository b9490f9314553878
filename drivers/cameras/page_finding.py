"""Where the page is in a picture: its four corners, and what was seen of its four sides.

The page is looked for in a small copy, as whatever has four straight sides with something else
behind them; its corners are where lines cross that are fitted to the edges of the whole picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drivers.cameras.opencv import Image, cv2
from drivers.cameras.page_edges import Points, Side, crossing, follow, line_of

SEARCHED = 640  # pixels of the long side of the copy in which a page is looked for
JUDGED = 1280  # ... in which its sides are followed
SMALLEST = 0.015  # parts of the picture that a page covers at least: an ID card covers twice that
BEND_REACH = 0.05  # parts of a side's length by which it may be off the straight line and be found
ROUND = 0.07  # parts of a side next to a corner that may be round: those of ID cards are
MARGIN = 0.005  # parts of the picture: a side nearer than that to its rim is the rim itself
AT_THE_RIM = 0.5  # what a side counts for that is the rim of the picture: seen or not, half
CONVINCING = 0.5  # parts of the sides that have to be seen before something is a page
BEST = 4  # quadrilaterals that are looked at closely


UNSEEN = Side(np.zeros((0, 2)), np.zeros(0), seen=0.0, hidden=1.0, bulge=0.0, step=0.0)


@dataclass(frozen=True, slots=True)
class Quad:
    """A page in a picture: corners in pixels, clockwise from the one nearest to the upper left.

    `sides` begin at the corner of the same number. `whole` says that all corners are inside.
    """

    corners: Points
    sides: tuple[Side, ...]
    whole: bool


def find(picture: Image) -> Quad | None:
    """The page in a picture (blue, green, red), as it is seen; None where there is none.

    The corners are good to about a pixel of a copy 1280 pixels long; `refine` makes them exact.
    """
    middle, scale = _reduced(picture, JUDGED)
    small, further = _reduced(middle, SEARCHED)
    candidates = [(_promise(small, corners), corners) for corners in _quadrilaterals(small)]
    candidates = [found for found in candidates if found[0] > 0]
    candidates.sort(key=lambda found: -found[0])
    looked_at = [_look_at(middle, corners / further) for _, corners in candidates[:BEST]]
    quads = [quad for quad in looked_at if quad is not None and _convincing(quad)]
    if not quads:
        return None
    best = max(quads, key=lambda quad: _worth(quad, middle.shape))
    sides = tuple(_scaled(side, 1 / scale) for side in best.sides)
    return Quad(_onto(best.corners, 1 / scale), sides, best.whole)


def refine(picture: Image, quad: Quad) -> Points:
    """The four corners to a part of a pixel, from the edges in the whole picture."""
    corners = quad.corners
    reach = max(max(picture.shape[:2]) / JUDGED * 3, 4)
    for part in (1.0, 0.5):
        pairs = zip(corners, np.roll(corners, -1, axis=0), strict=True)
        sides = [follow(picture, a, b, max(reach * part, 4), ROUND) for a, b in pairs]
        corners = _corners_of(sides, corners)
    return corners


def _reduced(picture: Image, longest: int) -> tuple[Image, float]:
    """A copy that is no longer than that, and by what it was scaled."""
    scale = min(longest / max(picture.shape[:2]), 1.0)
    if scale == 1.0:
        return picture, 1.0
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8), small.shape[1] / picture.shape[1]


def _onto(points: Points, scale: float) -> Points:
    """Where points of one copy are in another; a pixel's place is its middle."""
    return (points + 0.5) * scale - 0.5


def _scaled(side: Side, scale: float) -> Side:
    points = _onto(side.points, scale)
    return Side(points, side.at, side.seen, side.hidden, side.bulge, side.step)


# --- what could be a page ---


def _quadrilaterals(small: Image) -> list[Points]:
    """The corners of whatever might be a page, clockwise."""
    found: list[Points] = []
    least = SMALLEST * small.shape[0] * small.shape[1]
    for mask in _masks(small):
        contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
        for contour in contours:
            if cv2.contourArea(contour) < least:
                continue
            for corners in _four_cornered(np.asarray(contour, np.int32)):
                if not any(np.abs(corners - other).max() < 3 for other in found):
                    found.append(corners)
    return found


def _masks(small: Image) -> Iterator[Image]:
    """Black and white pictures in which a page is one piece: by its edges, and by its light."""
    smooth = cv2.bilateralFilter(small, 5, 20, 3)
    grey = cv2.cvtColor(smooth, cv2.COLOR_BGR2GRAY)
    across = [cv2.Sobel(smooth, cv2.CV_16S, x, 1 - x) for x in (0, 1)]
    strongest = [_strongest(np.asarray(change, np.int16)) for change in across]
    for low, high in ((60, 160), (20, 50)):
        edges = cv2.Canny(strongest[1], strongest[0], low, high)
        edges = cv2.dilate(edges, np.ones((3, 3), np.uint8))
        cv2.rectangle(edges, (0, 0), (edges.shape[1] - 1, edges.shape[0] - 1), 255, 1)
        yield np.asarray(edges, np.uint8)
    otsu, mask = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    yield np.asarray(mask, np.uint8)
    for level in ((otsu + 255) / 2, otsu / 2):
        yield np.asarray(cv2.threshold(grey, level, 255, cv2.THRESH_BINARY)[1], np.uint8)


def _strongest(change: NDArray[np.int16]) -> NDArray[np.int16]:
    """The change of that colour which changes most."""
    most = np.argmax(np.abs(change), axis=2)[..., None]
    return np.ascontiguousarray(np.take_along_axis(change, most, axis=2)[..., 0])


def _four_cornered(contour: NDArray[np.int32]) -> Iterator[Points]:
    """The quadrilaterals that a contour might be the outline of."""
    hull = cv2.convexHull(contour)
    if len(hull) >= 4:
        around = cv2.approxPolyN(hull, 4, ensure_convex=True)
        yield _clockwise(np.asarray(around, np.float64).reshape(-1, 2))
    sides = cv2.approxPolyDP(hull, 0.012 * cv2.arcLength(hull, closed=True), closed=True)
    corners = _longest_four(np.asarray(sides, np.float64).reshape(-1, 2))
    if corners is not None:
        yield corners


def _longest_four(polygon: Points) -> Points | None:
    """The quadrilateral whose sides are the four longest ones, where corners are cut off."""
    if len(polygon) < 5:
        return None
    vectors = np.roll(polygon, -1, axis=0) - polygon
    lengths = np.linalg.norm(vectors, axis=1)
    longest = np.sort(np.argsort(lengths)[-4:])
    lines = [(polygon[i], vectors[i] / (lengths[i] + 1e-9)) for i in longest]
    corners = [crossing(lines[i - 1], lines[i]) for i in range(4)]
    met = [corner for corner in corners if corner is not None]
    return _clockwise(np.array(met)) if len(met) == 4 else None


def _clockwise(corners: Points) -> Points:
    """Clockwise on the screen, from the corner nearest to the upper left."""
    middle = corners.mean(axis=0)
    around = np.argsort(np.arctan2(*(corners - middle).T[::-1]))
    ordered = corners[around]
    return np.asarray(np.roll(ordered, -int(ordered.sum(axis=1).argmin()), axis=0), np.float64)


# --- which of them is one ---


def _promise(small: Image, corners: Points) -> float:
    """How much a quadrilateral looks like a page at first sight; 0 where it can be none."""
    if not _plausible(corners, small.shape):
        return 0.0
    pairs = list(zip(corners, np.roll(corners, -1, axis=0), strict=True))
    rims = [_on_the_rim(a, b, small.shape) for a, b in pairs]
    if sum(rims) > 2:
        return 0.0
    seen = [0.5 if rim else _contrast(small, a, b) for rim, (a, b) in zip(rims, pairs, strict=True)]
    return sum(seen) / 4 + 0.25 * min(seen)


def _plausible(corners: Points, shape: tuple[int, ...]) -> bool:
    """Convex, no corner very acute, not far outside of the picture, and large enough."""
    vectors = np.roll(corners, -1, axis=0) - corners
    lengths = np.linalg.norm(vectors, axis=1)
    if len(corners) != 4 or lengths.min() < 20:
        return False
    units = vectors / lengths[:, None]
    before = np.roll(units, 1, axis=0)
    sines = before[:, 0] * units[:, 1] - before[:, 1] * units[:, 0]
    height, width = shape[:2]
    reach = np.abs(corners / (width, height) - 0.5).max()
    area = cv2.contourArea(corners.astype(np.float32))
    return bool(sines.min() > 0.6 and reach < 1.2 and area > SMALLEST * width * height)


def _on_the_rim(start: Points, end: Points, shape: tuple[int, ...]) -> bool:
    """Whether a side is no edge of a page but the rim of the picture."""
    height, width = shape[:2]
    ends = np.array([start, end])
    last = np.array([width - 1, height - 1])
    margin = MARGIN * max(width, height)
    return bool(((ends < margin).all(axis=0) | (ends > last - margin).all(axis=0)).any())


def _contrast(small: Image, start: Points, end: Points) -> float:
    """The part of a side at which inside and outside differ, and in the same way."""
    at = np.linspace(0.04, 0.96, 60)[:, None]
    along = (end - start) / np.linalg.norm(end - start)
    inward = np.array([-along[1], along[0]])
    middle = start + at * (end - start)
    ways = [middle + inward * way for way in (-6, -5, -4, -3, 3, 4, 5, 6)]
    where = np.stack(ways).astype(np.float32)
    values = cv2.remap(small, where[..., 0], where[..., 1], cv2.INTER_LINEAR).astype(np.float32)
    change = values[4:].mean(axis=0) - values[:4].mean(axis=0)
    usual = np.median(change, axis=0)
    size = float(np.linalg.norm(usual))
    if size < 4:
        return 0.0
    clear = (change @ (usual / size)) > max(4.0, 0.4 * size)
    part = float(clear.mean())
    return part if usual.sum() > 0 else 0.7 * part  # paper is lighter than what is around it


def _look_at(middle: Image, corners: Points) -> Quad | None:
    """Follow the sides of what might be a page: twice, the second time from better corners."""
    sides: list[Side] = []
    for _ in range(2):
        pairs = zip(corners, np.roll(corners, -1, axis=0), strict=True)
        sides = [_side(middle, start, end) for start, end in pairs]
        corners = _corners_of(sides, corners)
    if not _plausible(corners, middle.shape):
        return None
    return Quad(corners, tuple(sides), _whole(corners, middle.shape))


def _side(middle: Image, start: Points, end: Points) -> Side:
    """A side as it is seen; nothing of one that is the rim of the picture."""
    if _on_the_rim(start, end, middle.shape):
        return UNSEEN
    return follow(middle, start, end, BEND_REACH * float(np.linalg.norm(end - start)), ROUND)


def _whole(corners: Points, shape: tuple[int, ...]) -> bool:
    """Whether no corner and no side is at the rim of the picture or beyond."""
    height, width = shape[:2]
    inside = (corners > 0.5).all() and (corners < (width - 1.5, height - 1.5)).all()
    pairs = zip(corners, np.roll(corners, -1, axis=0), strict=True)
    return bool(inside) and not any(_on_the_rim(a, b, shape) for a, b in pairs)


def _corners_of(sides: list[Side], before: Points) -> Points:
    """Where the lines of neighbouring sides cross; what was known before where they do not."""
    lines = [line_of(side) for side in sides]
    corners = before.copy()
    for number in range(4):
        one, other = lines[number - 1], lines[number]
        met = crossing(one, other) if one is not None and other is not None else None
        if met is not None:
            corners[number] = met
    return corners


def _convincing(quad: Quad) -> bool:
    """Whether enough is seen of the sides that could be seen."""
    seen = sorted(side.seen for side in quad.sides)
    return sum(seen[1:]) / 3 > CONVINCING if quad.whole else sum(seen[2:]) / 2 > CONVINCING


def _worth(quad: Quad, shape: tuple[int, ...]) -> float:
    """How sure it is that this is the page: sides that are seen, clear, and far apart."""
    pairs = zip(quad.corners, np.roll(quad.corners, -1, axis=0), strict=True)
    seen = [
        AT_THE_RIM if _on_the_rim(a, b, shape) else side.seen
        for side, (a, b) in zip(quad.sides, pairs, strict=True)
    ]
    lighter = sum(side.step > 0 for side in quad.sides) / 4
    area = cv2.contourArea(quad.corners.astype(np.float32))
    return float(sum(seen) / 4 * (0.6 + 0.4 * lighter) * area**0.25)
