"""People as a visit knows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from drivers.device import CardKind, Personal, Sex


@dataclass(frozen=True, slots=True)
class Person:
    """Who stands at the terminal, as their document says; forgotten when the visit ends."""

    name: Personal
    id_number: Personal
    sex: Sex
    birth_date: date
    document: CardKind
    valid_until: date | None
    address: Personal | None = None

    def __repr__(self) -> str:
        return "<person>"


def masked_id(number: Personal) -> str:
    """An ID number as a screen or a receipt shows it: region and last four (990000********1234)."""
    return number.masked(head=6, tail=4)


def masked_name(name: Personal) -> str:
    """A name as a receipt may show it: the first character only (王**)."""
    return name.masked(head=1)
