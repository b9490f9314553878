"""Reads what is sent with a request as it comes, never more of it than is wanted."""

from __future__ import annotations

from fastapi import Request

ALL = 256 * 1024 * 1024  # bytes after which nobody listens any more


async def receive(request: Request, most: int) -> bytes | None:
    """The whole body, or None where it has more than `most` bytes.

    What is too much is heard out and let go: a browser that is cut off shows its own error, not
    ours.
    """
    body: bytearray | None = bytearray()
    heard = 0
    async for part in request.stream():
        heard += len(part)
        if heard > most:
            body = None
        if heard > ALL:
            break
        if body is not None:
            body += part
    return None if body is None else bytes(body)
