"""SSIP, the Speech Synthesis Interface Protocol 0.2 of speech-dispatcher, without any I/O.

    SET self LANGUAGE zh-CN        201 OK LANGUAGE SET
    SPEAK                          230 OK RECEIVING DATA
    请刷身份证。
    .                              225-7
                                   225 OK MESSAGE QUEUED

The specification is speech-dispatcher's doc/ssip.texi, the codes are those of its src/server/msg.h.
No error repeats what was sent or received: both may be about a person.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from drivers.errors import LocalProtocolError, RemoteProtocolError

MESSAGE_QUEUED: Final = 225
MESSAGE_CANCELED: Final = 227  # the text had nothing in it to be said
EVENTS: Final = range(700, 800)  # come unasked, between any two replies
EVENT_END: Final = 702  # a message was said to its end
EVENT_CANCELED: Final = 703  # a message was broken off

LOUDEST: Final = 100
QUIETEST: Final = -100  # which is silence

LONGEST_REPLY: Final = 8 * 1024 * 1024  # bytes: a list of 13,000 voices has one

_LINE = re.compile(rb"([1-9][0-9]{2})([ -])(.*)", re.DOTALL)


def command(*words: str) -> bytes:
    """One command as it is sent; the last word may hold spaces, as names of voices do."""
    line = " ".join(words)
    if not line or any(unicodedata.category(c) in {"Cc", "Cs"} for c in line):
        raise LocalProtocolError("a command is one line of text")
    return line.encode() + b"\r\n"


def data_block(text: str) -> bytes:
    """A text as it follows SPEAK: its lines, a dot doubled where a line begins with one, a dot.

    Whatever breaks a line in Unicode does so here; other control characters are spaces.
    """
    lines = (_plain(line) for line in text.splitlines())
    block = "".join("." * line.startswith(".") + line + "\r\n" for line in lines) + ".\r\n"
    return block.encode(errors="replace")  # a lone surrogate is no character


def is_silence(text: str) -> bool:
    """Whether nothing in a text can be said."""
    return not any(_plain(line).strip() for line in text.splitlines())


def _plain(line: str) -> str:
    return "".join(" " if unicodedata.category(c) == "Cc" else c for c in line)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server said: its code, and its lines without theirs."""

    code: int
    lines: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether it did what it was asked."""
        return 200 <= self.code < 300


class Replies:
    """Puts replies and events together from bytes as they come.

    RemoteProtocolError where they are not SSIP; after one the connection is of no use.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._lines: list[str] = []
        self._size = 0

    def feed(self, data: bytes) -> Iterator[Reply]:
        """The replies that these bytes complete."""
        self._buffer += data
        *whole, rest = self._buffer.split(b"\n")
        self._buffer = rest
        for line in whole:
            self._size += len(line) + 1
            self._bounded()
            if reply := self._line(bytes(line)):
                self._lines, self._size = [], 0
                yield reply
        self._bounded()

    def _bounded(self) -> None:
        if self._size + len(self._buffer) > LONGEST_REPLY:
            raise RemoteProtocolError(f"a reply of more than {LONGEST_REPLY} bytes")

    def _line(self, line: bytes) -> Reply | None:
        match = _LINE.fullmatch(line.removesuffix(b"\r"))
        if match is None:
            raise RemoteProtocolError(f"a line of {len(line)} bytes that begins with no code")
        self._lines.append(match[3].decode(errors="replace"))
        return None if match[2] == b"-" else Reply(int(match[1]), tuple(self._lines))
