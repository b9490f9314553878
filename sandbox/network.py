"""The terminal's network: every line it has to the outside leads through here, and can be cut."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Coroutine
from contextlib import suppress
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

from sandbox.devices.simulator import Actor, actor

T = TypeVar("T")

HERE = "127.0.0.1"
AT_ONCE = 65_536  # bytes that are passed on at a time


class Network:
    """Off, connections break and new ones are refused, as where a cable is pulled.

    What is at the far end stays up and serves everybody else.
    """

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="network")
        self._lines: list[_Line] = []

    def line(self, host: str, port: int) -> int:
        """The port of 127.0.0.1 from which the terminal gets there, the same until the end."""
        line = _Line(host, port)
        self._lines.append(line)
        self._do(line.mend())
        return line.port

    def to(self, address: str) -> str:
        """The address by which the terminal reaches the server at another one."""
        far = urlsplit(address)
        return f"http://{HERE}:{self.line(far.hostname or HERE, far.port or 80)}"

    def on(self) -> str:
        """Let connections be made again."""
        for line in self._lines:
            self._do(line.mend())
        return "the terminal's network is on"

    def off(self) -> str:
        """Break every connection and refuse others."""
        broken = sum(self._do(line.cut()) for line in self._lines)
        return f"the terminal's network is off; connections broken: {broken}"

    @property
    def actor(self) -> Actor:
        """What acts on it."""
        return actor("network", {"off": self.off, "on": self.on})

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for line in self._lines:
            self._do(line.end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()


class _Line:
    """From a port of ours to another address."""

    def __init__(self, host: str, port: int) -> None:
        self._far = host, port
        self._server: asyncio.Server | None = None
        self._calls: set[asyncio.Task[None]] = set()
        # It never listens: whoever calls while the line is cut is refused, and nobody takes the
        # port meanwhile.
        self._keeper = socket.socket()
        self._keeper.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        self._keeper.bind((HERE, 0))
        self.port: int = self._keeper.getsockname()[1]

    async def mend(self) -> None:
        """Listen, if it does not."""
        if self._server is None:
            self._server = await asyncio.start_server(self._call, HERE, self.port, reuse_port=True)

    async def cut(self) -> int:
        """Listen no more and break all connections; how many those were."""
        if self._server is not None:
            self._server.close()
            self._server = None
        calls = list(self._calls)
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)
        return len(calls)

    async def end(self) -> None:
        """Give the port back too."""
        await self.cut()
        self._keeper.close()

    async def _call(self, near: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        call = asyncio.current_task()
        assert call is not None  # noqa: S101 # asyncio runs this as a task
        self._calls.add(call)
        with suppress(asyncio.CancelledError):  # asyncio logs a call that ends so as an error
            await self._connect(near, answer)
        answer.transport.abort()
        self._calls.discard(call)

    async def _connect(self, near: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        try:
            far, onward = await asyncio.open_connection(*self._far)
        except OSError:
            return
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(_pass_on(near, onward))
                both.create_task(_pass_on(far, answer))
        except* OSError:
            pass  # one end broke off, and so the other does
        finally:
            onward.transport.abort()


async def _pass_on(source: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
    while data := await source.read(AT_ONCE):
        to.write(data)
        await to.drain()
    if to.can_write_eof():
        to.write_eof()
