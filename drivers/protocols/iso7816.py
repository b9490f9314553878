"""Commands to a chip card and its answers (ISO 7816-4), with what T=0 asks of a host (7816-3).

    command  CLA INS P1 P2 | Lc data | Le
    answer   data | SW1 SW2

Under T=0 a card may say 61xx (xx bytes wait: fetch them) or 6Cxx (ask again for xx bytes).
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeVar

from drivers.device import Advice, Fault
from drivers.errors import LocalProtocolError, RemoteProtocolError

T = TypeVar("T")

Conversation = Generator[bytes, bytes, T]
"""Yields commands, is sent the answers, returns what came of it."""

SUCCESS = 0x9000
NO_FILE = 0x6A82
NO_RECORD = 0x6A83
WRONG_PARAMETERS = 0x6A86

HEADER = 4  # CLA INS P1 P2
LONGEST = 256 + 2  # an answer to a command of the short form, status word included
FOLLOW_UPS = 8  # 61xx and 6Cxx in a row; more is a card that never comes to its point

UNREADABLE = "This card could not be read."
_ASK = "Please take your card out, wipe its chip, and put it in again."

# What each refusal means; whoever looks it up finds the word itself behind the detail.
FAULTS = {
    0x6700: Fault("card.length", Advice.RESIDENT_ACTS, "the card got a wrong length", _ASK),
    0x6982: Fault(
        "card.security",
        Advice.RESIDENT_ACTS,
        "the card shows this only to who has its keys or its PIN",
        UNREADABLE,
    ),
    0x6983: Fault(
        "card.pin_blocked",
        Advice.RESIDENT_ACTS,
        "the card's PIN is blocked: its issuer can unblock it",
        "The PIN of this card is blocked. Please ask where you got the card.",
    ),
    NO_FILE: Fault("card.no_file", Advice.RESIDENT_ACTS, "the card has no such file", UNREADABLE),
    NO_RECORD: Fault(
        "card.no_record", Advice.RESIDENT_ACTS, "the card has no such record", UNREADABLE
    ),
    WRONG_PARAMETERS: Fault(
        "card.parameters", Advice.RESIDENT_ACTS, "the card got a wrong P1 or P2", UNREADABLE
    ),
    0x6D00: Fault(
        "card.instruction", Advice.RESIDENT_ACTS, "the card does not know the command", UNREADABLE
    ),
    0x6E00: Fault("card.class", Advice.RESIDENT_ACTS, "the card does not know CLA 00", UNREADABLE),
}
TRIES_LEFT = Fault(
    "card.tries_left",
    Advice.RESIDENT_ACTS,
    "the PIN was wrong",
    "The PIN was wrong. Please try again.",
)
UNKNOWN_STATUS = Fault("card.unknown_status", Advice.RESIDENT_ACTS, "the card refused", _ASK)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: data and status word. Its repr never shows the data."""

    data: bytes
    sw: int

    @classmethod
    def from_bytes(cls, raw: bytes) -> Answer:
        """The answer as it came; RemoteProtocolError when it has no status word or is too long."""
        if not 2 <= len(raw) <= LONGEST:
            raise RemoteProtocolError(f"answer of {len(raw)} bytes, expected 2 to {LONGEST}")
        return cls(raw[:-2], int.from_bytes(raw[-2:], "big"))

    def to_bytes(self) -> bytes:
        """The answer on the wire."""
        return self.data + self.sw.to_bytes(2, "big")

    @property
    def good(self) -> bool:
        """Whether the card did what it was asked; 61xx says so too, with data to be fetched."""
        return self.sw == SUCCESS or self.waiting is not None

    @property
    def waiting(self) -> int | None:
        """How many bytes wait to be fetched (61xx), as Le is written: 0 is 256; else None."""
        return self.sw & 0xFF if self.sw >> 8 == 0x61 else None

    @property
    def right_length(self) -> int | None:
        """How many bytes should have been asked for (6Cxx), as Le is written; else None."""
        return self.sw & 0xFF if self.sw >> 8 == 0x6C else None

    @property
    def fault(self) -> Fault:
        """What a refusal means and what to do, with the status word itself."""
        if self.sw & 0xFFF0 == 0x63C0:
            return TRIES_LEFT.because(f"{self.sw & 0xF} tries left, {self.sw:04X}")
        return FAULTS.get(self.sw, UNKNOWN_STATUS).because(f"{self.sw:04X}")

    def __repr__(self) -> str:
        return f"<answer {self.sw:04X} + {len(self.data)} bytes>"


def select(p1: int, name: bytes) -> bytes:
    """SELECT by what P1 says: 04 an application by its name, 00 and 02 a file by its number."""
    if not 1 <= len(name) <= 16:
        raise LocalProtocolError(f"a name of {len(name)} bytes; there are 1 to 16")
    return bytes([0x00, 0xA4, p1, 0x00, len(name)]) + name


def read_record(p1: int, p2: int, length: int = 0) -> bytes:
    """READ RECORD of so many bytes: number P1 where P2 is 04, tag P1 where it is 00; 0 is 256."""
    if not (0 <= p1 <= 0xFF and 0 <= length <= 0xFF):
        raise LocalProtocolError(f"P1 {p1} or Le {length} does not fit one byte")
    return bytes([0x00, 0xB2, p1, p2, length])


def get_response(length: int) -> bytes:
    """GET RESPONSE: fetch what a card keeps ready under T=0."""
    return bytes([0x00, 0xC0, 0x00, 0x00, length])


def exchange(command: bytes) -> Conversation[Answer]:
    """The whole answer to one command, whatever follow-ups T=0 takes; at most 2 KB of data."""
    data = b""
    for _ in range(1 + FOLLOW_UPS):
        answer = Answer.from_bytes((yield command))
        data += answer.data
        if answer.waiting is not None:
            command = get_response(answer.waiting)
        elif answer.right_length is not None and len(command) == HEADER + 1:
            command = command[:-1] + bytes([answer.right_length])
        else:
            return Answer(data, answer.sw)
    raise RemoteProtocolError(f"no end of an answer after {FOLLOW_UPS} follow-ups")
