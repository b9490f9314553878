"""What a speech server says."""

from __future__ import annotations

from contextlib import suppress

from drivers.errors import RemoteProtocolError
from drivers.protocols.ssip import Replies

SEEDS = [
    b"208 OK CLIENT NAME SET\r\n",
    b"225-21\r\n225 OK MESSAGE QUEUED\r\n702-21\r\n702-1\r\n702 END\r\n",
    b"249-Chinese (Mandarin, latin as English)\tcmn\tnone\r\n249 OK VOICE LIST SENT\r\n",
    b"302 ERR COULDNT SET LANGUAGE\r\n",
]


def target(data: bytes) -> None:
    """The bytes as replies, in two pieces."""
    replies, middle = Replies(), len(data) // 2
    with suppress(RemoteProtocolError):
        for piece in (data[:middle], data[middle:]):
            for reply in replies.feed(piece):
                assert reply.lines
