"""How a case goes on as time passes: its state, its light and what happened to it.

Nothing is remembered but what came in: the rest follows from the time, so that a jump of the clock
shows at once where a case is then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kiosk.core.cases import CaseState, Light
from sandbox.platform import workdays
from sandbox.platform.lights import end_of, light
from sandbox.platform.messages import Text


class Fate(StrEnum):
    """What whoever plays with the platform has become of a case."""

    USUAL = "usual"  # approved and done before its day
    STALLED = "stalled"  # nobody decides: it goes over its day
    REJECTED = "rejected"  # decided against


# The part of the promised time after which each begins.
REVIEW, APPROVAL, DONE = 0.25, 0.75, 0.9


@dataclass(frozen=True, slots=True)
class Debt:
    """One material that may follow: until when, and when it came."""

    until: date
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """What came in of a case. `grace` is the term, in working days, for what is owed too long."""

    filed_at: datetime
    promised_on: date
    debts: tuple[Debt, ...] = ()
    fate: Fate = Fate.USUAL
    at_once: bool = False
    grace: int = 5


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened."""

    at: datetime
    what: Text


_FILED = Text(zh="已收到您的申请", en="Your application was received")
_ACCEPTED = Text(zh="已受理", en="Accepted")
_REVIEW = Text(zh="正在审查", en="Under review")
_APPROVED = Text(zh="审批通过", en="Approved")
_REJECTED = Text(zh="审批未通过，工作人员会联系您", en="Not approved; the office will call you")
_DONE = Text(zh="已办结", en="Done")
_RECEIVED = Text(zh="补交的材料已收到", en="What you owed was received")
_OVERDUE = Text(
    zh="容缺材料没有按时补交，请尽快补交", en="What you owe is overdue; please hand it in soon"
)
_WITHDRAWN = Text(
    zh="逾期没有补交材料，按撤回申请处理", en="Taken as withdrawn: what you owe did not come"
)

DECIDED = (CaseState.APPROVED, CaseState.REJECTED, CaseState.DONE, CaseState.WITHDRAWN)


def state_of(course: Course, now: datetime) -> CaseState:
    """Where the case is."""
    withdrawn_at = _withdrawn_at(course)
    if withdrawn_at is not None and withdrawn_at <= now:
        return CaseState.WITHDRAWN
    if course.at_once:
        return CaseState.DONE
    if any(_overdue(debt) <= now and not _came(debt, now) for debt in course.debts):
        return CaseState.SUPPLEMENT
    for decided_at, _, state in reversed(_decisions(course)):
        if decided_at <= now:
            return state
    return CaseState.REVIEW if _share(course, REVIEW) <= now else CaseState.ACCEPTED


def steps(course: Course, now: datetime) -> tuple[Step, ...]:
    """What has happened by now, in order; never empty."""
    end = _withdrawn_at(course)
    happened = (s for s in _all(course) if s.at <= now and (end is None or s.at <= end))
    return tuple(sorted(happened, key=lambda step: step.at))


def light_of(course: Course, now: datetime) -> Light:
    """How it stands against its promised day; NONE once it is decided."""
    if state_of(course, now) in DECIDED:
        return Light.NONE
    return light(course.filed_at, course.promised_on, now)


def _all(course: Course) -> Iterator[Step]:
    """Everything that will happen if nothing more comes in."""
    yield Step(course.filed_at, _FILED)
    yield Step(course.filed_at, _ACCEPTED)
    if course.at_once:
        yield Step(course.filed_at, _DONE)
        return
    yield Step(_share(course, REVIEW), _REVIEW)
    for debt in course.debts:
        if not _came(debt, _overdue(debt)):
            yield Step(_overdue(debt), _OVERDUE)
        if debt.received_at is not None:
            yield Step(debt.received_at, _RECEIVED)
    yield from (Step(at, what) for at, what, _ in _decisions(course))
    if withdrawn_at := _withdrawn_at(course):
        yield Step(withdrawn_at, _WITHDRAWN)


def _decisions(course: Course) -> list[tuple[datetime, Text, CaseState]]:
    """When it is decided, and how: nothing is while something is owed."""
    received = [debt.received_at for debt in course.debts]
    there = [at for at in received if at is not None]
    if course.fate is Fate.STALLED or len(there) < len(received):
        return []
    complete_at = max(there, default=course.filed_at)
    approval = max(complete_at, _share(course, APPROVAL))
    if course.fate is Fate.REJECTED:
        return [(approval, _REJECTED, CaseState.REJECTED)]
    done = max(complete_at, _share(course, DONE))
    return [(approval, _APPROVED, CaseState.APPROVED), (done, _DONE, CaseState.DONE)]


def _overdue(debt: Debt) -> datetime:
    return end_of(debt.until)


def _came(debt: Debt, by: datetime) -> bool:
    return debt.received_at is not None and debt.received_at <= by


def _withdrawn_at(course: Course) -> datetime | None:
    """When it is taken as withdrawn, unless what is owed comes before; None where it came."""
    owed = [debt.until for debt in course.debts if debt.received_at is None]
    return end_of(workdays.after(min(owed), course.grace)) if owed else None


def _share(course: Course, share: float) -> datetime:
    return course.filed_at + share * (end_of(course.promised_on) - course.filed_at)
