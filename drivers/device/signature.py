"""A signature as it was drawn: strokes of points, each with its time."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Point:
    """Where the finger was: 0 to 1 from the left and the top of the field, ms since the start."""

    x: float
    y: float
    ms: int


@dataclass(frozen=True, slots=True)
class Signature:
    """The strokes in their order; `aspect` is the field's width by its height."""

    strokes: tuple[tuple[Point, ...], ...] = field(repr=False)
    aspect: float
