"""A kiosk printer of Custom's, byte for byte: full status, paper left, a presenter that pulls back.

Beside what any ESC/POS printer says it answers 10 04 14 and 1D E1, reports by 1D E0 and obeys the
ejector 1D 65 (section C of the device facts).
"""

from __future__ import annotations

import time

from drivers.protocols.custom_printer import (
    CENTIMETRES_LEFT,
    COVER_OPEN,
    CUTTER,
    DLE,
    FULL,
    FULL_STATUS,
    JAM,
    MEMORY,
    NEAR_END,
    NO_PAPER,
    TEMPERATURE,
    TICKET,
    Eject,
)
from sandbox.devices import escpos
from sandbox.devices.receipt_printer import PrinterFault, PrinterMechanism
from sandbox.devices.serial_port import SimulatedSerialDevice

LINE = 3.75  # mm of paper that one line of text takes
DOTS = 8  # rows of dots to the millimetre
FEED = 20.0  # mm to the knife


class PresenterMechanism(PrinterMechanism):
    """A printer whose receipts wait in a slot; on any wire."""

    centimetres: float = 8000.0
    """What is left of the roll."""
    retracted: bytes = b""
    """What was printed on the receipts that were pulled back."""
    _waits: bool = False
    _retract_at: float | None = None
    _mask: int = 0

    def take(self) -> bytes:
        """Take the receipt; the slot is empty then."""
        with self._state:
            self._leave()
            return super().take()

    @property
    def waits(self) -> bool:
        """Whether a receipt is in the slot."""
        return self._waits

    def turn(self) -> None:
        """Print on, and pull back what was to be held out for so long only."""
        super().turn()
        with self._state:
            if self._retract_at is not None and time.monotonic() >= self._retract_at:
                self._retract()

    def _at_once(self, token: bytes) -> None:
        if token == FULL_STATUS:
            self.answer(self._full(FULL))
        else:
            super()._at_once(token)

    def _packet(self) -> bytes:
        """What it says unasked."""
        return self._full(FULL)

    def _changed(self) -> None:
        if self._mask:
            self.answer(self._full(self._mask))
        super()._changed()

    def _obeyed(self, token: bytes) -> bool:
        match token[:2]:
            case escpos.EJECTOR:
                self._eject(*token[2:])
            case escpos.AUTOMATIC_FULL:
                self._mask = token[2]
            case other if other == CENTIMETRES_LEFT:
                self.answer(b"%dcm" % self.centimetres)
            case _:
                return super()._obeyed(token)
        return True

    def _ink(self, token: bytes) -> None:
        self.centimetres -= _millimetres(token) / 10
        super()._ink(token)

    def _eject(self, what: int, *parameters: int) -> None:
        match what:
            case Eject.RETRACT if self._waits:
                self._retract()
            case Eject.PRESENT | Eject.PRESENT_FOR:
                self._waits = True
                if what == Eject.PRESENT_FOR:
                    self._retract_at = time.monotonic() + parameters[1]
                self._changed()
            case Eject.EJECT:
                self._leave()
            case _:
                pass  # there is nothing to retract, or no such command

    def _retract(self) -> None:
        self.retracted += bytes(self._printed)
        self._printed.clear()
        self._leave()

    def _leave(self) -> None:
        if self._waits:
            self._waits, self._retract_at = False, None
            self._changed()

    def _full(self, mask: int) -> bytes:
        has = self._wrong.__contains__
        empty = self._roll <= 0
        told = (
            (NO_PAPER if empty else 0)
            | (NEAR_END if empty or has(PrinterFault.NEAR_END) else 0)
            | (TICKET if self._waits else 0),
            COVER_OPEN if has(PrinterFault.COVER_OPEN) else 0,
            (TEMPERATURE if has(PrinterFault.RECOVERABLE) else 0)
            | (JAM if has(PrinterFault.JAM) else 0),
            (CUTTER if has(PrinterFault.CUTTER) else 0)
            | (MEMORY if has(PrinterFault.UNRECOVERABLE) else 0),
        )
        return bytes([DLE, mask, *(byte for bit, byte in enumerate(told) if mask >> bit & 1)])


class SimulatedPresenter(PresenterMechanism, SimulatedSerialDevice):
    """A kiosk printer on a serial port."""


def _millimetres(token: bytes) -> float:
    """How much paper that moves."""
    if token == b"\n":
        return LINE
    if token[:3] == escpos.RASTER:
        return int.from_bytes(token[6:8], "little") / DOTS
    return FEED if token[:2] == b"\x1dV" else 0.0
