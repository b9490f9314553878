"""What an item asks: fields and repeating groups, with plain rules a screen can explain.

A field's `key` is its meaning: two items of a bundle that ask for the same key ask once.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field as Setting

from kiosk.core.catalogue.text import Entry, Text

Key = Annotated[str, Setting(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$", max_length=64)]


class FieldKind(StrEnum):
    """How a question is answered, and so what the screen offers for it."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    YES_NO = "yes_no"
    DATE = "date"  # ISO 8601
    AMOUNT = "amount"  # yuan, up to two decimals
    NUMBER = "number"  # whole
    PHONE = "phone"
    ID_NUMBER = "id_number"  # GB 11643, with its check character
    CREDIT_CODE = "credit_code"  # GB 32100, with its check character
    ADDRESS = "address"  # region by region, then the rest as text


class Choice(Entry):
    """One possible answer; its code is what is sent."""

    code: Annotated[str, Setting(pattern=r"^[a-z0-9_-]{1,32}$")]
    label: Text


class When(Entry):
    """Asked, or needed, only where another answer is one of these."""

    key: Key
    among: Annotated[tuple[str, ...], Setting(min_length=1)]


class Field(Entry):
    """One question.

    `least` and `most` bound an AMOUNT or a NUMBER; a DATE lies between `days_back` before and
    `days_ahead` after today where those are given. `shared` names the record from which data
    sharing fills it.
    """

    kind: FieldKind
    key: Key
    label: Text
    hint: Text | None = None
    required: bool = True
    choices: tuple[Choice, ...] = ()
    longest: Annotated[int, Setting(ge=1, le=1000)] = 100
    least: int | None = None
    most: int | None = None
    days_back: Annotated[int, Setting(ge=0)] | None = None
    days_ahead: Annotated[int, Setting(ge=0)] | None = None
    shared: Key | None = None
    when: When | None = None


class Group(Entry):
    """Questions that are asked again for each of several: children, family members, employees.

    The answers' keys are `key[0].field`, `key[1].field` and so on; `label` asks how many there
    are, `one` names one of them.
    """

    kind: Literal["group"] = "group"
    key: Key
    label: Text
    one: Text
    fields: Annotated[tuple[Field, ...], Setting(min_length=1)]
    at_least: Annotated[int, Setting(ge=0, le=20)] = 1
    at_most: Annotated[int, Setting(ge=1, le=20)] = 5
    when: When | None = None


Question = Field | Group
