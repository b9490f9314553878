"""A terminal's store that works at once: for tests in which the order of things is the clock's."""

from __future__ import annotations

from typing import TypeVar

from kiosk.services.store import Store, Work

T = TypeVar("T")


class SteppedStore(Store):
    """Does its work on the loop's own thread: virtual time waits for no other."""

    async def run(self, work: Work[T]) -> T:
        """Do it at once."""
        return self._transact(work)

    async def scrub(self) -> None:
        """Do it at once."""
        self._truncate_log()
