"""An application that was found right becomes a case, or a certificate at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.core.cases import Way
from kiosk.core.catalogue import ResultKind, ServiceItem
from kiosk.core.matter import Matter
from sandbox.platform import workdays
from sandbox.platform.applications import delivery, papers, proofs
from sandbox.platform.applications.checks import Subject
from sandbox.platform.applications.form import listed
from sandbox.platform.applications.messages import Accepted, Application, Issued, Part
from sandbox.platform.cases import filing
from sandbox.platform.cases.course import Fate
from sandbox.platform.cases.filing import Filed, OwedMaterial
from sandbox.platform.certificates import desk as certificates
from sandbox.platform.messages import Certificate, Text
from sandbox.platform.office import Office
from sandbox.platform.ratings import invitations
from sandbox.platform.registry import Transaction

VERIFYING = 1  # working days in which somebody looks whether the applicant may act for another


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What is accepted, of whom, at which time and under which number."""

    office: Office
    transaction: Transaction
    application: Application
    matter: Matter
    subject: Subject
    now: datetime
    number: str

    def issued(self) -> Issued:
        """The certificate that one item comes to at once."""
        certificate = self._certificate(self.matter.items[0], self.number)
        self._file_whole((), certificate.number)
        return Issued(
            case_number=self.number,
            certificate=certificate,
            rating_url=invitations.invite(self.office, self.transaction, self.number),
        )

    def accepted(self) -> Accepted:
        """A case with its dates, and one for each part of a bundle."""
        owed = self._owed()
        whole = self._file_whole(owed, None)
        parts = enumerate(self.matter.items, 1) if self.matter.is_bundle else ()
        return Accepted(
            case_number=self.number,
            promised_on=whole.promised_on,
            statutory_on=whole.statutory_on,
            parts=tuple(self._part(item, f"{self.number}-{place}") for place, item in parts),
            owed=tuple(one.message for one in owed),
            rating_url=invitations.invite(self.office, self.transaction, self.number),
        )

    def _part(self, item: ServiceItem, number: str) -> Part:
        certificate = None
        if item.result is ResultKind.CERTIFICATE and self.subject.proven:
            certificate = self._certificate(item, number)
        case = self._case(
            number,
            item.code,
            Text.of(item.name),
            (item,),
            item.promised_days,
            bundle=self.number,
            certificate=certificate.number if certificate else None,
        )
        filing.file(self.transaction, case, None)
        return Part(
            item_code=item.code,
            name=Text.of(item.name),
            case_number=number,
            promised_on=case.promised_on,
            certificate=certificate,
        )

    def _file_whole(self, owed: tuple[OwedMaterial, ...], certificate: str | None) -> Filed:
        matter = self.matter
        case = self._case(
            self.number,
            matter.code,
            Text.of(matter.name),
            matter.items,
            matter.promised_days,
            owed=owed,
            certificate=certificate,
        )
        filing.file(self.transaction, case, self._kept())
        return case

    def _case(
        self,
        number: str,
        code: str,
        name: Text,
        items: tuple[ServiceItem, ...],
        promised_days: int,
        *,
        bundle: str | None = None,
        owed: tuple[OwedMaterial, ...] = (),
        certificate: str | None = None,
    ) -> Filed:
        principal = self.application.principal
        today = self.now.date()
        if not self.subject.proven:
            promised_days = max(promised_days, VERIFYING)
        statutory = max(promised_days, *(item.statutory_days for item in items))
        return Filed(
            number=number,
            code=code,
            applicant=self.application.applicant.id_number,
            principal=principal.number if principal else None,
            name=name,
            department=self._deciding(items),
            filed_at=self.now,
            promised_on=workdays.after(today, promised_days),
            statutory_on=workdays.after(today, statutory),
            at_once=promised_days == 0 and not owed,
            fate=self._fate(items),
            bundle=bundle,
            certificate=certificate,
            owed=owed,
        )

    def _fate(self, items: tuple[ServiceItem, ...]) -> Fate:
        """Decided against where a record is missing: who acts unproven is not told so at once."""
        if self.subject.proven:
            return Fate.USUAL
        asked = [item for item in items if item.result is ResultKind.CERTIFICATE]
        number = self.subject.number
        there = all(proofs.may_be_stated(self.office, item, number) for item in asked)
        return Fate.USUAL if there else Fate.REJECTED

    def _certificate(self, item: ServiceItem, case_number: str) -> Certificate:
        facts = proofs.stated(self.office, item, self.subject.number, self.application.answers)
        content = certificates.Content(
            kind=item.code,
            title=item.result_name.zh,
            holder=self.subject.name,
            holder_id=self.subject.number,
            issuer=self._department((item,)).zh,
            facts=facts,
            valid_until=proofs.counts_until(item, self.now.date()),
        )
        return certificates.issue(self.office, self.transaction, f"CB{case_number}", content)

    def _owed(self) -> tuple[OwedMaterial, ...]:
        """What follows later, each with its day."""
        later = {one.material for one in self.application.materials if one.way is Way.LATER}
        today = self.now.date()
        return tuple(
            OwedMaterial(material, workdays.after(today, material.deferral_days or 0))
            for material in self.matter.materials
            if material.code in later and papers.can_follow(material)
        )

    def _deciding(self, items: tuple[ServiceItem, ...]) -> Text:
        """Who decides: the district's departments, or the centre of the place that was chosen."""
        elsewhere = self.office.catalogue.inside(None)[1:]
        chosen = self.application.decided_in
        for region in elsewhere:
            if region.code == chosen:
                name = region.name
                return Text(zh=f"{name.zh}政务服务中心", en=f"{name.en} Service Centre")
        return self._department(items)

    def _department(self, items: tuple[ServiceItem, ...]) -> Text:
        codes = dict.fromkeys(item.department for item in items)
        names = [one.name for code in codes if (one := self.office.catalogue.department(code))]
        zh, en = "、".join(n.zh for n in names), ", ".join(n.en for n in names)
        return Text(zh=zh or "示例区政务服务中心", en=en or "Example District Service Centre")

    def _kept(self) -> Application:
        """The application without answers that nobody asked for."""
        said = self.application.answers
        answers = listed(self.matter.form, said) | delivery.listed(self.matter, said)
        return self.application.model_copy(update={"answers": answers})
