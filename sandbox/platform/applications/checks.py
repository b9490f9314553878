"""Everything an application is checked for anew, by the catalogue and the records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.core import matter as matters
from kiosk.core.cases import Way
from kiosk.core.catalogue import Audience, Reach
from kiosk.core.identity import Authority
from kiosk.core.legal_time import BEIJING
from kiosk.core.matter import Matter
from sandbox import records
from sandbox.platform import refusals, ties
from sandbox.platform.applications import delivery, form, papers
from sandbox.platform.applications.messages import Application
from sandbox.platform.messages import Person, Principal, Text
from sandbox.platform.office import Office
from sandbox.platform.people import ADULT, years_since
from sandbox.platform.registry import Transaction

_SIGNATURE = Text(zh="您的签名", en="Your signature")
_REGION = Text(zh="由哪里办理", en="Which place is to handle it")


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom an application is about: the applicant, or for whom they act.

    `proven` says that it is themselves, or that the records show the tie between the two.
    """

    name: str
    number: str
    proven: bool = True


def matter_of(office: Office, application: Application) -> Matter:
    """What is applied for; RefusalError when it, or a part of it, is not offered (any more)."""
    matter = matters.find(office.catalogue, application.code)
    if matter is None or {item.code for item in matter.items} != set(application.items):
        raise refusals.item_withdrawn()
    return matter


def check_person(office: Office, person: Person) -> None:
    """That a document counts and says what is on record, where somebody is on record."""
    if person.valid_until is not None and person.valid_until < office.today():
        raise refusals.document_expired()
    resident = office.resident(person.id_number)
    if resident is None:
        return
    card = resident.card
    if (person.name, person.birth_date) != (card.name.reveal(), card.birth_date):
        raise refusals.identity_mismatch()


def subject_of(office: Office, application: Application, matter: Matter) -> Subject:
    """Whom it is about; RefusalError when the applicant may not act so."""
    applicant, principal = application.applicant, application.principal
    years = years_since(applicant.birth_date, office.today())
    if principal is None:
        if matter.for_enterprises_only:
            raise refusals.not_entitled(
                "这件事由企业办理，请写明替哪家企业办。",
                "Businesses apply for this. Please say for which one you act.",
            )
        if years < matter.youngest:
            raise refusals.underage(matter.youngest)
        return Subject(applicant.name, applicant.id_number)
    if years < ADULT:
        raise refusals.underage(ADULT)
    _check_principal(office, applicant, principal, matter)
    enterprise = records.enterprise(principal.number)
    name = enterprise.name if enterprise else principal.name
    return Subject(name, principal.number, ties.on_record(office, applicant, principal))


def check_answers(application: Application, matter: Matter, office: Office) -> None:
    """That every question that applies has an answer that can be taken."""
    said, day = application.answers, asked_on(application, office)
    wrong = form.wrong(matter.form, said, day) + delivery.wrong(matter, said, day)
    if wrong:
        raise refusals.incomplete([Text.of(label) for label in wrong])


def take_papers(
    office: Office, transaction: Transaction, application: Application, matter: Matter
) -> None:
    """Takes every paper that applies, if it is there and serves and what needs it is signed."""
    principal = application.principal
    brought = {one.material: one for one in application.materials}
    entrusted = principal is not None and principal.authority is Authority.ENTRUSTED
    needed = papers.needed(
        matter, application.answers, application.commitments, entrusted=entrusted
    )
    holders = (application.applicant.id_number, *((principal.number,) if principal else ()))
    papers.Papers(office, transaction, holders).take(needed, brought)
    deferred = any(brought[m.code].way is Way.LATER for m in needed if m.code in brought)
    to_sign = matter.signature or application.commitments or deferred
    signed = application.signature is not None and bool(application.signature.strokes)
    if to_sign and not (signed or application.declared):
        raise refusals.incomplete([_SIGNATURE])


def check_region(office: Office, application: Application, matter: Matter) -> None:
    """That the region chosen to decide is one of those that may."""
    chosen = application.decided_in
    roots = [region.code for region in office.catalogue.inside(None)]
    if chosen is None or (roots and chosen == roots[0]):
        return
    if matter.reach is Reach.DISTRICT or chosen not in roots:
        raise refusals.incomplete([_REGION])


def asked_on(application: Application, office: Office) -> date:
    """The day on which the resident asked, by which their answers count; never one to come."""
    return min(application.made_at.astimezone(BEIJING).date(), office.today())


def _check_principal(
    office: Office, applicant: Person, principal: Principal, matter: Matter
) -> None:
    allowed = principal.kind in matter.agents or (
        principal.kind is Audience.ENTERPRISE and matter.for_enterprises_only
    )
    if not allowed:
        raise refusals.not_entitled(
            "这件事要由本人办理，不能代办。", "You have to apply for this yourself."
        )
    if principal.kind is Audience.ENTERPRISE:
        _check_enterprise(applicant, principal)
        return
    resident = office.resident(principal.number)
    if resident and principal.name != resident.card.name.reveal():
        raise refusals.identity_mismatch()


def _check_enterprise(applicant: Person, principal: Principal) -> None:
    """The code tells which one it is; what it is called is on record."""
    enterprise = records.enterprise(principal.number)
    if enterprise is None:
        raise refusals.not_entitled(
            "没有查到这家企业，请核对统一社会信用代码。",
            "No such business was found. Please check its unified social credit code.",
        )
    own = enterprise.represented_by(applicant.id_number)
    if principal.authority is Authority.LEGAL_REPRESENTATIVE and not own:
        raise refusals.not_entitled(
            "您不是这家企业登记的法定代表人或经营者。",
            "You are not on record as its legal representative or owner.",
        )
