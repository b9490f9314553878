"""What is shown of what will be sent, and of what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from drivers.device import Personal, Sex
from kiosk.core.cases import CaseState, Grade, Light, Reason, Way
from kiosk.core.catalogue import Audience, FieldKind, PolicyMode
from kiosk.core.identity import Authority
from kiosk.core.troubles import Trouble


@dataclass(frozen=True, slots=True)
class LineView:
    """One answer to be checked, and the key by which `Pick` asks it again.

    Of a YES_NO the value is "yes" or "no", of a DATE an ISO date, of an AMOUNT yuan; of all other
    kinds it is words.
    """

    key: str
    label: str
    kind: FieldKind
    value: Personal


@dataclass(frozen=True, slots=True)
class BroughtView:
    """One material and how it was brought; `Pick` with its code brings it again."""

    code: str
    name: str
    way: Way
    pages: int


@dataclass(frozen=True, slots=True)
class ForWhomView:
    """For whom one acts, masked, and by what right."""

    kind: Audience
    name: Personal
    masked_number: str
    authority: Authority


@dataclass(frozen=True, slots=True)
class ReviewView:
    """Is this you, and is this what you want? Fields the document lacks are None."""

    item_name: str
    result_name: str
    name: Personal
    sex: Sex
    masked_id: str
    masked_address: str | None
    for_whom: ForWhomView | None = None
    answers: tuple[LineView, ...] = ()
    materials: tuple[BroughtView, ...] = ()


class Doing(StrEnum):
    """What is going on while somebody waits."""

    SENDING = "sending"
    ASKING = "asking"
    SHARING = "sharing"
    SAVING = "saving"


@dataclass(frozen=True, slots=True)
class WorkingView:
    """The platform is asked; wait a moment.

    `result_name` is the certificate that is issued at once, None where something else comes of it.
    """

    item_name: str | None
    doing: Doing
    result_name: str | None = None


@dataclass(frozen=True, slots=True)
class NotPrinted:
    """It may be printed; `why_not` says what keeps it from being printed."""

    why_not: Trouble | None


@dataclass(frozen=True, slots=True)
class Printing:
    """The printer is at work."""


@dataclass(frozen=True, slots=True)
class PrintDone:
    """It is out; `confirmed` only with the device's own word for it."""

    confirmed: bool


@dataclass(frozen=True, slots=True)
class PrintFailed:
    """It did not come out, or perhaps not (PRINT_UNCERTAIN, SHEETS_UNCERTAIN)."""

    trouble: Trouble


PrintState = NotPrinted | Printing | PrintDone | PrintFailed


@dataclass(frozen=True, slots=True)
class IssuedView:
    """Done: the certificate is there.

    `picture` is a PNG, None while it is being drawn (`drawing`) or if it cannot be.
    """

    result_name: str
    case_number: str
    certificate_number: str
    picture: bytes | None = field(repr=False)
    drawing: bool
    print: PrintState
    next_is_rating: bool


@dataclass(frozen=True, slots=True)
class OwedView:
    """A material that is owed to a case, and the day by which (as words)."""

    code: str
    name: str
    until: str


@dataclass(frozen=True, slots=True)
class PartView:
    """One item of a bundle: its own case, and whether its certificate is there already."""

    name: str
    case_number: str
    issued: bool


@dataclass(frozen=True, slots=True)
class AcceptedView:
    """Accepted: the case's number, the day by which it is promised, and what is still owed."""

    item_name: str
    case_number: str
    promised_on: str
    statutory_on: str
    parts: tuple[PartView, ...]
    owed: tuple[OwedView, ...]
    print: PrintState
    next_is_rating: bool


class NotedKind(StrEnum):
    """What was taken note of."""

    COMPLAINT = "complaint"
    SUPPLEMENT = "supplement"
    CONFIRMATION = "confirmation"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True)
class NotedView:
    """It is there, under this number; `due_on` is the day by which a complaint is answered."""

    kind: NotedKind
    number: str
    due_on: str | None
    print: PrintState


@dataclass(frozen=True, slots=True)
class KeptView:
    """The platform could not be reached: the request is kept, will be sent, and has this number."""

    item_name: str
    number: str
    print: PrintState


@dataclass(frozen=True, slots=True)
class RatingView:
    """How was it? Voluntary, no default; a poor grade may have reasons, then it thanks.

    `url` is the same page for a phone. `given` thanks and moves on by itself.
    """

    chosen: Grade | None
    reasons: tuple[Reason, ...]
    given: bool
    url: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class AffairView:
    """One case or complaint in a list, by the code that `Pick` takes; `state` None: a complaint."""

    code: str
    name: str
    state: CaseState | None
    light: Light
    filed_on: str
    owed: bool


@dataclass(frozen=True, slots=True)
class AffairsView:
    """Everything that was asked for, and what has become of it."""

    affairs: tuple[AffairView, ...]


@dataclass(frozen=True, slots=True)
class MarkView:
    """One thing that happened, and the moment."""

    at: str
    what: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case: where it is, its dates, and what is owed to it; `Pick` hands that in."""

    number: str
    name: str
    department: str
    state: CaseState
    light: Light
    promised_on: str
    statutory_on: str
    timeline: tuple[MarkView, ...]
    owed: tuple[OwedView, ...]


@dataclass(frozen=True, slots=True)
class ComplaintView:
    """One complaint; once there is a reply, whether it settles the matter is asked."""

    number: str
    filed_on: str
    due_on: str
    light: Light
    reply: str | None
    settled: bool | None


@dataclass(frozen=True, slots=True)
class HeldView:
    """One e-certificate in a list, by its number for `Pick`; `counts`: valid today."""

    number: str
    title: str
    issuer: str
    issued_on: str
    valid_until: str | None
    counts: bool


@dataclass(frozen=True, slots=True)
class CertificatesView:
    """The e-certificates a person holds."""

    certificates: tuple[HeldView, ...]


@dataclass(frozen=True, slots=True)
class CertificateView:
    """One e-certificate, and how often it may still be printed today."""

    title: str
    number: str
    picture: bytes | None = field(repr=False)
    drawing: bool
    left: int
    print: PrintState


@dataclass(frozen=True, slots=True)
class MatchView:
    """One policy that fits, by its code for `Pick`; `taken`: nothing is left to do."""

    code: str
    name: str
    benefit: str
    taken: bool


@dataclass(frozen=True, slots=True)
class PoliciesView:
    """What somebody is entitled to without applying (免申即享)."""

    matches: tuple[MatchView, ...]


@dataclass(frozen=True, slots=True)
class PolicyView:
    """One policy: why it fits, what it gives, and whether anything is to be confirmed."""

    name: str
    summary: str
    benefit: str
    amount: str | None
    why: str
    department: str
    mode: PolicyMode
    taken: bool


@dataclass(frozen=True, slots=True)
class CopyView:
    """Free copies: pages taken, how often each is printed, and how many sheets are left."""

    pages: int
    copies: int
    left: int
    print: PrintState
    why_not: Trouble | None  # no page can be taken


@dataclass(frozen=True, slots=True)
class KeepDraftView:
    """Leaving with something filled in: shall it be kept, to go on later?"""

    item_name: str


@dataclass(frozen=True, slots=True)
class DraftKeptView:
    """It is kept until then; with the QR code it goes on on a phone."""

    until: str
    url: str = field(repr=False)
