"""A receipt printer, byte for byte: ESC/POS in, status out, and the paper it printed on.

Answers DLE EOT n at once, GS r n in its turn, and sends ASB where it was switched on (section C of
the device facts; an empty printer answers 1A, 32, 7E to n = 1, 2, 4). Inside of raster images
nothing is taken for a command.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial
from pathlib import Path

from drivers.protocols.escpos_status import (
    ASB,
    ASB_COVER_OPEN,
    ASB_NEAR_END,
    ASB_OFFLINE,
    ASB_PAPER_END,
    COVER_OPEN,
    CUTTER,
    FIXED,
    MECHANICAL,
    NEAR_END,
    OFFLINE,
    PAPER_END,
    RECOVERABLE,
    STOPPED_BY_PAPER_END,
    UNRECOVERABLE,
    Recover,
)
from sandbox.devices import escpos
from sandbox.devices.serial_port import SimulatedSerialDevice
from sandbox.devices.simulator import Actor, WireFault, actor
from sandbox.devices.tcp_port import SimulatedTcpDevice
from sandbox.devices.wire import TURN, SimulatedWireDevice

ROLL = 1 << 30  # bytes a full roll is good for
WIRE = (WireFault.SILENCE, WireFault.GARBAGE, WireFault.SLOW, WireFault.TRUNCATED)


class PrinterFault(StrEnum):
    """How a printer can be, beside having no paper."""

    NEAR_END = "near-end"
    COVER_OPEN = "cover-open"
    JAM = "jam"
    CUTTER = "cutter"
    UNRECOVERABLE = "unrecoverable"
    RECOVERABLE = "recoverable"  # a hot head
    STUCK_BUSY = "stuck-busy"  # takes nothing more, as with a full buffer
    CHATTY = "chatty"  # sends ASB although it was switched off


STOPS = frozenset(PrinterFault) - {
    PrinterFault.NEAR_END,
    PrinterFault.STUCK_BUSY,
    PrinterFault.CHATTY,
}
ERRORS = {
    PrinterFault.JAM: MECHANICAL,
    PrinterFault.CUTTER: CUTTER,
    PrinterFault.UNRECOVERABLE: UNRECOVERABLE,
    PrinterFault.RECOVERABLE: RECOVERABLE,
}


class PrinterMechanism(SimulatedWireDevice):
    """Prints what it gets, as long as there is paper and nothing is wrong; on any wire.

    `pace` is in bytes of print per second; status is answered while it prints.
    """

    name = "printer"

    def __init__(
        self,
        place: Path,
        *,
        baud: int | None = None,
        expects: int | None = None,
        pace: float = math.inf,
    ) -> None:
        super().__init__(place, baud=baud, expects=expects)
        self.pace = pace
        self._ahead = 0.0
        self._looked = time.monotonic()
        self._state = threading.Condition()
        self._pending = bytearray()
        self._printed = bytearray()
        self._roll = ROLL
        self._wrong: set[PrinterFault] = set()
        self._reports = False
        self.answers = frozenset({1, 2, 3, 4})
        """The n of DLE EOT n it answers."""
        self.confirms = True
        """Whether it answers GS r."""

    # --- what a person does ---

    def paper_out(self, after: int = 0) -> None:
        """The roll ends now, or after so many more bytes of print."""
        with self._state:
            self._roll = after
            self._changed()

    def load_paper(self) -> None:
        """Put a new roll in; what was waiting is printed now."""
        with self._state:
            self._roll = ROLL
            self._wrong.discard(PrinterFault.NEAR_END)
            self._changed()

    def begin(self, fault: PrinterFault) -> None:
        """Have this fault too."""
        with self._state:
            self._wrong.add(fault)
            self._changed()

    def end(self, *faults: PrinterFault) -> None:
        """Have these faults no more; what was waiting is printed now."""
        with self._state:
            self._wrong.difference_update(faults)
            self._changed()

    def behave(self) -> None:
        """Load paper, shut the cover, clear what sticks, answer as one should."""
        super().behave()
        with self._state:
            self._wrong.clear()
        self.load_paper()

    def unplug(self) -> None:
        """Pull the cable; a printer without its host forgets what it had not printed."""
        with self._state:
            self._pending.clear()
            self._reports = False
        super().unplug()

    @property
    def actors(self) -> Mapping[str, Actor]:
        """`printer paper-out 400`, `printer cover-open`, `printer unplug` and more."""
        stuck = (
            *(PrinterFault.JAM, PrinterFault.CUTTER),
            *(PrinterFault.RECOVERABLE, PrinterFault.UNRECOVERABLE),
        )
        deeds: dict[str, Callable[..., object]] = {
            **self.deeds(*WIRE),
            "paper-out": lambda after="0": self.paper_out(int(after)),
            "paper-in": self.load_paper,
            **{fault.value: partial(self.begin, fault) for fault in PrinterFault},
            "cover-shut": partial(self.end, PrinterFault.COVER_OPEN),
            "clear": partial(self.end, *stuck),
            "take": self.take_away,
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

    def take_away(self) -> str:
        """Take the paper, and say how much was on it."""
        return f"{self.name}: {len(self.take())} bytes of print were taken"

    # --- what the printer does ---

    @property
    def takes(self) -> bool:
        """Whether there is room for what the host sends."""
        return PrinterFault.STUCK_BUSY not in self._wrong

    def received(self, data: bytes) -> None:
        """Answer what is real-time at once; print the rest in order."""
        with self._state:
            self._pending += data
            for token in escpos.take_real_time(self._pending):
                self._at_once(token)
            self._print()

    def turn(self) -> None:
        """Print what waits, as fast as the head goes."""
        with self._state:
            if PrinterFault.CHATTY in self._wrong:
                self.answer(self._packet())
            self._print()

    def _at_once(self, token: bytes) -> None:
        n = token[2]
        if token[1] == 4 and n in self.answers:
            self.answer(bytes([self._status(n)]))
        elif token[1] == 5:
            if n == Recover.CLEAR:
                self._pending.clear()
            self._wrong.discard(PrinterFault.CUTTER)
            self._changed()

    def _changed(self) -> None:
        """Report it where reports are wanted, and go on where that is possible now."""
        if self._reports:
            self.answer(self._packet())
        self._print()

    @property
    def _stopped(self) -> bool:
        return self._roll <= 0 or bool(self._wrong & STOPS)

    def _errors(self) -> int:
        return sum(bit for fault, bit in ERRORS.items() if fault in self._wrong)

    def _status(self, ask: int) -> int:
        empty, is_open = self._roll <= 0, PrinterFault.COVER_OPEN in self._wrong
        match ask:
            case 1:
                return FIXED | (OFFLINE if self._stopped else 0)
            case 2:
                cover = COVER_OPEN if is_open else 0
                return FIXED | cover | (STOPPED_BY_PAPER_END if empty else 0)
            case 3:
                return FIXED | self._errors()
            case _:
                ends = empty or PrinterFault.NEAR_END in self._wrong
                return FIXED | (PAPER_END if empty else 0) | (NEAR_END if ends else 0)

    def _packet(self) -> bytes:
        """The whole state as ASB."""
        empty, is_open = self._roll <= 0, PrinterFault.COVER_OPEN in self._wrong
        ends = empty or PrinterFault.NEAR_END in self._wrong
        return bytes(
            [
                ASB | (ASB_OFFLINE if self._stopped else 0) | (ASB_COVER_OPEN if is_open else 0),
                self._errors(),
                (ASB_NEAR_END if ends else 0) | (ASB_PAPER_END if empty else 0),
                0,
            ]
        )

    def _print(self) -> None:
        """Go through what waits, one command or character at a time, while it can be printed."""
        while not self._stopped and self._head_is_free():
            token = escpos.next_token(self._pending)
            if token is None:
                return
            del self._pending[: len(token)]
            if not self._obeyed(token):
                self._ink(token)

    def _obeyed(self, token: bytes) -> bool:
        """Whether it was a question or a setting, that leaves no ink."""
        match token[:2]:
            case escpos.TRANSMIT_STATUS:
                if self.confirms:
                    self.answer(b"\x03" if PrinterFault.NEAR_END in self._wrong else b"\x00")
            case escpos.AUTOMATIC:
                self._reports = token[2] != 0
                if self._reports:
                    self.answer(self._packet())
            case _:
                return False
        return True

    def _ink(self, token: bytes) -> None:
        self._printed += token
        self._state.notify_all()
        self._ahead += len(token) / self.pace
        self._roll -= len(token)
        if self._roll <= 0:
            self._changed()

    def _head_is_free(self) -> bool:
        """Whether the head is done with what it printed; `_ahead` is its work in seconds."""
        now = time.monotonic()
        self._ahead = max(self._ahead - (now - self._looked), 0.0)
        self._looked = now
        return self._ahead < TURN


class SimulatedReceiptPrinter(PrinterMechanism, SimulatedSerialDevice):
    """A receipt printer on a serial port."""


class SimulatedTcpReceiptPrinter(PrinterMechanism, SimulatedTcpDevice):
    """A receipt printer on the network, as at port 9100."""
