"""The live line of an open page: what it shows now, then everything that changes on it.

Which terminals stand on a page is decided here and not in the browser: one that becomes worse moves
to an earlier page, and another one moves up in its place.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from starlette.concurrency import run_in_threadpool

from fleet.changes import Changes
from fleet.store.board import Board, Counts, Moment, Standing, count
from fleet.web.words import Language

PAGE = 50  # terminals on a page
PULSE = 15.0  # seconds between two signs of life on a live line
BREATH = 0.2  # seconds between two bursts on a live line: 500 terminals chatter


class Render(Protocol):
    """Fills a template in a language."""

    def __call__(self, name: str, language: Language, **facts: Any) -> str:  # noqa: ANN401 # a template's
        """The template's text."""
        ...


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of terminals at a moment, the worst of all on the first; `page` counts from 0."""

    at: Moment
    newest: int
    page: int
    pages: int
    names: tuple[str, ...]
    counts: Counts


@dataclass(slots=True)
class _Told:
    """What an open page has been told, so that nothing is told twice."""

    names: Collection[str] = ()
    parts: dict[str, str] = field(default_factory=dict)

    def news(self, event: str, html: str) -> str:
        """The part of the page as an event; nothing when the page has it already."""
        if self.parts.get(event) == html:
            return ""
        self.parts[event] = html
        return _sse(event, html)


class Live:
    """Keeps open pages as the fleet is."""

    def __init__(
        self, board: Board, changes: Changes, moment: Callable[[], Moment], render: Render
    ) -> None:
        self._board = board
        self._changes = changes
        self._moment = moment
        self._render = render
        self._standings: tuple[tuple[int, float | None], list[Standing]] | None = None

    def sheet(self, page: int) -> Sheet:
        """What stands on a page now; beyond the last one it is the last one."""
        newest, at = self._changes.newest, self._moment()
        standings = self._all(newest, at)
        pages = max(math.ceil(len(standings) / PAGE), 1)
        page = min(page, pages - 1)
        shown = standings[page * PAGE : (page + 1) * PAGE]
        names = tuple(each.id for each in shown)
        return Sheet(at, newest, page, pages, names, count(standings))

    async def line(
        self, language: Language, page: int, since: int, *, goes_on: Callable[[], bool]
    ) -> AsyncIterator[str]:
        """What changed on the page after `since`, then everything that changes; until told to end.

        `goes_on` says whether whoever looks still may; it is asked on a thread.
        """
        told = _Told()
        while await run_in_threadpool(goes_on):
            heard = self._moment().hearing_since is not None
            broker = told.news("broker", "heard" if heard else "away")
            newest = self._changes.newest
            changed = self._changes.since(since)
            if changed is None:  # too long ago: the page starts anew
                yield _sse("reload", "")
                return
            if changed:
                burst = await run_in_threadpool(self._burst, language, page, changed, told)
                yield broker + burst + _sse("seen", "", newest)
                await asyncio.sleep(BREATH)
            else:
                yield broker or ": here\n\n"
            since = newest
            await self._changes.wait(since, PULSE)

    def _all(self, newest: int, at: Moment) -> list[Standing]:
        """Everybody's standing, read once for all pages: every change of it has its number."""
        known, key = self._standings, (newest, at.hearing_since)
        if known is not None and known[0] == key:
            return known[1]
        standings = self._board.standings(at)
        self._standings = key, standings
        return standings

    def _burst(self, language: Language, page: int, changed: Sequence[str], told: _Told) -> str:
        """What is another on the page since it was told last; at first every row of it."""
        sheet = self.sheet(page)
        stale = {*changed, *sheet.names} - ({*told.names} - {*changed})
        rows = self._board.terminals([name for name in sheet.names if name in stale], sheet.at)
        told.names = sheet.names

        def rendered(name: str, **facts: object) -> str:
            return self._render(name, language, sheet=sheet, **facts)

        return "".join(
            [
                *(_sse("terminal", rendered("terminal.html", t=row)) for row in rows),
                told.news("order", " ".join(sheet.names)),
                told.news("pager", rendered("pager.html")),
                told.news("counts", rendered("counts.html")),
                told.news("events", rendered("events.html", happened=self._board.newest_events())),
            ]
        )


def _sse(event: str, data: str, number: int | None = None) -> str:
    lines = "".join(f"data: {line}\n" for line in data.splitlines()) or "data:\n"
    return (f"id: {number}\n" if number is not None else "") + f"event: {event}\n{lines}\n"
