"""The catalogue in force: fetched from the platform, kept on disk for the days it is away."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import structlog
from pydantic import TypeAdapter, ValidationError

from kiosk.core.catalogue import Catalogue
from kiosk.services.platform import Platform, PlatformError

log = structlog.get_logger(__name__)

_CATALOGUE = TypeAdapter(Catalogue)


class CatalogueStore:
    """The last good catalogue, in one file that is replaced whole."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> Catalogue:
        """The catalogue kept from last time; an empty one when there is none that can be read."""
        try:
            return _CATALOGUE.validate_json(self._path.read_bytes())
        except FileNotFoundError:
            pass
        except (OSError, ValidationError):
            log.warning("catalogue.unreadable", path=str(self._path))
        return Catalogue("", ())

    def save(self, catalogue: Catalogue) -> None:
        """Keep a catalogue; a power cut leaves the old one or the new one."""
        part = self._path.with_suffix(".part")
        part.write_bytes(_CATALOGUE.dump_json(catalogue))
        part.replace(self._path)


class PlatformWatch:
    """Knows whether the platform answers and which catalogue it offers; tells what changes."""

    def __init__(
        self,
        platform: Platform,
        store: CatalogueStore,
        reachable: Callable[[bool], None],
        changed: Callable[[Catalogue], None],
        *,
        interval: float = 30.0,
        retry: float = 3.0,
    ) -> None:
        self._platform = platform
        self._store = store
        self._reachable = reachable
        self._changed = changed
        self._interval = interval
        self._retry = retry
        self._in_force = store.load()
        self._trouble: str | None = None

    async def run(self) -> None:
        """Ask on the beat, sooner while the platform is away, until cancelled."""
        while True:
            trouble = await self._ask()
            self._reachable(trouble is None)
            self._log(trouble)
            await asyncio.sleep(self._retry if trouble else self._interval)

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
        """What keeps the platform from answering, or None."""
        try:
            catalogue = await self._platform.catalogue()
        except PlatformError as error:
            return str(error)
        if catalogue != self._in_force:
            self._in_force = catalogue
            await asyncio.to_thread(self._store.save, catalogue)
            log.info("catalogue.activated", version=catalogue.version)
            self._changed(catalogue)
        return None
