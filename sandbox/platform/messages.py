"""The JSON that areas share, as the platform speaks it, written apart from the terminal's reading.

What one area alone speaks of is in its own messages.py.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from drivers.device import Sex
from kiosk.core import catalogue
from kiosk.core.cases import Way
from kiosk.core.catalogue import Audience
from kiosk.core.identity import Authority, Document

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})",
    re.IGNORECASE,
)


def _written_as(form: re.Pattern[str]) -> BeforeValidator:
    """Dates are texts after RFC 3339: numbers, and texts of them, would be taken for seconds."""

    def check(value: object) -> object:
        if isinstance(value, str) and form.fullmatch(value):
            return value
        if isinstance(value, date):  # ours, not yet written
            return value
        raise ValueError("must be written after RFC 3339")

    return BeforeValidator(check)


def _within_reach(moment: datetime) -> datetime:
    """One that can be told in every zone."""
    if not date.min.year < moment.year < date.max.year:
        raise ValueError("must be a year of four digits, neither the first nor the last")
    return moment


Day = Annotated[date, _written_as(_DAY)]
Moment = Annotated[AwareDatetime, _written_as(_MOMENT), AfterValidator(_within_reach)]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,64}$")]
Line = Annotated[str, Field(min_length=1, max_length=400, pattern=r"^[^\x00-\x1f\x7f]+$")]
Words = Annotated[str, Field(min_length=1, max_length=2000)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Url = Annotated[str, Field(pattern=r"^https?://[!-~]{1,500}$")]
IdNumber = Annotated[str, Field(pattern=r"^[A-Z0-9]{15,18}$")]
AnswerKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_.\[\]]{0,127}$")]
Answers = Annotated[
    dict[AnswerKey, Annotated[str, StringConstraints(max_length=2000)]],
    Field(max_length=500, description="by key; of groups key[0].field, key[1].field and so on"),
]


class Message(BaseModel):
    """Anything that goes over the wire; an error about one never quotes what was in it."""

    model_config = ConfigDict(
        frozen=True, hide_input_in_errors=True, validate_by_name=True, serialize_by_alias=True
    )

    def json_text(self) -> str:
        """The JSON of it."""
        return self.model_dump_json(by_alias=True)


class Request(Message):
    """What a terminal says: nothing but what the contract names."""

    model_config = ConfigDict(extra="forbid")


class Wish(Request):
    """What happens once, however often it is sent with its key."""

    terminal: Code
    number: Code = Field(description="the terminal's own number, on the receipt of a kept request")
    made_at: Moment = Field(description="when the resident asked")


class Text(Message):
    """A text in the languages a terminal speaks, by BCP 47 tag."""

    zh: Annotated[Words, Field(alias="zh-CN")]  # here mypy lets it be given by name
    en: Words

    @classmethod
    def of(cls, text: catalogue.Text) -> Self:
        """A text of the catalogue."""
        return cls(zh=text.zh, en=text.en)


class Person(Request):
    """Who stands at the terminal, as their document says."""

    name: Line
    id_number: IdNumber
    sex: Sex
    birth_date: Day
    document: Document
    valid_until: Day | None = Field(description="null: for life (长期), or not known")
    address: Line | None = Field(default=None, description="null: the document has none")


class Principal(Request):
    """For whom the person acts, and by what right."""

    kind: Audience
    name: Line
    number: IdNumber = Field(description="an ID number, or a unified social credit code")
    authority: Authority


class Attachment(Request):
    """One page; its bytes are PUT to /v1/files first."""

    sha256: Sha256
    media_type: Literal["image/jpeg", "application/pdf"]


class Provided(Request):
    """How one material was brought."""

    material: Code
    way: Way
    pages: tuple[Attachment, ...] = Field(default=(), max_length=20)
    certificate: Code | None = None


Coordinate = Annotated[int, Field(strict=True, ge=0, le=50_000)]
Milliseconds = Annotated[int, Field(strict=True, ge=0, le=300_000)]


class Signature(Request):
    """A signature as it was drawn, in units of 0.01 mm."""

    width: Annotated[int, Field(strict=True, gt=0, le=50_000)]
    height: Annotated[int, Field(strict=True, gt=0, le=50_000)]
    strokes: tuple[
        Annotated[tuple[tuple[Coordinate, Coordinate, Milliseconds], ...], Field(min_length=1)],
        ...,
    ] = Field(max_length=200, description="strokes of points: x, y, milliseconds from the start")


class Draft(Request):
    """An application kept unfinished: which it is, and as of which change."""

    id: Code
    version: Annotated[int, Field(strict=True, ge=1, le=1_000_000)]


class KeptDraft(Message):
    """A draft that can be continued: here, at another terminal, or on the phone at `url`."""

    draft: Draft
    code: Code
    saved_at: Moment
    until: Day
    url: Url


class Fact(Message):
    """One line of a certificate."""

    label: Text
    value: Words


class Certificate(Message):
    """An e-certificate; with its number and check code anybody can verify it."""

    number: Code
    check_code: Code
    kind: Code
    title: Words
    holder: Words
    holder_id: IdNumber
    issued_at: Moment
    issuer: Words
    verify_url: Url = Field(description="a page for people, made for a phone")
    facts: tuple[Fact, ...]
    valid_until: Day | None = None


class HeldCertificate(Message):
    """An e-certificate a person holds, as a list shows it."""

    number: Code
    kind: Code
    title: Words
    issuer: Words
    issued_on: Day
    valid_until: Day | None = None
    revoked: bool = False

    def valid(self, today: date) -> bool:
        """Whether it counts today."""
        return not self.revoked and (self.valid_until is None or today <= self.valid_until)


class Owed(Message):
    """A material that may follow (容缺), and until when."""

    material: Code
    name: Text
    until: Day


class Noted(Message):
    """It is there, under this number; `due_on` is the day by which a complaint is answered."""

    outcome: Literal["noted"] = "noted"
    number: Code
    due_on: Day | None = None


class Refused(Message):
    """Decided against, with a stable reason and words for the resident."""

    outcome: Literal["refused"] = "refused"
    reason: Code = Field(
        description="item_withdrawn, document_expired, identity_mismatch, not_entitled, "
        "not_insured, underage, material_rejected, incomplete, draft_submitted, unknown_case, …"
    )
    words: Text
    materials: tuple[Code, ...] = Field(
        default=(), description="those that were not taken; they may be brought again"
    )


Outcome = Annotated[Noted | Refused, Field(discriminator="outcome")]


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
