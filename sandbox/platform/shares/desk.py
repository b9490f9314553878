"""Shares what departments know, as far as an item asks for it and the resident agrees.

Nothing is shared without consent, nothing that the item does not name, and nobody's records with
somebody who only says that they act for them: the records themselves must show it. What is told is
logged (个人信息保护法): who asked, of whom, what, for which item.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from drivers.device import Personal
from kiosk.core import matter as matters
from kiosk.core.catalogue import Audience, Field, Question
from kiosk.core.identity import Authority, masked_id
from kiosk.core.matter import Matter
from sandbox import records
from sandbox.platform import people
from sandbox.platform.applications.checks import ADULT, years_since
from sandbox.platform.certificates import desk as certificates
from sandbox.platform.drafts import desk as drafts
from sandbox.platform.messages import HeldCertificate, Person, Principal
from sandbox.platform.office import Office
from sandbox.platform.registry import Transaction
from sandbox.platform.shares.messages import Disclosure, Share, Shared
from sandbox.residents import Resident

SCHEMA = """
CREATE TABLE IF NOT EXISTS disclosure (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    code TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    about TEXT NOT NULL,
    keys TEXT NOT NULL,
    certificates TEXT NOT NULL
) STRICT;
"""

TIES: Mapping[Authority, tuple[str, ...]] = {
    Authority.FAMILY: ("marriage.spouse_id",),
    Authority.GUARDIAN: ("parents.father_id", "parents.mother_id"),
}
"""By each right, the records of somebody that name who has it."""

ENTERPRISES_OWN = frozenset({"business_licence"})  # kinds of e-certificates


@dataclass(frozen=True, slots=True)
class Subject:
    """Of whom something is told; `kinds` are the e-certificates that are theirs, None all."""

    number: str
    holder: str
    records: Mapping[str, str]
    kinds: frozenset[str] | None = None


def share(office: Office, transaction: Transaction, request: Share) -> Shared:
    """What is known of the person or of whom they act for; without consent their draft alone."""
    draft = drafts.newest(office, transaction, request.person, request.code)
    matter = matters.find(office.catalogue, request.code)
    subject = _subject(office, request.person, request.principal)
    if not request.consent or matter is None or subject is None:
        return Shared(answers={}, draft=draft)
    names = _named_by(matter).intersection(request.keys)
    answers = {name: subject.records[name] for name in sorted(names) if subject.records.get(name)}
    held = _held(transaction, matter, subject, request.certificates)
    shared = Shared(answers=answers, certificates=held, draft=draft)
    _log(office, transaction, request, subject.number, shared)
    return shared


def disclosures(transaction: Transaction) -> tuple[Disclosure, ...]:
    """The log, the newest first."""
    query = "SELECT at, code, asked_by, about, keys, certificates FROM disclosure ORDER BY id DESC"
    return tuple(
        Disclosure(
            at=at,
            code=code,
            asked_by=masked_id(Personal(asked_by)),
            about=masked_id(Personal(about)),
            keys=tuple(json.loads(keys)),
            certificates=tuple(json.loads(kinds)),
        )
        for at, code, asked_by, about, keys, kinds in transaction.all(query)
    )


def _subject(office: Office, person: Person, principal: Principal | None) -> Subject | None:
    """Of whom the person may be told; None where the records do not show it."""
    resident = people.known(office, person)
    if resident is None:
        return None
    if principal is None:
        return Subject(person.id_number, person.id_number, records.of(resident))
    if principal.kind is Audience.ENTERPRISE:
        return _enterprise(resident, principal)
    return _relative(office, person, principal)


def _enterprise(resident: Resident, principal: Principal) -> Subject | None:
    """The enterprise of its own legal representative."""
    enterprise = records.enterprise(principal.number)
    if enterprise is None or enterprise.legal_person is not resident:
        return None
    holder = resident.card.id_number.reveal()
    return Subject(principal.number, holder, enterprise.records, ENTERPRISES_OWN)


def _relative(office: Office, person: Person, principal: Principal) -> Subject | None:
    """Husband, wife or child under age: ties that are on record; a letter is looked at later."""
    other = office.resident(principal.number)
    if other is None or other.card.name.reveal() != principal.name:
        return None
    of_age = years_since(other.card.birth_date, office.today()) >= ADULT
    if principal.authority is Authority.GUARDIAN and of_age:
        return None
    known = records.of(other)
    named = {known.get(record) for record in TIES.get(principal.authority, ())}
    return Subject(principal.number, principal.number, known) if person.id_number in named else None


def _named_by(matter: Matter) -> set[str]:
    """The `shared` names of everything that the matter asks."""
    return {field.shared for field in _fields(matter.form) if field.shared}


def _fields(form: tuple[Question, ...]) -> list[Field]:
    """The questions, those of groups among them."""
    return [
        field
        for question in form
        for field in ((question,) if isinstance(question, Field) else question.fields)
    ]


def _held(
    transaction: Transaction, matter: Matter, subject: Subject, asked: tuple[str, ...]
) -> tuple[HeldCertificate, ...]:
    kinds = {material.certificate for material in matter.materials}.intersection(asked)
    if subject.kinds is not None:
        kinds &= subject.kinds
    return tuple(one for one in certificates.held(transaction, subject.holder) if one.kind in kinds)


def _log(
    office: Office, transaction: Transaction, request: Share, about: str, shared: Shared
) -> None:
    values = (
        office.now().isoformat(),
        request.code,
        request.person.id_number,
        about,
        json.dumps(list(shared.answers)),
        json.dumps([one.number for one in shared.certificates]),
    )
    transaction.execute(
        "INSERT INTO disclosure (at, code, asked_by, about, keys, certificates)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        values,
    )
