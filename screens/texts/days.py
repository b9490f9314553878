"""Days and moments as people say them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from kiosk.core.legal_time import BEIJING
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
SHORT_WEEKDAYS: Final = (
    N_("Mon"),
    N_("Tue"),
    N_("Wed"),
    N_("Thu"),
    N_("Fri"),
    N_("Sat"),
    N_("Sun"),
)
MONTHS: Final = (
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


def day(date_: date, say: Say, this_year: int | None = None) -> str:
    """A date as people say it: 11月23日 星期一, Monday, 23 November.

    With `this_year`, one of another year names its own.
    """
    sentence = say("{weekday}, {day} {month}", **_parts(date_, say))
    if this_year in {None, date_.year}:
        return sentence
    return say("{weekday}, {day} {month} {year}", year=date_.year, **_parts(date_, say))


def birthday(date_: date, say: Say) -> str:
    """A date that may be long ago, to be compared with a document: its year, no weekday."""
    return say("{day} {month} {year}", year=date_.year, **_parts(date_, say))


def told_day(iso: str, say: Say) -> str:
    """A day of a view (ISO 8601) as it is said today."""
    return day(date.fromisoformat(iso), say, _this_year())


def told_moment(iso: str, say: Say) -> str:
    """A moment of a view (ISO 8601) as it is said today, by the country's time."""
    moment = datetime.fromisoformat(iso).astimezone(BEIJING)
    return f"{day(moment.date(), say, _this_year())}  {moment:%H:%M}"


def _this_year() -> int:
    return datetime.now(BEIJING).year


def _parts(date_: date, say: Say) -> dict[str, object]:
    return {
        "weekday": say(_WEEKDAYS[date_.weekday()]),
        "day": date_.day,
        "month": say(MONTHS[date_.month - 1]),
    }
