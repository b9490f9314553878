"""Days and moments as views hold them: ISO 8601."""

from __future__ import annotations

from datetime import date, datetime


def day(value: date | None) -> str:
    """A day; "" for none."""
    return value.isoformat() if value else ""


def moment(value: datetime) -> str:
    """A moment to the minute, in its own offset."""
    return value.isoformat(timespec="minutes")
