"""Time that passes only when nothing is left to do: waits of hours take no time in a test."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Awaitable
from datetime import datetime, timedelta
from typing import TypeVar

from kiosk.core.legal_time import BEIJING

T = TypeVar("T")

START = datetime(2026, 11, 23, 9, 0, tzinfo=BEIJING)
TURNS = 20  # of the event loop, after which everything that can go on without time has gone on


class VirtualClock:
    """Gives the time and lets tasks sleep until the time is moved on."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = 0

    def now(self) -> datetime:
        """The time, aware."""
        return START + timedelta(seconds=self.seconds)

    async def sleep(self, seconds: float) -> None:
        """Sleep until so many seconds have passed on this clock."""
        future = asyncio.get_running_loop().create_future()
        self._order += 1
        heapq.heappush(self._sleepers, (self.seconds + seconds, self._order, future))
        await future

    async def settle(self) -> None:
        """Let every task go on as far as it gets without time passing."""
        for _ in range(TURNS):
            await asyncio.sleep(0)

    async def wait(self, task: Awaitable[T], longest: float = 604_800.0) -> T:
        """What `task` comes to, moving time on whenever all sleep; TimeoutError after `longest`."""
        future = asyncio.ensure_future(task)
        end = self.seconds + longest
        await self.settle()
        while not future.done():
            if not self._wake_next(end):
                future.cancel()
                raise TimeoutError(f"still not done after {longest:g} s")
            await self.settle()
        return await future

    def _wake_next(self, end: float) -> bool:
        """Move time on to the next sleeper, and wake it; False when there is none before `end`."""
        while self._sleepers and self._sleepers[0][0] <= end:
            when, _, future = heapq.heappop(self._sleepers)
            if not future.done():
                self.seconds = max(self.seconds, when)
                future.set_result(None)
                return True
        return False
