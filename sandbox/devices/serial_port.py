"""The far end of a serial cable: a pty, paced like a wire, that can be pulled and plugged in."""

from __future__ import annotations

import os
import select
import termios
import threading
import time
import tty
from collections.abc import Callable
from enum import StrEnum
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

from sandbox.devices.simulator import Misbehaviour, WireFault

BITS_PER_BYTE = 10  # 8N1
TURN = 0.05  # seconds a device sleeps at most
BURST = 16  # bytes between two looks at the clock
DRIP = 0.002  # seconds between two bytes of a slow device


class SimulatedSerialDevice:
    """A device on a pty whose other end is found at `link`; a subclass says what it answers.

    `baud` paces what it sends as the wire would (None: as fast as the pty goes). A host that set
    another speed than `expects` gets no answer, as with real wires. All methods may be called from
    any thread; `received` is called on the device's own.
    """

    speed: ClassVar[int] = 115200
    """The baud rate that such devices come with."""

    @classmethod
    def at(cls, place: Path, baud: int | None) -> Self:
        """One whose port is `place`, at a speed; without one as fast as the pty goes."""
        return cls(place, baud=baud, expects=baud or cls.speed)

    def __init__(self, link: Path, *, baud: int | None = None, expects: int | None = None) -> None:
        self.link = link
        self._baud = baud
        self._expects = expects
        self._lock = threading.RLock()
        self._master: int | None = None
        self._slave: int | None = None
        self._thread: threading.Thread | None = None
        self.faults = Misbehaviour()
        self.cut_after: int | None = None
        """Pull the cable once, after so many bytes of one answer."""

    def received(self, data: bytes) -> None:
        """Bytes came from the host."""
        raise NotImplementedError

    def turn(self) -> None:
        """Time passed: called on the device's own thread, at least twenty times a second."""

    @property
    def where(self) -> str:
        """The port."""
        return str(self.link)

    def behave(self) -> None:
        """Be a good device again."""
        self.faults.end()

    def deeds(self, *faults: StrEnum) -> dict[str, Callable[..., object]]:
        """What lines can do to any of them: the plug, the faults it can have, and their end."""
        return {
            "unplug": self.unplug,
            "plug": self.plug,
            "behave": self.behave,
            **{fault.value: partial(self.faults.begin, fault) for fault in faults},
        }

    # --- the cable ---

    def plug(self) -> None:
        """Connect it: a new pty under the same name. OSError when the name cannot be had."""
        with self._lock:
            if self._master is not None:
                return
            self._clear_name()
            self._master, self._slave = os.openpty()
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
            os.close(master)
            os.close(slave)
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

    # --- the wire ---

    def answer(self, data: bytes) -> None:
        """Send an answer, or what its faults make of it."""
        data = self.faults.spoil(data)
        if not self.faults.strikes(WireFault.SLOW):
            self.send(data)
            return
        for byte in data:
            self.send(bytes([byte]))
            time.sleep(DRIP)

    def send(self, data: bytes) -> None:
        """Put bytes on the wire; returns when the last one has left, at the wire's own pace."""
        start = time.monotonic()
        for sent in range(0, len(data), BURST):
            with self._lock:
                if self.cut_after is not None and sent >= self.cut_after:
                    self.cut_after = None
                    self.unplug()
                if self._master is None:
                    return
                os.write(self._master, data[sent : sent + BURST])
            if self._baud:
                due = start + min(sent + BURST, len(data)) * BITS_PER_BYTE / self._baud
                time.sleep(max(due - time.monotonic(), 0))

    def _listen(self, master: int) -> None:
        while True:
            try:
                ready, _, _ = select.select([master], [], [], TURN)
                with self._lock:
                    if self._thread is not threading.current_thread():
                        return  # the cable was pulled; the number may be another file's by now
                    data = os.read(master, 4096) if ready else b""
                    understood = self._same_speed()
            except (OSError, ValueError):
                return
            if data and understood:
                self.received(data)
            self.turn()

    def _same_speed(self) -> bool:
        if self._expects is None or self._slave is None:
            return True
        wanted: int = getattr(termios, f"B{self._expects}")
        return bool(termios.tcgetattr(self._slave)[5] == wanted)
