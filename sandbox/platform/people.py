"""Who somebody at a terminal is by the district's records, and how old."""

from __future__ import annotations

from datetime import date

from sandbox.platform.messages import Person
from sandbox.platform.office import Office
from sandbox.residents import Resident

ADULT = 18


def known(office: Office, person: Person) -> Resident | None:
    """The resident of that number, name and birth date; None of a stranger, or of no such one."""
    resident = office.resident(person.id_number)
    if resident is None:
        return None
    card = resident.card
    same = (card.name.reveal(), card.birth_date) == (person.name, person.birth_date)
    return resident if same else None


def years_since(born: date, today: date) -> int:
    """Years completed."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
