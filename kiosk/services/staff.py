"""Those who look after a terminal: whose PIN it is, and whether they have closed it."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable, Mapping
from typing import Final

from drivers.device import Personal
from kiosk.core.staff import Role
from kiosk.services import pins
from kiosk.services.store import Store

OUT_OF_SERVICE: Final = "out_of_service"
WRONG_PINS: Final = "wrong_pins"
DOUBLINGS = 9
LONGEST_PAUSE = 300.0  # seconds: a million PINs would take years


def pause(wrong: int) -> float:
    """Seconds until another PIN is looked at, after so many wrong ones in a row."""
    return min(2.0 ** min(wrong - 1, DOUBLINGS), LONGEST_PAUSE) if wrong else 0.0


class Staff:
    """Who may come in, and what they have set by hand, kept in the store over a restart.

    `hashes` are those of the PINs, as `pins.hashed` makes them. `clock` gives seconds that never
    go back.
    """

    def __init__(
        self,
        store: Store,
        hashes: Mapping[Role, str],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._hashes = hashes
        self._clock = clock
        self._one_at_a_time = asyncio.Lock()
        self.wrong = 0  # PINs in a row
        self._not_before = 0.0

    async def start(self) -> bool:
        """Remember; whether the terminal is out of service. A restart spares nobody the pause."""
        self.wrong = await self._kept(WRONG_PINS)
        self._not_before = self._clock() + pause(self.wrong)
        return bool(await self._kept(OUT_OF_SERVICE))

    async def check(self, pin: Personal) -> tuple[Role | None, float]:
        """Whose PIN it is, or None and how many seconds no other one is looked at."""
        async with self._one_at_a_time:
            if (left := self._not_before - self._clock()) > 0:
                return None, left
            # It is wrong until it is right: pulling the plug meanwhile spares nobody the pause.
            self.wrong += 1
            await self._keep(WRONG_PINS, self.wrong)
            role = await asyncio.to_thread(self._whose, pin)
            if role is None:
                self._not_before = self._clock() + pause(self.wrong)
                return None, pause(self.wrong)
            self.wrong = 0
            await self._keep(WRONG_PINS, 0)
            return role, 0.0

    async def serve(self, *, on: bool) -> None:
        """Keep whether residents are served."""
        await self._keep(OUT_OF_SERVICE, int(not on))

    def _whose(self, pin: Personal) -> Role | None:
        """Every hash is looked at, so that the time it takes tells nothing."""
        fitting = [role for role, kept in self._hashes.items() if pins.fits(pin, kept)]
        return fitting[-1] if fitting else None

    async def _kept(self, name: str) -> int:
        def work(connection: sqlite3.Connection) -> int:
            row = connection.execute("SELECT value FROM staff WHERE name = ?", (name,)).fetchone()
            return int(row["value"]) if row else 0

        return await self._store.run(work)

    async def _keep(self, name: str, value: int) -> None:
        def work(connection: sqlite3.Connection) -> None:
            connection.execute("INSERT OR REPLACE INTO staff VALUES (?, ?)", (name, value))

        await self._store.run(work)
