"""Where a visit can be: each scene is one screen, with what only that screen needs to know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from drivers.device import DeviceKind, Guidance, PageGuidance, Picture, SelfTest
from kiosk.core.answers import Problem
from kiosk.core.cases import (
    Accepted,
    Attachment,
    Case,
    ComplaintCase,
    Grade,
    HeldCertificate,
    Issued,
    Kept,
    KeptDraft,
    Match,
    Noted,
    Reason,
    Wish,
)
from kiosk.core.catalogue import Category
from kiosk.core.identity import Means
from kiosk.core.inquiries import Affairs, Inquiry, OpenedCertificate, UploadPage
from kiosk.core.search import Hit
from kiosk.core.staff import Inside, Role
from kiosk.core.steps import Step
from kiosk.core.troubles import Trouble
from kiosk.core.views import NotPrinted, PrintState

# --- choosing ---


@dataclass(frozen=True, slots=True)
class Attract:
    """Nobody is there."""


@dataclass(frozen=True, slots=True)
class Home:
    """A resident looks at what can be done, or again: `after` is what they come back from."""

    after: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What a category or a label, by its code, has, or the bundles for None; `after` as in `Home`.

    No label is called like a category.
    """

    group: Category | str | None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """A resident types what they want; `hits` belong to `query` once they are there."""

    query: str = ""
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """A resident reads what an item asks for."""


# --- who is there ---


@dataclass(frozen=True, slots=True)
class Identify:
    """A card or code is waited for, or being read; `failures` counts what came to nothing."""

    reading: Means | None = None
    trouble: Trouble | None = None
    failures: int = 0


@dataclass(frozen=True, slots=True)
class FaceCheck:
    """The camera looks for the face of whoever's card it is; `comparing` once it has one."""

    guidance: Guidance = Guidance.NOBODY
    picture: Picture | None = field(default=None, repr=False)
    comparing: bool = False
    consented: bool = False
    trouble: Trouble | None = None
    failures: int = 0


@dataclass(frozen=True, slots=True)
class Consent:
    """May other departments be asked, so that less has to be typed?"""


@dataclass(frozen=True, slots=True)
class Resume:
    """A draft of the same matter was found: go on with it, or begin anew."""

    kept: KeptDraft


# --- filling in ---


@dataclass(frozen=True, slots=True)
class Filling:
    """One question of `step`: its key, and the answer as far as it was entered.

    `correcting` came from the review and goes back there.
    """

    step: Step
    key: str
    text: str = field(default="", repr=False)
    problem: Problem | None = None
    correcting: bool = False
    letters: str = ""
    candidates: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Promise:
    """告知承诺 of one item, by its code: told, promised, or declined."""

    item: str


@dataclass(frozen=True, slots=True)
class Providing:
    """One material, by its code: how will it be brought?

    `case` shows the case that it is handed in to later; None within an application.
    """

    material: str
    trouble: Trouble | None = None
    words: str | None = None
    correcting: bool = False
    case: CaseShown | None = None


@dataclass(frozen=True, slots=True)
class Scanning:
    """Pages for `beneath`: the document camera looks for the next one while `watching`."""

    beneath: Providing | Copying
    pages: tuple[Attachment, ...] = ()
    guidance: PageGuidance = PageGuidance.NO_PAGE
    picture: Picture | None = field(default=None, repr=False)
    watching: bool = True
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Uploading:
    """A phone is sending pages to a one-time page."""

    beneath: Providing
    page: UploadPage
    pages: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Deferral:
    """容缺受理: what is missing, until when, agreed to by going on."""


@dataclass(frozen=True, slots=True)
class Review:
    """A resident checks what will be sent."""


@dataclass(frozen=True, slots=True)
class Signing:
    """A resident signs what was reviewed."""


# --- on its way and done ---


@dataclass(frozen=True, slots=True)
class Asking:
    """The platform is asked something, and somebody waits for it; `beneath` asked."""

    inquiry: Inquiry
    beneath: Scene | None = None


@dataclass(frozen=True, slots=True)
class Working:
    """What was asked for is on its way."""

    wish: Wish


@dataclass(frozen=True, slots=True)
class Result:
    """The resident has what they came for; `copies` counts receipts that may be out already."""

    outcome: Issued | Accepted | Noted | Kept
    picture: bytes | None = None
    drawing: bool = False
    print: PrintState = field(default_factory=lambda: NotPrinted(None))
    copies: int = 0

    def __repr__(self) -> str:
        return f"<result {type(self.outcome).__name__} {self.print}>"


@dataclass(frozen=True, slots=True)
class Rating:
    """A resident may say how it was; `given` once it is said, reasons and all."""

    case_number: str
    chosen: Grade | None = None
    reasons: tuple[Reason, ...] = ()
    given: bool = False


# --- what has become of it, certificates, policies, complaints, copies ---


@dataclass(frozen=True, slots=True)
class AskHow:
    """Progress: by the resident's document, or by a number?"""


@dataclass(frozen=True, slots=True)
class AffairsList:
    """Everything found."""

    affairs: Affairs


@dataclass(frozen=True, slots=True)
class CaseShown:
    """One case with its timeline; `affairs` leads back."""

    case: Case
    affairs: Affairs


@dataclass(frozen=True, slots=True)
class ComplaintShown:
    """One complaint with its reply; `affairs` leads back."""

    complaint: ComplaintCase
    affairs: Affairs


@dataclass(frozen=True, slots=True)
class CertificateList:
    """The e-certificates a person holds."""

    certificates: tuple[HeldCertificate, ...]


@dataclass(frozen=True, slots=True)
class CertificateShown:
    """One e-certificate, to be looked at and printed; `certificates` leads back."""

    opened: OpenedCertificate
    certificates: tuple[HeldCertificate, ...]
    picture: bytes | None = field(default=None, repr=False)
    drawing: bool = True
    print: PrintState = field(default_factory=lambda: NotPrinted(None))


@dataclass(frozen=True, slots=True)
class PolicyList:
    """The policies that fit."""

    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class PolicyShown:
    """One policy: confirm, or nothing to do; `matches` leads back."""

    match: Match
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Copying:
    """Free copies: pages were taken, and are printed."""

    pages: tuple[Attachment, ...] = ()
    copies: int = 1
    print: PrintState = field(default_factory=lambda: NotPrinted(None))


# --- those who look after the terminal, while no resident is there ---


@dataclass(frozen=True, slots=True)
class StaffPin:
    """A PIN is typed on the glass, or being looked at; after a `wrong` one, `wait` seconds."""

    checking: bool = False
    wrong: bool = False
    wait: int = 0


@dataclass(frozen=True, slots=True)
class Staffed:
    """Somebody who looks after the terminal is in.

    `receipt` is a test receipt's, `refilled` what they said to have filled. For technicians:
    `testing` is the device that tests itself, `tested` what came of those before.
    """

    role: Role
    receipt: PrintState = field(default_factory=lambda: NotPrinted(None))
    refilled: frozenset[DeviceKind] = frozenset()
    inside: Inside | None = None
    testing: DeviceKind | None = None
    tested: Mapping[DeviceKind, SelfTest] = field(default_factory=dict)


# --- the end, and what lies over other scenes ---


@dataclass(frozen=True, slots=True)
class KeepDraft:
    """Leaving with something filled in: shall it be kept? `beneath` goes on."""

    beneath: Scene


@dataclass(frozen=True, slots=True)
class DraftKept:
    """It is kept: until when, and where to go on with a phone."""

    kept: KeptDraft


@dataclass(frozen=True, slots=True)
class Farewell:
    """The visit is over; card and papers are still to be taken."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """A trouble stands in the way; `resume` is where trying again leads, None if nowhere.

    `Asking` there asks again.
    """

    trouble: Trouble
    words: str | None = None
    resume: Scene | None = None


@dataclass(frozen=True, slots=True)
class StillThere:
    """Nobody touched anything for a while; the visit ends soon unless somebody does."""

    beneath: Scene


@dataclass(frozen=True, slots=True)
class Help:
    """Help was called; the visit goes on beneath."""

    beneath: Scene


@dataclass(frozen=True, slots=True)
class Adjusting:
    """How the terminal looks and speaks is being changed; the visit goes on beneath."""

    beneath: Scene


StaffScene = StaffPin | Staffed
Overlay = StillThere | Help | Adjusting
Scene = (
    Attract
    | Home
    | Listing
    | Search
    | Notice
    | Identify
    | FaceCheck
    | Consent
    | Resume
    | Filling
    | Promise
    | Providing
    | Scanning
    | Uploading
    | Deferral
    | Review
    | Signing
    | Asking
    | Working
    | Result
    | Rating
    | AskHow
    | AffairsList
    | CaseShown
    | ComplaintShown
    | CertificateList
    | CertificateShown
    | PolicyList
    | PolicyShown
    | Copying
    | StaffPin
    | Staffed
    | KeepDraft
    | DraftKept
    | Farewell
    | Stuck
    | StillThere
    | Help
    | Adjusting
)


def bottom(scene: Scene) -> Scene:
    """The scene beneath every overlay."""
    while isinstance(scene, Overlay):
        scene = scene.beneath
    return scene
