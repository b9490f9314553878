"""The far end of a serial cable: a pty, paced like a wire, that can be pulled and plugged in."""

from __future__ import annotations

import os
import select
import termios
import threading
import tty
from contextlib import suppress
from pathlib import Path
from typing import ClassVar, Self

from sandbox.devices.wire import TURN, SimulatedWireDevice

__all__ = ["TURN", "SimulatedSerialDevice"]


class SimulatedSerialDevice(SimulatedWireDevice):
    """A device on a pty whose other end is found at `link`; a subclass says what it answers.

    A host that set another speed than `expects` gets no answer, as with real wires.
    """

    speed: ClassVar[int] = 115200
    """The baud rate that such devices come with."""

    @classmethod
    def at(cls, place: Path, baud: int | None) -> Self:
        """One whose port is `place`, at a speed; without one as fast as the pty goes."""
        return cls(place, baud=baud, expects=baud or cls.speed)

    def __init__(self, link: Path, *, baud: int | None = None, expects: int | None = None) -> None:
        super().__init__(link, baud=baud, expects=expects)
        self._master: int | None = None
        self._slave: int | None = None
        self._thread: threading.Thread | None = None

    @property
    def where(self) -> str:
        """The port."""
        return str(self.link)

    def plug(self) -> None:
        """Connect it: a new pty under the same name. OSError when the name cannot be had."""
        with self._lock:
            if self._master is not None:
                return
            self._clear_name()
            self._master, self._slave = os.openpty()
            for end in (self._master, self._slave):
                os.set_blocking(end, False)
            tty.setraw(self._slave)
            self.link.symlink_to(os.ttyname(self._slave))
            self._thread = threading.Thread(
                target=self._listen, args=(self._master,), name=f"simulated-{self.link.name}"
            )
            self._thread.start()

    def _clear_name(self) -> None:
        """Take away the link that a device before this one left; never anything else."""
        if not self.link.parent.is_dir():
            raise NotADirectoryError(f"{self.link.parent}: no such directory")
        if self.link.exists() and not self.link.is_symlink():
            raise FileExistsError(f"{self.link}: there is a file of that name")
        self.link.unlink(missing_ok=True)

    def unplug(self) -> None:
        """Pull the cable: whoever has the port open gets a hang-up, and the name is gone."""
        with self._lock:
            master, slave, thread = self._master, self._slave, self._thread
            self._master = self._slave = self._thread = None
            if master is None or slave is None or thread is None:
                return
            self.link.unlink(missing_ok=True)
            with suppress(BlockingIOError):
                os.write(slave, b"\0")  # wakes the thread, which sees that it is over
            os.close(master)
            os.close(slave)
        if thread is not threading.current_thread():
            thread.join()

    def put(self, data: bytes) -> bool:
        """Put bytes on the pty; False where it is not plugged in.

        What a host that does not read has no room for is lost, as on a real wire.
        """
        if self._master is None:
            return False
        with suppress(BlockingIOError):
            os.write(self._master, data)
        return True

    def _listen(self, master: int) -> None:
        while True:
            try:
                ready, _, _ = select.select([master] if self.takes else [], [], [], TURN)
                with self._lock:
                    if self._thread is not threading.current_thread():
                        return  # the cable was pulled; the number may be another file's by now
                    data = os.read(master, 4096) if ready and self.takes else b""
                    understood = self._same_speed()
            except (OSError, ValueError):
                return
            if data and understood:
                self.received(data)
            self.turn()

    def _same_speed(self) -> bool:
        if self.expects is None or self._slave is None:
            return True
        wanted: int = getattr(termios, f"B{self.expects}")
        return bool(termios.tcgetattr(self._slave)[5] == wanted)
