"""Terms are counted in working days, and what is near its end is said."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.cases import Light
from kiosk.core.legal_time import BEIJING
from sandbox.platform import workdays
from sandbox.platform.lights import light

DAYS = st.dates(date(2025, 12, 1), date(2027, 6, 1))
COUNTS = st.integers(0, 60)


@pytest.mark.parametrize(
    ("day", "count", "end"),
    [
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 11, 23), 4, date(2026, 11, 27)),
        (date(2026, 11, 23), 5, date(2026, 11, 30)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),  # a Saturday
        (date(2026, 9, 30), 1, date(2026, 10, 8)),  # over the week of the National Day
        (date(2026, 10, 9), 1, date(2026, 10, 10)),  # a Saturday that is worked
        (date(2026, 2, 13), 2, date(2026, 2, 24)),  # over Spring Festival
    ],
)
def test_terms_end_on_the_right_day(day: date, count: int, end: date) -> None:
    """Weekends and legal holidays do not count, weekends worked instead do."""
    assert workdays.after(day, count) == end


@given(DAYS, COUNTS)
def test_counting_back_agrees(day: date, count: int) -> None:
    """Between a day and the end of its term are as many working days as it has."""
    end = workdays.after(day, count)
    assert workdays.left(day, end) == count
    assert count == 0 or workdays.is_workday(end)


@given(DAYS, COUNTS, st.integers(0, 200))
def test_a_light_never_goes_back(day: date, count: int, hours: int) -> None:
    """As time passes it is green, then yellow, then red."""
    begun = datetime(day.year, day.month, day.day, 9, tzinfo=BEIJING)
    due = workdays.after(day, count)
    order = [Light.GREEN, Light.YELLOW, Light.RED]
    now = begun + timedelta(hours=hours)
    lights = [light(begun, due, at) for at in (now, now + timedelta(hours=5))]
    assert order.index(lights[0]) <= order.index(lights[1])
    assert (lights[1] is Light.RED) == ((now + timedelta(hours=5)).date() > due)


def test_near_is_a_fifth_of_the_time_or_one_working_day() -> None:
    """Of twenty working days the last four are near; of two the last one."""
    begun = datetime(2026, 11, 2, 9, tzinfo=BEIJING)
    long, short = workdays.after(begun.date(), 20), workdays.after(begun.date(), 2)
    assert long == date(2026, 11, 30)
    assert light(begun, long, datetime(2026, 11, 23, 9, tzinfo=BEIJING)) is Light.GREEN
    assert light(begun, long, datetime(2026, 11, 25, 9, tzinfo=BEIJING)) is Light.YELLOW
    assert light(begun, short, begun) is Light.GREEN
    assert light(begun, short, begun + timedelta(days=1)) is Light.YELLOW
