"""One side of a page, followed along its length: where it is, how straight, where it is hidden.

A side is looked at as a strip: its length lies along the columns, and down the rows goes the way
from outside of the page to its inside. Light and colour both count: a step is measured along the
colour in which the two sides of the edge differ most clearly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drivers.cameras.opencv import Image, cv2

Points = NDArray[np.float64]

BLOCKS = 80  # places along a side at which its edge is looked for
PER_BLOCK = 4  # columns of pixels that are averaged for one of them, against noise
TRIES = 150  # parabolas that are tried on a side: a third of it may be hidden
FAINTEST = 5.0  # levels of 256: a fainter step is noise
LASTING = 4.0  # levels by which page and table differ also a little away from the edge
FAINT_PART = 0.4  # a place whose step is less than this part of the usual one shows no edge


@dataclass(frozen=True, slots=True)
class Side:
    """A side as it was found: the points of its edge, and what was seen of its shape.

    `points` are in the picture's pixels, `at` where they are along the side (0 to 1). `seen` is the
    part of the side that shows an edge, `hidden` the longest part in one piece that does not,
    `bulge` how far its middle is off the straight line between its ends, in parts of its length.
    `step` is by how many levels inside and outside differ, positive where the inside is lighter.
    """

    points: Points
    at: NDArray[np.float64]
    seen: float
    hidden: float
    bulge: float
    step: float


def follow(picture: Image, start: Points, end: Points, reach: float, inset: float) -> Side:
    """The edge that runs from about `start` to about `end`, clockwise around the page.

    It is looked for up to `reach` pixels to either side. The first and the last `inset` parts of
    the side do not count: there the corners of cards are round.
    """
    strip = _strip(picture, start, end, reach)
    window = max(round(len(strip) / 12), 2)
    direction = _direction(strip)
    steps = _steps(strip, direction, window)
    rows = _edge_rows(steps, window)
    peaks = steps[rows.astype(int), np.arange(BLOCKS)]
    at = (np.arange(BLOCKS) + 0.5) / BLOCKS
    inner = (at > inset) & (at < 1 - inset)
    there = peaks > max(FAINTEST, FAINT_PART * float(np.median(peaks[inner])))
    there &= _lasting(strip, rows, window) @ direction > LASTING
    offsets = rows - (len(strip) - 1) / 2
    there &= inner & _on_one_curve(at, offsets, there & inner, tolerance=max(window / 2, 1.5))
    points = start + at[there, None] * (end - start) + offsets[there, None] * _inward(start, end)
    length = float(np.linalg.norm(end - start))
    return Side(
        points=points,
        at=at[there],
        seen=float(there.sum() / inner.sum()),
        hidden=_longest_run(~there[inner]) / BLOCKS,
        bulge=_bulge(at[there], offsets[there]) / length if there.sum() > 4 else 0.0,
        step=float(np.median(peaks)) * (1.0 if direction.sum() >= 0 else -1.0),
    )


def line_of(side: Side) -> tuple[Points, Points] | None:
    """A point and the direction of the straight line through a side's points; None for too few."""
    if len(side.points) < BLOCKS // 8:
        return None
    fitted = cv2.fitLine(side.points.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01)
    along_x, along_y, x, y = (float(value) for value in fitted.ravel())
    return np.array([x, y]), np.array([along_x, along_y])


def crossing(one: tuple[Points, Points], other: tuple[Points, Points]) -> Points | None:
    """Where two lines meet; None where they are as good as parallel."""
    directions = np.column_stack([one[1], -other[1]])
    if abs(np.linalg.det(directions)) < 0.1:
        return None
    where = np.linalg.solve(directions, other[0] - one[0])
    return np.asarray(one[0] + where[0] * one[1], np.float64)


def _inward(start: Points, end: Points) -> Points:
    """The direction into the page, whose sides go clockwise on the screen."""
    along = (end - start) / (np.linalg.norm(end - start) + 1e-9)
    return np.array([-along[1], along[0]])


def _strip(picture: Image, start: Points, end: Points, reach: float) -> NDArray[np.float32]:
    """The pixels around a side: rows from outside to inside, BLOCKS columns, three colours."""
    rows = 2 * int(np.ceil(reach)) + 1
    columns = BLOCKS * PER_BLOCK
    inward = _inward(start, end)
    step = (end - start) / columns
    origin = start + step / 2 - inward * (rows - 1) / 2
    matrix = np.column_stack([step, inward, origin])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    strip = cv2.warpAffine(
        picture, matrix, (columns, rows), flags=flags, borderMode=cv2.BORDER_REPLICATE
    )
    blocks = strip.reshape(rows, BLOCKS, PER_BLOCK, 3).astype(np.float32)
    return np.asarray(blocks.mean(axis=2), np.float32)


def _direction(strip: NDArray[np.float32]) -> NDArray[np.float64]:
    """The colour in which what is well inside differs from what is well outside."""
    third = len(strip) // 3
    inside, outside = np.median(strip[-third:], axis=0), np.median(strip[:third], axis=0)
    differ = np.median(inside - outside, axis=0)
    return np.asarray(differ / (np.linalg.norm(differ) + 1e-9), np.float64)


def _steps(
    strip: NDArray[np.float32], direction: NDArray[np.float64], window: int
) -> NDArray[np.float32]:
    """By how much the inside differs from the outside at every place.

    What is thin is taken away before: lines and writing on the page, which may be much clearer
    than its edge.
    """
    lighter = direction.sum() >= 0
    thin = cv2.MORPH_CLOSE if lighter else cv2.MORPH_OPEN
    plain = cv2.morphologyEx(strip, thin, np.ones((2 * window + 1, 1), np.uint8))
    level = np.asarray(plain, np.float64) @ direction
    sums = np.cumsum(np.pad(level, ((1, 0), (0, 0))), axis=0)
    means = (sums[window:] - sums[:-window]) / window
    steps = np.zeros(level.shape, np.float32)
    steps[window - 1 : -window] = means[window:] - means[:-window]
    return steps


def _lasting(
    strip: NDArray[np.float32], rows: NDArray[np.float64], window: int
) -> NDArray[np.float32]:
    """By which colour the inside differs from the outside beyond what is next to the edge.

    Not at all where the edge is a line that was drawn on the page, or writing.
    """
    away = np.arange(window, 4 * window)[:, None]
    columns = np.arange(strip.shape[1])
    inside, outside = (
        np.median(strip[np.clip(rows.astype(int) + way, 0, len(strip) - 1), columns], axis=0)
        for way in (away, -away)
    )
    return np.asarray(inside - outside, np.float32)


def _edge_rows(steps: NDArray[np.float32], window: int) -> NDArray[np.float64]:
    """The row of the clearest step in each column, to a part of a row."""
    best = np.argmax(steps, axis=0)
    offsets = np.arange(-window, window + 1)
    rows = np.clip(best + offsets[:, None], 0, len(steps) - 1)
    weights = np.maximum(steps[rows, np.arange(steps.shape[1])], 0) ** 2
    balance = (weights * offsets[:, None]).sum(axis=0) / (weights.sum(axis=0) + 1e-9)
    # a step between row r and r + 1 was noted at row r
    return np.asarray(np.clip(best + balance + 0.5, 0, len(steps) - 1), np.float64)


def _on_one_curve(
    at: NDArray[np.float64],
    offsets: NDArray[np.float64],
    candidates: NDArray[np.bool_],
    tolerance: float,
) -> NDArray[np.bool_]:
    """Which places lie on the parabola that most of the candidates agree upon."""
    known = np.flatnonzero(candidates)
    if len(known) < BLOCKS // 8:
        return np.zeros_like(candidates)
    threes = np.sort(np.random.default_rng(0).choice(known, (TRIES, 3)), axis=1)
    threes = threes[(np.diff(threes, axis=1) >= BLOCKS // 16).all(axis=1)]
    if not len(threes):
        return np.zeros_like(candidates)
    near = np.abs(_parabolas(at[threes], offsets[threes], at) - offsets) < tolerance
    best = (near & candidates)[np.argmax((near & candidates).sum(axis=1))]
    curve = np.polyfit(at[best], offsets[best], 2)
    return np.asarray((np.abs(np.polyval(curve, at) - offsets) < tolerance) & candidates)


def _parabolas(
    x: NDArray[np.float64], y: NDArray[np.float64], at: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The parabolas through each three points, a row for each (Lagrange's formula)."""
    total = np.zeros((len(x), len(at)))
    for one, two, three in ((0, 1, 2), (1, 2, 0), (2, 0, 1)):
        top = (at - x[:, [two]]) * (at - x[:, [three]])
        total += y[:, [one]] * top / ((x[:, [one]] - x[:, [two]]) * (x[:, [one]] - x[:, [three]]))
    return total


def _bulge(at: NDArray[np.float64], offsets: NDArray[np.float64]) -> float:
    """How far the middle of the parabola is off the line between its ends, in pixels."""
    return abs(float(np.polyfit(at, offsets, 2)[0])) / 4


def _longest_run(missing: NDArray[np.bool_]) -> int:
    """The greatest number of places in a row that are missing."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], missing.astype(np.int8), [0]])))
    return int((edges[1::2] - edges[::2]).max(initial=0))
