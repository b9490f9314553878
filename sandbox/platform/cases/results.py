"""What a case comes to: once it is done there is an e-certificate of its result (四电)."""

from __future__ import annotations

from datetime import datetime

from kiosk.core.cases import CaseState
from kiosk.core.catalogue import ResultKind, ServiceItem
from sandbox import records
from sandbox.platform.applications import proofs
from sandbox.platform.applications.messages import Application
from sandbox.platform.cases import course, filing
from sandbox.platform.cases.filing import Filed
from sandbox.platform.certificates import desk as certificates
from sandbox.platform.messages import Fact, Text
from sandbox.platform.office import Office
from sandbox.platform.registry import Transaction

_ITEM = Text(zh="办理事项", en="Service")
_CASE = Text(zh="办件编号", en="Case")
_DECISION = Text(zh="办理结果", en="Decision")
_DONE_ON = Text(zh="办结日期", en="Done on")


def deliver(office: Office, id_number: str) -> None:
    """Issues the results of everything of somebody that is done by now, each of them once."""
    with office.registry.writing() as transaction:
        for case in filing.undelivered(transaction, id_number):
            item = office.catalogue.item(case.code)
            its = case.course(office.terms.grace)
            now = office.now()
            if item is not None and course.state_of(its, now) is CaseState.DONE:
                done_at = course.steps(its, now)[-1].at
                _deliver(office, transaction, case, item, done_at)


def _deliver(
    office: Office, transaction: Transaction, case: Filed, item: ServiceItem, done_at: datetime
) -> None:
    application = filing.application_of(transaction, case)
    content = certificates.Content(
        kind=item.code,
        title=item.result_name.zh,
        holder=_holder(application),
        holder_id=case.principal or case.applicant,
        issuer=case.department.zh,
        facts=_facts(office, application, case, item, done_at),
        valid_until=proofs.counts_until(item, done_at.date()),
    )
    number = f"CB{case.number}"
    certificates.issue(office, transaction, number, content, done_at)
    filing.certify(transaction, case.number, number)


def _facts(
    office: Office, application: Application, case: Filed, item: ServiceItem, done_at: datetime
) -> tuple[Fact, ...]:
    """What a certificate states, where there is that to state; else how the case went."""
    holder_id = case.principal or case.applicant
    if item.result is ResultKind.CERTIFICATE and proofs.may_be_stated(office, item, holder_id):
        return proofs.stated(office, item, holder_id, application.answers)
    return (
        Fact(label=_ITEM, value=item.name.zh),
        Fact(label=_CASE, value=case.number),
        Fact(label=_DECISION, value="准予办理"),
        Fact(label=_DONE_ON, value=done_at.date().isoformat()),
    )


def _holder(application: Application) -> str:
    """For whom it was applied; of an enterprise as it is on record."""
    if application.principal is None:
        return application.applicant.name
    enterprise = records.enterprise(application.principal.number)
    return enterprise.name if enterprise else application.principal.name
