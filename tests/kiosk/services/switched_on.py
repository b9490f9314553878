"""The intents of a terminal, and what is seen of them from outside."""

from __future__ import annotations

import itertools
import sqlite3
from random import Random

from kiosk.services.intents import Intents, Patience
from kiosk.services.platform import Platform
from kiosk.services.store import Store
from sandbox.clock import VirtualClock

SEEDS = itertools.count()  # a terminal that starts again draws other numbers
PATIENCE = Patience(resident=8.0, page=3.0, first_retry=1.0, longest_retry=300.0)


def terminal(
    store: Store, platform: Platform, clock: VirtualClock, name: str = "HY0001"
) -> Intents:
    """The intents of a terminal that was just switched on."""
    return Intents(
        store,
        platform,
        terminal=name,
        now=clock.now,
        rng=Random(next(SEEDS)),  # noqa: S311 - nothing is secret here
        sleep=clock.sleep,
        patience=PATIENCE,
    )


async def rows(store: Store) -> list[dict[str, object]]:
    """The wishes as they are written down."""
    return await store.run(
        lambda connection: [
            dict(row) for row in connection.execute("SELECT * FROM intents ORDER BY made_at")
        ]
    )


async def pages_kept(store: Store) -> int:
    """How many pages lie in the store."""

    def count(connection: sqlite3.Connection) -> int:
        [number] = connection.execute("SELECT count(*) FROM pages").fetchone()
        return int(number)

    return await store.run(count)


async def all_done(intents: Intents, clock: VirtualClock) -> None:
    """Until nothing is pending."""
    while intents.pending():
        await clock.sleep(1.0)
