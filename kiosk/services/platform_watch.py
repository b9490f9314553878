"""Watches the platform: whether it answers, and which catalogue it offers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Protocol, TypeVar

import structlog

from kiosk.core.catalogue import Catalogue
from kiosk.services.catalogue_store import CatalogueStore
from kiosk.services.platform import Platform, PlatformError

log = structlog.get_logger(__name__)

T = TypeVar("T")

LOOK = 1.0  # seconds between two looks whether a catalogue's time has come and nobody is there
PROMPT = 12.0  # seconds; what takes longer than a silent platform is given is a catalogue coming


class Aside(Protocol):
    """Does work that blocks, and lets the loop go on."""

    async def __call__(self, work: Callable[[], T], /) -> T:
        """What the work comes to."""
        ...


class PlatformWatch:
    """Tells whether the platform answers, and brings each new catalogue into force.

    `reachable` and `changed` are told on the loop's own thread. The catalogue changes between
    visits only: what somebody has begun they finish as it was. While a new one comes over a slow
    line the watch goes on.
    """

    def __init__(
        self,
        platform: Platform,
        store: CatalogueStore,
        *,
        reachable: Callable[[bool], None],
        changed: Callable[[Catalogue], None],
        in_visit: Callable[[], bool],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        aside: Aside = asyncio.to_thread,
        interval: float = 30.0,
        retry: float = 3.0,
    ) -> None:
        self._platform = platform
        self._store = store
        self._reachable = reachable
        self._changed = changed
        self._in_visit = in_visit
        self._sleep = sleep
        self._aside = aside
        self._interval = interval
        self._retry = retry
        self._trouble: str | None = None
        self._coming: asyncio.Task[bytes | None] | None = None

    async def run(self) -> None:
        """Ask on the beat, sooner while the platform is away, until cancelled."""
        try:
            while True:
                trouble = await self._ask()
                self._reachable(trouble is None)
                self._log(trouble)
                soon = trouble is not None or self._coming is not None
                await self._beat(self._retry if soon else self._interval)
        finally:
            if self._coming is not None:
                self._coming.cancel()
                await asyncio.gather(self._coming, return_exceptions=True)

    def _log(self, trouble: str | None) -> None:
        """Say what changed, and only that."""
        if trouble == self._trouble:
            return
        self._trouble = trouble
        if trouble:
            log.warning("platform.away", reason=trouble)
        else:
            log.info("platform.back")

    async def _ask(self) -> str | None:
        """What keeps the platform from answering, or None; a new catalogue is taken in."""
        if self._coming is None:
            asked = self._platform.catalogue(self._store.etag)
            self._coming = asyncio.create_task(asked, name="catalogue")
        if not await self._is_here(self._coming):
            return None if await self._platform.reachable() else "GET /v1/health: it does not work"
        here, self._coming = self._coming, None
        try:
            bundle = await here
        except PlatformError as error:
            return str(error)
        if bundle is not None:
            with _what_is_in_force_stays():
                await self._aside(partial(self._store.take, bundle))
        return None

    async def _is_here(self, coming: asyncio.Task[bytes | None]) -> bool:
        """Whether the answer has come; a catalogue on a slow line has not."""
        patience = asyncio.ensure_future(self._sleep(PROMPT))
        try:
            await asyncio.wait({coming, patience}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            patience.cancel()
        return coming.done()

    async def _beat(self, seconds: float) -> None:
        """Let so many seconds pass, with an eye on what is due."""
        with _what_is_in_force_stays():
            while seconds > 0:
                await self._turn()
                await self._sleep(min(LOOK, seconds))
                seconds -= LOOK
        await self._sleep(max(seconds, 0))

    async def _turn(self) -> None:
        """Change the catalogue where one is due and nobody is at the terminal."""
        if self._in_visit():
            return
        if self._store.is_due():
            ready = await self._aside(self._store.prepare)
            if ready is None or self._in_visit():  # somebody came meanwhile: after their visit
                return
            self._changed(ready.catalogue)
            await self._aside(partial(self._store.activate, ready))
        elif self._store.has_expired():
            self._changed(self._store.lay_aside())


@contextmanager
def _what_is_in_force_stays() -> Iterator[None]:
    """A disk that gives or takes nothing costs a new catalogue, not the terminal."""
    try:
        yield
    except OSError as error:
        log.warning("catalogue.unwritable", reason=str(error))
