"""Whether somebody at a terminal is who the district's records say."""

from __future__ import annotations

from sandbox.platform.messages import Person
from sandbox.platform.office import Office
from sandbox.residents import Resident


def known(office: Office, person: Person) -> Resident | None:
    """The resident of that number, name and birth date; None of a stranger, or of no such one."""
    resident = office.resident(person.id_number)
    if resident is None:
        return None
    card = resident.card
    same = (card.name.reveal(), card.birth_date) == (person.name, person.birth_date)
    return resident if same else None
