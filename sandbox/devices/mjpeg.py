"""A camera that is served as motion JPEG over HTTP, and what it looks at.

A subclass says what is before the lens at a moment, and draws that. Each picture gets the grain of
a sensor, so that no two are the same; drawing and JPEG are done once for a scene that stays.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Hashable
from contextlib import suppress
from enum import StrEnum
from functools import cache, lru_cache, partial
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Generic, Self, TypeVar

import numpy as np

from drivers.cameras.opencv import Image, cv2
from sandbox.devices.simulator import Misbehaviour, WireFault

RATE = 25.0  # pictures a second
GRAINS = 8  # different grains; a picture comes again after so many at the earliest
GRAIN = 3  # of 255: how far it changes a pixel
QUALITY = 85  # of the JPEGs
BOUNDARY = "doorstepframe"
HEAD = f"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace;boundary={BOUNDARY}\r\n\r\n"
NOT_FOUND = "HTTP/1.0 404 Not Found\r\nContent-Type: text/plain\r\n\r\nno such stream\r\n"
LONGEST_REQUEST = 8192
DRIP = 512  # bytes that a slow stream sends in one picture's time
REMEMBERED = 64  # pictures


S = TypeVar("S", bound=Hashable)


class CameraFault(StrEnum):
    """How a camera can misbehave beside what any wire does."""

    FROZEN = "frozen"
    BLACK = "black"


class SimulatedCamera(Generic[S]):
    """A camera at a free port of loopback, which stays the same when it is plugged in again.

    All methods may be called from any thread; what is drawn is asked for on the device's own.
    """

    name: ClassVar[str] = "camera"
    size: ClassVar[tuple[int, int]] = (1280, 720)
    faulty: ClassVar[tuple[StrEnum, ...]] = (
        WireFault.SILENCE,
        WireFault.GARBAGE,
        WireFault.SLOW,
        WireFault.TRUNCATED,
        *CameraFault,
    )

    @classmethod
    def at(cls, place: Path, baud: int | None) -> Self:
        """One at a port of its own: a stream needs no place, and its speed is the network's."""
        del place, baud
        return cls()

    def __init__(self, rate: float = RATE) -> None:
        self.rate = rate
        self.faults = Misbehaviour()
        self._lock = threading.RLock()
        self._port = 0
        self._listener: socket.socket | None = None
        self._pulled = threading.Event()
        self._connections: dict[threading.Thread, socket.socket] = {}
        self._jpeg = lru_cache(REMEMBERED)(self._encoded)

    # --- what a subclass says ---

    def scene(self, seconds: float) -> S:
        """What is before the lens at a moment (monotonic)."""
        raise NotImplementedError

    def draw(self, scene: S) -> Image:
        """What the lens makes of it: blue, green, red, of any size."""
        raise NotImplementedError

    # --- what every simulated device can do ---

    @property
    def where(self) -> str:
        """The stream's address."""
        return f"http://127.0.0.1:{self._port}/{self.name}.mjpg"

    def behave(self) -> None:
        """Be a good camera again."""
        self.faults.end()

    def deeds(self) -> dict[str, Callable[..., object]]:
        """What lines can do to any camera."""
        return {
            "unplug": self.unplug,
            "plug": self.plug,
            "behave": self.behave,
            **{fault.value: partial(self.faults.begin, fault) for fault in self.faulty},
        }

    def plug(self) -> None:
        """Serve the stream. OSError when its port was taken by somebody else meanwhile."""
        with self._lock:
            if self._listener is not None:
                return
            self._listener = socket.create_server(("127.0.0.1", self._port))
            self._port = self._listener.getsockname()[1]
            self._pulled = threading.Event()
            self._begin(self._accept, self._listener)

    def unplug(self) -> None:
        """End every stream in the middle of what it sends, and take no new one."""
        with self._lock:
            if self._listener is None:
                return
            self._listener = None
            self._pulled.set()
            ended = dict(self._connections)
            for connection in ended.values():
                with suppress(OSError):  # the other side may have been faster
                    connection.shutdown(socket.SHUT_RDWR)
        for thread in ended:
            if thread is not threading.current_thread():
                thread.join()

    def __enter__(self) -> Self:
        self.plug()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.unplug()

    # --- the server ---

    def _begin(
        self, work: Callable[[socket.socket, threading.Event], None], connection: socket.socket
    ) -> None:
        """Work on a connection in a thread of its own, until it ends or the plug is pulled."""
        pulled = self._pulled

        def run() -> None:
            with connection, suppress(OSError):  # hung up, by either side
                work(connection, pulled)
            with self._lock:
                del self._connections[threading.current_thread()]

        thread = threading.Thread(target=run, name=f"simulated-{self.name}")
        self._connections[thread] = connection
        thread.start()

    def _accept(self, listener: socket.socket, pulled: threading.Event) -> None:
        while True:
            connection, _ = listener.accept()
            with self._lock:
                if pulled.is_set():
                    connection.close()
                    return
                self._begin(self._serve, connection)

    def _serve(self, connection: socket.socket, pulled: threading.Event) -> None:
        request = b""
        while b"\r\n\r\n" not in request:
            data = connection.recv(4096)
            if not data or len(request) > LONGEST_REQUEST:
                return
            request += data
        while self.faults.has(WireFault.SILENCE):
            if pulled.wait(1 / self.rate):
                return
        if request.split()[1] != f"/{self.name}.mjpg".encode():
            connection.sendall(NOT_FOUND.encode())
            return
        connection.sendall(HEAD.encode())
        self._stream(connection, pulled)

    def _stream(self, connection: socket.socket, pulled: threading.Event) -> None:
        due, count, part = time.monotonic(), 0, b""
        while not pulled.wait(max(due - time.monotonic(), 0)):
            due = max(due + 1 / self.rate, time.monotonic())
            if self.faults.strikes(WireFault.SILENCE):
                continue
            if not (part and self.faults.strikes(CameraFault.FROZEN)):
                part = self._part(count)
                count += 1
            if self.faults.strikes(WireFault.SLOW):
                connection.sendall(part[:DRIP])
                part = part[DRIP:]
                continue
            connection.sendall(part)

    def _part(self, count: int) -> bytes:
        """One part of the answer: a picture, or what a fault makes of it."""
        black = self.faults.strikes(CameraFault.BLACK)
        jpeg = self._jpeg(None if black else self.scene(time.monotonic()), count % GRAINS)
        if self.faults.strikes(WireFault.GARBAGE):
            jpeg = os.urandom(len(jpeg))
        if self.faults.strikes(WireFault.TRUNCATED):
            jpeg = jpeg[: len(jpeg) // 2]
        head = f"--{BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
        return head.encode() + jpeg + b"\r\n"

    def _encoded(self, scene: S | None, grain: int) -> bytes:
        """The JPEG of a scene; None is the inside of a lens cap."""
        width, height = self.size
        picture = np.zeros((height, width, 3), np.uint8) if scene is None else self.draw(scene)
        brighter = cv2.add(picture, _noise(width, height)[grain : grain + height])
        grainy = cv2.subtract(brighter, np.full(4, GRAIN, float))  # for each colour
        whole, jpeg = cv2.imencode(".jpg", grainy, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
        if not whole:
            raise ValueError("a picture that can not be written as JPEG")
        return jpeg.tobytes()


@cache
def _noise(width: int, height: int) -> Image:
    """The grain of a sensor, with a row to spare for each of the pictures that differ by it."""
    shape = (height + GRAINS, width, 3)
    return np.random.default_rng(0).integers(0, 2 * GRAIN + 1, shape, np.uint8)
