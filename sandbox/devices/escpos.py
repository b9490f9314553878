"""ESC/POS taken apart as a printer does: commands with their parameters, images whole, text."""

from __future__ import annotations

from collections.abc import Iterator

TRANSMIT_STATUS = b"\x1dr"
AUTOMATIC = b"\x1da"
AUTOMATIC_FULL = b"\x1d\xe0"
RASTER = b"\x1dv0"
EXTENDED = b"\x1d("
REAL_TIME = (b"\x10\x04", b"\x10\x05")
EJECTOR = b"\x1de"
EJECTOR_PARAMETERS = {3: 1, 32: 2}  # n of GS e to how many follow it

# Command to the length of the whole, for those with a fixed one.
LENGTHS = {
    b"\x1b@": 2,
    b"\x1ba": 3,
    b"\x1bE": 3,
    b"\x1bG": 3,
    b"\x1bM": 3,
    b"\x1bd": 3,
    b"\x1bJ": 3,
    b"\x1bt": 3,
    b"\x1bR": 3,
    b"\x1b!": 3,
    b"\x1b-": 3,
    b"\x1b{": 3,
    b"\x1b3": 3,
    b"\x1b2": 2,
    b"\x1b ": 3,
    b"\x1b$": 4,
    b"\x1dL": 4,
    b"\x1dW": 4,
    b"\x1d!": 3,
    b"\x1dB": 3,
    b"\x1da": 3,
    b"\x1dr": 3,
    b"\x1d\xe0": 3,
    b"\x1d\xe1": 2,
    b"\x1c&": 2,
    b"\x1c.": 2,
    b"\x1c!": 3,
    b"\x1cW": 3,
    b"\x1c-": 3,
    b"\x1cS": 4,
    b"\x1cC": 3,
}
PREFIXES = b"\x10\x1b\x1c\x1d"


def next_token(data: bytes | bytearray, at: int = 0) -> bytes | None:
    """The next command with its parameters, or one character of text; None: it is not whole."""
    if at >= len(data):
        return None
    length = _length(data, at)
    if length is None or at + length > len(data):
        return None
    return bytes(data[at : at + length])


def tokens(data: bytes) -> Iterator[bytes]:
    """All whole tokens in order."""
    at = 0
    while (token := next_token(data, at)) is not None:
        yield token
        at += len(token)


def take_real_time(data: bytearray) -> list[bytes]:
    """Take every DLE EOT n and DLE ENQ n out of what waits."""
    asked, at = [], 0
    while (token := next_token(data, at)) is not None:
        if token[:2] in REAL_TIME:
            asked.append(token)
            del data[at : at + len(token)]
        else:
            at += len(token)
    return asked


def _length(data: bytes | bytearray, at: int) -> int | None:
    first = data[at]
    if first not in PREFIXES:
        return _text_length(data, at)
    if at + 1 >= len(data):
        return None
    name = bytes(data[at : at + 2])
    if name in REAL_TIME:
        return 3
    if name == EJECTOR:
        return 3 + EJECTOR_PARAMETERS.get(data[at + 2], 0) if at + 2 < len(data) else None
    if name == b"\x1dV":
        return _cut_length(data, at)
    if bytes(data[at : at + 3]) == RASTER:
        return _raster_length(data, at)
    if name == EXTENDED:
        return _extended_length(data, at)
    return LENGTHS.get(name, 2)


def _text_length(data: bytes | bytearray, at: int) -> int | None:
    """A byte of text, or the two of a character outside of ASCII."""
    if data[at] < 0x81:
        return 1
    return 2 if at + 1 < len(data) else None


def _cut_length(data: bytes | bytearray, at: int) -> int | None:
    if at + 2 >= len(data):
        return None
    return 4 if data[at + 2] in (65, 66) else 3


def _raster_length(data: bytes | bytearray, at: int) -> int | None:
    if at + 8 > len(data):
        return None
    width = int.from_bytes(data[at + 4 : at + 6], "little")
    return 8 + width * int.from_bytes(data[at + 6 : at + 8], "little")


def _extended_length(data: bytes | bytearray, at: int) -> int | None:
    if at + 5 > len(data):
        return None
    return 5 + int.from_bytes(data[at + 3 : at + 5], "little")
