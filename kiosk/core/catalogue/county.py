"""What a county tells and arranges for its people: announcements, and labels to find things by."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field as Setting

from kiosk.core.catalogue.text import Code, Entry, Text


class Announcement(Entry):
    """公告: one sentence for whoever passes, from its first to its last day, both included.

    `about` is the item, bundle or policy that a touch on it leads to.
    """

    code: Code
    text: Text
    first_day: date
    last_day: date
    about: Code | None = None

    def runs(self, today: date) -> bool:
        """Whether it has begun and is not over."""
        return self.first_day <= today <= self.last_day


class LabelIcon(StrEnum):
    """The pictures there are for labels: for whom, or what it is about."""

    PEOPLE = "people"
    ELDER = "elder"
    CHILD = "child"
    FAMILY = "family"
    STUDENT = "student"
    DISABILITY = "disability"
    WORKER = "worker"
    FARMER = "farmer"
    ENTERPRISE = "enterprise"
    VETERAN = "veteran"
    HEALTH = "health"
    HOUSE = "house"
    MONEY = "money"


class Label(Entry):
    """标签: items and bundles by whom they are for or what they are about, in this order."""

    code: Code
    name: Text
    summary: Text
    icon: LabelIcon
    offers: Annotated[tuple[Code, ...], Setting(min_length=1)]
