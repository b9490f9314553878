"""Changes by number: a page that was away catches up, or is told to load again."""

from __future__ import annotations

import asyncio

from fleet.changes import REMEMBERED, Changes

FIRST = 1000


async def test_a_page_that_was_away_is_told_each_change_once() -> None:
    """What changed after the number a page has seen, each terminal once, in order."""
    changes = Changes(FIRST)
    changes.add(["a", "b"])
    seen = changes.newest
    changes.add(["b", "c", "b"])
    assert changes.since(seen) == ["b", "c"]
    assert changes.since(changes.newest) == []


async def test_who_was_away_too_long_loads_the_page_again() -> None:
    """Forgotten changes are not passed over in silence."""
    changes = Changes(FIRST)
    changes.add(str(n) for n in range(REMEMBERED + 1))
    assert changes.since(FIRST) is None
    assert changes.since(FIRST + 1) is not None


async def test_a_page_from_before_a_restart_loads_again() -> None:
    """A number of an earlier monitor is lower than any of this one, or higher than the newest."""
    changes = Changes(FIRST)
    changes.add(["a"])
    assert changes.since(FIRST - 1) is None
    assert changes.since(FIRST + 500) is None


async def test_waiting_ends_with_a_change_or_with_patience() -> None:
    """Whoever waits is woken by the next change, at once when it was there before."""
    changes = Changes(FIRST)
    async with asyncio.timeout(5):
        await changes.wait(FIRST, 0.01)
        waiting = asyncio.create_task(changes.wait(FIRST, 60))
        await asyncio.sleep(0)
        changes.add(["a"])
        await waiting
        await changes.wait(FIRST, 60)
