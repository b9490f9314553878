"""Which steps a service item needs, derived from its own facts: a new item is data, not code."""

from __future__ import annotations

from enum import StrEnum

from kiosk.core.catalogue import IdentityLevel, ServiceItem


class Step(StrEnum):
    """One thing a resident does, in the order in which the steps are listed here."""

    NOTICE = "notice"  # 一次告知: everything is told once, before starting
    IDENTIFY = "identify"
    REVIEW = "review"
    SUBMIT = "submit"
    RESULT = "result"
    RATING = "rating"


def flow(item: ServiceItem) -> tuple[Step, ...]:
    """The steps of one item, first to last."""
    needed = {
        Step.NOTICE: True,
        Step.IDENTIFY: item.identity is not IdentityLevel.NONE,
        Step.REVIEW: item.identity is not IdentityLevel.NONE,
        Step.SUBMIT: True,
        Step.RESULT: True,
        Step.RATING: item.rated,
    }
    return tuple(step for step in Step if needed[step])


def after(item: ServiceItem, step: Step) -> Step | None:
    """The step that follows `step` in the item's flow, or None at its end."""
    steps = flow(item)
    position = steps.index(step) + 1
    return steps[position] if position < len(steps) else None
