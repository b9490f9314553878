"""Newland's commands and replies, on published bytes: whole, in pieces, among codes and noise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.errors import LocalProtocolError, ProtocolError, RemoteProtocolError
from drivers.protocols import newland
from drivers.protocols.newland import ACK, ENQ, NAK, NewlandDecoder, Reply, Storage, command
from drivers.protocols.scan_data import LONGEST, ScanData

# From the user guides of NLS-HR52, NLS-FM530 and NLS-EM3095.
TRIGGER = bytes.fromhex("7E 01 30 30 30 30 40 53 43 4E 54 52 47 31 3B 03")
ASK_CODE_11 = bytes.fromhex("7E 01 30 30 30 30 40 43 31 31 2A 3B 03")
OLDER = {
    ACK: bytes.fromhex("02 00 00 01 00 33 31"),
    NAK: bytes.fromhex("02 00 01 01 00 04 01"),
    ENQ: bytes.fromhex("02 00 03 01 00 6A 61"),
}
# As Newland's SDK compares it: the command with STX for ~, and ACK before ;ETX.
TRIGGERED = bytes.fromhex("02 01 30 30 30 30 23 53 43 4E 54 52 47 31 06 3B 03")
HEALTHY = bytes.fromhex("02 01 30 30 30 30 23 44 45 56 51 52 59 30 06 3B 03")


def everything(data: bytes, size: int | None = None) -> list[Reply | ScanData | ProtocolError]:
    """All that a decoder finds until the line falls silent, fed whole or in pieces."""
    decoder, step = NewlandDecoder(), size or len(data) or 1
    found = [f for i in range(0, len(data), step) for f in decoder.feed(data[i : i + step])]
    return [*found, *decoder.idle()]


def test_commands_are_as_published() -> None:
    """Permanent trigger and a query go out with exactly the bytes of the user guides."""
    assert command("SCNTRG1", Storage.PERMANENT) == TRIGGER
    assert TRIGGER.replace(b"@", b"#") == newland.TRIGGER_ON
    with pytest.raises(LocalProtocolError):
        command("C11*\x03")


def test_a_query_of_a_whole_tag_is_as_published() -> None:
    """The frame of a command is the same whatever stands in it."""
    assert newland.COMMAND + b"@C11*" + newland.SUFFIX == ASK_CODE_11


@pytest.mark.parametrize("size", [None, 1, 3])
@pytest.mark.parametrize("noise", [b"", b"\xff", b"\x02", b"\x02\x01\x30", b"\x02\x00\x00"])
def test_replies_are_found_in_any_pieces(noise: bytes, size: int | None) -> None:
    """A reply is found whole or byte by byte, after noise and before the next one."""
    replies = [f for f in everything(noise + TRIGGERED + HEALTHY, size) if isinstance(f, Reply)]
    assert replies == [Reply("#SCNTRG1", (ACK,)), Reply("#DEVQRY0", (ACK,))]
    assert replies[0].answers(newland.TRIGGER_ON)
    assert replies[1].answers(newland.HEALTH)
    assert not replies[1].answers(newland.TRIGGER_ON)


@pytest.mark.parametrize("size", [None, 1])
@pytest.mark.parametrize("status", OLDER)
def test_the_older_replies_say_whether_it_worked(status: int, size: int | None) -> None:
    """The 7-byte replies of the NLS-EM3095 mean obeyed, garbled and unknown."""
    reply, code = everything(OLDER[status] + b"token\r", size)
    assert isinstance(reply, Reply)
    assert (reply.good, reply.unknown) == (status == ACK, status == ENQ)
    assert code == ScanData(b"token")


@pytest.mark.parametrize("size", [None, 1, 4])
def test_codes_and_replies_keep_their_order(size: int | None) -> None:
    """A code before a reply is told before it, with or without a suffix."""
    kinds = everything(b"stale\r\nalso stale" + TRIGGERED + b"token\r\n", size)
    assert kinds == [
        ScanData(b"stale"),
        ScanData(b"also stale"),
        Reply("#SCNTRG1", (ACK,)),
        ScanData(b"token"),
    ]


def test_every_part_of_a_reply_has_a_status() -> None:
    """Of several settings one may be refused: then the whole is not good."""
    raw = newland.REPLY + b"#SCNMOD0\x06;ORTSET9999999\x15" + newland.SUFFIX
    (reply,) = everything(raw)
    assert isinstance(reply, Reply)
    assert reply.statuses == (ACK, NAK)
    assert not reply.good


@pytest.mark.parametrize(
    "broken",
    [
        TRIGGERED[:-2],
        newland.REPLY + b"#SCNTRG1" + newland.SUFFIX,
        newland.REPLY + b"x" * newland.LONGEST_REPLY,
    ],
    ids=["cut off", "no status", "no end"],
)
def test_a_broken_reply_is_an_error_and_never_a_code(broken: bytes) -> None:
    """Half a reply is no resident's code, and the reply behind it is found."""
    error, reply, *rest = everything(broken + TRIGGERED)
    assert isinstance(error, RemoteProtocolError)
    assert [f for f in (reply, *rest) if isinstance(f, Reply)] == [Reply("#SCNTRG1", (ACK,))]


@given(st.lists(st.binary(max_size=300), max_size=30))
def test_any_bytes_give_replies_codes_or_errors(pieces: list[bytes]) -> None:
    """Arbitrary bytes never raise, and the buffers stay bounded."""
    decoder = NewlandDecoder()
    for piece in pieces:
        for found in decoder.feed(piece):
            assert isinstance(found, Reply | ScanData | ProtocolError)
        assert len(decoder._buffer) <= newland.LONGEST_REPLY + 300
        assert len(decoder._codes._buffer) <= LONGEST
    for found in decoder.idle():
        assert isinstance(found, Reply | ScanData | ProtocolError)
    assert not decoder.pending


@given(
    st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=6, max_size=20),
    st.sampled_from([ACK, NAK, ENQ]),
    st.integers(1, 9),
)
def test_any_reply_survives_the_wire(text: str, status: int, size: int) -> None:
    """Whatever was commanded, its reply is decoded to what it was."""
    raw = newland.REPLY + b"@" + text.encode() + bytes([status]) + newland.SUFFIX
    (reply,) = everything(raw, size)
    assert reply == Reply("@" + text, (status,))
    assert reply.answers(command(text))
