"""How a date is picked with a few taps: some years, a year, a month, a day.

A date that is picked in part is the beginning of its ISO 8601 text, as one that is typed in part:
"194" is picked with the 1940s. What is picked next follows from that text alone.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Self

MOST_YEARS: Final = 12  # years, or decades, from which one is picked at a glance
AHEAD: Final = 10  # years that can be picked from today on, where a question says nothing
_BEGUN: Final = re.compile(r"[0-9]{3}|[0-9]{4}|[0-9]{4}-(0[1-9]|1[0-2])")


class Part(StrEnum):
    """What is picked of a date."""

    DECADE = "decade"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Span:
    """The days that can be picked, from the first to the last."""

    first: date
    last: date

    @classmethod
    def between(cls, bounds: tuple[str, str] | None, today: date) -> Self:
        """The days a question allows (ISO 8601, "" for no bound).

        Only as many decades can be picked as have room; what was before them is typed.
        """
        least, most = bounds or ("", "")
        last = date.fromisoformat(most) if most else date(today.year + AHEAD, 12, 31)
        earliest = date((last.year // 10 - MOST_YEARS + 1) * 10, 1, 1)
        first = max(date.fromisoformat(least), earliest) if least else earliest
        return cls(first, last)

    def holds(self, begun: str) -> bool:
        """Whether a day that begins so can be picked."""
        least, most = (day.isoformat()[: len(begun)] for day in (self.first, self.last))
        return least <= begun <= most

    @property
    def is_long(self) -> bool:
        """Whether there are too many years to pick one at a glance."""
        return self.last.year - self.first.year >= MOST_YEARS


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to pick: the date as far as it goes then, and whether such a day is allowed."""

    begun: str
    allowed: bool


@dataclass(frozen=True, slots=True)
class Step:
    """What is picked next of a date that was `begun`; `back` is the date one step before."""

    part: Part
    begun: str
    choices: tuple[Choice, ...]
    back: str | None


def step(text: str, span: Span) -> Step:
    """What is picked next, after a text that was picked, typed, or fetched.

    Where only one thing can be picked, that counts as picked.
    """
    begun = _onward(_begun(text, span), span)
    shorter = [begun[:end] for end in _ends(span) if end < len(begun)]
    back = next((one for one in reversed(shorter) if _onward(one, span) == one), None)
    return Step(_part(begun, span), begun, _choices(begun, span), back)


def weekday_of_first(month: str) -> int:
    """On which day of the week a month ("2026-11") begins: 0 is Monday."""
    return date.fromisoformat(f"{month}-01").weekday()


def _ends(span: Span) -> tuple[int, ...]:
    """The lengths of texts after which something is picked."""
    return (0, 3, 4, 7) if span.is_long else (0, 4, 7)


def _begun(text: str, span: Span) -> str:
    """As much of a text as leads to a day that can be picked."""
    for end in reversed(_ends(span)):
        if _BEGUN.fullmatch(text[:end]) and span.holds(text[:end]):
            return text[:end]
    return ""


def _onward(begun: str, span: Span) -> str:
    """The same after what leaves no choice; a day is always picked."""
    while _part(begun, span) is not Part.DAY:
        allowed = [choice.begun for choice in _choices(begun, span) if choice.allowed]
        if len(allowed) != 1:
            break
        begun = allowed[0]
    return begun


def _part(begun: str, span: Span) -> Part:
    match len(begun):
        case 0:
            return Part.DECADE if span.is_long else Part.YEAR
        case 3:
            return Part.YEAR
        case 4:
            return Part.MONTH
        case _:
            return Part.DAY


def _choices(begun: str, span: Span) -> tuple[Choice, ...]:
    return tuple(Choice(one, span.holds(one)) for one in _all(begun, span))


def _all(begun: str, span: Span) -> list[str]:
    """Everything that may follow, each as the beginning of a date."""
    first, last = span.first.year, span.last.year
    match _part(begun, span):
        case Part.DECADE:
            return [f"{decade:03}" for decade in range(first // 10, last // 10 + 1)]
        case Part.YEAR if begun:
            return [f"{begun}{year}" for year in range(10)]
        case Part.YEAR:
            return [f"{year:04}" for year in range(first, last + 1)]
        case Part.MONTH:
            return [f"{begun}-{month:02}" for month in range(1, 13)]
        case Part.DAY:
            year, month = map(int, begun.split("-"))
            return [f"{begun}-{day:02}" for day in range(1, monthrange(year, month)[1] + 1)]
