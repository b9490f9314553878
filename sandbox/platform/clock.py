"""The platform's time: the legal time of the country, which whoever plays with it may move."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.core.legal_time import BEIJING


def beijing_time() -> datetime:
    """Now, to the second."""
    return datetime.now(BEIJING).replace(microsecond=0)


@dataclass(slots=True)
class Clock:
    """`jumped` is how far time was moved on, `skew` how far the clock is off."""

    source: Callable[[], datetime] = beijing_time
    jumped: timedelta = timedelta(0)
    skew: timedelta = timedelta(0)

    def now(self) -> datetime:
        """What the platform takes for the time, aware, in Beijing's zone."""
        return (self.source() + self.jumped + self.skew).astimezone(BEIJING)

    def today(self) -> date:
        """What the platform takes for the day."""
        return self.now().date()
