"""Replies of ID-card readers, and the text of the cards in them."""

from __future__ import annotations

from contextlib import suppress

from drivers.errors import RemoteProtocolError
from drivers.protocols import resident_card
from drivers.protocols.sam import LONGEST, CardContents, Reply, SamDecoder

SEEDS = [
    bytes.fromhex("AAAAAA9669 0008 00009F 00000000 97"),
    bytes.fromhex("AAAAAA9669 000C 000090 0000000000000000 9C"),
    bytes.fromhex("AAAAAA9669 0004 000080 84"),
    bytes.fromhex("EAEBECED AAAAAA9669 0004 000090 94"),
    " ".encode("utf-16-le") * 128,
]


def target(data: bytes) -> None:
    """Bytes from the wire, in two pieces, and the same bytes as the text of a card."""
    decoder = SamDecoder()
    for piece in (data[: len(data) // 2], data[len(data) // 2 :]):
        for frame in decoder.feed(piece):
            if isinstance(frame, Reply):
                _contents(frame)
    assert len(decoder._buffer) <= LONGEST + len(data)
    with suppress(RemoteProtocolError):
        resident_card.decode(data.ljust(resident_card.LENGTH, b"\0")[: resident_card.LENGTH])


def _contents(reply: Reply) -> None:
    with suppress(RemoteProtocolError):
        resident_card.decode(CardContents.from_reply(reply.data).text)
