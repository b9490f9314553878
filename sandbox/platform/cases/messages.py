"""What terminals ask of cases, and what they are told."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from kiosk.core.cases import CaseState, Light
from sandbox.platform.complaints.messages import ComplaintCase
from sandbox.platform.messages import (
    Code,
    Day,
    Message,
    Moment,
    Owed,
    Person,
    Provided,
    Request,
    Text,
    Wish,
)


class FindAffairs(Request):
    """What has become of what somebody asked for: by person, or by the number of a case alone."""

    person: Person | None
    number: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{0,64}$")] = Field(
        default="", description='"": everything of the person'
    )


class Mark(Message):
    """One thing that happened to a case."""

    at: Moment
    what: Text


class Case(Message):
    """One case as its applicant may see it."""

    number: Code
    name: Text
    state: CaseState
    light: Light = Field(description="电子监察: how it stands against its promised day")
    filed_on: Day
    promised_on: Day
    statutory_on: Day
    department: Text
    timeline: tuple[Mark, ...]
    owed: tuple[Owed, ...] = ()
    certificate: Code | None = Field(default=None, description="null too for asking by number")


class Affairs(Message):
    """Cases, newest first, and complaints, newest first."""

    cases: tuple[Case, ...]
    complaints: tuple[ComplaintCase, ...]


class Supplement(Wish):
    """What was owed to a case, handed in."""

    case_number: Code
    applicant: Person
    materials: tuple[Provided, ...] = Field(min_length=1, max_length=50)
