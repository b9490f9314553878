"""Supervision of time (电子监察): yellow when little is left, red when it is over."""

from __future__ import annotations

from datetime import date, datetime, time

from kiosk.core.cases import Light
from kiosk.core.legal_time import BEIJING
from sandbox.platform import workdays

CLOSING = time(18, 0)
LITTLE = 0.2  # of the time


def end_of(day: date) -> datetime:
    """When offices close on a day, in Beijing."""
    return datetime.combine(day, CLOSING, BEIJING)


def light(begun: datetime, due_on: date, now: datetime) -> Light:
    """How something undecided stands against the day by which it is due.

    Near is a fifth of the time left, or one working day.
    """
    due = end_of(due_on)
    if now.date() > due_on:
        return Light.RED
    near = workdays.left(now.date(), due_on) <= 1 or due - now <= LITTLE * (due - begun)
    return Light.YELLOW if near else Light.GREEN
