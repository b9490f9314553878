"""What an ESC/POS printer says of itself: DLE EOT (real time) and GS r (in order).

Each answer is one byte. Those to DLE EOT have the fixed pattern 0xx1xx10, the one to GS r has bits
4 and 7 clear, so the two are told apart, and both from the automatic status (ASB) nobody asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

from drivers.device import (
    Advice,
    CoverOpen,
    Fault,
    HardwareError,
    PaperLow,
    PaperOut,
    Ready,
    Status,
)


class Ask(IntEnum):
    """The n of DLE EOT n."""

    PRINTER = 1
    OFFLINE_CAUSE = 2
    ERROR_CAUSE = 3
    PAPER = 4


OFFLINE = 0x08  # of PRINTER
COVER_OPEN, STOPPED_BY_PAPER_END = 0x04, 0x20  # of OFFLINE_CAUSE
CUTTER, UNRECOVERABLE, RECOVERABLE = 0x08, 0x20, 0x40  # of ERROR_CAUSE
NEAR_END, PAPER_END = 0x0C, 0x60  # of PAPER

ASB_OFF = bytes.fromhex("1D6100")
"""Send no status unasked: its bytes could pass for answers."""

GS_R_PAPER = bytes.fromhex("1D7201")
"""Transmit the paper sensors' state once everything before it has been printed."""


def dle_eot(ask: Ask) -> bytes:
    """The question on the wire; answered at once, even while the printer prints or is offline."""
    return bytes([0x10, 0x04, ask])


def is_real_time(answer: int) -> bool:
    """Whether a byte answers DLE EOT: 0xx1xx10."""
    return answer & 0b10010011 == 0b00010010


def is_in_order(answer: int) -> bool:
    """Whether a byte answers GS r: bits 4 and 7 clear."""
    return answer & 0b10010000 == 0


def status(answers: Mapping[Ask, int]) -> Status:
    """The printer's state from the answers there are; what was not answered is taken as good."""
    cause = answers.get(Ask.OFFLINE_CAUSE, 0)
    paper = answers.get(Ask.PAPER, 0)
    if cause & COVER_OPEN:
        return CoverOpen()
    if paper & PAPER_END or cause & STOPPED_BY_PAPER_END:
        return PaperOut()
    if fault := _fault(answers):
        return HardwareError(fault)
    return PaperLow() if paper & NEAR_END else Ready()


def _fault(answers: Mapping[Ask, int]) -> Fault | None:
    error = answers.get(Ask.ERROR_CAUSE, 0)
    if error & CUTTER:
        return Fault("printer.cutter", Advice.ATTENDANT_ACTS, "the cutter is stuck: clear the slot")
    if error & UNRECOVERABLE:
        return Fault("printer.unrecoverable", Advice.REPLACE, "the printer reports a lasting error")
    if error & RECOVERABLE:
        return Fault("printer.recoverable", Advice.WAIT, "the print head is hot: it goes on itself")
    if answers.get(Ask.PRINTER, 0) & OFFLINE:
        return Fault("printer.offline", Advice.ATTENDANT_ACTS, "the printer is offline")
    return None
