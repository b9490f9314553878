"""What an ESC/POS printer says of itself, told apart in one stream of bytes.

    0xx1xx10                     an answer to DLE EOT 1 to 4 (real time), which was asked for
    0xx0xxxx                     an answer to GS r (in order): all before it has been printed
    0xx1xx00 and 3 of 0xx0xxxx   automatic status (ASB), which comes by itself

The last three bytes of ASB look like answers to GS r, so a packet is only ever taken whole.
Section C of the device facts; Epson's reference of ESC/POS.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    Status,
)
from drivers.errors import RemoteProtocolError


class Ask(IntEnum):
    """The n of DLE EOT n."""

    PRINTER = 1
    OFFLINE_CAUSE = 2
    ERROR_CAUSE = 3
    PAPER = 4


class Recover(IntEnum):
    """The n of DLE ENQ n."""

    RESUME = 1  # print on from the line in which the error came
    CLEAR = 2  # forget what was not printed yet


FIXED = 0x12  # of all answers to DLE EOT
OFFLINE = 0x08  # of PRINTER
COVER_OPEN, STOPPED_BY_PAPER_END = 0x04, 0x20  # of OFFLINE_CAUSE
# Of ERROR_CAUSE, and of the second byte of ASB alike. Kiosk printers report stuck paper as the
# first of them, the mechanical error.
MECHANICAL, CUTTER, UNRECOVERABLE, RECOVERABLE = 0x04, 0x08, 0x20, 0x40
NEAR_END, PAPER_END = 0x0C, 0x60  # of PAPER

ASB = 0x10  # the pattern of the first byte of ASB
ASB_OFFLINE, ASB_COVER_OPEN = 0x08, 0x20  # of its first byte
ASB_NEAR_END, ASB_PAPER_END = 0x03, 0x0C  # of its third
ASB_LENGTH = 4

ASB_OFF = bytes.fromhex("1D6100")
"""Send no status unasked: its bytes could pass for answers."""

GS_R_PAPER = bytes.fromhex("1D7201")
"""Transmit the paper sensors' state once everything before it has been printed."""

FLOW = frozenset({0x11, 0x13})  # XON and XOFF of a printer that is set to them: no answer to us

CUTTER_STUCK = Fault(
    "printer.cutter", Advice.ATTENDANT_ACTS, "the cutter is stuck: clear the slot, off and on"
)
LASTING = Fault("printer.unrecoverable", Advice.REPLACE, "the printer reports a lasting error")
HOT = Fault("printer.recoverable", Advice.WAIT, "the print head is hot: it goes on by itself")
TAKEN_OFFLINE = Fault(
    "printer.offline", Advice.ATTENDANT_ACTS, "the printer is offline: press its button"
)


@dataclass(frozen=True, slots=True)
class RealTime:
    """An answer to DLE EOT; which n it answers is only known from what was asked."""

    bits: int


@dataclass(frozen=True, slots=True)
class InOrder:
    """An answer to GS r: whatever was sent before it has been printed."""

    bits: int


@dataclass(frozen=True, slots=True)
class Automatic:
    """One packet of ASB: the whole state at once, and nobody asked for it."""

    packet: bytes

    def answers(self) -> dict[Ask, int]:
        """The same state as answers to DLE EOT."""
        printer, error, paper, _ = self.packet
        ended = bool(paper & ASB_PAPER_END)
        return {
            Ask.PRINTER: FIXED | (OFFLINE if printer & ASB_OFFLINE else 0),
            Ask.OFFLINE_CAUSE: FIXED
            | (COVER_OPEN if printer & ASB_COVER_OPEN else 0)
            | (STOPPED_BY_PAPER_END if ended else 0),
            Ask.ERROR_CAUSE: FIXED | error & (MECHANICAL | CUTTER | UNRECOVERABLE | RECOVERABLE),
            Ask.PAPER: FIXED
            | (NEAR_END if paper & ASB_NEAR_END else 0)
            | (PAPER_END if ended else 0),
        }


Message = RealTime | InOrder | Automatic


def dle_eot(ask: Ask) -> bytes:
    """The question on the wire; answered at once, even while the printer prints or is offline."""
    return bytes([0x10, 0x04, ask])


def dle_enq(recover: Recover) -> bytes:
    """What ends an error of the cutter, once its cause is gone."""
    return bytes([0x10, 0x05, recover])


def is_real_time(answer: int) -> bool:
    """Whether a byte answers DLE EOT: 0xx1xx10."""
    return answer & 0b10010011 == 0b00010010


def is_in_order(answer: int) -> bool:
    """Whether a byte answers GS r: bits 4 and 7 clear."""
    return answer & 0b10010000 == 0


def begins_asb(byte: int) -> bool:
    """Whether a byte is the first of ASB: 0xx1xx00."""
    return byte & 0b10010011 == ASB


class StatusDecoder:
    """Takes the stream apart; holds back at most three bytes, those of a packet that is not whole.

    An answer to DLE EOT may come in the middle of a packet. Anything else there ends the packet.
    """

    def __init__(self) -> None:
        self._packet = bytearray()

    def feed(self, data: bytes) -> Iterator[Message | RemoteProtocolError]:
        """What is complete now, in order; what no printer says is an error in its place."""
        for byte in data:
            if byte not in FLOW:
                yield from self._take(byte)

    def _take(self, byte: int) -> Iterator[Message | RemoteProtocolError]:
        if is_real_time(byte):
            yield RealTime(byte)
        elif self._packet and is_in_order(byte):
            self._packet.append(byte)
            if len(self._packet) == ASB_LENGTH:
                yield Automatic(bytes(self._packet))
                self._packet.clear()
        elif is_in_order(byte):
            yield InOrder(byte)
        else:
            if self._packet:
                got = len(self._packet)
                yield RemoteProtocolError(f"automatic status of 4 bytes ended after {got}")
            self._packet.clear()
            if begins_asb(byte):
                self._packet.append(byte)
            else:
                yield RemoteProtocolError(f"no status of a printer: {byte:02x}")


def status(answers: Mapping[Ask, int]) -> Status:
    """The printer's state from the answers there are; what was not answered is taken as good."""
    cause = answers.get(Ask.OFFLINE_CAUSE, 0)
    paper = answers.get(Ask.PAPER, 0)
    if cause & COVER_OPEN:
        return CoverOpen()
    if paper & PAPER_END or cause & STOPPED_BY_PAPER_END:
        return PaperOut()
    if answers.get(Ask.ERROR_CAUSE, 0) & MECHANICAL:
        return PaperJammed()
    if fault := _fault(answers):
        return HardwareError(fault)
    return PaperLow() if paper & NEAR_END else Ready()


def _fault(answers: Mapping[Ask, int]) -> Fault | None:
    error = answers.get(Ask.ERROR_CAUSE, 0)
    if error & CUTTER:
        return CUTTER_STUCK
    if error & UNRECOVERABLE:
        return LASTING
    if error & RECOVERABLE:
        return HOT
    return TAKEN_OFFLINE if answers.get(Ask.PRINTER, 0) & OFFLINE else None
