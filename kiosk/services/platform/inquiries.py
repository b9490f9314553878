"""Inquiries on their way to the platform, and its answers on the way back."""

from __future__ import annotations

from base64 import b64encode
from typing import Annotated, TypeVar

from pydantic import Field, TypeAdapter

from kiosk.core import inquiries
from kiosk.core.catalogue import Text
from kiosk.core.catalogue.text import Code
from kiosk.core.identity import Person
from kiosk.core.inquiries import (
    CheckCode,
    CompareFace,
    FindAffairs,
    Inquiry,
    ListCertificates,
    LoadDraft,
    MatchPolicies,
    OpenCertificate,
    OpenUpload,
    PollUpload,
    Reply,
    SaveDraft,
    Share,
    Unanswered,
)
from kiosk.core.troubles import Trouble
from kiosk.services.plain import dump
from kiosk.services.platform.line import Answer, Request, against, expect, problem, read
from kiosk.services.platform.messages import (
    FEW,
    MANY,
    AnyWords,
    AttachmentMessage,
    CaseMessage,
    CertificateMessage,
    ComplaintMessage,
    Count,
    HeldCertificateMessage,
    KeptDraftMessage,
    MatchMessage,
    Message,
    PersonMessage,
    ProvidedMessage,
    Url,
    members,
)
from kiosk.services.platform.port import Grant

M = TypeVar("M", bound=Message)

TROUBLES = {
    "code_refused": Trouble.CODE_REFUSED,
    "not_found": Trouble.NOT_FOUND,
    "certificate_invalid": Trouble.CERTIFICATE_INVALID,
    "quota_used": Trouble.QUOTA_USED,
    "draft_changed": Trouble.DRAFT_CHANGED,
    "draft_gone": Trouble.DRAFT_GONE,
    "no_face": Trouble.FACE_NOT_SEEN,
}
"""What the platform's problem codes mean to a resident."""

ANSWERS: dict[type[Inquiry], tuple[str, ...]] = {
    CheckCode: ("code_refused",),
    CompareFace: ("no_face",),
    FindAffairs: ("not_found",),
    OpenCertificate: ("not_found", "certificate_invalid"),
    PollUpload: ("not_found",),
    SaveDraft: ("draft_changed", "draft_gone"),
    LoadDraft: ("draft_gone",),
}
"""Which of them answer an inquiry: from elsewhere a `not_found` says that the address is wrong."""

# --- what is sent ---


def request(inquiry: Inquiry, terminal: str) -> Request:
    """The request that asks it; all but new upload pages and drafts change nothing."""
    match inquiry:
        case CheckCode():
            return _search("/v1/identities", dump(inquiry))
        case CompareFace(person, photo):
            body = {"person": dump(person), "photo": b64encode(photo).decode("ascii")}
            return _search("/v1/faces", body)
        case Share():
            return _search("/v1/shares", dump(inquiry))
        case FindAffairs():
            return _search("/v1/affairs", dump(inquiry))
        case ListCertificates():
            return _search("/v1/certificates/search", dump(inquiry))
        case OpenCertificate(person, number):
            return _search("/v1/certificates/{}/open", {"person": dump(person)}, number)
        case MatchPolicies():
            return _search("/v1/policies/matches", dump(inquiry))
        case OpenUpload(material):
            body = {"material": material, "terminal": terminal}
            return Request("POST", "/v1/uploads", body=body)
        case PollUpload(session):
            return Request("GET", "/v1/uploads/{}", (session,), harmless=True)
        case SaveDraft():
            return Request("POST", "/v1/drafts", body=dump(inquiry))
        case LoadDraft(person, draft):
            return _search("/v1/drafts/{}/open", {"person": dump(person)}, draft)


def _search(path: str, body: object, *names: str) -> Request:
    """A POST that only asks: what it asks by is nothing for an address."""
    return Request("POST", path, names, body=body, harmless=True)


def print_request(person: Person, number: str, terminal: str, key: str) -> Request:
    """The request for leave to print an e-certificate."""
    body = {"person": dump(person), "terminal": terminal}
    headers = {"Idempotency-Key": key}
    return Request("POST", "/v1/certificates/{}/prints", (number,), body=body, headers=headers)


# --- what comes back ---


class _Identity(Message):
    person: PersonMessage


class _Face(Message):
    same: bool


class _Shared(Message):
    answers: Annotated[dict[str, AnyWords], MANY]
    certificates: Annotated[tuple[HeldCertificateMessage, ...], MANY] = ()
    draft: KeptDraftMessage | None = None


class _Affairs(Message):
    cases: Annotated[tuple[CaseMessage, ...], MANY]
    complaints: Annotated[tuple[ComplaintMessage, ...], MANY] = ()


class _Certificates(Message):
    certificates: Annotated[tuple[HeldCertificateMessage, ...], MANY]


class _Opened(Message):
    certificate: CertificateMessage
    left: Count


class _Matches(Message):
    matches: Annotated[tuple[MatchMessage, ...], MANY]


class _UploadPage(Message):
    session: Code
    url: Url
    seconds: Annotated[int, Field(ge=1, le=86_400)]


class _Uploaded(Message):
    pages: Annotated[tuple[AttachmentMessage, ...], FEW]
    ended: bool


class _LoadedDraft(Message):
    kept: KeptDraftMessage
    answers: Annotated[dict[str, AnyWords], MANY]
    materials: Annotated[tuple[ProvidedMessage, ...], FEW]


class _Grant(Message):
    watermark: Text
    copy_: Annotated[int, Field(alias="copy", ge=0, le=1000)]
    left: Count


def reply(inquiry: Inquiry, answer: Answer) -> Reply:
    """The platform's answer; Unanswered where it says why there is none.

    PlatformProtocolError for one that is not of what was asked: nobody gets to see it.
    """
    if trouble := _trouble(answer, ANSWERS.get(type(inquiry), ())):
        return trouble
    expect(answer, 201 if isinstance(inquiry, OpenUpload) else 200)
    match inquiry:
        case CheckCode():
            return _read(_Identity, answer).person.value()
        case CompareFace():
            return inquiries.FaceVerdict(_read(_Face, answer).same)
        case Share():
            return _shared(inquiry, answer)
        case FindAffairs():
            return _affairs(inquiry, answer)
        case ListCertificates():
            return tuple(each.value() for each in _read(_Certificates, answer).certificates)
        case OpenCertificate():
            return _opened(inquiry, answer)
        case MatchPolicies():
            return tuple(each.value() for each in _read(_Matches, answer).matches)
        case OpenUpload():
            return inquiries.UploadPage(**members(_read(_UploadPage, answer)))
        case PollUpload():
            return inquiries.Uploaded(**members(_read(_Uploaded, answer)))
        case SaveDraft():
            kept = _read(KeptDraftMessage, answer).value()
            _insist(answer, kept.code == inquiry.code, "a draft of another item")
            return kept
        case LoadDraft():
            loaded = inquiries.LoadedDraft(**members(_read(_LoadedDraft, answer)))
            _insist(answer, loaded.kept.draft.id == inquiry.id, "another draft")
            return loaded


def grant(answer: Answer) -> Grant | Unanswered:
    """Leave to print, or why there is none."""
    if trouble := _trouble(answer, ("quota_used", "certificate_invalid", "not_found")):
        return trouble
    expect(answer, 200, 201)
    told = _read(_Grant, answer)
    return Grant(told.watermark, told.copy_, told.left)


def _shared(inquiry: Share, answer: Answer) -> Reply:
    told = inquiries.Shared(**members(_read(_Shared, answer)))
    agreed = inquiry.consent or not (told.answers or told.certificates)
    _insist(answer, agreed, "what nobody agreed to")
    _insist(answer, told.draft is None or told.draft.code == inquiry.code, "another draft")
    return inquiries.Shared(
        # No more than was asked for is taken, whatever is told.
        {key: text for key, text in told.answers.items() if key in inquiry.keys},
        tuple(held for held in told.certificates if held.kind in inquiry.certificates),
        told.draft,
    )


def _affairs(inquiry: FindAffairs, answer: Answer) -> Reply:
    told = inquiries.Affairs(**members(_read(_Affairs, answer)))
    numbers = {case.number for case in told.cases} | {one.number for one in told.complaints}
    _insist(answer, inquiry.person is not None or numbers <= {inquiry.number}, "other affairs")
    return told


def _opened(inquiry: OpenCertificate, answer: Answer) -> Reply:
    told = inquiries.OpenedCertificate(**members(_read(_Opened, answer)))
    _insist(answer, told.certificate.number == inquiry.number, "another certificate")
    own = told.certificate.holder_id == inquiry.person.id_number
    _insist(answer, own, "a certificate of somebody else")
    return told


def _trouble(answer: Answer, codes: tuple[str, ...]) -> Unanswered | None:
    code = problem(answer) if answer.status >= 400 else ""
    return Unanswered(TROUBLES[code]) if code in codes else None


def _read(message: type[M], answer: Answer) -> M:
    return read(TypeAdapter(message), answer)


def _insist(answer: Answer, holds: bool, otherwise: str) -> None:  # noqa: FBT001 - what is insisted on
    if not holds:
        raise against(answer, otherwise)
