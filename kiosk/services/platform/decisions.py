"""Wishes on their way to the platform, and its decisions on the way back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, TypeAdapter

from kiosk.core import cases
from kiosk.core.cases import (
    Accepted,
    Application,
    Complaint,
    Confirmation,
    Decision,
    FollowUp,
    Issued,
    Noted,
    Rating,
    Refused,
    Supplement,
    Wish,
)
from kiosk.core.catalogue import Language, Text
from kiosk.core.catalogue.text import Code
from kiosk.services import plain
from kiosk.services.platform.line import Answer, Request, against, expect, problem, read
from kiosk.services.platform.messages import (
    FEW,
    CertificateMessage,
    Datum,
    Message,
    OwedMessage,
    Url,
    members,
)
from kiosk.services.platform.port import Sending

# --- what is sent ---


def request(sending: Sending, key: str) -> Request:
    """The request that delivers a wish: the same bytes at every retry."""
    body: dict[str, Any] = {
        **_wish(sending.wish),
        "terminal": sending.terminal,
        "number": sending.number,
        "made_at": sending.made_at.isoformat(),
    }
    return Request("POST", _path(sending.wish), body=body, headers={"Idempotency-Key": key})


def _path(wish: Wish) -> str:
    match wish:
        case Application():
            return "/v1/applications"
        case Supplement():
            return "/v1/supplements"
        case Complaint():
            return "/v1/complaints"
        case FollowUp():
            return "/v1/follow-ups"
        case Confirmation():
            return "/v1/confirmations"
        case Rating():
            return "/v1/ratings"


def _wish(wish: Wish) -> dict[str, Any]:
    """The members of a wish; in which language the resident is told is the terminal's business."""
    body = plain.dump(wish)
    assert isinstance(body, dict)  # noqa: S101 - a dataclass is
    body.pop("language", None)
    return body


# --- what comes back ---

POSSIBLE: Mapping[type[Wish], tuple[type[Decision], ...]] = {
    Application: (Issued, Accepted, Refused),
    Supplement: (Noted, Refused),
    Complaint: (Noted,),
    FollowUp: (Noted, Refused),
    Confirmation: (Noted, Refused),
    Rating: (Noted,),
}
"""How each kind of wish can be decided."""


class _Issued(Message):
    outcome: Literal["issued"]
    case_number: Code
    certificate: CertificateMessage
    rating_url: Url | None = None


class _Part(Datum):
    item_code: Code
    name: Text
    case_number: Code
    promised_on: date | None
    certificate: CertificateMessage | None = None

    def value(self) -> cases.Part:
        """The part as the core knows it."""
        return cases.Part(**members(self))


class _Accepted(Message):
    outcome: Literal["accepted"]
    case_number: Code
    promised_on: date
    statutory_on: date
    parts: Annotated[tuple[_Part, ...], FEW] = ()
    owed: Annotated[tuple[OwedMessage, ...], FEW] = ()
    rating_url: Url | None = None


class _Noted(Message):
    outcome: Literal["noted"]
    number: Code
    due_on: date | None = None


class _Refused(Message):
    outcome: Literal["refused"]
    reason: Code
    words: Text
    materials: Annotated[tuple[Code, ...], FEW] = ()


_Message = _Issued | _Accepted | _Noted | _Refused
_DECISION: TypeAdapter[_Message] = TypeAdapter(
    Annotated[_Message, Field(discriminator="outcome")],
    config=ConfigDict(strict=True, hide_input_in_errors=True),
)


def decision(answer: Answer, wish: Wish) -> Decision:
    """The platform's decision, in the resident's language.

    One of another kind than the wish can have, or a certificate that is somebody else's, is a
    PlatformProtocolError: nobody gets to see it.
    """
    if isinstance(wish, Rating) and answer.status == 409 and problem(answer) == "already_rated":
        return Noted(wish.case_number)  # on the phone, or with a key that got lost: it is rated
    expect(answer, 200, 201)
    decided = _value(read(_DECISION, answer), _language(wish))
    if not isinstance(decided, POSSIBLE[type(wish)]):
        raise against(answer, f"outcome {type(decided).__name__.lower()}")
    if any(one.holder_id not in _owners(wish) for one in _certificates(decided)):
        raise against(answer, "a certificate of somebody else")
    if isinstance(wish, Rating) and decided != Noted(wish.case_number):
        raise against(answer, "a rating of another case")
    return decided


def _value(message: _Message, language: Language) -> Decision:
    told = members(message)
    del told["outcome"]
    match message:
        case _Issued():
            return Issued(**told)
        case _Accepted():
            return Accepted(**told)
        case _Noted():
            return Noted(**told)
        case _Refused(words=words):
            return Refused(**(told | {"words": words.of(language)}))


def _language(wish: Wish) -> Language:
    """In which the resident reads why it was refused."""
    match wish:
        case Complaint() | Rating():  # neither is ever refused
            return Language.CHINESE
        case _:
            return wish.language


def _owners(wish: Wish) -> frozenset[object]:
    """The numbers of those whose certificates an application may bring."""
    if not isinstance(wish, Application):
        return frozenset()
    principal = {wish.principal.number} if wish.principal else set()
    return frozenset({wish.applicant.id_number} | principal)


def _certificates(decided: Decision) -> tuple[cases.Certificate, ...]:
    match decided:
        case Issued(certificate=certificate):
            return (certificate,)
        case Accepted(parts=parts):
            return tuple(part.certificate for part in parts if part.certificate)
        case _:
            return ()
