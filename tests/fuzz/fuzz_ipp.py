"""Answers of IPP printers, and what they say of themselves."""

from __future__ import annotations

from contextlib import suppress

from drivers.errors import RemoteProtocolError
from drivers.printers.ipp_library import decode
from drivers.printers.ipp_printer import DESCRIPTION, JOB, STATE, SUPPLIES
from drivers.protocols import ipp_state

WANTED = (*STATE, *SUPPLIES, *DESCRIPTION, *JOB)
HEAD = bytes.fromhex("0101000000000001 01 47 0012".replace(" ", ""))
GOOD = HEAD + b"attributes-charset\x00\x05utf-8"
SEEDS = [
    GOOD + b"\x03",
    GOOD + b"\x04\x23\x00\x0dprinter-state\x00\x04\x00\x00\x00\x05"
    b"\x44\x00\x15printer-state-reasons\x00\x11media-empty-error\x44\x00\x00\x00\x06paused\x03",
    GOOD + b"\x02\x21\x00\x06job-id\x00\x04\x00\x00\x00\x07"
    b"\x23\x00\x09job-state\x00\x04\x00\x00\x00\x09\x03",
    GOOD + b"\x04\x34\x00\x0fmedia-col-ready\x00\x00\x4a\x00\x00\x00\x0cmedia-source"
    b"\x44\x00\x00\x00\x04main\x37\x00\x00\x00\x00\x03",
    GOOD + b"\x04\x30\x00\x12printer-input-tray\x00\x17level=80;status=0;name=a\x03",
]


def target(data: bytes) -> None:
    """The bytes as an answer, and as what follows a good beginning: a status, or no answer."""
    for answer in (data, GOOD + data):
        with suppress(RemoteProtocolError):
            for printer in decode(answer, WANTED).printers:
                ipp_state.status(printer)
                ipp_state.is_paused(printer)
                ipp_state.supplies(printer)
