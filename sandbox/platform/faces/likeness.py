"""How alike a picture is to the faces on record: those that the sandbox draws.

The records hold no pictures but how each resident looks; a picture is compared with what a camera
would see of them. So this knows drawn faces alone, and of those which is whose.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np

from drivers.cameras.opencv import Image, cv2
from sandbox.devices.drawn_face import UNIT, DrawnFace, Floats, draw_face, finished
from sandbox.devices.looks import LOOKS

COARSE, FINE = 72, 144  # pixels to which a picture is made to find a face, and to compare it
SIZES = tuple(0.2 * COARSE * 1.12**step for step in range(13))  # pixels of a face that is found
NEAR = (0.94, 0.96, 0.98, 1.0, 1.02, 1.04, 1.06)  # times the size that was found first
GLANCES = (-0.4, 0.0, 0.4)  # radians that a head is turned, to find it
TURNS = tuple(step / 8 for step in range(-4, 5))  # likewise to compare it
AROUND = 3  # pixels that a face may lie beside the place that was found first

# Of the head: what is compared, in parts of its scale from its middle.
ACROSS, ABOVE, BELOW = 0.8, 1.15, 1.05
BEHIND = 176.0  # the grey of a wall
DRAWN = 160  # pixels of a face as it is drawn, larger than any that is compared

COLOUR = 0.5  # how much the parts of blue, green and red count that are others
FACE = 0.65  # likeness from which there is a face at all
OWN = 0.88  # likeness of a face to its own
AHEAD = 0.06  # by how much it must be more like its own than like any other


@dataclass(frozen=True, slots=True)
class Pose:
    """How somebody is drawn to be compared with."""

    who: str
    yaw: float = 0.0
    eyes: float = 1.0


@dataclass(frozen=True, slots=True)
class Found:
    """How alike something is where it is most alike; where that is, and its height, in pixels."""

    likeness: float
    pose: Pose
    left: int
    top: int
    height: float


def likenesses(picture: Image) -> Mapping[str, float]:
    """How alike the face in a picture is to each on record, -1 to 1; {} where there is none."""
    coarse, fine = _sized(picture, COARSE), _sized(picture, FINE)
    glances = {who: _most_alike(coarse, _poses(who, GLANCES), SIZES) for who in LOOKS}
    if max(found.likeness for found in glances.values()) < FACE:
        return {}
    likeliest = sorted(glances, key=lambda who: glances[who].likeness)[-2:]
    closely = {who: _closely(fine, who, glances[who]) for who in likeliest}
    it = max(closely, key=lambda who: closely[who])
    others = {who: _closely(fine, who, glances[it]) for who in LOOKS if who != it}
    return {it: closely[it], **others}


def is_of(found: Mapping[str, float], who: str) -> bool:
    """Whether a face is that person's: very like them, and clearly less like everybody else."""
    others = max((likeness for key, likeness in found.items() if key != who), default=-1.0)
    return found[who] >= OWN and found[who] - others >= AHEAD


def _closely(picture: Image, who: str, found: Found) -> float:
    """How alike the face is to one person's, looked at where it was found: in shape and colour.

    Size, pose and size again, each for itself: of the right face that ends where trying every
    pose in every size does.
    """
    around = _cut(picture, found)
    heights = [found.height * FINE / COARSE * near for near in NEAR]
    poses = [pose for eyes in (0.0, 1.0) for pose in _poses(who, TURNS, eyes)]
    best = _most_alike(around, _poses(who, [found.pose.yaw]), heights)
    best = _most_alike(around, poses, [best.height])
    best = _most_alike(around, [best.pose], heights)
    model = _model(best.pose, round(best.height))
    high, wide = model.shape[:2]
    part = around[best.top : best.top + high, best.left : best.left + wide]
    return best.likeness - COLOUR * float(np.abs(_tone(part) - _tone(model)).sum())


def _tone(face: Image) -> Floats:
    """The parts of blue, green and red in the middle of a face, in whatever light."""
    high, wide = face.shape[:2]
    middle = face[high * 2 // 5 : high * 4 // 5, wide // 4 : wide * 3 // 4]
    mean = middle.mean(axis=(0, 1))
    return np.asarray(mean / max(mean.sum(), 1.0), np.float32)


def _poses(who: str, turns: Iterable[float], eyes: float = 1.0) -> list[Pose]:
    return [Pose(who, turn, eyes) for turn in turns]


def _sized(picture: Image, high: int) -> Image:
    rows, columns = picture.shape[:2]
    size = (max(round(columns * high / rows), 1), high)
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def _most_alike(picture: Image, poses: Sequence[Pose], heights: Iterable[float]) -> Found:
    best = Found(-1.0, poses[0], 0, 0, 1.0)
    for pose, height in product(poses, heights):
        model = _model(pose, round(height))
        if model.shape[0] > picture.shape[0] or model.shape[1] > picture.shape[1]:
            continue
        matches = cv2.matchTemplate(picture, model, cv2.TM_CCOEFF_NORMED)
        _, likeness, _, (left, top) = cv2.minMaxLoc(matches)
        if likeness > best.likeness:
            best = Found(likeness, pose, left, top, height)
    return best


def _cut(picture: Image, found: Found) -> Image:
    """The face and a little around it, of the finer picture."""
    times = FINE / COARSE
    left, top = (max(round(edge * times) - AROUND, 0) for edge in (found.left, found.top))
    scale = found.height * times * max(NEAR) / UNIT
    high, wide = round((ABOVE + BELOW) * scale), round(2 * ACROSS * scale)
    return picture[top : top + high + 2 * AROUND, left : left + wide + 2 * AROUND]


@lru_cache(maxsize=4096)
def _model(pose: Pose, height: int) -> Image:
    """What a camera sees of somebody before a wall, with a face so many pixels high."""
    drawn = _drawn(pose)
    rows, columns = (max(round(edge * height / DRAWN), 1) for edge in drawn.shape[:2])
    return np.asarray(cv2.resize(drawn, (columns, rows), interpolation=cv2.INTER_AREA), np.uint8)


@lru_cache(maxsize=256)
def _drawn(pose: Pose) -> Image:
    """The same, with a face of DRAWN pixels."""
    scale = DRAWN / UNIT
    side = round(scale * 4)
    canvas = np.full((side, side, 3), BEHIND, np.float32)
    draw_face(canvas, DrawnFace(pose.who, height=DRAWN / side, yaw=pose.yaw, eyes=pose.eyes))
    middle = side / 2
    rows = slice(round(middle - ABOVE * scale), round(middle + BELOW * scale))
    columns = slice(round(middle - ACROSS * scale), round(middle + ACROSS * scale))
    return finished(canvas[rows, columns])
