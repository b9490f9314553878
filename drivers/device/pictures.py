"""What cameras see: faces and pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Picture:
    """A small picture for the screen: RGB, three bytes a pixel, rows from the top."""

    width: int
    height: int
    rgb: bytes = field(repr=False)


class Guidance(StrEnum):
    """What a resident should do for a good picture of the face."""

    NOBODY = "nobody"  # no face is there
    SEVERAL = "several"  # more than one face: only one may be
    CLOSER = "closer"
    FURTHER = "further"
    TO_THE_MIDDLE = "to_the_middle"
    LOOK_HERE = "look_here"
    MORE_LIGHT = "more_light"
    LESS_LIGHT = "less_light"
    HOLD_STILL = "hold_still"
    TURN = "turn"  # a sign of life is wanted: the head aside, and back
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class FaceView:
    """What the camera sees now; `face` is left, top, width, height in the picture's pixels."""

    guidance: Guidance
    picture: Picture
    face: tuple[int, int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class FacePhoto:
    """The best picture of a face: JPEG; `lively` None means that nobody looked for it."""

    jpeg: bytes = field(repr=False)
    score: float
    lively: bool | None = None


class PageGuidance(StrEnum):
    """What a resident should do for a good picture of a page."""

    NO_PAGE = "no_page"
    WHOLE_PAGE = "whole_page"  # an edge is outside of the picture
    COVERED = "covered"  # a hand or another thing lies on it, or a corner is folded
    FLATTEN = "flatten"  # it is bent
    MORE_LIGHT = "more_light"
    LESS_LIGHT = "less_light"  # a lamp is reflected in it
    CLOSER = "closer"  # too small in the picture to be read
    HOLD_STILL = "hold_still"  # it moves, or is not sharp yet
    GOOD = "good"


class PageMode(StrEnum):
    """What a page is kept as."""

    COLOUR = "colour"
    GREY = "grey"
    BLACK_WHITE = "black_white"


class PaperFormat(StrEnum):
    """The papers whose size is known when they are recognised."""

    A4 = "a4"
    A5 = "a5"
    CARD = "card"  # ID-1 of ISO/IEC 7810: ID cards and bank cards


@dataclass(frozen=True, slots=True)
class PageView:
    """What the camera sees now; `corners` are those of the page in the picture's pixels."""

    guidance: PageGuidance
    picture: Picture
    corners: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page, straightened and evenly lit, its lines of writing from left to right.

    `pixels` are rows from the top: RGB, three bytes a pixel, or one byte of grey; in black and
    white that is 0 or 255. `format` None and `dpi` None mean that the paper's size is not known.
    """

    width: int
    height: int
    mode: PageMode
    pixels: bytes = field(repr=False)
    format: PaperFormat | None = None
    dpi: int | None = None
