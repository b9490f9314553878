"""A connection to speech-dispatcher: one command, one reply, within a deadline."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from typing import Self

from drivers.device import Advice, Fault
from drivers.errors import DeviceError, RemoteProtocolError, TransportError
from drivers.protocols import ssip
from drivers.protocols.ssip import Reply

AWAY = Fault(
    "speech.away",
    Advice.TECHNICIAN_ACTS,
    "speech-dispatcher does not answer there: see whether it runs",
)
SILENT = Fault(
    "speech.silent",
    Advice.TECHNICIAN_ACTS,
    "speech-dispatcher hangs, as it does where it has no way to make a sound: end it, and it "
    "starts anew; then kiosk speak-test",
)
GARBAGE = Fault(
    "speech.garbage", Advice.TECHNICIAN_ACTS, "what answers there is no speech-dispatcher"
)
REFUSED = Fault("speech.refused", Advice.TECHNICIAN_ACTS, "speech-dispatcher refused a command")

CHUNK = 65536  # bytes


class Line:
    """One open connection; after a DeviceError it is of no use but to be closed."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        where: str,
        deadline: float,
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._where = where
        self._deadline = deadline
        self._replies = ssip.Replies()
        self._come: deque[Reply] = deque()
        self._events: deque[Reply] = deque()

    @classmethod
    async def open(cls, where: str, deadline: float) -> Self:
        """A connection to the socket `where`; every answer has `deadline` seconds."""
        try:
            async with asyncio.timeout(deadline):
                reader, writer = await asyncio.open_unix_connection(where)
        except TimeoutError:
            raise DeviceError(SILENT.at(where)) from None
        except OSError as error:
            raise TransportError(AWAY.at(where).because(error.strerror or error)) from None
        return cls(reader, writer, where, deadline)

    async def ask(self, *words: str) -> Reply:
        """What is answered to a command; DeviceError `speech.refused` where that is an error."""
        return await self.send(ssip.command(*words), " ".join(words[:3]))

    async def send(self, data: bytes, what: str) -> Reply:
        """The same for bytes; `what` is how they are called where they are refused."""
        try:
            async with asyncio.timeout(self._deadline):
                self._writer.write(data)
                await self._writer.drain()
                reply = await self._reply()
        except TimeoutError:
            why = f"no answer to {what} within {self._deadline:g} s"
            raise DeviceError(SILENT.at(self._where).because(why)) from None
        except OSError:
            raise self._hung_up() from None
        if not reply.ok:
            raise DeviceError(REFUSED.at(self._where).because(f"{what}: {reply.code}"))
        return reply

    async def event_of(self, message: str, within: float) -> int:
        """The code of the first event about a message; 0 where none comes in `within` seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                while True:
                    while self._events:
                        event = self._events.popleft()
                        if event.lines[0] == message:
                            return event.code
                    await self._receive()
        return 0

    async def close(self) -> None:
        """Say no more and hang up, without waiting for an answer."""
        with suppress(OSError):
            self._writer.write(ssip.command("CANCEL", "self") + ssip.command("QUIT"))
            self._writer.close()
            async with asyncio.timeout(self._deadline):
                await self._writer.wait_closed()

    async def _reply(self) -> Reply:
        while not self._come:
            await self._receive()
        return self._come.popleft()

    async def _receive(self) -> None:
        try:
            data = await self._reader.read(CHUNK)
            replies = list(self._replies.feed(data))
        except OSError:
            raise self._hung_up() from None
        except RemoteProtocolError as error:
            raise DeviceError(GARBAGE.at(self._where).because(error)) from None
        if not data:
            raise self._hung_up()
        for reply in replies:
            kept = self._events if reply.code in ssip.EVENTS else self._come
            kept.append(reply)

    def _hung_up(self) -> TransportError:
        return TransportError(AWAY.at(self._where).because("it hung up"))
