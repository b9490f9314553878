"""Working days: every weekday but the legal holidays, and the weekends worked instead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

DAY = timedelta(days=1)
SATURDAY = 5


def _days(first: date, last: date) -> Iterator[date]:
    return (first + n * DAY for n in range((last - first).days + 1))


# 2026, after the State Council's notice on the holidays of the year (国办发明电〔2025〕7号). Of
# other years weekends alone are known here.
HOLIDAYS = frozenset(
    day
    for first, last in (
        (date(2026, 1, 1), date(2026, 1, 3)),
        (date(2026, 2, 15), date(2026, 2, 23)),
        (date(2026, 4, 4), date(2026, 4, 6)),
        (date(2026, 5, 1), date(2026, 5, 5)),
        (date(2026, 6, 19), date(2026, 6, 21)),
        (date(2026, 9, 25), date(2026, 9, 27)),
        (date(2026, 10, 1), date(2026, 10, 7)),
    )
    for day in _days(first, last)
)
WORKED = frozenset(
    {
        date(2026, 1, 4),
        date(2026, 2, 14),
        date(2026, 2, 28),
        date(2026, 5, 9),
        date(2026, 9, 20),
        date(2026, 10, 10),
    }
)


def is_workday(day: date) -> bool:
    """Whether offices work that day."""
    return day in WORKED or (day.weekday() < SATURDAY and day not in HOLIDAYS)


def after(day: date, count: int) -> date:
    """The day that is so many working days after another; 0 is that day itself."""
    while count > 0:
        day += DAY
        count -= is_workday(day)
    return day


def left(day: date, end: date) -> int:
    """How many working days come after `day` up to and including `end`; 0 when it is past."""
    return sum(is_workday(one) for one in _days(day + DAY, end))
