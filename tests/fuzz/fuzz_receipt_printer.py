"""Any bytes from a receipt printer: messages, or errors that are values; never an exception."""

from __future__ import annotations

from drivers.errors import RemoteProtocolError
from drivers.protocols import custom_printer, escpos_status
from drivers.protocols.custom_printer import CustomDecoder, FullStatus
from drivers.protocols.escpos_status import Automatic, StatusDecoder

SEEDS = [
    bytes.fromhex("12121212"),
    bytes.fromhex("1A32127E"),
    bytes.fromhex("18000F00 00 10000000"),
    bytes.fromhex("100F25000040 1005 2001"),
    b"510cm",
]


def target(data: bytes) -> None:
    """Feed both decoders in two pieces, and make a status of whatever came out."""
    half = len(data) // 2
    standard, custom = StatusDecoder(), CustomDecoder()
    for piece in (data[:half], data[half:]):
        for message in (*standard.feed(piece), *custom.feed(piece)):
            match message:
                case Automatic():
                    escpos_status.status(message.answers())
                case FullStatus():
                    custom_printer.status(message)
                case RemoteProtocolError():
                    str(message)
                case _:
                    pass
