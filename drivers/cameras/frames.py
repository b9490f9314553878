"""Pictures from a camera device, an MJPEG stream or a film file: open ones, and how to open them.

Whatever it is, one picture is asked for at a time, and it is the newest: what waited in a buffer
while nobody looked is thrown away.
"""

from __future__ import annotations

import errno
import fcntl
import os
import struct
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import numpy as np

from drivers.cameras.opencv import Image, cv2
from drivers.device import Advice, Fault
from drivers.errors import DeviceError, RemoteProtocolError, TransportError
from drivers.ports import transport
from drivers.ports.tcp_port import TcpPort
from drivers.ports.transport import Transport
from drivers.protocols import mjpeg

NAME = "camera"  # begins the fault codes of all cameras
DRAIN = 0.1  # seconds after which a stream that never pauses is believed to be up to date
BUFFERS = 2  # pictures that wait in a V4L2 driver at most, as OpenCV asks it to
PAUSE = 0.2  # seconds without a look after which what waits there is old
FILM_RATE = 25.0  # pictures a second of a film that does not say

GARBAGE = Fault(
    "camera.garbage",
    Advice.TECHNICIAN_ACTS,
    "what comes are no pictures; check that the source in the configuration is a camera",
)

_GONE = "the camera is gone; check its cable"
_BUSY = "another program has the camera; close that program"
_ADVICE = {
    errno.ENOENT: "no such device; check cable and power, or the source in the configuration",
    errno.EACCES: "not allowed to open it; add this user to the group video",
    errno.EBUSY: _BUSY,
    errno.ENOTTY: "not a camera; check the source in the configuration",
    errno.EINVAL: "not a camera; check the source in the configuration",
    errno.ENODEV: _GONE,
    errno.ENXIO: _GONE,
    errno.EIO: _GONE,
}
_FAILED = "the camera failed; check its cable"


class Frames(Protocol):
    """An open source of pictures. After a DeviceError it is of no more use."""

    @property
    def model(self) -> str:
        """What the camera calls itself, "" where it can not say."""
        ...

    @property
    def live(self) -> bool:
        """Whether it sees the world now, so that two pictures are never the same: no film."""
        ...

    @property
    def wrong(self) -> str:
        """What came last that was no picture, "" where nothing did."""
        ...

    def read(self, deadline: float) -> Image | None:
        """The newest picture, or None when there was no new one before `deadline` (monotonic)."""
        ...

    def close(self) -> None:
        """Let it go; never raises."""
        ...


# --- MJPEG over HTTP ---


@dataclass(frozen=True, slots=True)
class HttpPort(TcpPort):
    """Where a stream is served; its words are those of the whole address."""

    url: str = ""

    @property
    def where(self) -> str:
        """The address as a technician wrote it."""
        return self.url

    def fault(self, error: OSError) -> TransportError:
        """What an error of the network means here."""
        if error.errno == errno.ECONNREFUSED:
            words = "nobody serves pictures there; is the camera's program running?"
        else:
            words = "the stream ended; check the camera and its program"
        return transport.disconnected(NAME, self.url, words)


class HttpFrames:
    """The pictures of an MJPEG stream. What breaks off or is no JPEG is passed over."""

    model = "MJPEG stream"
    live = True

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._port = HttpPort(NAME, parts.hostname or "", parts.port or 80, url)
        self._transport: Transport = self._port.open()
        self._decoder = mjpeg.MjpegDecoder()
        self.wrong = ""
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._transport.write(mjpeg.request(parts.netloc, path))

    def read(self, deadline: float) -> Image | None:
        """The newest whole picture; DeviceError where what comes is something else."""
        newest: bytes | None = None
        drained = time.monotonic() + DRAIN
        while data := self._transport.read(deadline if newest is None else 0):
            newest = self._pictures(data) or newest
            if newest is not None and time.monotonic() > drained:
                break
            if newest is None and time.monotonic() > deadline:
                break
        if newest is None:
            return None
        picture = cv2.imdecode(np.frombuffer(newest, np.uint8), cv2.IMREAD_COLOR)
        if picture is None:
            self.wrong = "a JPEG that can not be decoded"
            return None
        return np.asarray(picture, np.uint8)

    def _pictures(self, data: bytes) -> bytes | None:
        """The last picture that these bytes made whole."""
        try:
            parts = self._decoder.feed(data)
        except RemoteProtocolError as error:
            raise DeviceError(GARBAGE.at(self._port.url).because(error)) from None
        for part in parts:
            if isinstance(part, RemoteProtocolError):
                self.wrong = str(part)
        return next((part for part in reversed(parts) if isinstance(part, bytes)), None)

    def close(self) -> None:
        """Hang up."""
        self._transport.close()


# --- V4L2 ---

QUERYCAP = 0x80685600  # VIDIOC_QUERYCAP, of linux/videodev2.h
CAPABILITIES = struct.Struct("16s32s32sIII12x")  # struct v4l2_capability
VIDEO_CAPTURE, DEVICE_CAPS = 0x00000001, 0x80000000


def camera_name(path: str) -> str:
    """What the camera at a device file calls itself. TransportError where there is none.

    USB cameras have a second device file, for metadata: that one is not a camera either.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_NONBLOCK)
        try:
            answer = fcntl.ioctl(descriptor, QUERYCAP, bytes(CAPABILITIES.size))
        finally:
            os.close(descriptor)
    except OSError as error:
        words = _ADVICE.get(error.errno or 0, _FAILED)
        raise transport.disconnected(NAME, path, words) from None
    _, card, _, _, whole, own = CAPABILITIES.unpack(answer)
    if not (own if whole & DEVICE_CAPS else whole) & VIDEO_CAPTURE:
        raise transport.disconnected(NAME, path, _ADVICE[errno.ENOTTY])
    name: str = card.partition(b"\0")[0].decode("utf-8", "replace")
    return name


class V4l2Frames:
    """The pictures of a camera device, by OpenCV."""

    live = True
    wrong = ""

    def __init__(self, path: str, size: tuple[int, int]) -> None:
        self.model = camera_name(path)
        self._path = path
        self._looked = time.monotonic()
        self._capture = cv2.VideoCapture(path, cv2.CAP_V4L2)
        if not self._capture.isOpened():  # it is a camera, and may be opened
            self._capture.release()
            raise transport.disconnected(NAME, path, _BUSY)
        # Raw pictures of this size do not fit through USB 2 fast enough; cameras without MJPEG
        # keep what they have.
        self._capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        self._capture.set(cv2.CAP_PROP_FRAME_WIDTH, size[0])
        self._capture.set(cv2.CAP_PROP_FRAME_HEIGHT, size[1])
        self._capture.set(cv2.CAP_PROP_BUFFERSIZE, BUFFERS)

    def read(self, deadline: float) -> Image | None:
        """The newest picture; OpenCV itself waits three seconds for one (`opencv.py`)."""
        del deadline
        if time.monotonic() - self._looked > PAUSE:
            for _ in range(BUFFERS):
                self._capture.grab()
        whole, picture = self._capture.read()
        self._looked = time.monotonic()
        if not whole:
            camera_name(self._path)  # says it when the camera is gone
            return None
        return np.asarray(picture, np.uint8)

    def close(self) -> None:
        """Let the camera go."""
        self._capture.release()


# --- films ---


class FilmFrames:
    """A film file at its own pace, again and again: a camera for demonstrations."""

    model = "film"
    live = False
    wrong = ""

    def __init__(self, path: str) -> None:
        if not Path(path).is_file():
            words = "no such file; check the source in the configuration"
            raise transport.disconnected(NAME, path, words)
        self._path = path
        self._capture = cv2.VideoCapture(path, cv2.CAP_FFMPEG)
        self._pause = 1 / (self._capture.get(cv2.CAP_PROP_FPS) or FILM_RATE)
        self._due = time.monotonic()

    def read(self, deadline: float) -> Image | None:
        """The next picture when it is due."""
        if self._due > deadline:
            time.sleep(max(deadline - time.monotonic(), 0))
            return None
        time.sleep(max(self._due - time.monotonic(), 0))
        whole, picture = self._capture.read()
        if not whole:
            self._capture.set(cv2.CAP_PROP_POS_FRAMES, 0)
            whole, picture = self._capture.read()
        if not whole:
            raise DeviceError(GARBAGE.at(self._path).because("not a film that can be shown"))
        self._due = max(self._due + self._pause, time.monotonic())
        return np.asarray(picture, np.uint8)

    def close(self) -> None:
        """Close the file."""
        with suppress(cv2.error):
            self._capture.release()
