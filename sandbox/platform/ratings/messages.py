"""What residents say of how it was, and what follows."""

from __future__ import annotations

from pydantic import Field

from kiosk.core.cases import Light, Reason
from sandbox.platform.messages import Code, Day, Message, Wish


class Rating(Wish):
    """One of the five grades of 好差评 for one case: voluntary, one a case."""

    case_number: Code
    item_code: Code = Field(description="of what was applied for: the item's, or the bundle's")
    grade: int = Field(
        strict=True, ge=1, le=5, description="1 very dissatisfied … 5 very satisfied"
    )
    reasons: tuple[Reason, ...] = Field(default=(), max_length=len(Reason))


class Rectification(Message):
    """What a bad rating set going: somebody is called back, and what was wrong is put right."""

    case_number: Code
    grade: int
    reasons: tuple[Reason, ...]
    opened_on: Day
    due_on: Day
    light: Light
