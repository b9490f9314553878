"""Whatever a card answers while it is read: each answer is one byte of length and so many more."""

from __future__ import annotations

from collections.abc import Iterable

from drivers.errors import CardError, RemoteProtocolError
from drivers.protocols.social_card import read

NO_RECORD = bytes.fromhex("6A83")


def packed(answers: Iterable[str]) -> bytes:
    """Answers in hexadecimal as one input."""
    raw = map(bytes.fromhex, answers)
    return b"".join(bytes([len(answer)]) + answer for answer in raw)


SEEDS: list[bytes] = [
    packed(
        (
            "611E",  # SSSE is there
            "9000",  # EF05
            "0110330300D15600000599110145FFFFFFFF9000",
            "0201319000",
            "0304332E30309000",
            "040C990000990000FFFFFFFFFFFF9000",
            "0504201704059000",
            "6C06",
            "0604202704059000",
            "07093939303030303030319000",
            "9000",  # EF06
            "08123939303030303139353230333037303032389000",
            "6120",
            "091ECDF5D0E3D3A20000000000000000000000000000000000000000000000009000",
            "4E1400000000000000000000000000000000000000009000",
            "0A01329000",
            "0B01019000",
            "0C039900009000",
            "0D04195203079000",
        )
    ),
    packed(("9000", "6A86", "9000", "6A86", "6A83")),  # another SELECT, then records by their tags
    packed(("6A82", "6F1A9000")),  # a bank card
    packed(("6A82", "6A82", "6A82")),
]


def target(data: bytes) -> None:
    """Read a card that answers so, and says that it has no such record when that is used up."""
    conversation = read()
    next(conversation)
    try:
        while True:
            end = 1 + data[0] if data else 0
            conversation.send(data[1:end] if data else NO_RECORD)
            data = data[end:]
    except (StopIteration, CardError, RemoteProtocolError):
        return
