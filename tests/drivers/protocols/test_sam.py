"""The SAM codec, on published frames: whole, byte by byte, among noise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.device import Advice
from drivers.errors import LocalProtocolError, ProtocolError, RemoteProtocolError
from drivers.protocols import sam
from drivers.protocols.sam import CardContents, ChecksumError, Code, Command, Reply, SamDecoder

P = "AAAAAA9669"

# As published by makers of readers and in captures of their libraries.
PUBLISHED_REQUESTS = {
    Command.RESET_SAM: "00 03 10 FF EC",
    Command.SAM_STATUS: "00 03 11 FF ED",
    Command.SAM_ID: "00 03 12 FF EE",
    Command.FIND_CARD: "00 03 20 01 22",
    Command.SELECT_CARD: "00 03 20 02 21",
    Command.READ_TEXT_PHOTO: "00 03 30 01 32",
    Command.READ_TEXT_PHOTO_FINGERPRINT: "00 03 30 10 23",
    Command.READ_NEWEST_ADDRESS: "00 03 30 03 30",
}
FOUND = bytes.fromhex(P + "0008 00009F 00000000 97")
SELECTED = bytes.fromhex(P + "000C 000090" + "00" * 8 + "9C")
# Refusals as hosts' public sources compare them.
REFUSED = {
    Code.NO_CARD: bytes.fromhex(P + "0004 000080 84"),
    Code.SELECT_FAILED: bytes.fromhex(P + "0004 000081 85"),
    Code.READ_FAILED: bytes.fromhex(P + "0004 000041 45"),
    Code.CARD_REJECTED_SAM: bytes.fromhex(P + "0004 000031 35"),
}


def frames(data: bytes, size: int | None = None) -> list[Reply | RemoteProtocolError]:
    """Everything a decoder finds, fed whole or in pieces."""
    decoder = SamDecoder()
    step = size or len(data) or 1
    return [f for i in range(0, len(data), step) for f in decoder.feed(data[i : i + step])]


@pytest.mark.parametrize(("command", "published"), PUBLISHED_REQUESTS.items())
def test_requests_are_as_published(command: Command, published: str) -> None:
    """Each command goes out with exactly the bytes that makers publish."""
    assert command.to_bytes() == bytes.fromhex(P + published)


def test_setting_requests_are_as_published() -> None:
    """Setting speed and radio frame have the published form and checksum."""
    assert sam.set_max_rf_frame() == bytes.fromhex(P + "00 04 61 FF 50 CA")
    assert sam.set_baud_rate(115200) == bytes.fromhex(P + "00 03 60 00 63")
    assert sam.set_baud_rate(9600)[8] == 4


@pytest.mark.parametrize("baud", [0, 1200, 115201])
def test_a_speed_the_protocol_lacks_is_our_mistake(baud: int) -> None:
    """An impossible speed is refused before anything is sent."""
    with pytest.raises(LocalProtocolError):
        sam.set_baud_rate(baud)


@pytest.mark.parametrize(
    "noise",
    [b"", b"\x00", b"\xaa", b"\xaa\xaa\xaa\x96", b"\xaa" * 9, bytes.fromhex("EAEBECED 00")],
)
@pytest.mark.parametrize("size", [None, 1, 2, 7])
@pytest.mark.parametrize("frame", [FOUND, SELECTED])
def test_published_replies_are_understood_in_any_pieces(
    frame: bytes, size: int | None, noise: bytes
) -> None:
    """A reply is found whole or byte by byte, after noise and before the next one."""
    found = frames(noise + frame + SELECTED + b"\x01\x02", size)
    assert [f.sw3 for f in found if isinstance(f, Reply)] == [frame[9], Code.SUCCESS]


@pytest.mark.parametrize("size", [None, 1])
@pytest.mark.parametrize(("code", "frame"), REFUSED.items())
def test_published_refusals_are_understood(code: Code, frame: bytes, size: int | None) -> None:
    """No card, not chosen, not read, not trusted: each is one whole frame, and the next follows."""
    refused, found = frames(b"\xed" + frame + FOUND, size)
    assert isinstance(refused, Reply)
    assert (refused.sw3, refused.good) == (code, False)
    assert refused.fault.code.startswith("card.")
    assert isinstance(found, Reply)


def test_the_published_lengths_of_card_replies() -> None:
    """A read reply is 1295 bytes; with fingerprint 2321, 1809 or 1297."""
    text, photo = bytes(256), bytes(1024)
    plain = CardContents(text, photo).to_data()
    assert len(Reply(0, 0, 0x90, plain).to_bytes()) == 1295
    assert Reply(0, 0, 0x90, plain).to_bytes()[5:7] == bytes.fromhex("0508")
    lengths = [
        len(
            Reply(
                0, 0, 0x90, CardContents(text, photo, bytes(n)).to_data(with_fingerprint=True)
            ).to_bytes()
        )
        for n in (1024, 512, 0)
    ]
    assert lengths == [2321, 1809, 1297]


def test_text_and_photo_start_where_published() -> None:
    """In the reply without fingerprint text starts at byte 14 and the photo at 270; with, at 16."""
    text, photo = b"T" * 256, b"P" * 1024
    plain = Reply(0, 0, 0x90, CardContents(text, photo).to_data()).to_bytes()
    assert (plain[14:270], plain[270:1294]) == (text, photo)
    contents = CardContents(text, photo, b"F" * 512)
    with_print = Reply(0, 0, 0x90, contents.to_data(with_fingerprint=True)).to_bytes()
    assert with_print[16:272] == text


def test_a_bad_checksum_shows_both_sides_and_no_contents() -> None:
    """The message says what was expected and what came, and the next frame is found."""
    broken = FOUND[:-1] + b"\x00"
    error, good = frames(broken + FOUND)
    assert isinstance(error, ChecksumError)
    assert str(error) == "bad checksum in SAM frame: expected 97, got 00"
    assert isinstance(good, Reply)


@pytest.mark.parametrize("length", ["0000", "0003", "1001", "FFFF"])
def test_an_impossible_length_does_not_swallow_what_follows(length: str) -> None:
    """A length outside of the protocol is an error, and the frame after it is found."""
    error, good = frames(bytes.fromhex(P + length) + FOUND)
    assert isinstance(error, RemoteProtocolError)
    assert isinstance(good, Reply)


@pytest.mark.parametrize("code", list(Code))
def test_every_status_has_a_meaning_and_an_advice(code: Code) -> None:
    """Each documented code is good or names a fault with what to do."""
    reply = Reply(0, 0, code)
    if not reply.good:
        assert reply.fault.detail.endswith(f"(00 00 {code:02x})")
        assert reply.fault.advice in Advice


def test_an_undocumented_status_is_shown_as_it_came() -> None:
    """A code nobody documented is still a fault that a technician can look up."""
    fault = Reply(1, 2, 0x77).fault
    assert (fault.code, fault.detail) == ("reader.unknown_status", "the reader says 01 02 77")


def test_contents_never_show_in_a_repr() -> None:
    """Neither replies nor card contents print what a card says."""
    text = "王秀英".encode("utf-16-le").ljust(256, b" ")
    contents = CardContents(text, bytes(1024))
    assert repr(contents) == "<card contents of 256 + 1024 + 0 bytes>"
    assert repr(Reply(0, 0, 0x90, contents.to_data())) == "<reply 00 00 90 + 1284 bytes>"


@given(
    sw=st.tuples(*[st.integers(0, 255)] * 3),
    data=st.binary(max_size=600),
    before=st.binary(max_size=40),
    size=st.integers(1, 50),
)
def test_any_reply_survives_the_wire(
    sw: tuple[int, int, int], data: bytes, before: bytes, size: int
) -> None:
    """For any reply, noise before it and pieces: it is decoded to what it was."""
    reply = Reply(*sw, data)
    if sam.PREAMBLE[:1] in before:
        before = before.replace(sam.PREAMBLE[:1], b"")
    assert frames(before + reply.to_bytes(), size) == [reply]


@given(st.lists(st.binary(max_size=300), max_size=30))
def test_any_noise_only_ever_gives_frames_or_protocol_errors(pieces: list[bytes]) -> None:
    """Arbitrary bytes never raise, and the buffer stays below one frame and one piece."""
    decoder = SamDecoder()
    for piece in pieces:
        for frame in decoder.feed(piece):
            assert isinstance(frame, Reply | ProtocolError)
        assert len(decoder._buffer) <= 7 + sam.LONGEST + 300


@given(st.binary(max_size=400), st.booleans())
def test_any_read_reply_is_contents_or_a_protocol_error(data: bytes, with_print: bool) -> None:  # noqa: FBT001 # drawn
    """Lengths that do not add up are the device's error and nothing else."""
    try:
        contents = CardContents.from_reply(data, with_fingerprint=with_print)
    except RemoteProtocolError:
        return
    assert contents.to_data(with_fingerprint=with_print) == data
