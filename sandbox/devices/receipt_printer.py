"""A receipt printer, byte for byte: ESC/POS in, status out, and the paper it printed on.

Answers DLE EOT n at once, GS r n in its turn (section C of the device facts; an empty printer
answers 1A, 32, 7E to n = 1, 2, 4). Inside of raster images nothing is taken for a command.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from drivers.protocols.escpos_status import (
    COVER_OPEN,
    CUTTER,
    NEAR_END,
    OFFLINE,
    PAPER_END,
    STOPPED_BY_PAPER_END,
)
from sandbox.devices import escpos
from sandbox.devices.serial_port import TURN, SimulatedSerialDevice
from sandbox.devices.simulator import Actor, WireFault, actor

FIXED = 0b00010010
ROLL = 1 << 30  # bytes a full roll is good for


class SimulatedReceiptPrinter(SimulatedSerialDevice):
    """Prints what it gets, as long as there is paper and the cover is shut.

    `speed` is in bytes of print per second; status is answered while it prints.
    """

    name = "printer"

    def __init__(
        self,
        link: Path,
        *,
        baud: int | None = None,
        expects: int | None = None,
        speed: float = math.inf,
    ) -> None:
        super().__init__(link, baud=baud, expects=expects)
        self._speed = speed
        self._ahead = 0.0
        self._looked = time.monotonic()
        self._state = threading.Condition()
        self._pending = bytearray()
        self._printed = bytearray()
        self._roll = ROLL
        self._near_end = self._cover = self._cutter = False
        self.answers = frozenset({1, 2, 3, 4})
        """The n of DLE EOT n it answers."""
        self.confirms = True
        """Whether it answers GS r."""

    # --- what a person does ---

    def paper_out(self, after: int = 0) -> None:
        """The roll ends now, or after so many more bytes of print."""
        with self._state:
            self._roll = after

    def load_paper(self) -> None:
        """Put a new roll in; what was waiting is printed now."""
        with self._state:
            self._roll, self._near_end = ROLL, False
            self._print()

    def near_end(self) -> None:
        """The roll is nearly used up."""
        with self._state:
            self._near_end = True

    def cover(self, *, is_open: bool) -> None:
        """Open or shut the cover."""
        with self._state:
            self._cover = is_open
            self._print()

    def jam_cutter(self, *, is_jammed: bool) -> None:
        """Stick the cutter, or clear it."""
        with self._state:
            self._cutter = is_jammed
            self._print()

    def unplug(self) -> None:
        """Pull the cable; a printer without its host forgets what it had not printed."""
        with self._state:
            self._pending.clear()
        super().unplug()

    def behave(self) -> None:
        """Load paper, shut the cover, clear the cutter, answer as one should."""
        super().behave()
        with self._state:
            self._cover = self._cutter = False
        self.load_paper()

    @property
    def actors(self) -> Mapping[str, Actor]:
        """`printer paper-out 400`, `printer cover-open`, `printer unplug` and more."""
        deeds: dict[str, Callable[..., object]] = {
            **self.deeds(*WireFault),
            "paper-out": lambda after="0": self.paper_out(int(after)),
            "paper-in": self.load_paper,
            "near-end": self.near_end,
            "cover-open": partial(self.cover, is_open=True),
            "cover-shut": partial(self.cover, is_open=False),
            "jam": partial(self.jam_cutter, is_jammed=True),
            "clear": partial(self.jam_cutter, is_jammed=False),
        }
        return {"printer": actor("printer", deeds)}

    @property
    def printed(self) -> bytes:
        """Every byte that reached the paper since `take`."""
        with self._state:
            return bytes(self._printed)

    def wait_for_ink(self, count: int, timeout: float) -> bool:
        """Wait until so many bytes reached the paper; whether they did within `timeout` seconds."""
        with self._state:
            return self._state.wait_for(lambda: len(self._printed) >= count, timeout)

    def take(self) -> bytes:
        """Take the paper: what is on it, and nothing is left in the slot."""
        with self._state:
            paper, self._printed = bytes(self._printed), bytearray()
            return paper

    # --- what the printer does ---

    def received(self, data: bytes) -> None:
        """Answer what is real-time at once; print the rest in order."""
        with self._state:
            self._pending += data
            for ask in escpos.take_real_time(self._pending):
                if ask in self.answers:
                    self.answer(bytes([self._status(ask)]))
            self._print()

    def turn(self) -> None:
        """Print what waits, as fast as the head goes."""
        with self._state:
            self._print()

    def _status(self, ask: int) -> int:
        empty = self._roll <= 0
        match ask:
            case 1:
                stopped = empty or self._cover or self._cutter
                return FIXED | (OFFLINE if stopped else 0)
            case 2:
                return (
                    FIXED
                    | (COVER_OPEN if self._cover else 0)
                    | (STOPPED_BY_PAPER_END if empty else 0)
                )
            case 3:
                return FIXED | (CUTTER if self._cutter else 0)
            case 4:
                return (
                    FIXED
                    | (PAPER_END if empty else 0)
                    | (NEAR_END if empty or self._near_end else 0)
                )
            case _:
                return FIXED

    def _print(self) -> None:
        """Go through what waits, one command or character at a time, while it can be printed."""
        while self._roll > 0 and not self._cover and not self._cutter and self._head_is_free():
            token = escpos.next_token(self._pending)
            if token is None:
                return
            del self._pending[: len(token)]
            if token[:2] == escpos.TRANSMIT_STATUS:
                if self.confirms:
                    self.answer(bytes([0b11 if self._near_end else 0]))
                continue
            self._printed += token
            self._state.notify_all()
            self._roll -= len(token)
            self._ahead += len(token) / self._speed

    def _head_is_free(self) -> bool:
        """Whether the head is done with what it printed; `_ahead` is its work in seconds."""
        now = time.monotonic()
        self._ahead = max(self._ahead - (now - self._looked), 0.0)
        self._looked = now
        return self._ahead < TURN
