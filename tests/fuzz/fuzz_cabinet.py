"""Lines of a cabinet's controller, and what they say."""

from __future__ import annotations

from contextlib import suppress

from drivers.errors import RemoteProtocolError
from drivers.protocols.cabinet import Hello, Parts, State
from drivers.protocols.cabinet_line import LONGEST, Kind, Line, LineDecoder
from tests.drivers.cabinet_page import examples

SEEDS = list(examples().values())


def target(data: bytes) -> None:
    """Bytes from the wire, in two pieces, and the same bytes as words whose CRC is right."""
    decoder = LineDecoder()
    for piece in (data[: len(data) // 2], data[len(data) // 2 :]):
        for line in decoder.feed(piece):
            if isinstance(line, Line):
                _meaning(line)
    assert decoder.waiting <= LONGEST
    _meaning(Line(Kind.REPLY, "00", tuple(data.decode("latin-1").split(" "))))


def _meaning(line: Line) -> None:
    with suppress(RemoteProtocolError):
        assert Hello.from_line(line).major >= 0
    with suppress(RemoteProtocolError):
        State.from_line(line).told()
    Parts.from_line(line)
