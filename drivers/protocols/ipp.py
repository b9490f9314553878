"""The frame of IPP answers (RFC 8010): checked, and without what nobody asked for.

    version (2) | status (2) | request-id (4) | group … | 03 | data
    group      tag 01 to 0F, then its attributes
    attribute  tag | name length (2) | name | value length (2) | value
               another value of the same attribute has no name; members of a collection neither

The values are decoded by a library (`printers/ipp_library.py`), which trusts every length it reads:
a wrong one would keep it reading for ever, and one value it does not know costs the whole answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from drivers.errors import RemoteProtocolError

HEADER = 8
LONGEST = 1 << 20  # bytes; a printer's whole description is some 30 kB

OPERATION, JOB, END, PRINTER = 0x01, 0x02, 0x03, 0x04
FIRST_VALUE = 0x10  # smaller tags begin groups
BEGIN_COLLECTION, END_COLLECTION = 0x34, 0x37
WITH_LANGUAGE = frozenset({0x35, 0x36})

# Bytes of values that are no texts; out-of-band values (10 to 1F) say "unknown" and have none.
SIZES = {0x21: 4, 0x22: 1, 0x23: 4, 0x31: 11, 0x32: 9, 0x33: 8}


@dataclass(frozen=True, slots=True)
class _Part:
    """One step of an answer: the beginning of a group, or one value. `name` b"" means one more."""

    tag: int
    name: bytes
    raw: bytes


def sift(answer: bytes, wanted: Collection[str]) -> bytes:
    """The answer with the operation's attributes and the `wanted` ones of jobs and printers.

    Groups in which nothing is left are left out, collections too. RemoteProtocolError where a
    length or the order of things is wrong.
    """
    if len(answer) > LONGEST:
        raise RemoteProtocolError(f"IPP answer of {len(answer)} bytes is longer than {LONGEST}")
    names = {name.encode() for name in wanted}
    kept = bytearray(answer[:HEADER])
    group, opened, keep, depth = 0, False, False, 0
    for part in _parts(answer):
        if part.tag < FIRST_VALUE:
            group, opened, keep = part.tag, False, False
            continue
        if depth == 0 and part.name:
            asked = group == OPERATION or (group in {JOB, PRINTER} and part.name in names)
            keep = asked and part.tag != BEGIN_COLLECTION
        depth += (part.tag == BEGIN_COLLECTION) - (part.tag == END_COLLECTION)
        if depth < 0:
            raise RemoteProtocolError("IPP answer ends a collection that never began")
        if keep and depth == 0:
            kept += part.raw if opened else bytes([group]) + part.raw
            opened = True
    if len(kept) == HEADER or kept[HEADER] != OPERATION:
        raise RemoteProtocolError("IPP answer does not begin with the operation's attributes")
    return bytes(kept) + bytes([END])


def _parts(answer: bytes) -> Iterator[_Part]:
    """Everything up to the end of the attributes, every length checked."""
    position, first = HEADER, True
    while (tag := _byte(answer, position)) != END:
        if tag < FIRST_VALUE:
            yield _Part(tag, b"", b"")
            position, first = position + 1, True
            continue
        name, after_name = _field(answer, position + 1)
        value, end = _field(answer, after_name)
        if first and not name:
            raise RemoteProtocolError(f"IPP attribute without a name at byte {position}")
        _check(tag, value)
        yield _Part(tag, name, answer[position:end])
        position, first = end, False


def _check(tag: int, value: bytes) -> None:
    expected = SIZES.get(tag, len(value))
    if len(value) != expected:
        raise RemoteProtocolError(
            f"bad length of IPP value {tag:02x}: expected {expected}, got {len(value)}"
        )
    if tag in WITH_LANGUAGE:
        _, after = _field(value, 0)
        _, end = _field(value, after)
        if end != len(value):
            raise RemoteProtocolError(f"bad length in IPP text: expected {len(value)}, got {end}")


def _byte(data: bytes, position: int) -> int:
    if position >= len(data):
        raise RemoteProtocolError(f"IPP answer ends after {len(data)} bytes, within its attributes")
    return data[position]


def _field(data: bytes, position: int) -> tuple[bytes, int]:
    """What a length of two bytes announces, and where it ends."""
    _byte(data, position + 1)
    start = position + 2
    length = int.from_bytes(data[position:start], "big", signed=True)
    if length < 0 or start + length > len(data):
        raise RemoteProtocolError(
            f"bad length at byte {position} of {len(data)} of an IPP answer: {length}"
        )
    return data[start : start + length], start + length
