"""A date is picked with a few taps, whatever days are allowed and whatever was typed before."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import assume, example, given
from hypothesis import strategies as st

from screens.dates import MOST_YEARS, Part, Span, Step, step, weekday_of_first

TODAY = date(2026, 11, 25)
DAYS = st.dates(date(1880, 1, 1), date(2150, 12, 31))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """What questions allow: a bound, two, or none."""
    one, other = sorted((draw(DAYS), draw(DAYS)))
    least = one.isoformat() if draw(st.booleans()) else ""
    most = other.isoformat() if draw(st.booleans()) else ""
    assume(most or one <= date(2036, 12, 31))
    return Span.between((least, most), TODAY)


def walk(span: Span, day: date) -> list[Step]:
    """Pick a day: each step on the way there, until it is picked."""
    steps, text = [], ""
    while text != day.isoformat():
        steps.append(step(text, span))
        (text,) = (c.begun for c in steps[-1].choices if day.isoformat().startswith(c.begun))
    return steps


@given(spans(), st.data())
def test_every_allowed_day_is_picked_in_four_taps(span: Span, data: st.DataObject) -> None:
    """At most four choices lead to it, each of at most twelve but the day, and each allowed."""
    day = data.draw(st.dates(span.first, span.last))
    steps = walk(span, day)
    assert len(steps) <= 4
    for one in steps:
        assert one.part is Part.DAY or len(one.choices) <= MOST_YEARS
        assert all(c.allowed for c in one.choices if day.isoformat().startswith(c.begun))


@given(spans(), st.data())
def test_only_allowed_days_are_offered(span: Span, data: st.DataObject) -> None:
    """Days of a month are its own, each once and in order; allowed are those within the bounds."""
    day = data.draw(st.dates(span.first, span.last))
    last = walk(span, day)[-1]
    days = [date.fromisoformat(choice.begun) for choice in last.choices]
    assert days[0].day == 1
    assert (days[-1] + timedelta(days=1)).day == 1
    assert days == [days[0] + timedelta(days=n) for n in range(len(days))]
    assert [c.allowed for c in last.choices] == [span.first <= one <= span.last for one in days]
    assert weekday_of_first(last.begun) == days[0].weekday()


@given(spans(), st.text(alphabet="0123456789-", max_size=10) | st.dates().map(date.isoformat))
@example(Span(date(1900, 1, 1), TODAY), "2000-02-30")
def test_whatever_was_typed_there_is_something_to_pick(span: Span, text: str) -> None:
    """What makes no sense, or is out of bounds, is passed over; the way on is never closed."""
    one = step(text, span)
    assert any(choice.allowed for choice in one.choices)
    assert all(choice.begun.startswith(one.begun) for choice in one.choices)


@given(spans(), st.dates())
def test_the_way_back_leads_to_the_beginning(span: Span, day: date) -> None:
    """Each step back offers more than one thing to pick, and the last one is where one begins."""
    one = step(day.isoformat(), span)
    while one.back is not None:
        before = step(one.back, span)
        assert before.begun == one.back
        assert len([c for c in before.choices if c.allowed]) > 1
        one = before
    assert one == step("", span)


def test_a_leap_day_is_there_in_leap_years_alone() -> None:
    """2000 and 2024 have a 29 February, 1900 and 2026 have none."""
    span = Span(date(1900, 1, 1), date(2026, 12, 31))
    counts = {year: len(step(f"{year}-02", span).choices) for year in (1900, 2000, 2024, 2026)}
    assert counts == {1900: 28, 2000: 29, 2024: 29, 2026: 28}


def test_few_years_are_picked_without_decades() -> None:
    """A child born this year or last: two years, and in the last month only its days so far."""
    span = Span.between(("2025-12-01", "2026-11-25"), TODAY)
    first = step("", span)
    assert [c.begun for c in first.choices] == ["2025", "2026"]
    assert step("2025", span).begun == "2025-12"  # no other month is allowed
    assert [c.allowed for c in step("2026-11", span).choices] == [True] * 25 + [False] * 5


def test_a_birthday_of_long_ago_begins_with_its_decade() -> None:
    """Eighty years and more are in sight as decades, then as the ten years of one."""
    span = Span.between(None, TODAY)
    assert [c.begun for c in step("", span).choices] == [f"{d}" for d in range(192, 204)]
    assert [c.begun for c in step("194", span).choices] == [f"194{y}" for y in range(10)]
    assert step("1946", span).back == "194"
