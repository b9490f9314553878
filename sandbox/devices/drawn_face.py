"""A face drawn after somebody's looks: good enough for a face finder, turned as a head turns.

Features sit on an egg whose half width is `HALF`; a place on it is (across, down, towards us) in
parts of the head's scale, and moves as the egg turns. All colours are blue, green, red.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from drivers.cameras.opencv import Image, cv2
from sandbox.devices.looks import LOOKS, Colour, Look

Floats = npt.NDArray[np.float32]
Place = tuple[float, float]

HALF, TALL, DEEP = 0.85, 1.18, 0.95  # of the head
UNIT = 2.07  # times the scale that a face finder takes for a face's height
EYE_WHITE: Colour = (225, 228, 232)
SHADOW_OF_LIPS: Colour = (52, 48, 92)
NOSTRILS: Colour = (50, 52, 82)
FRACTION = 4  # bits behind the point in OpenCV's coordinates


@dataclass(frozen=True, slots=True)
class DrawnFace:
    """Whose, by their key; where it is, in parts of the picture; how it looks here.

    `yaw` is how far it is turned, in radians, `eyes` how open they are (0, 1).
    """

    who: str = "li"
    across: float = 0.5
    down: float = 0.5
    height: float = 0.45
    yaw: float = 0.0
    eyes: float = 1.0


def draw_face(canvas: Floats, face: DrawnFace) -> None:
    """Draw it on a picture of rows, columns and colours from 0 to 255."""
    high, wide = canvas.shape[:2]
    middle = (face.across * wide, face.down * high)
    brush = _Brush(canvas, middle, face.height * high / UNIT, face.yaw, LOOKS[face.who])
    _body(brush)
    _head(brush)
    for side in (-1, 1):
        _eye(brush, side, face.eyes)
    _nose(brush)
    _mouth(brush)


class _Brush:
    """Paints polygons on the egg, soft ones too; only the part of the picture that they touch."""

    def __init__(self, canvas: Floats, middle: Place, scale: float, yaw: float, look: Look) -> None:
        self.canvas, self.look = canvas, look
        self.middle, self.scale, self.yaw = middle, scale, yaw
        self._cos, self._sin = math.cos(yaw), math.sin(yaw)

    def flat(self, across: float, down: float) -> Place:
        """A place that does not turn with the head."""
        return self.middle[0] + self.scale * across, self.middle[1] + self.scale * down

    def on(self, across: float, down: float, near: float | None = None) -> Place:
        """A place on the egg, or as `near` to us as said."""
        if near is None:
            rest = 1 - min(1.0, (across / HALF) ** 2 + (down / TALL) ** 2)
            near = math.sqrt(rest) * DEEP
        return self.flat(across * self._cos + near * self._sin, down)

    def oval(
        self, across: float, down: float, half: Place, near: float | None = None
    ) -> list[Place]:
        """The edge of an oval on the egg."""
        turns = np.linspace(0, 2 * math.pi, 40)
        return [
            self.on(across + half[0] * math.cos(a), down + half[1] * math.sin(a), near)
            for a in turns
        ]

    def paint(
        self, edge: Sequence[Place], colour: Colour, soft: float = 0.008, cover: float = 1.0
    ) -> None:
        """Fill it; `soft` is the blur of its edge in parts of the scale."""
        rows, columns, mask = self.mask(edge, soft)
        if mask.size:
            part = self.canvas[rows, columns]
            part += (np.array(colour, np.float32) - part) * (mask * cover)[..., None]

    def mask(self, edge: Sequence[Place], soft: float) -> tuple[slice, slice, Floats]:
        """How much of each pixel it covers, and where these pixels are."""
        blur = max(soft * self.scale, 0.3)
        points = np.array(edge)
        low = np.maximum(np.floor(points.min(axis=0) - 3 * blur - 1), 0).astype(int)
        high = np.ceil(points.max(axis=0) + 3 * blur + 1).astype(int)
        high = np.maximum(np.minimum(high, self.canvas.shape[1::-1]), low)  # nothing, outside
        size = high - low
        mask = np.zeros((size[1], size[0]), np.float32)
        if mask.size:
            inside = np.round((points - low) * 2**FRACTION).astype(np.int32)
            cv2.fillPoly(mask, [inside], (1.0,), cv2.LINE_AA, FRACTION)
            mask = np.asarray(cv2.GaussianBlur(mask, (0, 0), blur), np.float32)
        return slice(low[1], high[1]), slice(low[0], high[0]), mask


def _tint(colour: Colour, factor: float) -> Colour:
    blue, green, red = (min(part * factor, 255) for part in colour)
    return blue, green, red


def _line(brush: _Brush, places: Iterable[tuple[float, float]]) -> list[Place]:
    return [brush.on(across, down) for across, down in places]


def _body(brush: _Brush) -> None:
    look = brush.look
    turns = np.linspace(0, 2 * math.pi, 40)
    coat = [brush.flat(1.9 * math.cos(a), 3.0 + 1.35 * math.sin(a)) for a in turns]
    brush.paint(coat, look.coat)
    back = -0.12 * math.sin(brush.yaw)
    if look.long:
        fall = [(-1.0, -0.3), (1.0, -0.3), (1.06, 0.3 + look.long), (-1.06, 0.3 + look.long)]
        brush.paint([brush.flat(back + x, y) for x, y in fall], look.hair, 0.05)
    neck = [(-0.42, 0.7), (0.42, 0.7), (0.5, 1.85), (-0.5, 1.85)]
    brush.paint([brush.flat(*place) for place in neck], _tint(look.skin, 0.78), 0.03)
    hair = [brush.flat(back + math.cos(a), -0.28 + 1.1 * math.sin(a)) for a in turns]
    brush.paint(hair, look.hair, 0.02)
    for side in () if look.long else (-1, 1):
        ear = brush.oval(side * 0.86, 0.08, (0.12, 0.22), 0.0)
        brush.paint(ear, _tint(look.skin, 0.85), 0.015)


def _head(brush: _Brush) -> None:
    look, turned = brush.look, math.sin(brush.yaw)
    edge = []
    for a in np.linspace(0, 2 * math.pi, 80):
        jaw = 1 - look.jaw * max(0.0, math.sin(a)) ** 2
        across = math.cos(a) * HALF * jaw * (1 + 0.06 * abs(turned)) + 0.05 * turned
        edge.append(brush.flat(across, math.sin(a) * TALL))
    brush.paint(edge, look.skin, 0.01)
    _shade(brush, edge)
    across_it = np.linspace(-0.83, 0.83, 20)
    parting = [(x, look.fringe - 0.72 - 0.12 * math.cos(2.2 * x)) for x in across_it]
    crown = [(0.9, -0.7), (0.6, -1.3), (0.0, -1.42), (-0.6, -1.3), (-0.9, -0.7)]
    brush.paint(_line(brush, parting) + [brush.flat(*place) for place in crown], look.hair, 0.02)


def _shade(brush: _Brush, edge: Sequence[Place]) -> None:
    """Light from the front: what bends away from us is darker."""
    rows, columns, mask = brush.mask(edge, 0.0)
    if not mask.size:
        return
    down, across = np.mgrid[rows, columns].astype(np.float32)
    x = (across - brush.flat(0.3 * math.sin(brush.yaw), 0)[0]) / (0.95 * brush.scale)
    y = (down - brush.flat(0, -0.1)[1]) / (1.3 * brush.scale)
    light = 1 - 0.38 * np.clip(x * x + y * y, 0, 1.2) ** 1.5
    brush.canvas[rows, columns] *= (1 + (light - 1) * mask)[..., None]


def _eye(brush: _Brush, side: int, is_open: float) -> None:
    look = brush.look
    middle = side * look.eyes
    brush.paint(brush.oval(middle, -0.16, (0.25, 0.15)), _tint(look.skin, 0.74), 0.055, 0.8)
    thicker = 0.04 * (look.brow - 1)
    brow = [(-0.22, -0.36), (-0.06, -0.43 - thicker), (0.14, -0.42 - thicker), (0.22, -0.33)]
    brow += [(0.09, -0.37), (-0.06, -0.375), (-0.21, -0.31)]
    places = ((middle + side * x, y) for x, y in brow)
    brush.paint(_line(brush, places), look.lashes, 0.011, 0.9)
    half = 0.085 * is_open
    if half > 0.02:
        _eyeball(brush, middle, half)
    lid = [(middle + 0.18 * math.cos(a), -0.14 - half * math.sin(a)) for a in _HALF_TURN]
    edge = _line(brush, lid)
    thick = 0.028 * brush.scale
    brush.paint(edge + [(x, y + thick) for x, y in reversed(edge)], look.lashes, 0.008, 0.95)
    fold = [(middle + 0.19 * math.cos(a), -0.15 - 0.15 * math.sin(a)) for a in _HALF_TURN]
    above = [(x, y - 0.02) for x, y in reversed(fold)]
    brush.paint(_line(brush, fold + above), _tint(look.skin, 0.62), 0.014, 0.6)


_HALF_TURN = np.linspace(0.2, math.pi - 0.2, 20)


def _eyeball(brush: _Brush, middle: float, half: float) -> None:
    """White, iris, pupil and a spark, as far as the lids let them be seen."""
    slit = brush.oval(middle, -0.14, (0.17, half))
    rows, columns, seen = brush.mask(slit, 0.006)
    before = brush.canvas[rows, columns].copy()
    brush.paint(slit, EYE_WHITE)
    brush.paint(brush.oval(middle, -0.145, (0.082, 0.09)), brush.look.iris)
    brush.paint(brush.oval(middle, -0.145, (0.04, 0.042)), (12, 12, 14))
    brush.paint(brush.oval(middle - 0.03, -0.18, (0.018, 0.02)), (240, 240, 240), 0.004)
    part = brush.canvas[rows, columns]
    part += (before - part) * (1 - seen)[..., None]


def _nose(brush: _Brush) -> None:
    """From the root between the eyes as far down as the look says."""
    skin, longer = brush.look.skin, (brush.look.nose + 0.2) / 0.54

    def on(across: float, down: float, near: float) -> Place:
        return brush.on(across, (down + 0.2) * longer - 0.2, near)

    for side, darker in ((-1, 0.8), (1, 0.76)):
        ridge = [(0.07, -0.2, 0.95), (0.06, 0.15, 1.05), (0.17, 0.3, 1.0), (0.1, 0.34, 1.05)]
        ridge.append((0.02, 0.1, 1.1))
        flank = [on(side * x, y, z) for x, y, z in ridge]
        brush.paint(flank, _tint(skin, darker), 0.045, 0.6)
    lit = [(-0.02, -0.2, 1.0), (0.02, -0.2, 1.0), (0.05, 0.22, 1.2), (-0.05, 0.22, 1.2)]
    brush.paint([on(*place) for place in lit], _tint(skin, 1.12), 0.036, 0.6)
    wing = np.linspace(-0.19, 0.19, 15)
    under = [on(x, 0.31 + 0.05 * math.cos(9 * x), 1.08) for x in wing]
    under += [on(x, 0.38 - 0.02 * math.cos(9 * x), 1.05) for x in wing[::-1]]
    brush.paint(under, _tint(skin, 0.66), 0.023, 0.7)
    for side in (-1, 1):
        hole = brush.oval(side * 0.085, brush.look.nose - 0.005, (0.045, 0.022), 1.08)
        brush.paint(hole, NOSTRILS, 0.011, 0.9)


def _mouth(brush: _Brush) -> None:
    look = brush.look
    wide = look.mouth / 0.3

    def line(places: Iterable[tuple[float, float]]) -> list[Place]:
        return [brush.on(wide * across, down) for across, down in places]

    right = np.linspace(-0.3, 0.3, 25)
    upper = [(x, 0.6 - 0.035 * math.cos(3 * x) - 0.018 * math.cos(14 * x)) for x in right]
    closed = [(x, 0.625 + 0.01 * math.cos(5 * x)) for x in right[::-1]]
    brush.paint(line(upper + closed), _tint(look.lips, 0.9), 0.011)
    lower = [(x, 0.625 + 0.095 * max(0.0, math.cos(5.3 * x))) for x in right[::-1]]
    brush.paint(line([*((x, 0.625) for x in right), *lower]), look.lips, 0.011)
    gap = [*((x, 0.617) for x in right), *((x, 0.635) for x in right[::-1])]
    brush.paint(line(gap), SHADOW_OF_LIPS, 0.009)
    brush.paint(brush.oval(0, 0.8, (0.2, 0.04)), _tint(look.skin, 0.78), 0.036, 0.6)


def finished(canvas: Floats, *, light: float = 1.0, blur: float = 0.0) -> Image:
    """The canvas as a camera sees it, in so much light; `blur` is in pixels."""
    lit = np.clip(canvas * light, 0, 255).astype(np.uint8)
    return np.asarray(cv2.GaussianBlur(lit, (0, 0), blur) if blur else lit, np.uint8)
