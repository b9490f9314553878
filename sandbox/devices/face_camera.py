"""A face camera before which somebody stands, or nobody: an MJPEG stream of a drawn scene."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial

import numpy as np

from drivers.cameras.opencv import Image, cv2
from sandbox.devices.drawn_face import DrawnFace, Floats, draw_face, finished
from sandbox.devices.looks import LOOKS
from sandbox.devices.mjpeg import SimulatedCamera
from sandbox.devices.simulator import Actor, actor

WALL = np.array((206, 204, 200), np.float32)
PAPER = (238, 240, 240)
DRAWINGS = 48  # scenes whose drawing is kept
SWING = 0.5  # radians that a printed photograph is turned aside by whoever holds it
POSES = 12  # different ones in one way aside

# A living head: seconds since it came, and how far it is turned; in between evenly.
TURNING = ((0.0, 0.0), (1.6, 0.0), (2.3, 0.5), (2.6, 0.5), (3.3, 0.0), (5.0, 0.0))
BLINK = (0.9, 1.1)  # seconds in each round at which the eyes are shut


@dataclass(frozen=True, slots=True)
class FaceScene:
    """What is before the lens: faces, their light, their blur (pixels), and a print's swing."""

    faces: tuple[DrawnFace, ...] = ()
    light: float = 1.0
    blur: float = 0.0
    swing: float | None = None


ONE = FaceScene((DrawnFace(),))
SCENES: dict[str, FaceScene] = {
    "nobody": FaceScene(),
    "still": ONE,
    "far": FaceScene((DrawnFace(height=0.16),)),
    "near": FaceScene((DrawnFace(height=0.85),)),
    "left": FaceScene((DrawnFace(across=0.2),)),
    "turned": FaceScene((DrawnFace(yaw=0.55),)),
    "dark": replace(ONE, light=0.15),
    "bright": replace(ONE, light=2.2),
    "blur": replace(ONE, blur=12.0),
    "two": FaceScene((DrawnFace(across=0.3), DrawnFace(across=0.7, height=0.4))),
}


class SimulatedFaceCamera(SimulatedCamera[FaceScene]):
    """A face camera; `stand` says who is before it. A person blinks and turns the head."""

    name = "face-camera"

    def __init__(self) -> None:
        super().__init__()
        self._shown: Callable[[float], FaceScene] = lambda _: SCENES["nobody"]

    # --- what a person does ---

    def stand(self, who: str) -> None:
        """Let somebody stand there: a resident by key, `person`, `photo`, or one of SCENES.

        KeyError otherwise.
        """
        since = time.monotonic()
        if who in _MOVING:
            self._shown = lambda now: _MOVING[who](now - since)
        else:
            scene = SCENES[who]
            self._shown = lambda _: scene

    @property
    def actors(self) -> Mapping[str, Actor]:
        """`face wang`, `face nobody`; `face-camera unplug`, `face-camera frozen` and more."""
        people = {who: partial(self.stand, who) for who in (*SCENES, *_MOVING)}
        return {"face": actor("face", people), self.name: actor(self.name, self.deeds())}

    # --- what the camera sees ---

    def scene(self, seconds: float) -> FaceScene:
        """Who is there at this moment."""
        return self._shown(seconds)

    def draw(self, scene: FaceScene) -> Image:
        """The room, and who stands in it."""
        return _draw(scene, self.size)


def _person(seconds: float, who: str = ONE.faces[0].who) -> FaceScene:
    """Somebody who looks here, blinks, and turns the head aside and back, again and again."""
    moment = seconds % TURNING[-1][0]
    times, turns = zip(*TURNING, strict=True)
    yaw = round(float(np.interp(moment, times, turns)) * POSES / 0.5) * 0.5 / POSES
    eyes = 0.0 if BLINK[0] <= moment < BLINK[1] else 1.0
    return FaceScene((DrawnFace(who=who, yaw=yaw, eyes=eyes),))


def _photograph(seconds: float) -> FaceScene:
    """A print of a face that somebody holds up and turns about, as far as paper can be turned."""
    swing = round(SWING * math.sin(seconds * 2) * POSES) / POSES
    return replace(ONE, swing=swing)


_MOVING: Mapping[str, Callable[[float], FaceScene]] = {
    "person": _person,
    "photo": _photograph,
    **{who: partial(_person, who=who) for who in LOOKS},
}


@lru_cache(DRAWINGS)
def _draw(scene: FaceScene, size: tuple[int, int]) -> Image:
    canvas = _room(size)
    for face in scene.faces:
        draw_face(canvas, face)
    if scene.swing is not None:
        canvas = _held_up(canvas, _room(size), scene.swing)
    return finished(canvas, light=scene.light, blur=scene.blur)


def _room(size: tuple[int, int]) -> Floats:
    """A wall with light from above, and a door."""
    wide, high = size
    shade = np.linspace(1.0, 0.82, high, dtype=np.float32)[:, None, None]
    room = np.broadcast_to(WALL, (high, wide, 3)) * shade
    door = room[high // 6 :, wide * 3 // 4 : wide * 15 // 16]
    door *= np.array((0.62, 0.72, 0.8), np.float32)
    return room


def _held_up(taken: Floats, room: Floats, swing: float) -> Floats:
    """The middle of one picture on paper, turned about its upright axis, before the room."""
    high, wide = taken.shape[:2]
    print_ = taken[:, (wide - high) // 2 : (wide + high) // 2].copy()
    cv2.rectangle(print_, (0, 0), (high - 1, high - 1), PAPER, high // 18)
    half, distance = 0.42 * high, 2.0 * high
    corners = []
    for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        nearer = distance / (distance + x * half * math.sin(swing))
        corners.append(
            (wide / 2 + x * half * math.cos(swing) * nearer, high / 2 + y * half * nearer)
        )
    flat = np.array(((0, 0), (high, 0), (high, high), (0, high)), np.float32)
    way = cv2.getPerspectiveTransform(flat, np.array(corners, np.float32))
    paper = cv2.warpPerspective(print_, way, (wide, high))
    cover = cv2.warpPerspective(np.ones_like(print_), way, (wide, high))
    return np.asarray(room * (1 - cover) + paper * cover, np.float32)
