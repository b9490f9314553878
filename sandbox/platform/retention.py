"""Papers of people do not stay: what no case needs is forgotten after its term."""

from __future__ import annotations

from datetime import date

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from sandbox.platform import areas
from sandbox.platform.office import Office


class Retention:
    """Before the first request of each day by the platform's clock, every area lets go.

    No clockwork of its own is needed: terminals ask after the platform's health all day long.
    """

    def __init__(self, app: ASGIApp, office: Office) -> None:
        self._app = app
        self._office = office
        self._day: date | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        today = self._office.today()
        if self._day != today:
            await run_in_threadpool(areas.forget, self._office)
            self._day = today
        await self._app(scope, receive, send)
