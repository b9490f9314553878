"""Tells what has become of cases and complaints, and takes what was owed."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from kiosk.core.cases import CaseState
from kiosk.core.catalogue import Material, Necessity
from sandbox.platform import refusals
from sandbox.platform.applications.checks import check_person
from sandbox.platform.applications.papers import Papers
from sandbox.platform.cases import course, filing, results
from sandbox.platform.cases.course import Fate
from sandbox.platform.cases.filing import Filed
from sandbox.platform.cases.messages import Affairs, Case, FindAffairs, Mark, Supplement
from sandbox.platform.complaints.desk import ComplaintsDesk
from sandbox.platform.messages import Noted, Person
from sandbox.platform.office import Office
from sandbox.platform.problems import ProblemError
from sandbox.platform.refusals import RefusalError
from sandbox.platform.registry import Answer, Transaction


@dataclass(frozen=True, slots=True)
class CasesDesk:
    """Where one asks what has become of something."""

    office: Office
    complaints: ComplaintsDesk

    def affairs(self, asked: FindAffairs) -> Affairs:
        """Everything of a person; or one case by its number, with nothing personal of another's.

        ProblemError when nothing is known under the number.
        """
        if asked.person is not None:
            results.deliver(self.office, asked.person.id_number)
        with self.office.registry.reading() as transaction:
            if asked.number or asked.person is None:
                return self._by_number(transaction, asked.number, asked.person)
            cases = filing.of_person(transaction, asked.person.id_number)
            return Affairs(
                cases=tuple(self._told(case, own=True) for case in cases),
                complaints=self.complaints.of_person(transaction, asked.person),
            )

    def supplement(self, supplement: Supplement, key: str) -> Answer:
        """Takes what was owed, once for a key; ProblemError for pages never handed in."""
        return self.office.decided(key, supplement, lambda t: self._take(t, supplement))

    def destine(self, number: str, fate: Fate) -> None:
        """Has something else become of a case; ProblemError where there is no such case."""
        with self.office.registry.writing() as transaction:
            if not filing.destine(transaction, number, fate):
                raise _not_found()

    def _by_number(self, transaction: Transaction, number: str, person: Person | None) -> Affairs:
        case = filing.find(transaction, number)
        if case is not None:
            own = person is not None and case.concerns(person.id_number)
            return Affairs(cases=(self._told(case, own=own),), complaints=())
        complaint = self.complaints.by_number(transaction, number, person)
        if complaint is None:
            raise _not_found()
        return Affairs(cases=(), complaints=(complaint,))

    def _told(self, case: Filed, *, own: bool) -> Case:
        """A case as its applicant, or as anybody who has its number, may see it."""
        now = self.office.now()
        its = case.course(self.office.terms.grace)
        marks = tuple(Mark(at=step.at, what=step.what) for step in course.steps(its, now))
        return Case(
            number=case.number,
            name=case.name,
            state=course.state_of(its, now),
            light=course.light_of(its, now),
            filed_on=case.filed_at.date(),
            promised_on=case.promised_on,
            statutory_on=case.statutory_on,
            department=case.department,
            timeline=marks,
            owed=tuple(one.message for one in case.owed if one.received_at is None),
            certificate=case.certificate if own else None,
        )

    def _take(self, transaction: Transaction, supplement: Supplement) -> Noted:
        check_person(self.office, supplement.applicant)
        case = filing.find(transaction, supplement.case_number)
        who = supplement.applicant.id_number
        if case is None or not case.concerns(who):
            raise refusals.unknown_case()
        now = self.office.now()
        state = course.state_of(case.course(self.office.terms.grace), now)
        owed = {one.material.code: one for one in case.owed if one.received_at is None}
        brought = {one.material: one for one in supplement.materials}
        if state is CaseState.WITHDRAWN or not brought.keys() <= owed.keys():
            raise _nothing_owed()
        holders = tuple(number for number in (case.applicant, case.principal) if number)
        asked = [_due_now(owed[code].material) for code in brought]
        Papers(self.office, transaction, holders).take(asked, brought)
        filing.receive(transaction, case.bundle or case.number, brought, now)
        return Noted(number=case.number)


def _due_now(material: Material) -> Material:
    """It can not be put off again."""
    return material.model_copy(update={"necessity": Necessity.REQUIRED, "deferral_days": None})


def _not_found() -> ProblemError:
    return ProblemError(HTTPStatus.NOT_FOUND, "not_found", "Nothing is known under that number.")


def _nothing_owed() -> RefusalError:
    return refusals.refusal(
        "nothing_owed",
        "这个办件现在不需要补交这些材料。",
        "These papers are not owed to that case at present.",
    )
