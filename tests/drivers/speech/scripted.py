"""A speech server that does what a script says: what a real one will not do on request."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from drivers.protocols.ssip import MESSAGE_QUEUED

REPLIES = {
    "LIST OUTPUT_MODULES": b"250-festival\r\n250 OK MODULE LIST SENT\r\n",
    "GET OUTPUT_MODULE": b"251-festival\r\n251 OK GET RETURNED\r\n",
    "LIST SYNTHESIS_VOICES": b"249-kal\ten\tnone\r\n249 OK VOICE LIST SENT\r\n",
    "SPEAK": b"230 OK RECEIVING DATA\r\n",
}
QUEUED = b"%d-7\r\n%d OK MESSAGE QUEUED\r\n" % (MESSAGE_QUEUED, MESSAGE_QUEUED)

Answer = Callable[[str], Awaitable[bytes | None]]


async def agree(command: str) -> bytes:
    """What a server says that does everything it is asked."""
    return REPLIES.get(command, b"200 OK\r\n")


class ScriptedServer:
    """Listens at `socket`; `answer` gives the reply to each command, or None to hang up.

    `commands` and `texts` are what came; a text is there once its last line is.
    """

    def __init__(self, answer: Answer = agree) -> None:
        self.commands: list[str] = []
        self.texts: list[str] = []
        self._answer = answer
        self._home = TemporaryDirectory(prefix="ssip-")
        self.socket = Path(self._home.name) / "s"
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Listen."""
        self._server = await asyncio.start_unix_server(self._serve, self.socket)

    async def stop(self) -> None:
        """Hang up on everybody, and listen no more."""
        if self._server is not None:
            self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.socket.unlink(missing_ok=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            while command := (await reader.readline()).decode().removesuffix("\r\n"):
                self.commands.append(command)
                if not await self._reply(command, reader, writer):
                    return
        except (ConnectionError, asyncio.CancelledError):
            pass  # the client did not wait for the answer, or nobody is served any more
        finally:
            writer.close()
            self._tasks.discard(task)

    async def _reply(
        self, command: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        answer = await self._answer(command)
        if answer is None:
            return False
        writer.write(answer)
        if command == "SPEAK" and answer.endswith(REPLIES["SPEAK"]):
            block = await reader.readuntil(b"\r\n.\r\n")
            self.texts.append(block.decode().removesuffix("\r\n.\r\n"))
            writer.write(QUEUED)
        return True

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.stop()
        self._home.cleanup()
