"""What is said about data sharing."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sandbox.platform.messages import (
    Code,
    HeldCertificate,
    KeptDraft,
    Message,
    Moment,
    Person,
    Principal,
    Request,
)

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$", max_length=64)]


class Share(Request):
    """What a terminal asks to know; `consent` is what the resident said at its screen."""

    code: Code = Field(description="of the item or bundle that it is for")
    person: Person
    principal: Principal | None
    keys: tuple[Name, ...] = Field(
        max_length=200, description="the `shared` names of the item's questions"
    )
    certificates: tuple[Code, ...] = Field(max_length=100, description="kinds of e-certificates")
    consent: bool = Field(strict=True)


class Shared(Message):
    """What is known, as far as the resident agreed; `draft` is their own, and always told."""

    answers: dict[str, str]
    certificates: tuple[HeldCertificate, ...] = ()
    draft: KeptDraft | None = None


class Disclosure(Message):
    """One entry of the log: for which item whose records were told, and what of them.

    Numbers are masked; what the records hold is not in it.
    """

    at: Moment
    code: Code
    asked_by: str
    about: str
    keys: tuple[str, ...]
    certificates: tuple[str, ...]


class Disclosures(Message):
    """The log, the newest first."""

    disclosures: tuple[Disclosure, ...]
