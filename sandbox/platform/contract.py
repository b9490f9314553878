"""The messages between terminals and the platform; docs/reference/platform.openapi.yaml is of them.

Written apart from the terminal's own reading of them (kiosk.services.platform_schema), so that each
side is checked against the other.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from drivers.device import CardKind, Sex
from kiosk.core.catalogue import IdentityLevel, ResultKind

Code = Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9._-]+$")]
Line = Annotated[str, Field(max_length=500, pattern=r"^\P{Cc}+$")]
IdNumber = Annotated[str, Field(pattern=r"^([0-9]{17}[0-9X]|[0-9A-Z]{15})$")]
Yuan = Annotated[str, Field(pattern=r"^[0-9]{1,12}\.[0-9]{2}$", examples=["4520.00"])]


class Outgoing(BaseModel):
    """What the platform says; it may say more in a later version of /v1."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)


class Incoming(BaseModel):
    """What a terminal says; a member that is not in the contract is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


# --- catalogue ------------------------------------------------------------------------------------


class Text(Outgoing):
    """A text, keyed by BCP 47 language tag. zh-CN and en are always there; others may be."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Line] = Field(init=False)

    zh: str = Field(alias="zh-CN", min_length=1)
    en: str = Field(min_length=1)


class Item(Outgoing):
    """One service item (事项) of the unified catalogue; times are in working days, 0 is at once."""

    code: Code = Field(description="基本编码 of GB/T 39554")
    category: Text
    name: Text
    summary: Text
    department: Text
    identity: IdentityLevel = Field(description="what the applicant has to show")
    materials: tuple[Text, ...] = Field(description="what the resident has to bring")
    conditions: tuple[Text, ...] = Field(description="受理条件")
    promised_days: int = Field(ge=0, description="承诺时限")
    statutory_days: int = Field(ge=0, description="法定时限")
    fee: Text
    result: ResultKind
    result_name: Text
    rated: bool = Field(description="whether the resident is asked for a rating (好差评)")


class Catalogue(Outgoing):
    """Everything that can be applied for, in the order in which it is offered."""

    version: Code = Field(description="another whenever anything in the catalogue is another")
    items: tuple[Item, ...]


# --- applications ---------------------------------------------------------------------------------


class Applicant(Incoming):
    """The person, as their document says; `valid_until` null means for life (长期)."""

    name: Annotated[str, Field(max_length=120, pattern=r"^\P{Cc}+$")]
    id_number: IdNumber
    sex: Sex
    birth_date: date
    document: CardKind
    valid_until: date | None
    address: Annotated[str, Field(max_length=200, pattern=r"^\P{Cc}+$")] | None


class Application(Incoming):
    """An item asked for by a person at a terminal; the same at every retry."""

    item_code: Code
    applicant: Applicant
    terminal: Code = Field(examples=["HY0001"])
    number: Code = Field(
        description="the terminal's own number of this request, which the resident's receipt says "
        "when the platform could not be reached",
        examples=["HY0001-261123-48017-K"],
    )
    made_at: AwareDatetime = Field(description="when the resident asked")


class PensionRecord(Outgoing):
    """What a proof of pension insurance states (城乡居民基本养老保险)."""

    insured_since: date
    status: Line = Field(description="in words", examples=["正常参保"])
    paid_years: int = Field(ge=0, le=100)
    paid_total: Yuan = Field(description="yuan, as an exact decimal")
    agency: Line = Field(description="经办机构")


class Certificate(Outgoing):
    """An e-certificate (电子证明); whoever has number and check code can verify it."""

    number: Code
    check_code: Code
    title: Line
    holder: Line
    holder_id: IdNumber
    issued_at: AwareDatetime
    issuer: Line
    verify_url: str = Field(pattern=r"^https?://[!-~]{1,500}$")
    record: PensionRecord


class Issued(Outgoing):
    """Accepted and decided at once: the certificate is there."""

    outcome: Literal["issued"] = "issued"
    duplicate: bool = Field(description="whether this key was answered before")
    case_number: Code
    certificate: Certificate


class Refused(Outgoing):
    """Decided against it; `reason` is stable, `words` are for the resident."""

    outcome: Literal["refused"] = "refused"
    duplicate: bool = Field(description="whether this key was answered before")
    reason: Code = Field(examples=["not_insured", "identity_mismatch", "item_withdrawn"])
    words: Text


# A plain union: its members differ in `outcome`.
Decision = Annotated[Issued | Refused, Field(discriminator="outcome")]


# --- ratings --------------------------------------------------------------------------------------


class Rating(Incoming):
    """A grade (好差评, GB/T 39735): 1 very dissatisfied … 5 very satisfied."""

    case_number: Code
    item_code: Code
    grade: int = Field(ge=1, le=5, strict=True)
    terminal: Code


class RatingAccepted(Outgoing):
    """The rating is written down."""

    duplicate: bool = Field(description="whether this key was answered before")


# --- verification, health, problems ---------------------------------------------------------------


class Verified(Outgoing):
    """What anybody with the check code may know of a certificate."""

    number: Code
    title: Line
    masked_holder: str = Field(examples=["王**"])
    masked_holder_id: str = Field(examples=["990000********0029"])
    issuer: Line
    issued_at: AwareDatetime


class Health(Outgoing):
    """The platform works."""

    status: Literal["ok"] = "ok"


class ProblemCode(StrEnum):
    """Every problem of the contract."""

    REQUEST_INVALID = "request.invalid"
    KEY_REUSED = "idempotency_key.reused"
    CASE_UNKNOWN = "case.unknown"
    RATING_EXISTS = "rating.exists"
    CERTIFICATE_UNKNOWN = "certificate.unknown"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    UNAVAILABLE = "unavailable"
    INTERNAL = "internal"


class Problem(Outgoing):
    """What is wrong (RFC 9457). `code` is stable; no problem repeats what was sent."""

    type: str = Field(default="about:blank", description="a URI of the kind of problem")
    title: str
    status: int
    code: ProblemCode
    detail: str | None = Field(default=None, description="where, and how, without contents")


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of an operation that may end in a problem with one of these statuses."""
    return {status: {"model": Problem, "description": _MEANING[status]} for status in statuses}


_MEANING = {
    400: "The request is not as this contract says (`request.invalid`)",
    404: "There is no such thing (`case.unknown`, `certificate.unknown`)",
    409: "The case has a rating already, under another key (`rating.exists`)",
    422: "This key was used for another request (`idempotency_key.reused`)",
    503: "Not now; ask again with the same key (`unavailable`)",
}
