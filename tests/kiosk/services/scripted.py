"""A platform that says what it is told to, byte by byte, on a real port."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from random import Random

from kiosk.services.platform import HttpPlatform, Timeouts


@dataclass
class Script:
    """The adapter towards such a platform, and the requests that came, heads and bodies."""

    platform: HttpPlatform
    asked: list[bytes] = field(default_factory=list)


@asynccontextmanager
async def says(
    *replies: bytes, drip: bytes = b"", stays: bool = False, download: float = 60.0
) -> AsyncIterator[Script]:
    """A platform that gives one reply a connection, the last again and again; b"" hangs up.

    `drip` follows the reply for as long as anybody listens. One that `stays` says nothing more and
    does not hang up either. A catalogue may take `download` seconds.
    """
    over, answering = asyncio.Event(), set[asyncio.Task[None]]()
    asked: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):  # it was more than anybody wanted to hear
            asked.append(await _request(reader))
            writer.write(replies[min(len(asked), len(replies)) - 1])
            await writer.drain()
            while drip and not over.is_set():
                writer.write(drip)
                await writer.drain()
                await asyncio.sleep(0.05)
            if stays:
                await over.wait()
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answering.add(asyncio.create_task(answer(reader, writer)))

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    url = "http://{}:{}".format(*server.sockets[0].getsockname())
    platform = adapter(url, 0.5 if drip or stays else 5.0, download)
    try:
        yield Script(platform, asked)
    finally:
        over.set()
        await platform.aclose()
        await asyncio.gather(*answering)
        server.close()
        await server.wait_closed()


async def _request(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return head + await reader.readexactly(int(line.partition(b":")[2]))
    return head


def adapter(url: str, timeout: float = 5.0, download: float = 60.0) -> HttpPlatform:
    """The adapter of the terminal HY0001 towards that address."""
    return HttpPlatform(
        url,
        terminal="HY0001",
        rng=Random(1),  # noqa: S311 - only a pause is drawn
        timeouts=Timeouts(answer=timeout, upload=timeout, download=download),
    )


def http(body: bytes, status: str = "200 OK", kind: str = "application/json") -> bytes:
    """An answer of that status and body, after which the platform hangs up."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    return f"{head}Connection: close\r\n\r\n".encode() + body


def told(value: object) -> bytes:
    """An answer that says it in JSON."""
    return http(json.dumps(value).encode())


def problem(status: str, code: str) -> bytes:
    """An answer that is a problem of that code."""
    return http(json.dumps({"code": code}).encode(), status, "application/problem+json")
