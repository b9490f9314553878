"""Codes in full-HD pictures, against the bare library; codes on a wire, against the wire's time."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import numpy as np
import zxingcpp

from drivers.cameras.opencv import Image, cv2
from drivers.scanners.barcode_scanner import barcode_scanner
from drivers.scanners.camera_scanner import codes_in
from sandbox.devices.barcode_camera import code_picture, hold_before
from sandbox.devices.barcode_scanner import SimulatedHoneywell, SimulatedNewland, SimulatedScanner
from sandbox.devices.ssi_scanner import SimulatedSsi
from tests.bench.row import Row

SHOWN = "SBX" + "0123456789abcdef" * 3  # as long as the codes of electronic cards are
KINDS = {"QRCode": (0, 17, 45), "Code128": (0, 5, 90)}  # and the angles it is held at
SCALES = (3, 5, 8)  # pixels a module
ROUNDS = 8
BAUD = 9600
FAMILIES: dict[str, type[SimulatedScanner]] = {
    "newland": SimulatedNewland,
    "honeywell": SimulatedHoneywell,
    "zebra_ssi": SimulatedSsi,
}
SSI_FRAME = 7  # bytes that an SSI packet has beside the code


def run() -> Iterator[Row]:
    """The usual time of a search by kind of picture, then of a code's way over the wire."""
    for symbology, angles in KINDS.items():
        frames = [_frame(symbology, scale, angle) for scale in SCALES for angle in angles]
        found = sum(bool(codes_in(_grey(frame))) for frame in frames)
        name = f"{symbology} in a 1080p picture ({found} of {len(frames)} found)"
        yield _search(name, frames)
    empty = np.asarray(cv2.cvtColor(_room(), cv2.COLOR_GRAY2BGR), np.uint8)
    yield _search("no code in a 1080p picture", [empty] * len(SCALES))
    for family in FAMILIES:
        yield asyncio.run(_wire(family))


def _search(name: str, frames: list[Image]) -> Row:
    ours = _usual(lambda frame: codes_in(_grey(frame)), frames)
    bare = _usual(zxingcpp.read_barcodes, [_grey(frame) for frame in frames])
    return Row(name, ours, "ms", bare, "zxingcpp.read_barcodes as it comes: every kind of code")


def _usual(work: Callable[[Image], object], pictures: list[Image]) -> float:
    """Milliseconds of processor time for one picture."""
    times = []
    for picture in pictures * ROUNDS:
        started = time.thread_time()
        work(picture)
        times.append(time.thread_time() - started)
    return median(times) * 1000


def _grey(frame: Image) -> Image:
    return np.asarray(cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY), np.uint8)


def _room() -> Image:
    """A room as a camera sees it: bright and dark places, edges, grain."""
    noise = np.random.default_rng(7)
    coarse = noise.integers(40, 215, (18, 32), np.uint8)
    room = cv2.resize(coarse, (1920, 1080), interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.add(room, noise.integers(0, 12, room.shape, np.uint8)), np.uint8)


def _frame(symbology: str, scale: int, angle: int) -> Image:
    text = SHOWN if symbology == "QRCode" else SHOWN[:20]
    picture = hold_before(_room(), code_picture(text, symbology, scale), angle)
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR), np.uint8)


async def _wire(family: str) -> Row:
    """From the first byte of a code to its payload in our hands."""
    times = []
    with tempfile.TemporaryDirectory() as directory:
        link = Path(directory) / "scanner"
        with FAMILIES[family](link, baud=BAUD, expects=BAUD) as simulated:
            driver = barcode_scanner(family, str(link), BAUD)
            for number in range(ROUNDS):
                simulated.show(f"{number}{SHOWN[1:]}")
                if await driver.scan(10) is None:
                    raise ValueError("no code came")
                times.append(time.monotonic() - simulated.read_at)
            await driver.close()
    count = len(SHOWN) + (SSI_FRAME if family == "zebra_ssi" else 1)
    source = f"{count} bytes at {BAUD}, which the simulator sends 16 at a time"
    return Row(f"{family} code to payload", median(times) * 1000, "ms", count * 1e4 / BAUD, source)
