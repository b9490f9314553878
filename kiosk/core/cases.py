"""What a resident asks for, and what the platform answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum

from drivers.device import Personal, Signature
from kiosk.core.catalogue import Language, Text
from kiosk.core.identity import Person, Principal
from kiosk.core.sheet import Sheet

# --- what is handed in ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Attachment:
    """One page as a file, known by its SHA-256 (hexadecimal) wherever it lies.

    `content` is None where the platform has it already: it came from a phone, or from a draft.
    """

    sha256: str
    media_type: str = "image/jpeg"
    content: bytes | None = field(default=None, repr=False)


class Way(StrEnum):
    """How a material is brought."""

    HELD = "held"  # by an e-certificate
    SCAN = "scan"
    PHONE = "phone"
    LATER = "later"  # 容缺受理
    PROMISED = "promised"  # 告知承诺 stands for it


@dataclass(frozen=True, slots=True)
class Provided:
    """How one material was brought; `certificate` is the number of the e-certificate."""

    material: str
    way: Way
    pages: tuple[Attachment, ...] = ()
    certificate: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """An application kept unfinished: which it is, and as of which change."""

    id: str
    version: int


@dataclass(frozen=True, slots=True)
class Application:
    """Items asked for by a person; everything the platform needs to accept them.

    `code` is the item's or the bundle's. `decided_in` is the region that decides, None for this
    one. `language` is the one in which the resident is told why the platform refuses. Whoever
    cannot write has `declared` what others sign.
    """

    code: str
    items: tuple[str, ...]
    applicant: Person
    language: Language = Language.CHINESE
    principal: Principal | None = None
    answers: Sheet = field(default_factory=Sheet)
    materials: tuple[Provided, ...] = ()
    commitments: tuple[str, ...] = ()  # codes of the items whose commitment was made
    signature: Signature | None = field(default=None, repr=False)
    declared: bool = False
    decided_in: str | None = None
    draft: Draft | None = None


@dataclass(frozen=True, slots=True)
class Supplement:
    """What was owed to a case, handed in."""

    case_number: str
    applicant: Person
    materials: tuple[Provided, ...]
    language: Language = Language.CHINESE


@dataclass(frozen=True, slots=True)
class Complaint:
    """有诉即办: said by anybody; `about` is a case number or an item's code, "" for neither."""

    subject: str
    words: Personal
    phone: Personal | None = None
    about: str = ""
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What the resident says of the reply to a complaint (回访)."""

    complaint: str
    settled: bool
    language: Language = Language.CHINESE


@dataclass(frozen=True, slots=True)
class Confirmation:
    """免申即享: somebody who matches a policy wants it."""

    policy: str
    person: Person
    principal: Principal | None = None
    language: Language = Language.CHINESE


class Grade(IntEnum):
    """The five grades of 好差评; voluntary, no default."""

    VERY_DISSATISFIED = 1
    DISSATISFIED = 2
    BASICALLY_SATISFIED = 3
    SATISFIED = 4
    VERY_SATISFIED = 5


class Reason(StrEnum):
    """Why somebody was not satisfied; any number of them, or none."""

    SLOW = "slow"
    HARD = "hard"  # hard to understand or to use
    TOO_MUCH = "too_much"  # asked for too many papers
    FAILED = "failed"  # something did not work
    NOT_DONE = "not_done"  # the thing was not done


@dataclass(frozen=True, slots=True)
class Rating:
    """A grade, tied to one case."""

    case_number: str
    item_code: str
    grade: Grade
    reasons: tuple[Reason, ...] = ()


Wish = Application | Supplement | Complaint | FollowUp | Confirmation | Rating
"""Whatever is written down before it is sent, and reaches the platform once."""


# --- what comes back ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a certificate."""

    label: Text
    value: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """An e-certificate issued by the platform; the check code lets anybody verify it."""

    number: str
    check_code: str
    kind: str
    title: str
    holder: Personal
    holder_id: Personal
    issued_at: datetime  # aware
    issuer: str
    verify_url: str
    facts: tuple[Fact, ...] = field(repr=False)
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Issued:
    """Accepted and decided at once: the certificate is there.

    `rating_url` is a page for the phone on which the same case can be rated.
    """

    case_number: str
    certificate: Certificate
    rating_url: str | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """A material that may follow (容缺), and until when."""

    material: str
    name: Text
    until: date


@dataclass(frozen=True, slots=True)
class Part:
    """What became of one item of an application; `certificate` where it was issued at once."""

    item_code: str
    name: Text
    case_number: str
    promised_on: date | None
    certificate: Certificate | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """Accepted, to be decided: a case with its dates. Of a bundle, one part for each item."""

    case_number: str
    promised_on: date
    statutory_on: date
    parts: tuple[Part, ...] = ()
    owed: tuple[Owed, ...] = ()
    rating_url: str | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """A complaint, a supplement, a confirmation, a rating: it is there, under this number.

    `due_on` is the day by which a complaint is answered.
    """

    number: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform decided against it.

    `reason` is a stable code (`not_insured`), `words` its own words for the resident; `materials`
    are those that it did not take, by code: they may be brought again.
    """

    reason: str
    words: str
    materials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """The platform did not answer in time: the request is written down and sent later.

    The resident and the staff find it again by `number`.
    """

    number: str


Decision = Issued | Accepted | Noted | Refused
Outcome = Decision | Kept


# --- what has become of it ------------------------------------------------------------------------


class CaseState(StrEnum):
    """Where a case is, after the states of handling systems."""

    SUBMITTED = "submitted"
    SUPPLEMENT = "supplement"  # 待补正 or 容缺: something is owed
    ACCEPTED = "accepted"
    REVIEW = "review"
    APPROVED = "approved"
    REJECTED = "rejected"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class Light(StrEnum):
    """电子监察: how a case stands against its promised time."""

    GREEN = "green"
    YELLOW = "yellow"  # near
    RED = "red"  # over
    NONE = "none"  # it is decided


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that happened to a case."""

    at: datetime  # aware
    what: Text


@dataclass(frozen=True, slots=True)
class Case:
    """One case as its applicant may see it."""

    number: str
    name: Text
    state: CaseState
    light: Light
    filed_on: date
    promised_on: date
    statutory_on: date
    department: Text
    timeline: tuple[Mark, ...] = ()
    owed: tuple[Owed, ...] = ()
    certificate: str | None = None


@dataclass(frozen=True, slots=True)
class ComplaintCase:
    """One complaint; `reply` once there is one, `settled` once the resident said so, or not."""

    number: str
    filed_on: date
    due_on: date
    light: Light
    reply: str | None = None
    settled: bool | None = None


@dataclass(frozen=True, slots=True)
class HeldCertificate:
    """An e-certificate a person holds, as a list shows it."""

    number: str
    kind: str
    title: str
    issuer: str
    issued_on: date
    valid_until: date | None = None
    revoked: bool = False

    def valid(self, today: date) -> bool:
        """Whether it counts today."""
        return not self.revoked and (self.valid_until is None or today <= self.valid_until)


@dataclass(frozen=True, slots=True)
class Match:
    """A policy that fits; `taken` where nothing is left to do."""

    policy: str
    taken: bool
    why: Text
    amount: Text | None = None


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft that can be continued: here, at another terminal, or on the phone at `url`."""

    draft: Draft
    code: str
    saved_at: datetime  # aware
    until: date
    url: str
