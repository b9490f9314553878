"""How a stream of scanned text is parted into codes, and what of it is text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.device import Personal
from drivers.errors import ProtocolError, RemoteProtocolError
from drivers.protocols.scan_data import LONGEST, CodeSplitter, ScanData, text_of

SHOWN = "99000000000000000000"


def codes(splitter: CodeSplitter, data: bytes, size: int | None = None) -> list[bytes]:
    """The payloads found in `data`, fed whole or in pieces."""
    step = size or len(data) or 1
    found = [f for i in range(0, len(data), step) for f in splitter.feed(data[i : i + step])]
    return [f.payload for f in found if isinstance(f, ScanData)]


@pytest.mark.parametrize("size", [None, 1, 2, 5])
@pytest.mark.parametrize("suffix", [b"\r", b"\r\n"])
def test_a_suffix_ends_a_code(suffix: bytes, size: int | None) -> None:
    """CR and CR LF end a code at once, in whatever pieces it comes, and the next one is whole."""
    stream = b"6901234567892" + suffix + b"second" + suffix
    assert codes(CodeSplitter(), stream, size) == [b"6901234567892", b"second"]


@pytest.mark.parametrize("suffix", [b"", b"\n"])
def test_without_a_suffix_silence_ends_a_code(suffix: bytes) -> None:
    """A scanner without CR is heard to end when the line falls silent; LF is taken off."""
    splitter = CodeSplitter()
    assert codes(splitter, b"token" + suffix) == []
    assert splitter.pending
    assert list(splitter.idle()) == [ScanData(b"token")]
    assert not splitter.pending


def test_where_a_suffix_is_known_silence_breaks_a_code_off() -> None:
    """Half a code is never told as a whole one, and the next one is whole."""
    splitter = CodeSplitter(suffixed=True)
    assert codes(splitter, b"half a cod") == []
    (error,) = splitter.idle()
    assert isinstance(error, RemoteProtocolError)
    assert str(error) == "a code broke off after 10 bytes"
    assert codes(splitter, b"whole\r") == [b"whole"]
    assert list(splitter.idle()) == []


def test_lines_inside_of_a_code_stay_in_it() -> None:
    """A line feed is no suffix: a code of two lines is one code."""
    assert codes(CodeSplitter(), b"one\ntwo\r\n") == [b"one\ntwo"]


def test_a_code_too_long_is_one_error_and_the_next_one_is_found() -> None:
    """What no code can be is dropped up to its end, and nothing of it is kept."""
    splitter = CodeSplitter()
    errors = [e for _ in range(5) for e in splitter.feed(b"x" * 4000)]
    assert len(errors) == 1
    assert str(errors[0]) == f"a code of more than {LONGEST} bytes"
    assert codes(splitter, b"tail\rnext\r") == [b"next"]


@pytest.mark.parametrize(
    ("payload", "text"),
    [
        (b"]C1010690\x1d21", "]C1010690\x1d21"),
        ("社保码　电子凭证".encode(), "社保码　电子凭证"),
        ("社保码".encode("gb18030"), "社保码"),
    ],
)
def test_text_is_text_in_either_encoding(payload: bytes, text: str) -> None:
    """UTF-8 and GB18030 are read, with the separators that GS1 codes hold."""
    assert text_of(payload) == Personal(text)


@pytest.mark.parametrize("noise", [b"", b"\x00abc", b"ab\x07c", b"\xff\xff\xff", b"a\x7fb"])
def test_noise_is_no_text(noise: bytes) -> None:
    """A line that picks up noise never gives a resident's code."""
    with pytest.raises(RemoteProtocolError):
        text_of(noise)


def test_nothing_shows_a_payload() -> None:
    """Neither a repr nor an error holds what a code says."""
    assert SHOWN not in repr(ScanData(SHOWN.encode(), "QR Code"))
    with pytest.raises(RemoteProtocolError) as caught:
        text_of(SHOWN.encode() + b"\x00")
    assert SHOWN not in str(caught.value)


@given(st.lists(st.binary(max_size=3000), max_size=12))
def test_any_bytes_give_codes_or_errors_within_bounds(pieces: list[bytes]) -> None:
    """Arbitrary bytes never raise, no code is longer than a code, and the buffer stays bounded."""
    splitter = CodeSplitter()
    for piece in pieces:
        for found in splitter.feed(piece):
            assert isinstance(found, ScanData | ProtocolError)
            assert not isinstance(found, ScanData) or len(found.payload) <= LONGEST
        assert len(splitter._buffer) <= LONGEST


@given(st.lists(st.binary(min_size=1, max_size=60).filter(lambda b: not set(b) & {10, 13})))
def test_any_codes_come_out_as_they_went_in(payloads: list[bytes]) -> None:
    """Codes without line ends survive the line, however many follow each other."""
    stream = b"".join(payload + b"\r\n" for payload in payloads)
    assert codes(CodeSplitter(), stream, 7) == payloads
