"""The platform's messages as a terminal reads them: strict, so that nonsense never gets further.

docs/reference/platform.openapi.yaml is the contract. Members a terminal does not know are let pass:
within /v1 the platform may add some.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter

from drivers.device import Personal
from kiosk.core import cases, catalogue
from kiosk.core.catalogue import Language

Code = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._-]+$")]
Line = Annotated[str, Field(max_length=500, pattern=r"^\P{Cc}+$")]  # no control characters
Words = Annotated[str, Field(max_length=2000, pattern=r"^(\P{Cc}|\n)+$")]  # lines of it
Yuan = Annotated[str, Field(pattern=r"^[0-9]{1,12}\.[0-9]{2}$")]
Days = Annotated[int, Field(ge=0, le=1000)]


class Message(BaseModel):
    """Anything the platform says."""

    # Errors leave out the input: what the platform says may be personal.
    model_config = ConfigDict(frozen=True, strict=True, hide_input_in_errors=True)


class TextMessage(Message):
    """A text in the languages of the terminal, keyed by BCP 47 tag; others are let pass."""

    zh: Words = Field(alias="zh-CN")
    en: Words

    def value(self) -> catalogue.Text:
        """The text as the core knows it."""
        return catalogue.Text(self.zh, self.en)


class ItemMessage(Message):
    """One service item."""

    code: Code
    category: TextMessage
    name: TextMessage
    summary: TextMessage
    department: TextMessage
    identity: catalogue.IdentityLevel
    materials: tuple[TextMessage, ...]
    conditions: tuple[TextMessage, ...]
    promised_days: Days
    statutory_days: Days
    fee: TextMessage
    result: catalogue.ResultKind
    result_name: TextMessage
    rated: bool

    def value(self) -> catalogue.ServiceItem:
        """The item as the core knows it."""
        return catalogue.ServiceItem(
            code=self.code,
            category=self.category.value(),
            name=self.name.value(),
            summary=self.summary.value(),
            department=self.department.value(),
            identity=self.identity,
            materials=tuple(text.value() for text in self.materials),
            conditions=tuple(text.value() for text in self.conditions),
            promised_days=self.promised_days,
            statutory_days=self.statutory_days,
            fee=self.fee.value(),
            result=self.result,
            result_name=self.result_name.value(),
            rated=self.rated,
        )


class CatalogueMessage(Message):
    """The unified catalogue."""

    version: Code
    items: Annotated[tuple[ItemMessage, ...], Field(max_length=5000)]

    def value(self) -> catalogue.Catalogue:
        """The catalogue as the core knows it."""
        return catalogue.Catalogue(self.version, tuple(item.value() for item in self.items))


class RecordMessage(Message):
    """What a proof of pension insurance states."""

    insured_since: date
    status: Line
    paid_years: Annotated[int, Field(ge=0, le=100)]
    paid_total: Yuan
    agency: Line

    def value(self) -> cases.InsuranceRecord:
        """The record as the core knows it."""
        return cases.InsuranceRecord(
            self.insured_since, self.status, self.paid_years, self.paid_total, self.agency
        )


class CertificateMessage(Message):
    """An e-certificate."""

    number: Code
    check_code: Code
    title: Line
    holder: Line
    holder_id: Code
    issued_at: AwareDatetime
    issuer: Line
    verify_url: Annotated[str, Field(pattern=r"^https?://[!-~]{1,500}$")]
    record: RecordMessage

    def value(self) -> cases.Certificate:
        """The certificate as the core knows it."""
        return cases.Certificate(
            number=self.number,
            check_code=self.check_code,
            title=self.title,
            holder=Personal(self.holder),
            holder_id=Personal(self.holder_id),
            issued_at=self.issued_at,
            issuer=self.issuer,
            verify_url=self.verify_url,
            record=self.record.value(),
        )


class IssuedMessage(Message):
    """Accepted and decided at once."""

    outcome: Literal["issued"]
    case_number: Code
    certificate: CertificateMessage

    def value(self, language: Language) -> cases.Decision:
        """The decision as the core knows it."""
        del language  # a certificate is in the language of its issuer
        return cases.Issued(self.case_number, self.certificate.value())


class RefusedMessage(Message):
    """Decided against it."""

    outcome: Literal["refused"]
    reason: Code
    words: TextMessage

    def value(self, language: Language) -> cases.Decision:
        """The decision as the core knows it, in the resident's language."""
        return cases.Refused(self.reason, self.words.value().of(language))


DECISION: TypeAdapter[IssuedMessage | RefusedMessage] = TypeAdapter(
    Annotated[IssuedMessage | RefusedMessage, Field(discriminator="outcome")],
    config=ConfigDict(strict=True, hide_input_in_errors=True),
)


class ProblemMessage(Message):
    """What is wrong with a request (RFC 9457); `code` is this contract's own, and stable."""

    code: Code


def application_body(
    application: cases.Application, *, terminal: str, number: str, made_at: str
) -> dict[str, Any]:
    """The body of POST /v1/applications: the same bytes at every retry."""
    person = application.applicant
    return {
        "item_code": application.item_code,
        "applicant": {
            "name": person.name.reveal(),
            "id_number": person.id_number.reveal(),
            "sex": person.sex.value,
            "birth_date": person.birth_date.isoformat(),
            "document": person.document.value,
            "valid_until": person.valid_until.isoformat() if person.valid_until else None,
            "address": person.address.reveal() if person.address else None,
        },
        "terminal": terminal,
        "number": number,
        "made_at": made_at,
    }


def rating_body(rating: cases.Rating, *, terminal: str) -> dict[str, Any]:
    """The body of POST /v1/ratings."""
    return {
        "case_number": rating.case_number,
        "item_code": rating.item_code,
        "grade": int(rating.grade),
        "terminal": terminal,
    }
