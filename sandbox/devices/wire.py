"""What simulated devices on any wire have in common: faults, pace, and how an answer leaves."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from enum import StrEnum
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from sandbox.devices.simulator import Misbehaviour, WireFault

BITS_PER_BYTE = 10  # 8N1
TURN = 0.05  # seconds a device sleeps at most
BURST = 16  # bytes between two looks at the clock
DRIP = 0.002  # seconds between two bytes of a slow device


class SimulatedWireDevice:
    """A device at the far end of some wire; a subclass says which, and another what it answers.

    `place` is where its link or socket may be; `baud` paces what it sends as a serial wire would
    (None: as fast as it goes); `expects` is the speed it understands, where a wire has one. All
    methods may be called from any thread; `received` and `turn` are called on the device's own.
    """

    def __init__(self, place: Path, *, baud: int | None = None, expects: int | None = None) -> None:
        self.link = place
        self._baud = baud
        self.expects = expects
        """The speed a host has to set."""
        self._lock = threading.RLock()
        self.faults = Misbehaviour()
        self.cut_after: int | None = None
        """Pull the cable once, after so many bytes of one answer."""

    # --- what the device does ---

    def received(self, data: bytes) -> None:
        """Bytes came from the host."""
        raise NotImplementedError

    def turn(self) -> None:
        """Time passed: called on the device's own thread, at least twenty times a second."""

    @property
    def takes(self) -> bool:
        """Whether it takes what the host sends now; a full buffer does not."""
        return True

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

    # --- what the wire does ---

    @property
    def where(self) -> str:
        """The address at which a terminal's configuration finds it."""
        raise NotImplementedError

    def plug(self) -> None:
        """Connect it, where it is not. OSError when its place can not be had."""
        raise NotImplementedError

    def unplug(self) -> None:
        """Pull the cable: whoever speaks to it is cut off."""
        raise NotImplementedError

    def put(self, data: bytes) -> bool:
        """Put a few bytes on the wire, with `_lock` held; False when nobody can get them."""
        raise NotImplementedError

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

    # --- answers ---

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
                if not self.put(data[sent : sent + BURST]):
                    return
            if self._baud:
                due = start + min(sent + BURST, len(data)) * BITS_PER_BYTE / self._baud
                time.sleep(max(due - time.monotonic(), 0))
