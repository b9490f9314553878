"""Guiding a face on one core, from the JPEGs of a 1280 by 720 stream to the words on the screen."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Iterator

import numpy as np

from drivers.cameras.camera import FrameSource
from drivers.cameras.face_camera import CvFaceCamera, _measured, _mirrored
from drivers.cameras.face_finder import FaceFinder
from drivers.cameras.faces import Sitting
from drivers.cameras.opencv import Image, cv2
from drivers.device import FaceView
from sandbox.devices.face_camera import SCENES, SimulatedFaceCamera
from sandbox.devices.mjpeg import RATE
from tests.bench.row import Row
from tests.drivers.models import YUNET

ROUNDS = 60
SECONDS = 5.0
WANTED = 15.0  # pictures a second


def run() -> Iterator[Row]:
    """The steps of one picture, how many a core could do, and how many came through a stream."""
    if not YUNET.is_file():
        return
    steps = _steps()
    for name, milliseconds in steps.items():
        yield Row(f"face: {name}", milliseconds, "ms")
    whole = sum(steps.values())
    yield Row("face guidance on one core", 1000 / whole, "pictures/s", WANTED, "the goal")
    views, spent = asyncio.run(_stream())
    yield Row("face guidance through a stream", views, "pictures/s", RATE, "what the camera sends")
    yield Row("face guidance, of one core", 100 * spent, "%", source="with the simulated camera")


def _steps() -> dict[str, float]:
    """The usual milliseconds of each step, on the thread that does all of them."""
    camera = SimulatedFaceCamera()
    jpegs = [camera._encoded(SCENES["still"], grain) for grain in range(8)]
    finder, sitting = FaceFinder(YUNET), Sitting()
    times: dict[str, list[float]] = {}

    def lap(step: str, since: float) -> float:
        now = time.perf_counter()
        times.setdefault(step, []).append(1000 * (now - since))
        return now

    for count in range(ROUNDS):
        now = time.perf_counter()
        picture = _decoded(jpegs[count % len(jpegs)])
        now = lap("decode a JPEG of 1280 x 720", now)
        faces = finder.find(picture)
        now = lap("find faces", now)
        seen = _measured(picture, faces)
        sitting.see([measures for _, measures in seen], time.monotonic())
        now = lap("measure, and decide what to say", now)
        _mirrored(picture, faces[0])
        lap("make what is shown", now)
    return {step: statistics.median(laps) for step, laps in times.items()}


def _decoded(jpeg: bytes) -> Image:
    picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    if picture is None:
        raise RuntimeError("the simulated camera sent no JPEG")
    return np.asarray(picture, np.uint8)


async def _stream() -> tuple[float, float]:
    """Views a second through a real stream, and the processor's time a second of the process."""
    views: list[FaceView] = []
    with SimulatedFaceCamera() as simulated:
        simulated.stand("turned")  # who looks aside is guided until time is up
        camera = CvFaceCamera(FrameSource(simulated.where), YUNET)
        await camera.probe()
        began = time.process_time()
        await asyncio.gather(camera.capture(views.append, SECONDS), return_exceptions=True)
        spent = time.process_time() - began
        await camera.close()
    return len(views) / SECONDS, spent / SECONDS
