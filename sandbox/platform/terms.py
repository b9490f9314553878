"""What differs from place to place: terms, in working days."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of the sandbox's district.

    `complaint` is for the reply, `rectification` for what follows a bad rating, `grace` for
    whoever did not hand in in time what they owed.
    """

    complaint: int = 15
    rectification: int = 5
    grace: int = 5
