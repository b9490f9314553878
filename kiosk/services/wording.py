"""Days and texts as residents read them on paper."""

from __future__ import annotations

from datetime import date

from kiosk.core.catalogue import Language

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day(day: date, language: Language) -> str:
    """A day written out: 2026年11月23日, 23 November 2026."""
    match language:
        case Language.CHINESE:
            return f"{day.year}年{day.month}月{day.day}日"
        case Language.ENGLISH:
            return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
