"""ESC/POS taken apart: every byte belongs to exactly one command or character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.devices import escpos

WHOLE = [
    b"\x1b@",
    b"\x1c&",
    b"\x1ba\x01",
    b"\x1d!\x11",
    b"\x1dL\x00\x10",
    b"\x1dV\x00",
    b"\x1dVB\x00",
    b"\x1dr\x01",
    b"\x10\x04\x01",
    b"\x10\x05\x02",
    b"\x1de\x02",
    b"\x1de\x03\x0b",
    b"\x1de\x20\x0b\x1e",
    b"\x1d\xe0\x0f",
    b"\x1d\xe1",
    bytes.fromhex("1D763000 0200 0200 01020304"),
    bytes.fromhex("1D286B0300 314308"),
    b"A",
    "国".encode("gb18030"),
]


@pytest.mark.parametrize("token", WHOLE)
def test_a_command_is_whole_or_awaited(token: bytes) -> None:
    """With its last byte missing nothing is taken; with more behind it, just the command."""
    assert escpos.next_token(token[:-1]) is None
    assert escpos.next_token(token + b"\x1b@") == token


@given(st.lists(st.sampled_from(WHOLE)))
def test_a_stream_is_its_commands(tokens: list[bytes]) -> None:
    """Whatever follows what: the commands come out as they went in."""
    assert list(escpos.tokens(b"".join(tokens))) == tokens


@given(st.binary(max_size=200))
def test_no_byte_is_lost(data: bytes) -> None:
    """What is taken is the beginning of what came."""
    assert data.startswith(b"".join(escpos.tokens(data)))


def test_questions_are_taken_out_of_what_waits() -> None:
    """DLE EOT and DLE ENQ are obeyed at once, wherever they stand between commands."""
    waits = bytearray(b"ab\x10\x04\x01cd\x10\x05\x02\x1b")
    assert escpos.take_real_time(waits) == [b"\x10\x04\x01", b"\x10\x05\x02"]
    assert waits == b"abcd\x1b"


def test_a_picture_may_hold_any_bytes() -> None:
    """Dots that look like a question are dots."""
    picture = bytes.fromhex("1D763000 0300 0100 100401")
    waits = bytearray(picture)
    assert escpos.take_real_time(waits) == []
    assert waits == picture
