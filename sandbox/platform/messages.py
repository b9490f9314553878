"""The JSON of the contract as the platform speaks it, written apart from the terminal's reading."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

from drivers.device import CardKind, Sex
from kiosk.core.catalogue import IdentityLevel, ResultKind


def _written(value: object) -> object:
    """Dates are texts (RFC 3339): a number would be taken for seconds since 1970."""
    if isinstance(value, int | float):
        raise ValueError("must be text")  # noqa: TRY004 - pydantic collects ValueError alone
    return value


Day = Annotated[date, BeforeValidator(_written)]
Moment = Annotated[AwareDatetime, BeforeValidator(_written)]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,64}$")]
Line = Annotated[str, Field(min_length=1, max_length=400, pattern=r"^[^\x00-\x1f\x7f]+$")]
Words = Annotated[str, Field(min_length=1, max_length=2000)]
Yuan = Annotated[str, Field(pattern=r"^[0-9]{1,12}\.[0-9]{2}$")]
Days = Annotated[int, Field(ge=0, le=1000)]


class Message(BaseModel):
    """Anything that goes over the wire; an error about one never quotes what was in it."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True, populate_by_name=True)


class Request(Message):
    """What a terminal says: nothing but what the contract names."""

    model_config = ConfigDict(extra="forbid")


class Text(Message):
    """A text in the languages a terminal speaks, by BCP 47 tag."""

    zh: Words = Field(validation_alias="zh-CN", serialization_alias="zh-CN")
    en: Words


class ServiceItem(Message):
    """One item of the unified catalogue with everything told once before starting (一次告知)."""

    code: Code = Field(description="基本编码 of GB/T 39554")
    category: Text
    name: Text
    summary: Text
    department: Text
    identity: IdentityLevel
    materials: tuple[Text, ...] = Field(description="all that is asked for, and nothing more")
    conditions: tuple[Text, ...]
    promised_days: Days = Field(description="working days; 0: at once (即办)")
    statutory_days: Days = Field(description="working days; 0: at once")
    fee: Text
    result: ResultKind
    result_name: Text
    rated: bool = Field(description="whether the resident is asked for a rating (好差评)")


class Catalogue(Message):
    """The items in force, in the order in which they are offered."""

    version: Code
    items: tuple[ServiceItem, ...] = Field(max_length=5000)


class Applicant(Request):
    """Who asks, as their document says."""

    name: Line
    id_number: str = Field(pattern=r"^[A-Z0-9]{15,18}$")
    sex: Sex
    birth_date: Day
    document: CardKind
    valid_until: Day | None = Field(description="null: for life (长期)")
    address: Line | None = Field(description="null: the document has none")


class Application(Request):
    """One item asked for by one person; a retry sends the same."""

    item_code: Code
    applicant: Applicant
    terminal: Code
    number: Code = Field(description="the terminal's own number, on the receipt of a kept request")
    made_at: Moment = Field(description="when the resident asked")


class InsuranceRecord(Message):
    """What a proof of pension insurance states."""

    insured_since: Day
    status: Words = Field(description="in words: 正常参保缴费")
    paid_years: int = Field(ge=0, le=100)
    paid_total: Yuan = Field(description="yuan, exact, with two decimals")
    agency: Words


class Certificate(Message):
    """An e-certificate; with its number and check code anybody can verify it."""

    number: Code
    check_code: Code
    title: Words
    holder: Words
    holder_id: Code
    issued_at: Moment
    issuer: Words
    verify_url: str = Field(
        pattern=r"^https?://[!-~]{1,500}$", description="a page for people, made for a phone"
    )
    record: InsuranceRecord


class Issued(Message):
    """Accepted and decided at once: here is the certificate."""

    outcome: Literal["issued"] = "issued"
    case_number: Code
    certificate: Certificate


class Refused(Message):
    """Decided against, with a stable reason and words for the resident."""

    outcome: Literal["refused"] = "refused"
    reason: Code = Field(
        description="item_withdrawn, not_insured, identity_mismatch, document_expired, …"
    )
    words: Text


Decision = Annotated[Issued | Refused, Field(discriminator="outcome")]


class Rating(Request):
    """One of the five grades of 好差评 for one case: voluntary, one a case."""

    case_number: Code
    item_code: Code
    grade: int = Field(
        strict=True, ge=1, le=5, description="1 very dissatisfied … 5 very satisfied"
    )
    terminal: Code


class Rated(Message):
    """The rating counts."""

    case_number: Code


class Health(Message):
    """The platform works."""

    status: Literal["ok"] = "ok"


class Problem(Message):
    """What is wrong with a request (RFC 9457); `code` is stable, nothing in it is personal."""

    type: str = Field(description="urn:doorstep:problem: and the code")
    title: str
    status: int
    code: Code
    fields: tuple[str, ...] = Field(
        default=(), description="which members break the contract, never what they held"
    )
