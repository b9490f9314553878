"""Whose affairs somebody may see to, by the records themselves.

Who only says so, or brings a letter, is heard too, but by somebody who looks at it: nothing of the
other is told to them or issued to them meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.core.catalogue import Audience
from kiosk.core.identity import Authority
from sandbox import records
from sandbox.platform.messages import Person, Principal
from sandbox.platform.office import Office
from sandbox.platform.people import ADULT, years_since

TIES: Mapping[Authority, tuple[str, ...]] = {
    Authority.FAMILY: ("marriage.spouse_id",),
    Authority.GUARDIAN: ("parents.father_id", "parents.mother_id"),
}
"""By each right, the records of somebody that name who has it."""


def on_record(office: Office, person: Person, principal: Principal) -> bool:
    """Whether the person is what they say they are to whom they act for.

    Husband or wife; father or mother until the child is of age; an enterprise's own representative.
    """
    if principal.kind is Audience.ENTERPRISE:
        enterprise = records.enterprise(principal.number)
        return enterprise is not None and enterprise.represented_by(person.id_number)
    other = office.resident(principal.number)
    if other is None or other.card.name.reveal() != principal.name:
        return False
    of_age = years_since(other.card.birth_date, office.today()) >= ADULT
    if principal.authority is Authority.GUARDIAN and of_age:
        return False
    known = records.of(other)
    return person.id_number in {known.get(one) for one in TIES.get(principal.authority, ())}
