"""What a camera over a table sees of a paper: perspective, light, shadow, noise; the truth known.

The table is measured in millimetres from the middle of what the camera sees, x to the right and y
towards whoever stands before it; z is the height above it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from drivers.cameras.opencv import cv2
from sandbox.devices.papers import PER_MM, Paper

HEIGHT_MM = 480.0  # the camera above the table
SEES_MM = 420.0  # the width of the table that it sees, when it looks straight down
OVERSAMPLED = 1.3  # pixels of a paper for one of the picture, so that nothing flickers
SKIN = (196, 150, 124)

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]
Points = NDArray[np.float64]

GROUNDS = {
    "dark": (62, 58, 56),
    "wood": (138, 104, 74),
    "grey": (148, 148, 146),
    "light": (206, 204, 198),
    "white": (232, 232, 228),
}


@dataclass(frozen=True, slots=True)
class Scene:
    """How a paper lies, how it is lit, and what is wrong with it.

    `tilt` and `towards` are degrees: how far from straight down the camera looks, and from where.
    `shade` is how much darker the dark end of the table is than the bright one, which lies towards
    `light_from` (degrees). `bend_mm` is how high the paper's middle stands. `hand` is where on it a
    fingertip lies, in parts of its width and height; `glare` likewise a lamp's reflection.
    """

    x_mm: float = 0.0
    y_mm: float = 0.0
    degrees: float = 0.0
    tilt: float = 4.0
    towards: float = 90.0
    ground: str = "dark"
    level: float = 0.88
    shade: float = 0.25
    light_from: float = 200.0
    tint: tuple[float, float, float] = (1.0, 0.98, 0.93)
    noise: float = 2.0
    blur_mm: float = 0.0
    bend_mm: float = 0.0
    hand: tuple[float, float] | None = None
    glare: tuple[float, float] | None = None
    clutter: bool = False
    seed: int = 0


@dataclass(frozen=True, slots=True)
class View:
    """A picture of a scene, RGB, and where the paper's corners really are in it.

    The corners are those of the paper's own upper left, upper right, lower right, lower left.
    """

    pixels: Pixels
    corners: Points


def render(paper: Paper | None, scene: Scene, width: int, height: int) -> View:
    """The picture of that scene, `width` by `height` pixels; None is an empty table."""
    picture = _table(scene, width, height)
    corners = np.zeros((0, 2))
    if paper is not None:
        camera = _camera(scene, width, height)
        corners = _project(camera, _places(paper, scene, _CORNERS))
        picture = _lay(picture, paper, scene, camera)
        picture = _with_hand(picture, paper, scene, camera)
    lit = picture * _light(scene, width, height)
    if paper is not None:
        lit = _with_glare(lit, paper, scene, camera)
    return View(_seen(lit, scene, width), corners)


_CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])


def _camera(scene: Scene, width: int, height: int) -> Points:
    """The projection of the table's space into the picture: 3 by 4."""
    tilt, towards = math.radians(scene.tilt), math.radians(scene.towards)
    side = math.sin(tilt) * np.array([math.cos(towards), math.sin(towards)])
    eye = HEIGHT_MM * np.array([*side, math.cos(tilt)])
    forward = -eye / np.linalg.norm(eye)
    right = np.cross(forward, np.array([0.0, 1.0, 0.0]))
    right /= np.linalg.norm(right)
    turned = np.array([right, np.cross(right, forward), forward])
    focal = width * HEIGHT_MM / SEES_MM
    inner = np.array([[focal, 0, (width - 1) / 2], [0, focal, (height - 1) / 2], [0, 0, 1]])
    return np.asarray(inner @ np.column_stack([turned, -turned @ eye]), np.float64)


def _places(paper: Paper, scene: Scene, parts: Points) -> Points:
    """Points of the paper, given in parts of its width and height, in the table's space."""
    flat = (parts - 0.5) * (paper.width_mm, paper.height_mm)
    turn = math.radians(scene.degrees)
    cos, sin = math.cos(turn), math.sin(turn)
    table = flat @ np.array([[cos, sin], [-sin, cos]]) + (scene.x_mm, scene.y_mm)
    lifted = scene.bend_mm * np.sin(np.pi * parts[:, 1])
    return np.column_stack([table, lifted])


def _project(camera: Points, places: Points) -> Points:
    seen = np.column_stack([places, np.ones(len(places))]) @ camera.T
    found: Points = seen[:, :2] / seen[:, 2:]
    return found


def _lay(picture: Floats, paper: Paper, scene: Scene, camera: Points) -> Floats:
    """The paper on the table with the soft shadow that it throws."""
    height, width = picture.shape[:2]
    scale = min(OVERSAMPLED * width / SEES_MM / PER_MM, 1.0)
    sheet = cv2.resize(paper.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    map_x, map_y = _lookup(paper, scene, camera, (width, height), sheet.shape)
    inside = _coverage(map_x, map_y, sheet.shape, paper.round_mm * PER_MM * scale)
    seen = cv2.remap(sheet, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    soft = 1.2 * width / SEES_MM
    shadow = cv2.GaussianBlur(np.roll(inside, (round(soft), round(soft)), (0, 1)), (0, 0), soft)
    picture = picture * (1 - 0.35 * shadow[..., None])
    mixed = picture + (seen.astype(np.float32) - picture) * inside[..., None]
    return mixed.astype(np.float32)


def _lookup(
    paper: Paper,
    scene: Scene,
    camera: Points,
    size: tuple[int, int],
    sheet: tuple[int, ...],
) -> tuple[Floats, Floats]:
    """For each pixel where on the sheet it looks; far outside of it where it sees the table.

    A bent paper is many narrow flat ones, each with a perspective of its own.
    """
    width, height = size
    maps = np.full((2, height, width), -1e6, np.float32)
    strips = 48 if scene.bend_mm else 1
    for strip in range(strips):
        top, bottom = strip / strips, (strip + 1) / strips
        parts = np.array([[0, top], [1, top], [1, bottom], [0, bottom]], np.float64)
        corners = _project(camera, _places(paper, scene, parts)).astype(np.float32)
        pixels = (parts * (sheet[1], sheet[0]) - 0.5).astype(np.float32)
        back = np.linalg.inv(cv2.getPerspectiveTransform(pixels, corners))
        _fill_strip(maps, corners, np.asarray(back, np.float64))
    return maps[0], maps[1]


def _fill_strip(maps: Floats, corners: Floats, back: Points) -> None:
    """Fill in the pixels of one flat strip, and those of a rim around it that are still free."""
    height, width = maps.shape[1:]
    left, top = np.maximum(np.floor(corners.min(0)).astype(int) - 3, 0)
    right, bottom = np.minimum(np.ceil(corners.max(0)).astype(int) + 4, (width, height))
    if left >= right or top >= bottom:
        return
    mask = np.zeros((bottom - top, right - left), np.uint8)
    cv2.fillConvexPoly(mask, np.round(corners - (left, top)).astype(np.int32), 1)
    rim = cv2.dilate(mask, np.ones((7, 7), np.uint8)) > 0
    there = maps[:, top:bottom, left:right]
    fresh = rim & ((there[0] < -1e5) | (mask > 0))
    x, y = np.meshgrid(np.arange(left, right), np.arange(top, bottom))
    depth = back[2, 0] * x + back[2, 1] * y + back[2, 2]
    for target, row in zip(there, back, strict=False):
        target[fresh] = ((row[0] * x + row[1] * y + row[2]) / depth)[fresh]


def _coverage(map_x: Floats, map_y: Floats, sheet: tuple[int, ...], radius: float) -> Floats:
    """How much of each pixel is paper: from its distance to the paper's outline."""
    half = np.array([sheet[1] / 2, sheet[0] / 2])
    beyond_x = np.abs(map_x + 0.5 - half[0]) - half[0] + radius
    beyond_y = np.abs(map_y + 0.5 - half[1]) - half[1] + radius
    outside = np.hypot(np.maximum(beyond_x, 0), np.maximum(beyond_y, 0))
    distance = outside + np.minimum(np.maximum(beyond_x, beyond_y), 0) - radius
    return np.asarray(np.clip(0.5 - distance / OVERSAMPLED, 0, 1), np.float32)


@lru_cache(maxsize=3)  # large ones
def _table_top(ground: str, width: int, height: int, seed: int) -> Floats:
    """The table with its grain."""
    random = np.random.default_rng(seed)
    coarse = random.standard_normal((height // 8 + 1, width // 64 + 1), np.float32)
    grain = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    specks = random.standard_normal((height // 2 + 1, width // 2 + 1), np.float32)
    fine = cv2.resize(specks, (width, height))
    strength = 6.0 if ground == "wood" else 1.5
    colour = np.array(GROUNDS[ground], np.float32)
    top = colour + (strength * grain + 1.2 * fine)[..., None]
    return np.asarray(top, np.float32)


def _table(scene: Scene, width: int, height: int) -> Floats:
    top = _table_top(scene.ground, width, height, scene.seed).copy()
    if scene.clutter:
        _put_things(top)
    return top


def _put_things(top: Floats) -> None:
    """A pen, a coin and another slip at the rim of the table, away from its middle."""
    height, width = top.shape[:2]
    unit = width / SEES_MM
    ends = (round(8 * unit), round(40 * unit)), (round(14 * unit), round(180 * unit))
    cv2.line(top, ends[0], ends[1], (40, 60, 150), round(7 * unit), cv2.LINE_AA)
    coin = (width - round(14 * unit), round(30 * unit))
    cv2.circle(top, coin, round(11 * unit), (190, 190, 180), -1, cv2.LINE_AA)
    slip = [[-1, height], [-1, height - 40 * unit], [34 * unit, height - 22 * unit]]
    slip.append([26 * unit, height])
    cv2.fillPoly(top, [np.round(slip).astype(np.int32)], (236, 232, 216), cv2.LINE_AA)


def _with_hand(picture: Floats, paper: Paper, scene: Scene, camera: Points) -> Floats:
    """A hand that comes from where people stand and holds the paper down."""
    if scene.hand is None:
        return picture
    unit = picture.shape[1] / SEES_MM
    tip = _project(camera, _places(paper, scene, np.array([scene.hand])))[0]
    middle = _project(camera, _places(paper, scene, np.array([[0.5, 0.5]])))[0]
    away = tip - middle
    away = away / (np.linalg.norm(away) + 1e-9) + (0, 0.4)
    away /= np.linalg.norm(away)
    across = np.array([-away[1], away[0]])
    palm = tip + away * 95 * unit
    for finger, length in enumerate((0.0, -12.0, -9.0, 4.0)):
        end = tip + across * (finger - 1.5) * 19 * unit + away * (length + 12) * unit
        _limb(picture, end, palm + across * (finger - 1.5) * 14 * unit, 17 * unit)
    _limb(picture, palm, palm + away * 400 * unit, 74 * unit)
    return picture


def _limb(picture: Floats, start: Points, end: Points, wide: float) -> None:
    """A rounded stroke of skin, with a darker rim."""
    first, last = (np.round(point).astype(int).tolist() for point in (start, end))
    for shrink, colour in ((0.0, tuple(c * 0.7 for c in SKIN)), (0.08, SKIN)):
        cv2.line(picture, first, last, colour, max(round(wide * (1 - shrink)), 1), cv2.LINE_AA)


def _light(scene: Scene, width: int, height: int) -> Floats:
    """How bright and of which colour the light is at each pixel."""
    x, y = np.meshgrid(
        np.linspace(-1, 1, width, dtype=np.float32), np.linspace(-1, 1, height, dtype=np.float32)
    )
    angle = math.radians(scene.light_from)
    along = (x * math.cos(angle) + y * math.sin(angle)) / math.sqrt(2)
    ramp = 1 - scene.shade * (1 - along) / 2
    fall = 1 - 0.06 * (x * x + y * y)
    light = scene.level * ramp * fall
    tint = np.array(scene.tint, np.float32)
    return np.asarray(light[..., None] * tint, np.float32)


def _with_glare(lit: Floats, paper: Paper, scene: Scene, camera: Points) -> Floats:
    """The reflection of a lamp, in which nothing can be read."""
    if scene.glare is None:
        return lit
    height, width = lit.shape[:2]
    spot = _project(camera, _places(paper, scene, np.array([scene.glare])))[0]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    wide = 16 * width / SEES_MM
    bright = np.exp(-(((x - spot[0]) / wide) ** 2 + ((y - spot[1]) / wide) ** 2) / 2)
    return np.asarray(lit + 420 * bright[..., None], np.float32)


def _seen(lit: Floats, scene: Scene, width: int) -> Pixels:
    """What lens and sensor make of it."""
    unit = width / SEES_MM
    sharp = cv2.GaussianBlur(lit, (0, 0), max(scene.blur_mm * unit, 0.6))
    noisy = sharp + _noise(lit.shape, scene.seed) * scene.noise if scene.noise else sharp
    return np.asarray(np.clip(noisy, 0, 255), np.uint8)


@lru_cache(maxsize=3)  # large ones
def _noise(shape: tuple[int, ...], seed: int) -> Floats:
    return np.random.default_rng(seed + 1).standard_normal(shape, np.float32)
