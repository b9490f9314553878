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
from kiosk.core.catalogue import Field, Question
from kiosk.core.identity import masked_id
from kiosk.core.matter import Matter
from sandbox import records
from sandbox.platform import people, ties
from sandbox.platform.certificates import desk as certificates
from sandbox.platform.drafts import desk as drafts
from sandbox.platform.messages import HeldCertificate, Person, Principal
from sandbox.platform.office import Office
from sandbox.platform.registry import Transaction
from sandbox.platform.shares.messages import Disclosure, Share, Shared

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
    if not ties.on_record(office, person, principal):
        return None
    if enterprise := records.enterprise(principal.number):
        return Subject(principal.number, person.id_number, enterprise.records, ENTERPRISES_OWN)
    return Subject(principal.number, principal.number, office.records(principal.number))


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
