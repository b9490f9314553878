"""When a day begins, on a clock that is moved by hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta

from kiosk.services.days import Days
from sandbox.clock import START, VirtualClock


@asynccontextmanager
async def watched(days: Days) -> AsyncIterator[None]:
    """A calendar that is being watched."""
    task = asyncio.create_task(days.run())
    yield
    task.cancel()


async def test_each_day_is_told_once_and_soon_after_midnight() -> None:
    """Today at the start, then every day that begins."""
    clock, told = VirtualClock(), list[tuple[date, datetime]]()
    days = Days(clock.now, lambda day: told.append((day, clock.now())), sleep=clock.sleep)
    async with watched(days):
        await clock.wait(clock.sleep(2 * 86_400))
    assert [day for day, _ in told] == [START.date() + timedelta(days=n) for n in range(3)]
    assert all(at.time() < datetime(2026, 1, 1, 0, 1).time() for _, at in told[1:])  # noqa: DTZ001 # a time of day


async def test_a_clock_that_is_set_is_told() -> None:
    """A terminal that starts with a wrong date learns the right one without a restart."""
    clock, told, wrong = VirtualClock(), list[date](), [timedelta(days=-300)]
    days = Days(lambda: clock.now() + wrong[0], told.append, sleep=clock.sleep)
    async with watched(days):
        await clock.wait(clock.sleep(60))
        wrong[0] = timedelta(0)
        await clock.wait(clock.sleep(60))
    assert told == [START.date() - timedelta(days=300), START.date()]
