"""Answers of cameras that are served over HTTP."""

from __future__ import annotations

from contextlib import suppress

from drivers.errors import RemoteProtocolError
from drivers.protocols.mjpeg import LONGEST_HEAD, LONGEST_PICTURE, MjpegDecoder

HEAD = b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace;boundary=b\r\n\r\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x0eAVI1\x00\x01\x01\x01\x00\x78\xff\xd9"
SEEDS = [
    HEAD,
    HEAD + b"--b\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % len(JPEG) + JPEG,
    b"--b\r\nContent-Type: image/jpeg\r\n\r\n" + JPEG + b"\r\n--b\r\n",
    b"HTTP/1.1 404 Not Found\r\n\r\n",
]


def target(data: bytes) -> None:
    """The bytes as an answer in two pieces, and as parts of a stream that was promised."""
    middle = len(data) // 2
    for pieces in ((data[:middle], data[middle:]), (HEAD, data[:middle], data[middle:])):
        decoder = MjpegDecoder()
        with suppress(RemoteProtocolError):
            for piece in pieces:
                decoder.feed(piece)
        assert len(decoder._buffer) <= max(LONGEST_HEAD, LONGEST_PICTURE) + len(data)
