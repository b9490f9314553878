"""A signature as it was drawn: strokes of points, each with its time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from math import hypot
from typing import Final

from drivers.device.status import Advice, Fault

UNITS_PER_MM: Final = 100
LARGEST: Final = 500 * UNITS_PER_MM  # a field's side: no screen of a terminal is larger
MOST_POINTS: Final = 6000
MOST_STROKES: Final = 200
LONGEST_MS: Final = 5 * 60 * 1000
LEAST_MM: Final = 15  # of line: two initials of a small hand have more

EMPTY: Final = Fault(
    "signature.empty",
    Advice.RESIDENT_ACTS,
    "the field is empty",
    "Please write your name in the field with your finger.",
)
TOO_SHORT: Final = Fault(
    "signature.too_short",
    Advice.RESIDENT_ACTS,
    f"less than {LEAST_MM} mm of line, or no more than dots",
    "That is too little for a signature. Please write your whole name.",
)


class SignatureError(ValueError):
    """What can not be a signature: points outside of the field, time that runs backwards."""


@dataclass(frozen=True, slots=True)
class Point:
    """Where the finger was: from the left and the top of the field in 0.01 mm; ms from the start.

    The start is the first point of the first stroke.
    """

    x: int
    y: int
    ms: int


Stroke = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """The strokes in their order, in a field of a size in 0.01 mm.

    SignatureError for what no field could have taken: so whoever has one can draw and keep it.
    """

    strokes: tuple[Stroke, ...] = field(repr=False)
    width: int
    height: int

    def __post_init__(self) -> None:
        if not (0 < self.width <= LARGEST and 0 < self.height <= LARGEST):
            raise SignatureError(f"a field of {self.width} by {self.height}; up to {LARGEST}")
        points = list(self.points())
        if len(self.strokes) > MOST_STROKES or len(points) > MOST_POINTS:
            raise SignatureError(
                f"{len(self.strokes)} strokes of {len(points)} points are too many"
            )
        if not all(self.strokes):
            raise SignatureError("a stroke without a point")
        if not all(0 <= p.x <= self.width and 0 <= p.y <= self.height for p in points):
            raise SignatureError("a point outside of the field")
        if points and (points[0].ms != 0 or points[-1].ms > LONGEST_MS):
            raise SignatureError(f"from {points[0].ms} to {points[-1].ms} ms; 0 to {LONGEST_MS}")
        if any(before.ms > after.ms for before, after in pairwise(points)):
            raise SignatureError("time runs backwards")

    def points(self) -> Iterator[Point]:
        """All points in their order."""
        return (point for stroke in self.strokes for point in stroke)

    @property
    def length_mm(self) -> float:
        """How far the finger went on the glass."""
        steps = (pair for stroke in self.strokes for pair in pairwise(stroke))
        return sum(hypot(b.x - a.x, b.y - a.y) for a, b in steps) / UNITS_PER_MM

    @property
    def fault(self) -> Fault | None:
        """Why it is none yet, in words for the resident; None when it can be taken."""
        if not self.strokes:
            return EMPTY
        return TOO_SHORT if self.length_mm < LEAST_MM else None


Place = tuple[float, float]
BEND: Final = 8  # straight pieces of one curve


def bends(places: Iterable[Place]) -> Iterator[tuple[Place, Place]]:
    """The smooth line through places as quadratic curves: the point each bends to, and its end.

    The first begins at the first place, each other one where that before it ended: in the middle
    between two places. From the last end it goes straight to the last place.
    """
    for bend, after in pairwise(islice(places, 1, None)):
        yield bend, ((bend[0] + after[0]) / 2, (bend[1] + after[1]) / 2)


def curve(places: Sequence[Place]) -> Iterator[Place]:
    """The same line in short straight pieces, for whoever can draw no curves."""
    start = places[0]
    yield start
    for bend, end in bends(places):
        for step in range(1, BEND + 1):
            t = step / BEND
            a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
            yield (
                a * start[0] + b * bend[0] + c * end[0],
                a * start[1] + b * bend[1] + c * end[1],
            )
        start = end
    yield places[-1]
