"""What barcode scanners send: Newland's replies and codes, Honeywell's, SSI packets, typed keys."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from drivers.errors import RemoteProtocolError
from drivers.protocols.hid_keyboard import ENTER, KEYS, LEFT_SHIFT, KeyDecoder
from drivers.protocols.honeywell import LONGEST_RESPONSE, HoneywellDecoder
from drivers.protocols.newland import LONGEST_REPLY, NewlandDecoder
from drivers.protocols.scan_data import LONGEST, CodeSplitter, ScanData, text_of
from drivers.protocols.zebra_ssi import (
    DecodeAssembler,
    Opcode,
    Packet,
    Source,
    SsiDecoder,
    data_packets,
)

SEEDS = [
    bytes.fromhex("020130303030 23 53434E54524731 06 3B03") + b"SBX0123\r",
    bytes.fromhex("02000001003331") + b"SBX0123\r\n",
    b"CBRENA1\x06,SSX0\x06,CK20\x06,CCT1\x06,MIN2\x06,MAX60\x06,DFT\x06.",
    b"6901234567892\r\n]C1010690\x1d21\r",
    "社保码\r".encode("gb18030"),
    bytes.fromhex("04D00000FF2C 07F30000035553FE5B"),
    bytes.fromhex("05D1000001FF29"),
    b"".join(packet.to_bytes() for packet in data_packets(b"x" * 300, 0x1C)),
    bytes([KEYS["a"][0], 1, KEYS["a"][0], 0, LEFT_SHIFT, 1, KEYS["B"][0], 1, ENTER, 1]),
]


def target(data: bytes) -> None:
    """The same bytes to every parser, in two pieces, then silence."""
    pieces = (data[: len(data) // 2], data[len(data) // 2 :])
    for suffixed in (False, True):
        newland, codes = NewlandDecoder(suffixed=suffixed), CodeSplitter(suffixed=suffixed)
        for piece in pieces:
            _texts(newland.feed(piece))
            _texts(codes.feed(piece))
        assert len(newland._buffer) <= LONGEST_REPLY + len(data)
        _texts(newland.idle())
        _texts(codes.idle())
        assert not any((newland.pending, codes.pending))
    _honeywell(pieces)
    _ssi(pieces)
    _keys(data)


def _texts(found: Iterable[object]) -> None:
    """Every code is text, or an error says that it is none."""
    for one in found:
        if isinstance(one, ScanData):
            assert len(one.payload) <= LONGEST
            with suppress(RemoteProtocolError):
                text_of(one.payload)


def _honeywell(pieces: Iterable[bytes]) -> None:
    decoder = HoneywellDecoder()
    for piece in pieces:
        list(decoder.feed(piece))
        assert len(decoder._buffer) <= LONGEST_RESPONSE


def _ssi(pieces: Iterable[bytes]) -> None:
    for source in Source:
        decoder, message = SsiDecoder(source), DecodeAssembler()
        for piece in pieces:
            for found in decoder.feed(piece):
                if isinstance(found, Packet) and found.opcode == Opcode.DECODE_DATA:
                    _texts([message.add(found)])
        list(decoder.idle())
        assert not decoder.pending


def _keys(data: bytes) -> None:
    decoder = KeyDecoder()
    for key, value in zip(data[::2], data[1::2], strict=False):
        _texts(decoder.feed(key, value))
    _texts(decoder.idle())
