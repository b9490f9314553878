"""A terminal's store that works at once: for tests in which the order of things is the clock's."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from kiosk.services.store import Store

T = TypeVar("T")


def nothing() -> None:
    """Let everything go on."""


class SteppedStore(Store):
    """Does its work on the loop's own thread, and not on the worker's.

    `step` is called before and after each transaction: a test that ends the terminal's power there
    raises from it.
    """

    def __init__(
        self, state: Path, *, now: Callable[[], datetime], step: Callable[[], None] = nothing
    ) -> None:
        super().__init__(state, now=now)
        self._step = step

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do it at once."""
        self._step()
        result = self._transact(work)
        self._step()
        return result

    async def scrub(self) -> None:
        """Do it at once."""
        self._step()
        self._truncate_log()

    def lose_power(self) -> None:
        """Drop the connection as the end of the process does; the file stays as it is."""
        self._connection.close()
        self._worker.shutdown()
