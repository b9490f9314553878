"""What all cameras have in common: a source of pictures, and a look at whether it sees anything.

A camera looks only while something is asked of it: after every command its source is let go, so its
light is off between two residents, no picture stays in a buffer, and two drivers may take
turns at one camera.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

import numpy as np

from drivers import address
from drivers.cameras.frames import (
    GARBAGE,
    NAME,
    FilmFrames,
    Frames,
    HttpFrames,
    V4l2Frames,
    camera_name,
)
from drivers.cameras.opencv import Image
from drivers.device import (
    Advice,
    Busy,
    Disconnected,
    Fault,
    HardwareError,
    Ready,
    SelfTest,
    Status,
    UserError,
)
from drivers.errors import DeviceError, TransportError
from drivers.on_demand import DEADLINE, OnDemandDevice
from drivers.ports import discovery, transport
from drivers.worker import Stop

T = TypeVar("T")

SIZE = (1280, 720)
SILENCE = 3.0  # seconds without a picture after which a camera is silent
SLICE = 0.1  # seconds between two looks whether anybody still waits for the command
TURN = 5.0  # seconds that a command waits for another driver to let the camera go
STILL = 1.0  # seconds of pictures that are the same to the last bit, and at least
STILLS = 2  # so many: no lens sees that
BLACK = 24  # of 255: what noise behind a covered lens does not reach
LOOK = 2.5  # seconds that a camera gets to show something; the first pictures may be black
EXAMINE = 1.0  # seconds of pictures in a self-test
PICTURE_AGE = (
    60.0  # seconds until a camera device is asked for a picture again, not just for a sign
)

FROZEN = Fault(
    "camera.frozen",
    Advice.TECHNICIAN_ACTS,
    "every picture is the same to the last bit; switch the camera or its program off and on",
)
COVERED = Fault(
    "camera.covered",
    Advice.ATTENDANT_ACTS,
    "the pictures are black; uncover the lens, or give it light",
    "The camera sees nothing. Something may be covering it.",
)
IN_USE = Fault(
    "camera.in_use",
    Advice.WAIT,
    "another part of this terminal looks through the camera",
)


class FrameSource:
    """Where pictures come from, as a technician writes it; may be shared by several drivers.

    `where` is a camera device (/dev/…, usb:VENDOR:PRODUCT), an MJPEG address (http://…), or a film
    file. `size` is what a camera device is asked for; the pictures may have another.
    """

    def __init__(self, where: str, size: tuple[int, int] = SIZE) -> None:
        self.where = where
        self.size = size
        self._turn = threading.Lock()

    def open(self, wait: float = 0.0) -> Frames:
        """Open it for us alone. DeviceError says what is in the way, where and what to do.

        `camera.in_use` when another driver has it for longer than `wait` seconds.
        """
        if not self._turn.acquire(timeout=wait):
            raise DeviceError(IN_USE.at(self.where))
        try:
            return _Turn(self._opened(), self._turn)
        except BaseException:
            self._turn.release()
            raise

    @property
    def in_use(self) -> bool:
        """Whether somebody looks through it now."""
        return self._turn.locked()

    def look_for(self) -> bool:
        """Whether there is a camera that can be asked without opening it, and it is there.

        False where only a picture can tell. TransportError where it is gone.
        """
        path = self._device_file()
        if path is None:
            return False
        camera_name(path)
        return True

    def _opened(self) -> Frames:
        if self.where.startswith("http://"):
            return HttpFrames(self.where)
        path = self._device_file()
        return FilmFrames(self.where) if path is None else V4l2Frames(path, self.size)

    def _device_file(self) -> str | None:
        """The file of a camera device; None for streams and films."""
        if self.where.startswith("http://"):
            return None
        match address.parse(self.where):
            case address.DevicePath(path):
                return path if path.startswith("/dev/") else None
            case address.UsbAddress() as usb:
                return _video_file(usb)
            case address.TcpAddress() as tcp:
                raise transport.disconnected(NAME, str(tcp), "not a camera; write http://…")


def _video_file(usb: address.UsbAddress) -> str:
    """The device file of a USB camera, today."""
    try:
        file = discovery.find(usb).node("video4linux", "capture")
    except discovery.DiscoveryError as error:
        raise transport.disconnected(NAME, str(usb), str(error)) from None
    if file is None:
        words = "that device is not a camera; check the source in the configuration"
        raise transport.disconnected(NAME, str(usb), words)
    return file


class _Turn:
    """Pictures of a source that is ours until they are closed."""

    def __init__(self, frames: Frames, turn: threading.Lock) -> None:
        self._frames = frames
        self._held: threading.Lock | None = turn
        self.model, self.live = frames.model, frames.live

    @property
    def wrong(self) -> str:
        return self._frames.wrong

    def read(self, deadline: float) -> Image | None:
        return self._frames.read(deadline)

    def close(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            self._frames.close()
            held.release()


class CameraDevice(OnDemandDevice[Frames]):
    """A camera: opened for each command, let go after it, whatever comes of it.

    Faults: `camera.disconnected`, `camera.silent` (wire), `camera.garbage`, `camera.frozen`,
    `camera.covered`, `camera.in_use`.
    """

    def __init__(self, source: FrameSource) -> None:
        super().__init__(NAME, source.where)
        self._source = source
        self._seen_at: float | None = None  # when the last look of a probe found all well

    async def probe(self) -> Status:
        """Look whether it is there and sees something; one that is looked through is busy."""
        if self._source.in_use:
            return Busy()
        try:
            return await self._look(self._glance)
        except DeviceError as error:
            return self._status(error)

    async def self_test(self) -> SelfTest:
        """Look through it for a second, and say how large, how often and how bright."""
        try:
            return await self._look(self._examine)
        except DeviceError as error:
            return SelfTest(self._status(error), self.where)

    async def _look(self, work: Callable[[Stop], T], *, within: float = DEADLINE) -> T:
        """A command that looks through the camera; afterwards the camera is let go."""

        def look(stop: Stop) -> T:
            try:
                return work(stop)
            finally:
                self._drop()

        return await self._run(look, within=within)

    # --- on the worker's thread ---

    def _connect(self) -> Frames:
        return self._source.open(TURN)

    def _pictures(self, stop: Stop, until: float) -> Iterator[Image]:
        """The newest pictures until then (monotonic); what repeats the last one is none.

        DeviceError when none come, when they are something else, and when they stand still.
        """
        frames = self._open()
        last: Image | None = None
        heard = new = time.monotonic()
        stills = 0
        while (now := time.monotonic()) < until:
            stop.check()
            picture = frames.read(min(now + SLICE, until))
            if picture is None:
                if time.monotonic() - heard > SILENCE:
                    raise self._nothing()
                continue
            heard = time.monotonic()
            if not frames.live or last is None or not np.array_equal(picture, last):
                last, new, stills = picture, heard, 0
                yield picture
                continue
            stills += 1
            if stills >= STILLS and heard - new >= STILL and not is_black(picture):
                raise DeviceError(FROZEN.at(self.where))

    def _glance(self, stop: Stop) -> Status:
        """A sign of a camera that was well a moment ago; of any other, pictures that differ."""
        there, seen_at = self._source.look_for(), self._seen_at
        if there and seen_at is not None and time.monotonic() - seen_at < PICTURE_AGE:
            return Ready()
        self._seen_at = None
        came = seen = 0
        for picture in self._pictures(stop, time.monotonic() + LOOK):
            came += 1
            seen += not is_black(picture)
            if seen == (2 if self._open().live else 1):
                self._seen_at = time.monotonic()
                return Ready()
        if not came:
            raise self._nothing()
        return Ready() if seen else UserError(COVERED.at(self.where))

    def _examine(self, stop: Stop) -> SelfTest:
        self._seen_at = None
        status = self._glance(stop)
        facts: dict[str, str] = {}
        for count, picture in enumerate(self._pictures(stop, time.monotonic() + EXAMINE), 1):
            facts = {
                "picture": f"{picture.shape[1]} x {picture.shape[0]}",
                "rate": f"{count / EXAMINE:.0f} pictures a second",
                "brightness": f"{picture[::8, ::8].mean():.0f} of 255",
            }
        return SelfTest(status, self.where, self._open().model, facts)

    def _nothing(self) -> DeviceError:
        """Why there are no pictures: something else comes, or nothing at all."""
        if wrong := self._open().wrong:
            return DeviceError(GARBAGE.at(self.where).because(wrong))
        return transport.silent(NAME, self.where, "the camera, its cable and its program")

    def _status(self, error: DeviceError) -> Status:
        if error.fault.code == IN_USE.code:
            return Busy()
        if isinstance(error, TransportError) or error.fault.code == GARBAGE.code:
            return Disconnected(error.fault.detail)  # what talks nonsense is no camera
        return HardwareError(error.fault)


def is_black(picture: Image) -> bool:
    """Whether nothing but noise is in it, as behind a covered lens."""
    sample = picture[::8, ::8]
    return bool(sample.mean() < BLACK and np.percentile(sample, 99) < BLACK)
