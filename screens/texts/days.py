"""Days as people say them."""

from __future__ import annotations

from datetime import date
from typing import Final

from screens.words import N_, Say

_WEEKDAYS: Final = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
_MONTHS: Final = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)


def day(date_: date, say: Say) -> str:
    """A date as people say it: 11月23日 星期一, Monday, 23 November."""
    return say(
        "{weekday}, {day} {month}",
        weekday=say(_WEEKDAYS[date_.weekday()]),
        day=date_.day,
        month=say(_MONTHS[date_.month - 1]),
    )
