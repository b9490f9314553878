"""Tells when a day begins."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, datetime

LOOK = 20.0  # seconds between two looks: a clock may be set, too


class Days:
    """Watches the calendar; `now` gives local time, `began` is told each day that is another."""

    def __init__(
        self,
        now: Callable[[], datetime],
        began: Callable[[date], None],
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._now = now
        self._began = began
        self._sleep = sleep

    async def run(self) -> None:
        """Tell today, then each day that begins, until cancelled."""
        told: date | None = None
        while True:
            if (today := self._now().date()) != told:
                told = today
                self._began(today)
            await self._sleep(LOOK)
