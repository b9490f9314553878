"""What is asked of the platform while a resident waits, and its answers.

Nothing is changed by it, except a draft, which is the resident's own. Whatever must happen once
is a wish (`cases.Wish`): it is written down first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from drivers.device import Personal
from kiosk.core.cases import (
    Attachment,
    Case,
    Certificate,
    ComplaintCase,
    Draft,
    HeldCertificate,
    KeptDraft,
    Match,
    Provided,
)
from kiosk.core.identity import Person, Principal
from kiosk.core.sheet import Sheet
from kiosk.core.troubles import Trouble


@dataclass(frozen=True, slots=True)
class CheckCode:
    """Whose electronic identity is this code? → Person, or None when it is no good (any more)."""

    code: Personal


@dataclass(frozen=True, slots=True)
class CompareFace:
    """Is this the holder's face? → FaceVerdict."""

    person: Person
    photo: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Share:
    """With consent: what is known of a person or enterprise for these items? → Shared."""

    code: str
    person: Person
    principal: Principal | None
    keys: tuple[str, ...]
    certificates: tuple[str, ...]
    consent: bool


@dataclass(frozen=True, slots=True)
class FindAffairs:
    """What has become of what somebody asked for? By person, or by the number of a case.

    → Affairs
    """

    person: Person | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class ListCertificates:
    """Which e-certificates does a person hold? → tuple of HeldCertificate."""

    person: Person


@dataclass(frozen=True, slots=True)
class OpenCertificate:
    """What does an e-certificate state, and may it be printed? → OpenedCertificate."""

    person: Person
    number: str


@dataclass(frozen=True, slots=True)
class MatchPolicies:
    """Which policies fit? → tuple of Match."""

    person: Person
    principal: Principal | None = None


@dataclass(frozen=True, slots=True)
class OpenUpload:
    """A one-time page for a phone, for one material. → UploadPage."""

    material: str


@dataclass(frozen=True, slots=True)
class PollUpload:
    """What has a phone sent to its page? → Uploaded."""

    session: str


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """Keep what is filled in; `draft` is the one it continues. → KeptDraft, or Trouble."""

    code: str
    person: Person
    answers: Sheet
    materials: tuple[Provided, ...]
    draft: Draft | None = None


@dataclass(frozen=True, slots=True)
class LoadDraft:
    """What was filled in? → LoadedDraft."""

    person: Person
    id: str


Inquiry = (
    CheckCode
    | CompareFace
    | Share
    | FindAffairs
    | ListCertificates
    | OpenCertificate
    | MatchPolicies
    | OpenUpload
    | PollUpload
    | SaveDraft
    | LoadDraft
)


@dataclass(frozen=True, slots=True)
class FaceVerdict:
    """Whether the face is the holder's, and a living one's."""

    same: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """What other departments know: answers by their `shared` name, certificates, and a draft."""

    answers: Mapping[str, str] = field(repr=False)
    certificates: tuple[HeldCertificate, ...] = ()
    draft: KeptDraft | None = None


@dataclass(frozen=True, slots=True)
class Affairs:
    """Cases, newest first, and complaints."""

    cases: tuple[Case, ...] = ()
    complaints: tuple[ComplaintCase, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenedCertificate:
    """An e-certificate, whole; `left` is how often it may still be printed today."""

    certificate: Certificate
    left: int


@dataclass(frozen=True, slots=True)
class UploadPage:
    """A page for one phone and one material, good for `seconds`."""

    session: str
    url: str
    seconds: int


@dataclass(frozen=True, slots=True)
class LoadedDraft:
    """A draft with everything in it."""

    kept: KeptDraft
    answers: Mapping[str, str] = field(repr=False)
    materials: tuple[Provided, ...] = ()


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What a phone has sent to an upload page so far; `ended` when nothing more can come."""

    pages: tuple[Attachment, ...]
    ended: bool


@dataclass(frozen=True, slots=True)
class Unanswered:
    """There is no answer, and why."""

    trouble: Trouble


Reply = (
    Person
    | FaceVerdict
    | Shared
    | Affairs
    | tuple[HeldCertificate, ...]
    | tuple[Match, ...]
    | OpenedCertificate
    | UploadPage
    | Uploaded
    | KeptDraft
    | LoadedDraft
    | Unanswered
)
