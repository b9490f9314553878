"""Newland's serial commands and the replies to them, among the codes that were scanned.

    command  7E 01 30 30 30 30 | storage | Tag SubTag {Data} [;…] | 3B 03
    reply    02 01 30 30 30 30 | storage | the same, each with its status behind it | 3B 03
    reply    02 00 | type 00 01 00 | CRC (2)                      of the older NLS-EM3095

Storage is @ (permanent) or # (gone with the power); the statuses are ACK 06, NAK 15 (value out of
range) and ENQ 05 (no such setting). A code comes as plain text and ends at CR, or where the line
falls silent. Followed: "Use of Programming Command" in the user guides of NLS-HR52 and NLS-FM530,
Newland's serial SDK (DEVQRY, QRYSYS, QRYPDN), the user guide of NLS-EM3095 for the older replies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from drivers.errors import LocalProtocolError, RemoteProtocolError
from drivers.protocols.scan_data import CodeSplitter, ScanData

COMMAND = bytes.fromhex("7E0130303030")
REPLY = bytes.fromhex("020130303030")
SUFFIX = bytes.fromhex("3B03")
ACK, NAK, ENQ = 0x06, 0x15, 0x05
_STATUSES = frozenset({ACK, NAK, ENQ})

LONGEST_REPLY = 2048  # bytes; QRYSYS answers some hundred
OLDER_REPLIES = {
    bytes.fromhex("02000001003331"): ACK,
    bytes.fromhex("02000101000401"): NAK,  # bad checksum
    bytes.fromhex("02000301006A61"): ENQ,  # no such command
}

_COMMAND_TEXT = re.compile(r"[0-9A-Z]{6}[!-:<-~]*(;[0-9A-Z]{6}[!-:<-~]*)*")


class Storage(StrEnum):
    """How long a setting lasts."""

    PERMANENT = "@"
    TEMPORARY = "#"


def command(text: str, storage: Storage = Storage.TEMPORARY) -> bytes:
    """A command on the wire: "SCNTRG1"; several with ; between them."""
    if not _COMMAND_TEXT.fullmatch(text):
        raise LocalProtocolError(f"not a Newland command: {text!r}")
    return COMMAND + f"{storage}{text}".encode("ascii") + SUFFIX


TRIGGER_ON = command("SCNTRG1")
TRIGGER_OFF = command("SCNTRG0")
SET_UP = command("SCNMOD0;TSUENA1;TSUSET0D")
"""Read only while the trigger is on, and send CR behind each code."""
HEALTH = command("DEVQRY*")
"""Answered with DEVQRY0 by a module that found nothing wrong with itself."""
PRODUCT_NAME = command("QRYPDN")
PRODUCT = command("QRYSYS")


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply: `body` is what was commanded and answered, without its statuses."""

    body: str
    statuses: tuple[int, ...]

    @property
    def good(self) -> bool:
        """Whether all of it was obeyed."""
        return all(status == ACK for status in self.statuses)

    @property
    def unknown(self) -> bool:
        """Whether the module does not know the command."""
        return ENQ in self.statuses

    def answers(self, asked: bytes) -> bool:
        """Whether this is the reply to that command; the older ones do not say to which."""
        wanted = asked[len(COMMAND) + 1 : -len(SUFFIX)].decode("ascii").rstrip("*")
        return not self.body or self.body[1:].startswith(wanted)


class NewlandDecoder:
    """Parts what a module sends into replies and codes, in their order.

    A code ends where a reply begins, or broke off there (`suffixed`, as in `CodeSplitter`). What
    looks like a reply and does not end is an error; the buffer is bounded by the longest code and
    one `feed`.
    """

    def __init__(self, *, suffixed: bool = False) -> None:
        self._buffer = bytearray()
        self._codes = CodeSplitter(suffixed=suffixed)

    @property
    def pending(self) -> bool:
        """Whether something began and did not end."""
        return bool(self._buffer) or self._codes.pending

    def feed(self, data: bytes) -> Iterator[Reply | ScanData | RemoteProtocolError]:
        """What is complete now."""
        self._buffer += data
        while self._buffer:
            start = _reply_at(self._buffer)
            if start > 0:
                yield from self._codes.feed(self._take(start))
                continue
            size = _size_of_reply(self._buffer)
            if size is None:
                return
            yield from self._codes.idle()
            yield _reply(self._take(size))

    def idle(self) -> Iterator[Reply | ScanData | RemoteProtocolError]:
        """The line fell silent: what began has ended, or never will."""
        if self._buffer.startswith(REPLY):
            yield from self._codes.idle()
            yield RemoteProtocolError(f"a Newland reply cut off after {len(self._buffer)} bytes")
        else:
            yield from self._codes.feed(bytes(self._buffer))
            yield from self._codes.idle()
        self._buffer.clear()

    def _take(self, count: int) -> bytes:
        taken = bytes(self._buffer[:count])
        del self._buffer[:count]
        return taken


_BEGINNINGS = (REPLY, *OLDER_REPLIES)


def _reply_at(buffer: bytearray) -> int:
    """Where a reply begins or may begin; the end of the buffer where none does."""
    start = buffer.find(REPLY[:1])
    while start >= 0:
        rest = bytes(buffer[start:])
        if any(rest.startswith(begin[: len(rest)]) for begin in _BEGINNINGS):
            return start
        start = buffer.find(REPLY[:1], start + 1)
    return len(buffer)


def _size_of_reply(buffer: bytearray) -> int | None:
    """How much of the beginning is a reply, whole or broken off; None while nobody can know."""
    for older in OLDER_REPLIES:
        if buffer.startswith(older):
            return len(older)
    if not buffer.startswith(REPLY):
        return None
    end = buffer.find(SUFFIX, len(REPLY), LONGEST_REPLY)
    next_one = buffer.find(REPLY, 1, end if end >= 0 else LONGEST_REPLY)
    if next_one > 0:
        return next_one
    if end >= 0:
        return end + len(SUFFIX)
    return LONGEST_REPLY if len(buffer) >= LONGEST_REPLY else None


def _reply(raw: bytes) -> Reply | RemoteProtocolError:
    if raw in OLDER_REPLIES:
        return Reply("", (OLDER_REPLIES[raw],))
    if not raw.endswith(SUFFIX):
        return RemoteProtocolError(f"a Newland reply without an end in {len(raw)} bytes")
    inside = raw[len(REPLY) : -len(SUFFIX)]
    statuses = tuple(byte for byte in inside if byte in _STATUSES)
    if not statuses:
        return RemoteProtocolError(f"a Newland reply of {len(raw)} bytes without a status")
    body = bytes(byte for byte in inside if byte not in _STATUSES)
    return Reply(body.decode("utf-8", "replace"), statuses)
