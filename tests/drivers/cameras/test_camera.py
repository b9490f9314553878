"""Sources of pictures: a real stream, a film, device files; and what a camera says of itself."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from drivers.cameras.camera import COVERED, FROZEN, CameraDevice, FrameSource, is_black
from drivers.cameras.frames import FilmFrames
from drivers.cameras.opencv import Image, cv2
from drivers.device import Busy, DeviceKind, Disconnected, HardwareError, Ready, UserError
from drivers.errors import DeviceError, TransportError
from drivers.worker import Stop
from sandbox.devices.mjpeg import CameraFault, SimulatedCamera
from sandbox.devices.simulator import WireFault

pytestmark = pytest.mark.usefixtures("no_leaks")

SIZE = (320, 240)


class Clock(SimulatedCamera[int]):
    """A camera that looks at a bar, which is wider every quarter of a second."""

    size = SIZE

    def scene(self, seconds: float) -> int:
        """The bar's width."""
        return int(seconds * 4) % 64

    def draw(self, scene: int) -> Image:
        """White on grey."""
        picture = np.full((SIZE[1], SIZE[0], 3), 90, np.uint8)
        picture[:, : scene * 5] = 250
        return picture


def width(picture: Image) -> int:
    """What `Clock` drew."""
    return round(float((picture[SIZE[1] // 2, :, 0] > 170).sum()) / 5)


class Album(list[Image]):
    """Keeps the pictures it is shown until it is full."""

    def __init__(self, pages: int) -> None:
        super().__init__()
        self._pages = pages

    def see(self, picture: Image) -> bool:
        """Keep it; whether that was the last one."""
        self.append(picture)
        return len(self) == self._pages


class Looker(CameraDevice):
    """A camera that is asked for its pictures."""

    kind = DeviceKind.FACE_CAMERA

    async def look(self, see: Callable[[Image], bool], seconds: float = 5.0) -> None:
        """Show it the pictures until it has seen enough."""

        def work(stop: Stop) -> None:
            for picture in self._pictures(stop, time.monotonic() + seconds):
                if see(picture):
                    return

        await self._look(work)


@pytest.fixture
def simulated() -> Iterator[Clock]:
    """A camera at the other end."""
    with Clock() as camera:
        yield camera


@pytest.fixture
def source(simulated: Clock) -> FrameSource:
    """Where it is."""
    return FrameSource(simulated.where)


@pytest.fixture
async def camera(source: FrameSource) -> AsyncIterator[Looker]:
    """Our driver."""
    driver = Looker(source)
    yield driver
    await driver.close()


async def status_of(where: str) -> object:
    """What a probe says of an address."""
    driver = Looker(FrameSource(where))
    try:
        return await driver.probe()
    finally:
        await driver.close()


# --- pictures ---


async def test_pictures_come_one_after_the_other(camera: Looker) -> None:
    """They are of the camera's size, in colour, and no two are the same."""
    album = Album(5)
    await camera.look(album.see)
    assert {picture.shape for picture in album} == {(SIZE[1], SIZE[0], 3)}
    assert not any(np.array_equal(a, b) for a, b in pairwise(album))


def test_the_newest_picture_is_seen(simulated: Clock, source: FrameSource) -> None:
    """Whoever did not look for a while sees what is there now, not what has piled up."""
    frames = source.open()
    first = frames.read(time.monotonic() + 5)
    assert first is not None
    while (simulated.scene(time.monotonic()) - width(first)) % 64 < 6:
        simulated._pulled.wait(0.02)
    later = frames.read(time.monotonic() + 5)
    assert later is not None
    assert (width(later) - width(first)) % 64 >= 5
    frames.close()


def test_a_deadline_is_kept_by_a_silent_stream(simulated: Clock, source: FrameSource) -> None:
    """A read ends without a picture when its time is over, and hangs nobody up."""
    simulated.faults.begin(WireFault.SILENCE)
    frames = source.open()
    assert frames.read(time.monotonic() + 0.05) is None
    simulated.behave()
    assert frames.read(time.monotonic() + 5) is not None
    frames.close()


def test_one_broken_picture_is_passed_over(simulated: Clock, source: FrameSource) -> None:
    """A picture that breaks off is no reason to stop looking."""
    simulated.faults.begin(WireFault.TRUNCATED, times=2)
    frames = source.open()
    until = time.monotonic() + 5
    while (picture := frames.read(until)) is None:
        assert time.monotonic() < until
    assert picture.shape == (SIZE[1], SIZE[0], 3)
    assert frames.wrong == "a JPEG breaks off"
    frames.close()


async def test_a_camera_is_let_go_between_commands(camera: Looker, simulated: Clock) -> None:
    """Nobody looks when nothing is asked: after a command no stream is open."""
    await camera.look(lambda _: True)
    await camera.probe()
    until = time.monotonic() + 5
    while len(simulated._connections) > 1:  # the one left is where it listens
        assert time.monotonic() < until
        await asyncio.sleep(0.01)


# --- a film ---


@pytest.fixture
def film(tmp_path: Path) -> str:
    """Four pictures, ten a second, each brighter than the one before."""
    path = str(tmp_path / "film.avi")
    writer = cv2.VideoWriter(path, cv2.VideoWriter.fourcc(*"MJPG"), 10.0, SIZE)
    for light in (60, 110, 160, 210):
        writer.write(np.full((SIZE[1], SIZE[0], 3), light, np.uint8))
    writer.release()
    return path


async def test_a_film_is_shown_again_and_again(film: str) -> None:
    """Behind its last picture comes its first."""
    camera, album = Looker(FrameSource(film)), Album(9)
    await camera.look(album.see)
    lights = [round(float(picture.mean()), -1) for picture in album]
    assert lights == [60, 110, 160, 210, 60, 110, 160, 210, 60]
    assert await camera.probe() == Ready()
    assert (await camera.self_test()).model == "film"
    await camera.close()


def test_a_film_that_is_not_due_is_no_picture(film: str) -> None:
    """A deadline before the next picture ends without one."""
    frames = FilmFrames(film)
    assert frames.read(time.monotonic()) is not None
    assert frames.read(time.monotonic() + 0.01) is None
    frames.close()


async def test_what_is_no_film_is_said(tmp_path: Path) -> None:
    """A file of something else, and one that is not there, in words for a technician."""
    letter = tmp_path / "letter.txt"
    letter.write_text("no film")
    said = await status_of(str(letter))
    assert isinstance(said, Disconnected)
    assert "not a film" in said.reason
    missing = await status_of(str(tmp_path / "gone.mp4"))
    assert isinstance(missing, Disconnected)
    assert "no such file" in missing.reason


# --- what is wrong ---


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("/dev/doorstep/no-camera", "no such device; check cable and power"),
        ("/dev/null", "not a camera; check the source"),
        ("tcp://127.0.0.1:9", "not a camera; write http://"),
        ("usb:dead:beef", "nothing fits usb:dead:beef"),
        ("http://127.0.0.1:1/", "nobody serves pictures there"),
    ],
)
async def test_a_wrong_source_says_what_is_wrong(where: str, words: str) -> None:
    """A status with the address, and what to do about it."""
    said = await status_of(where)
    assert isinstance(said, Disconnected)
    assert words in said.reason
    assert where in said.reason


async def test_another_path_of_the_server_is_no_camera(simulated: Clock) -> None:
    """What the server answers is said."""
    said = await status_of(simulated.where + "x")
    assert isinstance(said, Disconnected)
    assert "HTTP status 404" in said.reason


async def test_what_speaks_no_http_is_no_camera() -> None:
    """Another service at the port is called what it is."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        greeter = threading.Thread(target=_greet, args=(server,))
        greeter.start()
        said = await status_of(f"http://127.0.0.1:{server.getsockname()[1]}/")
        greeter.join()
    assert isinstance(said, Disconnected)
    assert "does not speak HTTP" in said.reason


def _greet(server: socket.socket) -> None:
    connection, _ = server.accept()
    with connection:
        connection.sendall(b"220 mail.example ESMTP\r\n")
        connection.recv(1024)
        connection.recv(1024)


async def test_silence_is_said(camera: Looker, simulated: Clock) -> None:
    """A stream without pictures is silent: in a probe a status, elsewhere an error of the wire."""
    simulated.faults.begin(WireFault.SILENCE)
    said = await camera.probe()
    assert isinstance(said, Disconnected)
    assert "no answer" in said.reason
    with pytest.raises(TransportError) as error:
        await camera.look(lambda _: False, 20)
    assert error.value.fault.code == "camera.silent"


async def test_a_stream_that_ends_is_said(camera: Looker, simulated: Clock) -> None:
    """A camera that goes while somebody looks through it is told at once."""

    def pull(_: Image) -> bool:
        simulated.unplug()
        return False

    with pytest.raises(TransportError) as error:
        await camera.look(pull)
    assert error.value.fault.code == "camera.disconnected"
    assert "the stream ended" in error.value.fault.detail


async def test_a_frozen_picture_is_a_fault(camera: Looker, simulated: Clock) -> None:
    """Pictures that are the same to the last bit are seen by a probe, and by who looks on."""
    simulated.faults.begin(CameraFault.FROZEN)
    assert await camera.probe() == HardwareError(FROZEN.at(simulated.where))
    with pytest.raises(DeviceError) as error:
        await camera.look(lambda _: False)
    assert error.value.fault.code == FROZEN.code
    simulated.behave()
    assert await camera.probe() == Ready()


async def test_a_covered_lens_is_told_as_one(camera: Looker, simulated: Clock) -> None:
    """Black pictures are not frozen ones: somebody has to uncover the lens."""
    simulated.faults.begin(CameraFault.BLACK)
    simulated.faults.begin(CameraFault.FROZEN)
    assert await camera.probe() == UserError(COVERED.at(simulated.where))
    assert COVERED.for_resident


@pytest.mark.parametrize(
    ("light", "grain", "black"), [(0, 0, True), (3, 6, True), (40, 6, False), (20, 40, False)]
)
def test_black_is_less_than_a_dark_room(light: int, grain: int, *, black: bool) -> None:
    """Noise behind a cap is black; a dim room, or a lamp in the dark, is not."""
    noise = np.random.default_rng(1).integers(0, grain + 1, (240, 320, 3))
    assert is_black((noise + light).astype(np.uint8)) is black
    lamp = np.zeros((240, 320, 3), np.uint8)
    lamp[:60, :60] = 255
    assert not is_black(lamp)


# --- one camera, several who look ---


async def test_two_drivers_take_turns_at_one_source(source: FrameSource, camera: Looker) -> None:
    """One waits while the other looks; both get their pictures."""
    other = Looker(source)
    both = [0, 0]

    def count(who: int) -> Callable[[Image], bool]:
        def see(_: Image) -> bool:
            both[who] += 1
            return both[who] == 5

        return see

    await asyncio.gather(camera.look(count(0)), other.look(count(1)))
    assert both == [5, 5]
    await other.close()


async def test_a_camera_in_use_is_busy(source: FrameSource, camera: Looker) -> None:
    """While another driver looks longer than is waited for, a probe says so and no fault."""
    frames = source.open()
    try:
        with pytest.raises(DeviceError) as error:
            source.open()
        assert error.value.fault.code == "camera.in_use"
        assert await camera.probe() == Busy()
    finally:
        frames.close()
    assert await camera.probe() == Ready()


async def test_a_source_that_can_not_be_opened_is_free_again(tmp_path: Path) -> None:
    """A failure keeps nobody else from trying."""
    source = FrameSource(str(tmp_path / "gone.mp4"))
    for _ in range(2):
        with pytest.raises(TransportError) as error:
            source.open()
        assert error.value.fault.code == "camera.disconnected"


async def test_a_self_test_says_size_rate_and_light(camera: Looker, simulated: Clock) -> None:
    """What a technician wants to read of a camera."""
    result = await camera.self_test()
    assert result.status == Ready()
    assert result.where == simulated.where
    assert result.facts["picture"] == "320 x 240"
    assert result.facts["rate"].endswith("pictures a second")
    assert result.facts["brightness"].endswith("of 255")
    simulated.unplug()
    assert isinstance((await camera.self_test()).status, Disconnected)
