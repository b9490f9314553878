"""What Custom's kiosk printers say and do beyond ESC/POS: full status, paper left, the ejector.

    10 mask byte…        full status, asked for (mask 0F) or automatic; one byte for each bit of it
    "510cm"              the paper that is left, in ASCII
    0xx0xxxx             an answer to GS r, as of any ESC/POS printer

Section C of the device facts; Custom's command references of VKP80II and KPM300.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from drivers.device import (
    Advice,
    CoverOpen,
    Fault,
    HardwareError,
    PaperJammed,
    PaperLow,
    PaperOut,
    Ready,
    Slot,
    Status,
)
from drivers.errors import LocalProtocolError, RemoteProtocolError
from drivers.protocols.escpos_status import (
    CUTTER_STUCK,
    FLOW,
    HOT,
    LASTING,
    InOrder,
    is_in_order,
)

FULL_STATUS = bytes.fromhex("100414")
"""DLE EOT 14h: answered at once with full status."""

AUTOMATIC_OFF = bytes.fromhex("1DE000")
"""Send no full status unasked."""

CENTIMETRES_LEFT = bytes.fromhex("1DE1")
"""Say how much paper is left, as far as the printer counted it."""

DLE, FULL = 0x10, 0x0F
NO_PAPER, NEAR_END, TICKET, VIRTUAL_END = 0x01, 0x04, 0x20, 0x40  # of the paper status
HEAD_UP, COVER_OPEN = 0x01, 0x02  # of the user status
TEMPERATURE, VOLTAGE, JAM = 0x01, 0x08, 0x40  # of the recoverable errors
CUTTER, MEMORY = 0x01, 0x4C  # of the unrecoverable errors

POWER_SUPPLY = Fault(
    "printer.power",
    Advice.TECHNICIAN_ACTS,
    "the printer's supply voltage is wrong: check its power supply",
)

_LEFT = re.compile(rb"([0-9]{1,6})cm")
_LEFT_SO_FAR = re.compile(rb"[0-9]{1,6}c?")


class Eject(IntEnum):
    """The n of GS e: what the ejector does with a receipt that is printed and cut."""

    RETRACT = 2
    PRESENT = 3  # and as many steps of 7 mm
    EJECT = 5
    PRESENT_FOR = 32  # and steps and seconds; then eject or retract, as the printer is set


def ejector(what: Eject, *parameters: int) -> bytes:
    """The command on the wire; each parameter is one byte."""
    wanted = {Eject.PRESENT: 1, Eject.PRESENT_FOR: 2}.get(what, 0)
    if len(parameters) != wanted or not all(0 <= each <= 255 for each in parameters):
        raise LocalProtocolError(f"GS e {what} takes {wanted} parameters of one byte")
    return bytes([0x1D, 0x65, what, *parameters])


@dataclass(frozen=True, slots=True)
class FullStatus:
    """All four status bytes, or of automatic status those that were enabled."""

    paper: int = 0
    user: int = 0
    recoverable: int = 0
    unrecoverable: int = 0

    @property
    def slot(self) -> Slot:
        """Whether a receipt waits in the slot."""
        return Slot.WAITING if self.paper & TICKET else Slot.EMPTY


@dataclass(frozen=True, slots=True)
class PaperLeft:
    """What the printer counted; it does not know how thick the paper is."""

    centimetres: int


Message = FullStatus | PaperLeft | InOrder


class CustomDecoder:
    """Takes the stream apart; what is no message is skipped. Holds back seven bytes at most.

    A status that was broken off is given up where the next one begins.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[Message | RemoteProtocolError]:
        """What is complete now, in order; what no such printer says is an error in its place."""
        self._buffer += data
        while self._buffer:
            taken = self._next()
            if taken is None:
                return
            message, length = taken
            del self._buffer[:length]
            if message is not None:
                yield message

    def _next(self) -> tuple[Message | RemoteProtocolError | None, int] | None:
        """The next message and its length; None while it is not whole."""
        first = self._buffer[0]
        if first == DLE:
            return self._status()
        if found := _LEFT.match(self._buffer):
            return PaperLeft(int(found[1])), found.end()
        if _LEFT_SO_FAR.fullmatch(self._buffer):
            return None
        if first in FLOW:
            return None, 1
        if is_in_order(first):
            return InOrder(first), 1
        return RemoteProtocolError(f"no status of a kiosk printer: {first:02x}"), 1

    def _status(self) -> tuple[FullStatus | RemoteProtocolError, int] | None:
        if len(self._buffer) < 2:
            return None
        mask = self._buffer[1]
        if not 0 < mask < 0x40:  # bits 4 and 5 are bytes of information that newer models add
            return RemoteProtocolError(f"no full status: mask {mask:02x}"), 1
        length = 2 + mask.bit_count()
        if len(self._buffer) < length:
            return None
        if (start := self._buffer.find(self._buffer[:2], 2, length)) > 0:
            return RemoteProtocolError(f"full status of {length} bytes ended after {start}"), start
        told = iter(self._buffer[2:length])
        return FullStatus(*(next(told) if mask >> bit & 1 else 0 for bit in range(4))), length


def status(full: FullStatus) -> Status:
    """The printer's state; a receipt in its slot is none of its troubles."""
    if full.user & (HEAD_UP | COVER_OPEN):
        return CoverOpen()
    if full.paper & NO_PAPER:
        return PaperOut()
    if full.recoverable & JAM:
        return PaperJammed()
    if fault := _fault(full):
        return HardwareError(fault)
    return PaperLow() if full.paper & (NEAR_END | VIRTUAL_END) else Ready()


def _fault(full: FullStatus) -> Fault | None:
    if full.unrecoverable & CUTTER:
        return CUTTER_STUCK
    if full.unrecoverable & MEMORY:
        return LASTING
    if full.recoverable & VOLTAGE:
        return POWER_SUPPLY
    return HOT if full.recoverable & TEMPERATURE else None
