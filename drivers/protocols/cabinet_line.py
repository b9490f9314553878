"""The lines of the cabinet protocol: how words are put on the wire and found again.

    kind tag SP words * CRC CR LF      ?07 LIGHT top blink*336D

docs/devices/cabinet-protocol.md is the specification; its examples are this module's tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from drivers.errors import LocalProtocolError, RemoteProtocolError

LONGEST: Final = 128  # bytes of a line, CR LF among them
LONGEST_REQUEST: Final = 64  # small controllers have a receive buffer of that size
NO_TAG: Final = "--"  # of events, and of errors about what could not be read

_WORD = re.compile(r"[\x21-\x29\x2b-\x7e]+")
_LINE = re.compile(rb"([?=!#])([0-9]{2}|--) ([\x21-\x29\x2b-\x7e]+(?: [\x21-\x29\x2b-\x7e]+)*)")


class ChecksumError(RemoteProtocolError):
    """A line whose CRC is not that of its bytes: something on the wire changed it."""


class LengthError(RemoteProtocolError):
    """More bytes than a line may have."""


class Kind(StrEnum):
    """Who says what: the first byte of a line."""

    REQUEST = "?"
    REPLY = "="
    ERROR = "!"
    EVENT = "#"


def crc(data: bytes) -> int:
    """CRC-16/IBM-3740 ("CCITT-FALSE"): polynomial 0x1021 from 0xFFFF on, nothing reflected."""
    value = 0xFFFF
    for byte in data:
        value ^= byte << 8
        for _ in range(8):
            value = (value << 1 ^ 0x1021) & 0xFFFF if value & 0x8000 else value << 1
    return value


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its kind, its tag ("07", or "--"), its words."""

    kind: Kind
    tag: str
    words: tuple[str, ...]

    @classmethod
    def from_bytes(cls, raw: bytes) -> Self:
        """What a line says; `raw` is all of it, CR LF included. Raises RemoteProtocolError."""
        body, star, digits = raw.removesuffix(b"\r\n").rpartition(b"*")
        if not raw.endswith(b"\r\n") or not star or not re.fullmatch(b"[0-9A-F]{4}", digits):
            raise RemoteProtocolError(f"no cabinet line in {len(raw)} bytes")
        expected, got = crc(body), int(digits, 16)
        if expected != got:
            raise ChecksumError(
                f"bad CRC in a cabinet line: expected {expected:04X}, got {got:04X}"
            )
        found = _LINE.fullmatch(body)
        if found is None:
            raise RemoteProtocolError("a cabinet line with a good CRC and no words")
        kind, tag, words = (part.decode("ascii") for part in found.groups())
        return cls(Kind(kind), tag, tuple(words.split(" ")))

    def to_bytes(self) -> bytes:
        """The line on the wire, CR LF included."""
        longest = LONGEST_REQUEST if self.kind is Kind.REQUEST else LONGEST
        text = f"{self.kind}{self.tag} {' '.join(self.words)}"
        sayable = all(_WORD.fullmatch(word) for word in self.words)
        if not sayable or len(text) + len("*CRC_\r\n") > longest:
            raise LocalProtocolError(f"not to be said in a line of {longest} bytes: {self.words}")
        body = text.encode("ascii")
        return body + b"*%04X\r\n" % crc(body)

    @property
    def fields(self) -> dict[str, str]:
        """The words after the first that are name=value."""
        return {
            name: value
            for name, sign, value in (word.partition("=") for word in self.words[1:])
            if sign
        }


class LineDecoder:
    """Finds lines in what comes; a broken one is an error in its place, and the next one is found.

    `longest` is what a line may have, in bytes: a controller takes it from LONGEST_REQUEST. The
    buffer never holds more than that and what came in one `feed`.
    """

    def __init__(self, longest: int = LONGEST) -> None:
        self._longest = longest
        self._buffer = bytearray()
        self._skipping = False

    @property
    def waiting(self) -> int:
        """Bytes of a line that has no end yet."""
        return len(self._buffer)

    def feed(self, data: bytes) -> Iterator[Line | RemoteProtocolError]:
        """The lines that are complete now, in order. Empty lines are nothing."""
        self._buffer += data
        while (end := self._buffer.find(b"\n")) >= 0:
            raw = bytes(self._buffer[: end + 1])
            del self._buffer[: end + 1]
            skipped, self._skipping = self._skipping, False
            if raw.strip() and not skipped:
                yield self._line(raw)
        if len(self._buffer) > self._longest:
            self._buffer.clear()
            if not self._skipping:
                self._skipping = True
                yield self._too_long()

    def _line(self, raw: bytes) -> Line | RemoteProtocolError:
        if len(raw) > self._longest:
            return self._too_long()
        try:
            return Line.from_bytes(raw)
        except RemoteProtocolError as error:
            return error

    def _too_long(self) -> LengthError:
        return LengthError(f"more than {self._longest} bytes without the end of a cabinet line")
