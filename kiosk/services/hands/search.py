"""What is looked for and spelt: only what was typed last is of interest."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from kiosk.core import effects, events
from kiosk.core.catalogue import Catalogue
from kiosk.core.search import Hit
from kiosk.services.search import Search
from kiosk.services.terminal import Post

if TYPE_CHECKING:
    from kiosk.services.hands.tools import Tools  # they hold a Finder


class Finder:
    """Searches the catalogue in force, which is indexed aside: that takes a moment."""

    def __init__(self) -> None:
        self._tried: tuple[Catalogue, Search] | None = None
        self._index: asyncio.Task[Search] | None = None

    def try_out(self, catalogue: Catalogue) -> None:
        """Index a catalogue that may come into force; it blocks, and raises where it can not."""
        self._tried = catalogue, Search(catalogue)

    def use(self, catalogue: Catalogue) -> None:
        """Search this one from now on."""
        self._index = asyncio.create_task(self._indexed(catalogue), name="catalogue-index")

    async def find(self, query: str) -> tuple[Hit, ...]:
        """What the catalogue has for a query; the first one may wait for the index."""
        if self._index is None:
            return ()
        search = await asyncio.shield(self._index)
        return await asyncio.to_thread(search.find, query)

    async def _indexed(self, catalogue: Catalogue) -> Search:
        tried, self._tried = self._tried, None
        if tried is not None and tried[0] is catalogue:
            return tried[1]
        return await asyncio.to_thread(Search, catalogue)


class Searches:
    """Looks things up in the catalogue."""

    def __init__(self, tools: Tools) -> None:
        self._finder = tools.finder

    async def find(self, effect: effects.FindItems, post: Post) -> None:
        """Found."""
        hits = await self._finder.find(effect.query)
        post(events.Found(effect.visit, effect.query, hits))


class Spelling:
    """Asks the input method."""

    def __init__(self, tools: Tools) -> None:
        self._ime = tools.ime

    async def spell(self, effect: effects.SpellOut, post: Post) -> None:
        """Spelt; without an input method with nothing to choose from."""
        candidates: tuple[str, ...] = ()
        if self._ime is not None and effect.letters:
            candidates = await asyncio.to_thread(self._ime.candidates, effect.letters)
        post(events.Spelt(effect.visit, effect.letters, candidates))
