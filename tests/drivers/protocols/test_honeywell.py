"""Honeywell's menu commands and responses, on published bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.errors import LocalProtocolError, RemoteProtocolError
from drivers.protocols import honeywell
from drivers.protocols.honeywell import ACK, ENQ, NAK, HoneywellDecoder, Response, Storage, menu

# The example of the user's guides: all settings of Codabar.
CODABAR = b"CBRENA1\x06,SSX0\x06,CK20\x06,CCT1\x06,MIN2\x06,MAX60\x06,DFT\x06."
# A revision as captured from a Voyager 1602g.
REVISION = (
    b"Product Name: Voyager 1602g\r\nBoot Revision: : 8992\r\n"
    b"Software Part Number: CW000082BBA\r\nSerial Number: 15232B1F0C\r\nREVINF\x06."
)


def responses(data: bytes, size: int | None = None) -> list[Response | RemoteProtocolError]:
    """Everything a decoder finds, fed whole or in pieces."""
    decoder, step = HoneywellDecoder(), size or len(data) or 1
    return [f for i in range(0, len(data), step) for f in decoder.feed(data[i : i + step])]


def test_commands_are_as_published() -> None:
    """Trigger and query have the bytes of the user's guides; what is no command is refused."""
    assert bytes.fromhex("16 54 0D") == honeywell.TRIGGER_ON
    assert bytes.fromhex("16 55 0D") == honeywell.TRIGGER_OFF
    assert bytes.fromhex("16 4D 0D") + b"cbrena?." == honeywell.ARE_YOU_THERE
    assert menu("CBRENA1", Storage.TEMPORARY) == b"\x16M\rCBRENA1!"
    with pytest.raises(LocalProtocolError):
        menu("232BAD\r", Storage.PERMANENT)


@pytest.mark.parametrize("size", [None, 1, 3])
def test_the_published_response_is_understood_in_any_pieces(size: int | None) -> None:
    """Seven settings are seven parts, each with its status."""
    parts = responses(CODABAR + CODABAR, size)
    assert [p.text for p in parts if isinstance(p, Response)] == 2 * [
        *("CBRENA1", "SSX0", "CK20", "CCT1", "MIN2", "MAX60", "DFT")
    ]
    assert all(isinstance(p, Response) and p.good for p in parts)


@pytest.mark.parametrize("size", [None, 1])
def test_a_response_of_many_lines_is_one(size: int | None) -> None:
    """What a scanner says of itself ends at its status, not at a line."""
    (part,) = responses(REVISION, size)
    assert isinstance(part, Response)
    assert part.answers(honeywell.REVISION)
    assert "Voyager 1602g" in part.text


@pytest.mark.parametrize(("status", "good"), [(ACK, True), (ENQ, False), (NAK, False)])
@pytest.mark.parametrize("before", [b"", b"stale\r", b"\xff\x00"])
def test_a_response_is_found_behind_a_code(before: bytes, status: int, good: bool) -> None:  # noqa: FBT001 # parametrized
    """A code that was just being sent hides no response."""
    (part,) = responses(before + b"CBRENA1" + bytes([status]) + b".")
    assert isinstance(part, Response)
    assert part.answers(honeywell.ARE_YOU_THERE)
    assert part.good == good


def test_bytes_without_a_response_are_an_error() -> None:
    """A device that talks and never answers is none of ours, and nothing of it is kept."""
    decoder = HoneywellDecoder()
    errors = [e for _ in range(3) for e in decoder.feed(b"$GPRMC" * 500)]
    assert len(errors) == 1
    assert isinstance(errors[0], RemoteProtocolError)
    assert "GPRMC" not in str(errors[0])


@given(st.lists(st.binary(max_size=300), max_size=40))
def test_any_bytes_give_responses_or_errors(pieces: list[bytes]) -> None:
    """Arbitrary bytes never raise, and the buffer stays bounded."""
    decoder = HoneywellDecoder()
    for piece in pieces:
        for found in decoder.feed(piece):
            assert isinstance(found, Response | RemoteProtocolError)
        assert len(decoder._buffer) <= honeywell.LONGEST_RESPONSE


@given(
    st.lists(
        st.tuples(
            st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=1, max_size=12),
            st.sampled_from([ACK, NAK, ENQ]),
        ),
        min_size=1,
        max_size=6,
    ),
    st.integers(1, 9),
)
def test_any_response_survives_the_wire(parts: list[tuple[str, int]], size: int) -> None:
    """Whatever the parts and the pieces: they come out as they went in."""
    raw = b",".join(text.encode() + bytes([status]) for text, status in parts) + b"."
    assert responses(raw, size) == [Response(*part) for part in parts]
