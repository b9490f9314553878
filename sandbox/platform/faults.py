"""Trouble on request: the platform slow, failing, at odds with time, or the line losing things."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from email.utils import format_datetime
from enum import StrEnum

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.platform import problems
from sandbox.platform.clock import Clock


class Mode(StrEnum):
    """What is wrong with the platform."""

    OFF = "off"
    SLOW = "slow"  # answers after a while
    ERROR = "error"  # answers 503, does nothing
    DROP_BEFORE = "drop_before"  # the line breaks before anything is done
    DROP_AFTER = "drop_after"  # everything is done, then the line breaks
    DUPLICATE = "duplicate"  # each request with a key arrives twice; the second is answered
    SKEW = "skew"  # its clock is off


@dataclass(slots=True)
class Faults:
    """The switch; `seconds` is how long a slow platform waits, or how far its clock is off."""

    clock: Clock = field(default_factory=Clock)
    mode: Mode = Mode.OFF
    seconds: float = 30.0

    def switch(self, mode: Mode, seconds: float = 30.0) -> None:
        """Have this be wrong from the next request on."""
        self.mode, self.seconds = mode, seconds
        self.clock.skew = timedelta(seconds=seconds if mode is Mode.SKEW else 0)


class FaultyLine:
    """Stands between the network and the app, and does to /v1 what the switch says.

    It dates the answers too: by the platform's own clock, right or wrong.
    """

    def __init__(self, app: ASGIApp, faults: Faults) -> None:
        self._app = app
        self._faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or fail to."""
        send = self._dated(send)
        if scope["type"] != "http" or not scope["path"].startswith("/v1/"):
            await self._app(scope, receive, send)
            return
        match self._faults.mode:
            case Mode.OFF | Mode.SKEW:
                await self._app(scope, receive, send)
            case Mode.SLOW:
                await asyncio.sleep(self._faults.seconds)
                await self._app(scope, receive, send)
            case Mode.ERROR:
                answer = problems.response(503, "unavailable", "The platform is being repaired.")
                await answer(scope, receive, send)
            case Mode.DROP_BEFORE:
                await _break_off(send)
            case Mode.DROP_AFTER:
                await self._app(scope, receive, _nowhere)
                await _break_off(send)
            case Mode.DUPLICATE:
                await self._twice(scope, receive, send)

    async def _twice(self, scope: Scope, receive: Receive, send: Send) -> None:
        if "Idempotency-Key" not in Headers(scope=scope):
            await self._app(scope, receive, send)
            return
        body = await _whole(receive)
        await self._app(dict(scope), _again(body), _nowhere)
        await self._app(scope, _again(body), send)

    def _dated(self, send: Send) -> Send:
        async def dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                date = format_datetime(
                    self._faults.clock.now().astimezone(UTC), usegmt=True
                ).encode()
                message["headers"] = [*message.get("headers", ()), (b"date", date)]
            await send(message)

        return dated


async def _whole(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body", False):
            return bytes(body)


def _again(body: bytes) -> Receive:
    """What hands over a body that was read already."""

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


async def _nowhere(_message: Message) -> None:
    """Lose what the app answers."""


async def _break_off(send: Send) -> None:
    """Begin an answer and leave it unfinished: the server then closes the connection."""
    length = [(b"content-length", b"1000")]
    await send({"type": "http.response.start", "status": 200, "headers": length})
