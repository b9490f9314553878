"""What an application says, and what comes of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sandbox.platform.messages import (
    Answers,
    Certificate,
    Code,
    Day,
    Draft,
    Message,
    Owed,
    Person,
    Principal,
    Provided,
    Refused,
    Signature,
    Text,
    Url,
    Wish,
)


class Application(Wish):
    """Items asked for by one person; a retry sends the same."""

    code: Code = Field(description="the item's, or the bundle's")
    items: tuple[Code, ...] = Field(min_length=1, max_length=50)
    applicant: Person
    principal: Principal | None = None
    answers: Answers = Field(
        default_factory=dict,
        description="by the keys of the form; of groups key[0].field, key[1].field and so on; "
        "delivery.way is one of the item's ways, of express with delivery.address and phone",
    )
    materials: tuple[Provided, ...] = Field(default=(), max_length=100)
    commitments: tuple[Code, ...] = Field(
        default=(), max_length=50, description="the items whose commitment was made (告知承诺)"
    )
    signature: Signature | None = None
    declared: bool = Field(
        default=False,
        strict=True,
        description="whoever cannot write has declared instead what others sign",
    )
    decided_in: Annotated[str, Field(pattern=r"^[0-9]{12}$")] | None = Field(
        default=None, description="the region that decides (跨省通办); null: this one"
    )
    draft: Draft | None = Field(default=None, description="the kept draft this came of")


RatingUrl = Annotated[
    Url | None, Field(description="a page for the phone on which the same case can be rated")
]


class Issued(Message):
    """Accepted and decided at once: here is the certificate."""

    outcome: Literal["issued"] = "issued"
    case_number: Code
    certificate: Certificate
    rating_url: RatingUrl = None


class Part(Message):
    """What became of one item of a bundle."""

    item_code: Code
    name: Text
    case_number: Code
    promised_on: Day | None
    certificate: Certificate | None = None


class Accepted(Message):
    """Accepted, to be decided: a case with its dates; of a bundle one part for each item."""

    outcome: Literal["accepted"] = "accepted"
    case_number: Code
    promised_on: Day
    statutory_on: Day
    parts: tuple[Part, ...] = ()
    owed: tuple[Owed, ...] = ()
    rating_url: RatingUrl = None


Decision = Annotated[Issued | Accepted | Refused, Field(discriminator="outcome")]
