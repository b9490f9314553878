"""Codes looked for in the pictures of a camera."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Iterator

import numpy as np
import pytest

from drivers.cameras.camera import FrameSource
from drivers.cameras.opencv import Image
from drivers.device import BarcodeScanner, Personal, Ready
from drivers.errors import TransportError
from drivers.scanners.camera_scanner import CameraScanner, codes_in, worth_a_search
from sandbox.devices.barcode_camera import (
    WALL,
    SimulatedBarcodeCamera,
    code_picture,
    hold_before,
)

SHOWN = "SBX0123456789abcdef"
PATIENCE = 10.0
ROOM = np.full((720, 1280), WALL, np.uint8)

pytestmark = pytest.mark.usefixtures("no_leaks")


@pytest.fixture
def simulated() -> Iterator[SimulatedBarcodeCamera]:
    """A camera on a wall."""
    with SimulatedBarcodeCamera() as camera:
        yield camera


@pytest.fixture
async def scanner(simulated: SimulatedBarcodeCamera) -> AsyncIterator[CameraScanner]:
    """Our driver, looking through it."""
    driver = CameraScanner(FrameSource(simulated.where))
    yield driver
    await driver.close()


async def test_a_code_held_before_the_camera(
    simulated: SimulatedBarcodeCamera, scanner: CameraScanner
) -> None:
    """It is delivered as it was shown, with the word for what it is; the camera is let go."""
    assert isinstance(scanner, BarcodeScanner)
    scanning = asyncio.create_task(scanner.scan(PATIENCE))
    await asyncio.sleep(0)
    simulated.show(SHOWN)
    code = await scanning
    assert code is not None
    assert (code.payload, code.symbology) == (Personal(SHOWN), "QR Code")
    assert not code.expired(time.monotonic())
    FrameSource(simulated.where).open().close()
    assert await scanner.probe() == Ready()


async def test_no_code_is_none(scanner: CameraScanner) -> None:
    """A wall says nothing."""
    assert await scanner.scan(0.5) is None


async def test_the_same_code_again_is_none(
    simulated: SimulatedBarcodeCamera, scanner: CameraScanner
) -> None:
    """A phone still held up counts once; what it shows next is delivered."""
    simulated.show(SHOWN)
    assert await scanner.scan(PATIENCE)
    assert await scanner.scan(0.4) is None
    scanning = asyncio.create_task(scanner.scan(PATIENCE))
    simulated.show("another")
    code = await scanning
    assert code is not None
    assert code.payload == Personal("another")


async def test_a_code_gone_before_a_scan_is_never_delivered(
    simulated: SimulatedBarcodeCamera, scanner: CameraScanner
) -> None:
    """No picture of the last resident's code waits in a buffer."""
    simulated.show("before")
    assert await scanner.probe() == Ready()
    simulated.hide()
    assert await scanner.scan(0.4) is None


async def test_a_camera_pulled_during_a_scan(
    simulated: SimulatedBarcodeCamera, scanner: CameraScanner
) -> None:
    """It is an error, and the camera works when it is back."""
    scanning = asyncio.create_task(scanner.scan(PATIENCE))
    await asyncio.sleep(0.2)
    simulated.unplug()
    with pytest.raises(TransportError) as caught:
        await scanning
    assert caught.value.fault.code == "camera.disconnected"
    simulated.plug()
    simulated.show(SHOWN)
    assert await scanner.scan(PATIENCE)


@pytest.mark.parametrize("angle", [0, 30, 45, 90, 180])
@pytest.mark.parametrize("scale", [3, 6])
def test_a_code_at_any_angle(angle: float, scale: int) -> None:
    """Phones are held as they are held."""
    (code,) = codes_in(hold_before(ROOM, code_picture(SHOWN, scale=scale), angle))
    assert code.payload == SHOWN.encode()


@pytest.mark.parametrize(
    ("text", "symbology", "word"),
    [
        ("6901234567892", "EAN13", "EAN-13"),
        (SHOWN, "Code128", "Code 128"),
        ("社保", "QRCode", "QR Code"),
    ],
)
def test_the_kinds_of_code(text: str, symbology: str, word: str) -> None:
    """Bar codes and Chinese text are read too; dark on light or light on dark."""
    (code,) = codes_in(hold_before(ROOM, code_picture(text, symbology, 3)))
    assert (code.payload, code.symbology) == (text.encode(), word)


@pytest.mark.parametrize(
    ("pause", "shown", "searched"),
    [
        (0.12, ["", "", "", ""], 1),  # grain is no change
        (0.12, ["", "a code", "a code", ""], 3),  # a phone is
        (0.03, [f"code {n}" for n in range(20)], 5),  # ten a second at most: at 0, 0.12, 0.24 …
        (0.6, ["", "", ""], 2),  # now and then all the same, for what changes slowly
    ],
)
def test_what_is_worth_a_search(pause: float, shown: list[str], searched: int) -> None:
    """A picture is searched when something changed, and never as often as pictures come."""
    grain = np.random.default_rng(0)

    def picture(text: str) -> Image:
        room = hold_before(ROOM, code_picture(text)) if text else ROOM
        return np.stack([room + grain.integers(0, 6, room.shape, np.uint8)] * 3, axis=2)

    times = itertools.count(100.0, pause)
    found = worth_a_search(map(picture, shown), lambda: next(times))
    assert len(list(found)) == searched
