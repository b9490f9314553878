"""What terminals say and are told of complaints."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from kiosk.core.cases import Light
from sandbox.platform.messages import Code, Day, Line, Message, Person, Wish, Words


class Complaint(Wish):
    """有诉即办: anybody may say it; `about` is a case number, an item's code, or ""."""

    subject: Code
    words: Words
    phone: Annotated[Line, Field(max_length=30)] | None = None
    about: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{0,64}$")] = ""
    person: Person | None = None


class FollowUp(Wish):
    """What the resident says of the reply (回访)."""

    complaint: Code
    settled: bool = Field(strict=True)


class ComplaintCase(Message):
    """One complaint; `reply` once there is one, `settled` once the resident said so, or not."""

    number: Code
    filed_on: Day
    due_on: Day
    light: Light
    reply: Words | None = Field(
        default=None, description="null too where somebody else asks by number"
    )
    settled: bool | None = None
