"""The far end of a network cable: a TCP port of loopback at which one device listens."""

from __future__ import annotations

import select
import socket
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from sandbox.devices.wire import TURN, SimulatedWireDevice

LOOPBACK = "127.0.0.1"
STUCK = 1.0  # seconds until a host that reads nothing any more is given up


class SimulatedTcpDevice(SimulatedWireDevice):
    """A device at a free TCP port; a subclass says what it answers.

    It speaks with one host at a time, as such printers do; another waits until that one is gone.
    Its port stays the same while it is unplugged, and is free again once it is left (`with`).
    """

    @classmethod
    def at(cls, place: Path, baud: int | None) -> Self:
        """One at a port of its own: a network device has no link and no speed."""
        del baud
        return cls(place)

    def __init__(self, place: Path, *, baud: int | None = None, expects: int | None = None) -> None:
        super().__init__(place, baud=baud, expects=expects)
        self._claim: socket.socket | None = None
        self._door: socket.socket | None = None
        self._host: socket.socket | None = None
        self._thread: threading.Thread | None = None
        self._port = 0

    @property
    def where(self) -> str:
        """The port's address, once it was plugged in."""
        return f"tcp://{LOOPBACK}:{self._port}"

    def plug(self) -> None:
        """Listen, at the same port as before."""
        with self._lock:
            if self._door is not None:
                return
            if self._claim is None:
                self._claim = _bound(0)
                self._port = self._claim.getsockname()[1]
            self._door = _bound(self._port)
            self._door.listen(1)
            self._door.settimeout(0)  # a host may be gone before it is let in
            self._thread = threading.Thread(
                target=self._serve, args=(self._door,), name=f"simulated-{self.link.name}"
            )
            self._thread.start()

    def unplug(self) -> None:
        """Cut off whoever is connected, and listen no more."""
        with self._lock:
            door, thread = self._door, self._thread
            self._door = self._thread = None
            if door is None or thread is None:
                return
            door.close()
            self._hang_up()
        if thread is not threading.current_thread():
            thread.join()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        super().__exit__(kind, error, traceback)
        with self._lock:
            if self._claim is not None:
                self._claim.close()
                self._claim = None

    def put(self, data: bytes) -> bool:
        """Send bytes to whoever is connected; False where nobody is."""
        if self._host is None:
            return False
        try:
            self._host.sendall(data)
        except OSError:
            self._hang_up()
            return False
        return True

    def _hang_up(self) -> None:
        if self._host is not None:
            self._host.close()
            self._host = None

    def _serve(self, door: socket.socket) -> None:
        while True:
            host = self._host
            waiting = [door if host is None else host] if self.takes or host is None else []
            try:
                ready, _, _ = select.select(waiting, [], [], TURN)
            except (OSError, ValueError):
                ready = []  # closed meanwhile: by `unplug`, or because the host is stuck
            with self._lock:
                if self._thread is not threading.current_thread():
                    return
                # Whoever was connected may have been cut off since it was looked at.
                data = self._take(door) if ready and self._host is host else b""
            if data:
                self.received(data)
            self.turn()

    def _take(self, door: socket.socket) -> bytes:
        """What the host sent; or a new host, or the end of one, and nothing yet."""
        try:
            if self._host is None:
                self._host, _ = door.accept()
                self._host.settimeout(STUCK)
                return b""
            if not self.takes:
                return b""
            data = self._host.recv(4096)
        except OSError:
            data = b""
        if not data:
            self._hang_up()
        return data


def _bound(port: int) -> socket.socket:
    """A socket bound to that port; several may be, of which one listens."""
    bound = socket.socket()
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind((LOOPBACK, port))
    return bound
