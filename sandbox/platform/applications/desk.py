"""Decides applications: checks them anew by the catalogue, and accepts or refuses."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.platform import refusals
from sandbox.platform.applications import checks
from sandbox.platform.applications.acceptance import Acceptance
from sandbox.platform.applications.messages import Accepted, Application, Issued
from sandbox.platform.drafts import desk as drafts
from sandbox.platform.office import Office
from sandbox.platform.registry import Answer, Transaction


@dataclass(frozen=True, slots=True)
class ApplicationsDesk:
    """Where applications are handed in."""

    office: Office

    def apply(self, application: Application, key: str) -> Answer:
        """The decision, made once for a key; ProblemError for pages that were never handed in."""
        return self.office.decided(key, application, lambda t: self._decide(application, t))

    def _decide(self, application: Application, transaction: Transaction) -> Issued | Accepted:
        office = self.office
        matter = checks.matter_of(office, application)
        checks.check_person(office, application.applicant)
        subject = checks.subject_of(office, application, matter)
        checks.check_answers(application, matter, office)
        checks.take_papers(office, transaction, application, matter)
        checks.check_region(office, application, matter)
        if application.draft and not drafts.submit(transaction, application.draft.id):
            raise refusals.draft_submitted()
        now = office.now()
        number = f"990000{now:%Y%m%d}{transaction.next('case'):06d}"
        accepted = Acceptance(office, transaction, application, matter, subject, now, number)
        return accepted.issued() if matter.instant and subject.proven else accepted.accepted()
