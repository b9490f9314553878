"""A case goes on by itself as time passes, and never back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.cases import CaseState, Light
from kiosk.core.legal_time import BEIJING
from sandbox.platform import workdays
from sandbox.platform.cases import course
from sandbox.platform.cases.course import Course, Debt, Fate
from sandbox.platform.lights import end_of

FILED = datetime(2026, 11, 2, 9, tzinfo=BEIJING)
PROMISED = workdays.after(FILED.date(), 20)
OWED = workdays.after(FILED.date(), 5)


def at(share: float) -> datetime:
    """When so much of the promised time is over."""
    return FILED + share * (end_of(PROMISED) - FILED)


@pytest.mark.parametrize(
    ("share", "state"),
    [
        (0, CaseState.ACCEPTED),
        (0.3, CaseState.REVIEW),
        (0.8, CaseState.APPROVED),
        (0.95, CaseState.DONE),
    ],
)
def test_a_case_is_done_within_its_promised_time(share: float, state: CaseState) -> None:
    """Accepted, looked at, approved and done, each after a part of the time."""
    usual = Course(FILED, PROMISED)
    assert course.state_of(usual, at(share)) is state
    decided = state in {CaseState.APPROVED, CaseState.DONE}
    assert (course.light_of(usual, at(share)) is Light.NONE) == decided


def test_what_nobody_decides_goes_over_its_day() -> None:
    """A stalled case is yellow near its day and red after it; it is not decided."""
    stalled = Course(FILED, PROMISED, fate=Fate.STALLED)
    over = end_of(PROMISED) + timedelta(days=1)
    assert course.light_of(stalled, at(0.5)) is Light.GREEN
    assert course.light_of(stalled, at(0.9)) is Light.YELLOW
    assert course.light_of(stalled, over) is Light.RED
    assert course.state_of(stalled, over) is CaseState.REVIEW


def test_a_case_may_be_decided_against() -> None:
    """A rejected one is never done."""
    rejected = Course(FILED, PROMISED, fate=Fate.REJECTED)
    assert course.state_of(rejected, at(2)) is CaseState.REJECTED
    assert course.light_of(rejected, at(2)) is Light.NONE


def test_nothing_is_decided_while_something_is_owed() -> None:
    """Owed too long it waits for a supplement; after the grace it is taken as withdrawn."""
    owing = Course(FILED, PROMISED, (Debt(OWED),))
    gone = end_of(workdays.after(OWED, owing.grace))
    assert course.state_of(owing, end_of(OWED) - timedelta(minutes=1)) is CaseState.REVIEW
    assert course.state_of(owing, end_of(OWED)) is CaseState.SUPPLEMENT
    assert course.state_of(owing, gone) is CaseState.WITHDRAWN
    assert course.state_of(owing, at(9)) is CaseState.WITHDRAWN
    assert course.steps(owing, at(9))[-1].at == gone


def test_what_comes_late_is_taken_and_the_case_goes_on() -> None:
    """A supplement ends the waiting, and the case is done by its day all the same."""
    came = end_of(OWED) + timedelta(days=1)
    supplied = Course(FILED, PROMISED, (Debt(OWED, came),))
    assert course.state_of(supplied, came - timedelta(minutes=1)) is CaseState.SUPPLEMENT
    assert course.state_of(supplied, came) is CaseState.REVIEW
    assert course.state_of(supplied, at(1)) is CaseState.DONE


def test_a_case_without_wait_is_done_when_filed() -> None:
    """What is decided at once has no light."""
    at_once = Course(FILED, FILED.date(), at_once=True)
    assert course.state_of(at_once, FILED) is CaseState.DONE
    assert course.light_of(at_once, FILED) is Light.NONE


HOURS = st.integers(0, 24 * 90)
DEBTS = st.lists(
    st.builds(
        Debt,
        st.dates(date(2026, 11, 3), date(2026, 12, 1)),
        st.none() | HOURS.map(lambda hours: FILED + timedelta(hours=hours)),
    ),
    max_size=3,
).map(tuple)
FINAL = {CaseState.DONE, CaseState.REJECTED, CaseState.WITHDRAWN}


@given(DEBTS, st.sampled_from(Fate), HOURS, HOURS)
def test_time_adds_to_a_case_and_takes_nothing_away(
    debts: tuple[Debt, ...], fate: Fate, first: int, more: int
) -> None:
    """Whatever is owed and whenever it comes: what has happened stays, what is final is final."""
    case = Course(FILED, PROMISED, debts, fate)
    now, later = FILED + timedelta(hours=first), FILED + timedelta(hours=first + more)
    before, after = course.steps(case, now), course.steps(case, later)
    assert before
    assert after[: len(before)] == before
    assert [step.at for step in after] == sorted(step.at for step in after)
    assert all(step.at <= later for step in after)
    state = course.state_of(case, now)
    assert state not in FINAL or course.state_of(case, later) is state
