"""SSI packets, on published captures: whole, byte by byte, among noise, broken and repeated."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.errors import LocalProtocolError, ProtocolError, RemoteProtocolError
from drivers.protocols import zebra_ssi
from drivers.protocols.scan_data import LONGEST, ScanData
from drivers.protocols.zebra_ssi import (
    ChecksumError,
    DecodeAssembler,
    Opcode,
    Packet,
    Source,
    SsiDecoder,
    Status,
    data_packets,
)

HOST = {
    Packet(Opcode.START_SESSION): "04 E4 04 00 FF 14",
    Packet(Opcode.STOP_SESSION): "04 E5 04 00 FF 13",
    Packet(Opcode.SCAN_ENABLE): "04 E9 04 00 FF 0F",
    Packet(Opcode.SCAN_DISABLE): "04 EA 04 00 FF 0E",
    Packet(Opcode.REQUEST_REVISION): "04 A3 04 00 FF 55",
    Packet(Opcode.FLUSH_QUEUE): "04 D2 04 00 FF 26",
    zebra_ssi.ACK: "04 D0 04 00 FF 28",
    Packet(Opcode.SCAN_ENABLE, status=Status.PERMANENT): "04 E9 04 08 FF 07",
    Packet(
        Opcode.PARAM_SEND, bytes.fromhex("FFEE019F01EC018A08F00000"), status=Status.PERMANENT
    ): "10 C6 04 08 FF EE 01 9F 01 EC 01 8A 08 F0 00 00 FA 21",
}
# A SE3300's acknowledgement and the code "US", and another engine's "NR", as captured.
ACKED = bytes.fromhex("04 D0 00 00 FF 2C")
US = bytes.fromhex("07 F3 00 00 03 55 53 FE 5B")
NR = bytes.fromhex("07 F3 00 00 01 4E 52 FE 65")


def packets(data: bytes, size: int | None = None) -> list[Packet | ChecksumError]:
    """Everything a decoder finds, fed whole or in pieces."""
    decoder, step = SsiDecoder(), size or len(data) or 1
    return [f for i in range(0, len(data), step) for f in decoder.feed(data[i : i + step])]


@pytest.mark.parametrize(("packet", "published"), HOST.items(), ids=map(str, HOST))
def test_packets_of_a_host_are_as_published(packet: Packet, published: str) -> None:
    """Each command goes out with exactly the bytes of guides and captures, and is read back."""
    raw = bytes.fromhex(published)
    assert packet.to_bytes() == raw
    assert list(SsiDecoder(Source.HOST).feed(zebra_ssi.WAKEUP + raw)) == [packet]


@pytest.mark.parametrize("size", [None, 1, 2, 5])
@pytest.mark.parametrize("noise", [b"", b"\x00", b"\x04\xd0\x07", b"NMEA,\r\n", b"\xff\xff"])
def test_packets_of_a_decoder_are_found_in_any_pieces(noise: bytes, size: int | None) -> None:
    """A packet is found whole or byte by byte, after noise and before the next one."""
    ack, us, nr = packets(noise + ACKED + US + NR + b"\x07\xf3", size)
    assert ack == Packet(Opcode.CMD_ACK, b"", Source.DECODER)
    assert isinstance(us, Packet)
    assert isinstance(nr, Packet)
    assert DecodeAssembler().add(us) == ScanData(b"US", "Code 128")
    assert DecodeAssembler().add(nr) == ScanData(b"NR", "Code 39")


@pytest.mark.parametrize("size", [None, 1])
def test_a_bad_checksum_is_one_error_that_shows_both_sides(size: int | None) -> None:
    """A broken packet is told once, nothing of its contents is, and the next one is found."""
    error, good = packets(US[:-1] + b"\x00" + ACKED, size)
    assert isinstance(error, ChecksumError)
    assert str(error) == "bad checksum in SSI packet: expected fe5b, got fe00"
    assert isinstance(good, Packet)


def test_a_packet_cut_off_does_not_swallow_what_is_inside() -> None:
    """When the line falls silent a length too large is given up, and what it hid is found."""
    decoder = SsiDecoder()
    hidden = b"\xff\xf3\x00\x00" + ACKED
    assert list(decoder.feed(hidden)) == []
    error, ack = decoder.idle()
    assert isinstance(error, ChecksumError)
    assert isinstance(ack, Packet)
    assert not decoder.pending


def test_packets_of_one_message_are_put_together() -> None:
    """A long code comes in several packets; the last one says so."""
    payload = bytes(range(32, 127)) * 9
    assembler = DecodeAssembler()
    parts = data_packets(payload, 0x1C)
    assert all(len(part.to_bytes()) <= 257 for part in parts)
    *between, whole = [assembler.add(part) for part in parts]
    assert between == [None] * 3
    assert whole == ScanData(payload, "QR Code")


def test_a_packet_sent_again_counts_once() -> None:
    """Lost acknowledgements double nothing; a packet refused and sent again is not lost either."""
    assembler = DecodeAssembler()
    first, last = data_packets(b"A" * 300, 0x1C)
    again = Packet(first.opcode, first.data, first.source, first.status | Status.RETRANSMIT)
    assert assembler.add(first) is None
    assert assembler.add(again) is None
    assert assembler.add(last) == ScanData(b"A" * 300, "QR Code")
    (short,) = data_packets(b"token", 3)
    resent = Packet(short.opcode, short.data, short.source, Status.RETRANSMIT)
    assert assembler.add(short) == ScanData(b"token", "Code 128")
    assert assembler.add(resent) is None
    assembler.refused()
    assert assembler.add(resent) == ScanData(b"token", "Code 128")


def test_a_message_without_end_is_an_error() -> None:
    """Packets that go on for ever are given up, and the next message is whole."""
    assembler = DecodeAssembler()
    endless = Packet(Opcode.DECODE_DATA, b"\x1c" + b"x" * 249, 0, Status.CONTINUATION)
    found = [assembler.add(endless) for _ in range(40)]
    errors = [f for f in found if f is not None]
    assert [str(e) for e in errors] == [f"a code of more than {LONGEST} bytes"]
    assert isinstance(assembler.add(Packet(Opcode.DECODE_DATA, b"", 0)), RemoteProtocolError)


def test_what_does_not_fit_is_our_mistake() -> None:
    """A packet longer than its length can say is refused before it is sent."""
    with pytest.raises(LocalProtocolError):
        Packet(Opcode.PARAM_SEND, bytes(252)).to_bytes()


def test_nothing_shows_a_code() -> None:
    """A repr says what a packet is for and how long it is, not what it holds."""
    shown = repr(packets(US)[0])
    assert shown == "<DECODE_DATA status 00 + 3 bytes>"
    assert repr(Packet(0x99)) == "<opcode 99 status 00 + 0 bytes>"


@given(st.lists(st.binary(max_size=300), max_size=30))
def test_any_bytes_give_packets_or_errors(pieces: list[bytes]) -> None:
    """Arbitrary bytes never raise, and the buffer stays below one packet and one piece."""
    decoder, assembler = SsiDecoder(), DecodeAssembler()
    for piece in pieces:
        for found in decoder.feed(piece):
            assert isinstance(found, Packet | ProtocolError)
            if isinstance(found, Packet):
                assert not isinstance(assembler.add(found), bytes)
        assert len(decoder._buffer) <= 257 + 300
    list(decoder.idle())
    assert not decoder.pending


@given(
    st.sampled_from(list(Opcode)),
    st.binary(max_size=251),
    st.integers(0, 255),
    st.integers(1, 300),
    st.binary(max_size=20).map(lambda noise: noise.replace(b"\xf3", b"").replace(b"\xd0", b"")),
)
def test_any_packet_survives_the_wire(
    opcode: Opcode, data: bytes, status: int, size: int, noise: bytes
) -> None:
    """For any packet and pieces it comes out as it was, and noise before it does not hide it."""
    packet = Packet(opcode, data, Source.DECODER, status)
    assert packets(packet.to_bytes(), size) == [packet]
    decoder = SsiDecoder()
    found = [*decoder.feed(noise + packet.to_bytes()), *decoder.idle()]
    assert packet in found


@given(st.binary(max_size=2953), st.integers(0, 255))
def test_any_code_survives_its_packets(payload: bytes, kind: int) -> None:
    """Up to the largest QR code: taken apart and put together it is the same."""
    assembler = DecodeAssembler()
    found = [assembler.add(packet) for packet in data_packets(payload, kind)]
    assert isinstance(found[-1], ScanData)
    assert found[-1].payload == payload
