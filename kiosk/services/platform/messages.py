"""The platform's messages as a terminal reads them: strict, so that nonsense never gets further.

docs/reference/platform.openapi.yaml is the contract. Members a terminal does not know are let pass:
within /v1 the platform may add some. Names are those of the core's data, which `value` gives.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, GetPydanticSchema
from pydantic_core import core_schema

from drivers.device import Personal, Sex
from kiosk.core import cases
from kiosk.core.cases import CaseState, Light, Way
from kiosk.core.catalogue import Text
from kiosk.core.catalogue.text import Code, Words
from kiosk.core.identity import Document, Person

Line = Annotated[str, Field(min_length=1, max_length=500, pattern=r"^\P{Cc}+$")]
AnyWords = Annotated[str, Field(max_length=2000, pattern=r"^(\P{Cc}|\n)*$")]
Url = Annotated[str, Field(pattern=r"^https?://[!-~]{1,500}$")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Count = Annotated[int, Field(ge=0, le=1_000_000)]

MANY = Field(max_length=1000)  # entries of a list that nobody reads to its end
FEW = Field(max_length=100)


def _personal(longest: int) -> GetPydanticSchema:
    """A text about a person, wrapped as soon as it is read."""
    text = core_schema.str_schema(
        strict=True, min_length=1, max_length=longest, pattern=r"^\P{Cc}+$"
    )
    made = core_schema.no_info_after_validator_function(Personal, text)
    return GetPydanticSchema(lambda _source, _handler: made)


PersonalLine = Annotated[Personal, _personal(500)]
PersonalNumber = Annotated[Personal, _personal(64)]


class Message(BaseModel):
    """Anything the platform says."""

    # Errors leave out the input: what the platform says may be personal.
    model_config = ConfigDict(frozen=True, strict=True, hide_input_in_errors=True)


class Datum(Message, ABC):
    """A message that is one of the core's data."""

    @abstractmethod
    def value(self) -> object:
        """It as the core knows it."""


def members(message: Message) -> dict[str, Any]:
    """The members of a message by name, data as the core knows them."""
    return {name: _value(getattr(message, name)) for name in type(message).model_fields}


def _value(member: Any) -> Any:  # noqa: ANN401 - whatever a message holds
    if isinstance(member, tuple):
        return tuple(_value(each) for each in member)
    return member.value() if isinstance(member, Datum) else member


class PersonMessage(Datum):
    """Somebody, as an electronic identity says."""

    name: PersonalLine
    id_number: PersonalNumber
    sex: Sex
    birth_date: date
    document: Document
    valid_until: date | None = None
    address: PersonalLine | None = None

    def value(self) -> Person:
        """The person as the core knows them."""
        return Person(**members(self))


class FactMessage(Datum):
    """One line of a certificate."""

    label: Text
    text: Annotated[Words, Field(alias="value")]

    def value(self) -> cases.Fact:
        """The line as the core knows it."""
        return cases.Fact(self.label, self.text)


class CertificateMessage(Datum):
    """An e-certificate."""

    number: Code
    check_code: Code
    kind: Code
    title: Line
    holder: PersonalLine
    holder_id: PersonalNumber
    issued_at: AwareDatetime
    issuer: Line
    verify_url: Url
    facts: Annotated[tuple[FactMessage, ...], FEW]
    valid_until: date | None = None

    def value(self) -> cases.Certificate:
        """The certificate as the core knows it."""
        return cases.Certificate(**members(self))


class HeldCertificateMessage(Datum):
    """An e-certificate a person holds, as a list shows it."""

    number: Code
    kind: Code
    title: Line
    issuer: Line
    issued_on: date
    valid_until: date | None = None
    revoked: bool = False

    def value(self) -> cases.HeldCertificate:
        """The entry as the core knows it."""
        return cases.HeldCertificate(**members(self))


class OwedMessage(Datum):
    """A material that may follow."""

    material: Code
    name: Text
    until: date

    def value(self) -> cases.Owed:
        """The material as the core knows it."""
        return cases.Owed(**members(self))


class AttachmentMessage(Datum):
    """A page the platform has."""

    sha256: Sha256
    media_type: Annotated[str, Field(pattern=r"^(image/jpeg|application/pdf)$")]

    def value(self) -> cases.Attachment:
        """The page as the core knows it, its contents left where they are."""
        return cases.Attachment(**members(self))


class ProvidedMessage(Datum):
    """How a material was brought."""

    material: Code
    way: Way
    pages: Annotated[tuple[AttachmentMessage, ...], FEW] = ()
    certificate: Code | None = None

    def value(self) -> cases.Provided:
        """The material as the core knows it."""
        return cases.Provided(**members(self))


class DraftMessage(Datum):
    """Which draft, and as of which change."""

    id: Code
    version: Annotated[int, Field(ge=1)]

    def value(self) -> cases.Draft:
        """The draft as the core knows it."""
        return cases.Draft(**members(self))


class KeptDraftMessage(Datum):
    """A draft that can be continued."""

    draft: DraftMessage
    code: Code
    saved_at: AwareDatetime
    until: date
    url: Url

    def value(self) -> cases.KeptDraft:
        """The draft as the core knows it."""
        return cases.KeptDraft(**members(self))


class MarkMessage(Datum):
    """One thing that happened to a case."""

    at: AwareDatetime
    what: Text

    def value(self) -> cases.Mark:
        """The mark as the core knows it."""
        return cases.Mark(**members(self))


class CaseMessage(Datum):
    """One case."""

    number: Code
    name: Text
    state: CaseState
    light: Light
    filed_on: date
    promised_on: date
    statutory_on: date
    department: Text
    timeline: Annotated[tuple[MarkMessage, ...], FEW] = ()
    owed: Annotated[tuple[OwedMessage, ...], FEW] = ()
    certificate: Code | None = None

    def value(self) -> cases.Case:
        """The case as the core knows it."""
        return cases.Case(**members(self))


class ComplaintMessage(Datum):
    """One complaint."""

    number: Code
    filed_on: date
    due_on: date
    light: Light
    reply: AnyWords | None = None
    settled: bool | None = None

    def value(self) -> cases.ComplaintCase:
        """The complaint as the core knows it."""
        return cases.ComplaintCase(**members(self))


class MatchMessage(Datum):
    """A policy that fits."""

    policy: Code
    taken: bool
    why: Text
    amount: Text | None = None

    def value(self) -> cases.Match:
        """The match as the core knows it."""
        return cases.Match(**members(self))
