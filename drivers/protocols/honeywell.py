"""Honeywell's serial trigger and menu commands, and the responses to them.

    trigger   16 54 0D (SYN T CR) on, 16 55 0D (SYN U CR) off; neither is answered
    menu      16 4D 0D | Tag SubTag {Data} [, …] [; …] | storage
    response  the command again, each part with its status before the punctuation behind it

Storage is . (permanent) or ! (gone with the power); the statuses are ACK 06, ENQ 05 (no such
setting) and NAK 15 (value out of range). A query has ? for Data and is answered with the value:
cbrena?. by CBRENA1, ACK, a full stop. Codes come as plain text and end at CR: `scan_data`.
Followed: "Serial Programming Commands" in the user's guides of N36XX, N431X and N86XX.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from drivers.errors import LocalProtocolError, RemoteProtocolError

MENU = bytes.fromhex("164D0D")
TRIGGER_ON = bytes.fromhex("16540D")
TRIGGER_OFF = bytes.fromhex("16550D")
ACK, NAK, ENQ = 0x06, 0x15, 0x05

LONGEST_RESPONSE = 4096  # bytes; REVINF answers about 300

_COMMAND_TEXT = re.compile(r"[0-9A-Za-z]{3}[0-9A-Za-z?*^,;]*")
_STATUS = re.compile(rb"[\x05\x06\x15][.!,;]")


class Storage(StrEnum):
    """How long a setting lasts."""

    PERMANENT = "."
    TEMPORARY = "!"


def menu(text: str, storage: Storage) -> bytes:
    """A menu command or a query on the wire: "CBRENA?"; several with ; between them."""
    if not _COMMAND_TEXT.fullmatch(text):
        raise LocalProtocolError(f"not a Honeywell menu command: {text!r}")
    return MENU + f"{text}{storage}".encode("ascii")


# A query reads the permanent table, as every example of the manuals does; it changes nothing.
ARE_YOU_THERE = menu("cbrena?", Storage.PERMANENT)
REVISION = menu("REVINF", Storage.PERMANENT)
TRIGGER_MODE = menu("PAPHHF", Storage.TEMPORARY)
"""Read only while the trigger is on."""
SUFFIX_CR = menu("VSUFCR", Storage.TEMPORARY)
"""Send CR, and nothing else, behind each code."""


@dataclass(frozen=True, slots=True)
class Response:
    """One part of a response: `text` is the command as the scanner understood it, or its answer."""

    text: str
    status: int

    @property
    def good(self) -> bool:
        """Whether it was obeyed."""
        return self.status == ACK

    def answers(self, asked: bytes) -> bool:
        """Whether it is the response to that command, whatever was scanned just before it."""
        wanted = asked[len(MENU) : -1].decode("ascii").rstrip("?").upper()
        return wanted in self.text.upper()


class HoneywellDecoder:
    """Finds responses in what a scanner sends after a menu command.

    What comes before a response (a code that was just being sent) is part of its text: a response
    has no beginning of its own. The buffer is bounded by the longest response and one `feed`.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[Response | RemoteProtocolError]:
        """The responses that are complete now."""
        self._buffer += data
        while found := _STATUS.search(self._buffer):
            text = self._buffer[: found.start()].decode("utf-8", "replace")
            status = self._buffer[found.start()]
            del self._buffer[: found.end()]
            yield Response(text, status)
        if len(self._buffer) > LONGEST_RESPONSE:
            heard = len(self._buffer)
            self._buffer.clear()
            yield RemoteProtocolError(f"no Honeywell response in {heard} bytes")
