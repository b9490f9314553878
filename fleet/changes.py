"""Tells open pages what changed, by number, so that one that was away catches up."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable

REMEMBERED = 2000  # changes; whoever missed more loads the page again


class Changes:
    """Numbered changes of terminals, from `first` on. Everything here happens on the event loop.

    A monitor that starts again begins with a higher number than any it gave before, so that a page
    from before loads anew instead of missing something: milliseconds since 1970 do.
    """

    def __init__(self, first: int) -> None:
        self._newest = first
        self._log: deque[tuple[int, str]] = deque(maxlen=REMEMBERED)
        self._more = asyncio.Event()

    @property
    def newest(self) -> int:
        """The number of the last change."""
        return self._newest

    def add(self, terminals: Iterable[str]) -> None:
        """These terminals are not as they were."""
        for terminal in terminals:
            self._newest += 1
            self._log.append((self._newest, terminal))
        self._more.set()
        self._more = asyncio.Event()

    def since(self, number: int) -> list[str] | None:
        """The terminals that changed after `number`, each once; None if that is forgotten."""
        if number > self._newest or number < self._newest - len(self._log):
            return None
        return list(dict.fromkeys(terminal for n, terminal in self._log if n > number))

    async def wait(self, number: int, timeout: float) -> None:
        """Return when something changed after `number`, or after `timeout` seconds."""
        if self._newest > number:
            return
        try:
            await asyncio.wait_for(self._more.wait(), timeout)
        except TimeoutError:
            return
