"""Trouble on request: the platform slow, failing, or losing requests or answers on their way."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from enum import StrEnum

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.platform import problems


class Mode(StrEnum):
    """What is wrong with the platform."""

    OFF = "off"
    SLOW = "slow"  # answers after a while
    ERROR = "error"  # answers 503, does nothing
    DROP_BEFORE = "drop_before"  # the line breaks before anything is done
    DROP_AFTER = "drop_after"  # everything is done, then the line breaks


@dataclass(slots=True)
class Faults:
    """The switch."""

    mode: Mode = Mode.OFF
    seconds: float = 30.0  # that a slow platform waits


class FaultyLine:
    """Stands between the network and the app, and does to /v1 what the switch says."""

    def __init__(self, app: ASGIApp, faults: Faults) -> None:
        self._app = app
        self._faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or fail to."""
        if scope["type"] != "http" or not scope["path"].startswith("/v1/"):
            await self._app(scope, receive, send)
            return
        match self._faults.mode:
            case Mode.OFF:
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


async def _nowhere(_message: Message) -> None:
    """Lose what the app answers."""


async def _break_off(send: Send) -> None:
    """Begin an answer and leave it unfinished: the server then closes the connection."""
    length = [(b"content-length", b"1000")]
    await send({"type": "http.response.start", "status": 200, "headers": length})
