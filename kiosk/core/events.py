"""Everything that can happen: what a touch asks for, and what the world answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from drivers.device import (
    DeviceKind,
    Fault,
    Guidance,
    PageGuidance,
    Personal,
    Picture,
    PrintOutcome,
    SelfTest,
    Signature,
    Status,
)
from kiosk.core.cases import Attachment, Grade, Outcome
from kiosk.core.catalogue import Catalogue, Category, Language
from kiosk.core.comfort import Comfort
from kiosk.core.identity import Means, Person
from kiosk.core.inquiries import Inquiry, Reply
from kiosk.core.search import Hit
from kiosk.core.staff import Inside, Role
from kiosk.core.troubles import Trouble
from kiosk.core.visit import Purpose

# --- intents: what a touch asks for ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Start:
    """The attract screen was touched; `spoken`: by a key, so that somebody may not see it."""

    spoken: bool = False


@dataclass(frozen=True, slots=True)
class Touched:
    """A touch that asks for nothing: somebody is still there."""


@dataclass(frozen=True, slots=True)
class Speak:
    """Another language is wanted, on any screen."""

    language: Language


@dataclass(frozen=True, slots=True)
class Adjust:
    """The terminal is to look or speak like this, on any screen."""

    comfort: Comfort


@dataclass(frozen=True, slots=True)
class ShowComfort:
    """Everything by which it can look or speak otherwise is wanted, from any screen."""


@dataclass(frozen=True, slots=True)
class Earphones:
    """Earphones were plugged in, or pulled out."""

    plugged: bool


@dataclass(frozen=True, slots=True)
class Choose:
    """An item or a bundle of the catalogue was chosen."""

    code: str


@dataclass(frozen=True, slots=True)
class Want:
    """Something else than an item is wanted, from the first screen."""

    purpose: Purpose


@dataclass(frozen=True, slots=True)
class Browse:
    """What a category or a label, by its code, has is wanted; the bundles for None."""

    group: Category | str | None


@dataclass(frozen=True, slots=True)
class Find:
    """Something is looked for; what was typed so far, "" for nothing yet."""

    query: str


@dataclass(frozen=True, slots=True)
class Enter:
    """The answer on the screen, as far as it was typed."""

    text: Personal


@dataclass(frozen=True, slots=True)
class Spell:
    """Letters were typed for the input method; "" for none any more."""

    letters: str


@dataclass(frozen=True, slots=True)
class Pick:
    """One of the options on the screen was touched, by its code."""

    code: str


@dataclass(frozen=True, slots=True)
class Sign:
    """The signature was written."""

    signature: Signature = field(repr=False)


@dataclass(frozen=True, slots=True)
class Continue:
    """The main action of the screen: go on."""


@dataclass(frozen=True, slots=True)
class Decline:
    """The other answer of a screen that asks yes or no: no, skip it, do without."""


@dataclass(frozen=True, slots=True)
class Back:
    """One step back."""


@dataclass(frozen=True, slots=True)
class Leave:
    """End the visit, from any screen."""


@dataclass(frozen=True, slots=True)
class Retry:
    """Try again what failed."""


@dataclass(frozen=True, slots=True)
class Print:
    """Print what is on the screen (again)."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A grade was touched."""

    grade: Grade


@dataclass(frozen=True, slots=True)
class CallHelp:
    """Help is called, from any screen."""


# Of those who look after the terminal.


@dataclass(frozen=True, slots=True)
class CallStaff:
    """Somebody wants in who looks after the terminal: answered while nobody else is there."""


@dataclass(frozen=True, slots=True)
class EnterPin:
    """A whole PIN was typed."""

    pin: Personal


@dataclass(frozen=True, slots=True)
class Serve:
    """Residents are to be served from now on, or not."""

    on: bool


@dataclass(frozen=True, slots=True)
class Refilled:
    """Paper was filled in."""

    kind: DeviceKind


@dataclass(frozen=True, slots=True)
class TryReceipt:
    """A test receipt is wanted."""


@dataclass(frozen=True, slots=True)
class TryDevice:
    """A device is to test itself."""

    kind: DeviceKind


@dataclass(frozen=True, slots=True)
class Restart:
    """The terminal is to be started again."""


StaffIntent = CallStaff | EnterPin | Serve | Refilled | TryReceipt | TryDevice | Restart
Intent = (
    Start
    | Touched
    | Speak
    | Adjust
    | ShowComfort
    | Earphones
    | Choose
    | Want
    | Browse
    | Find
    | Enter
    | Spell
    | Pick
    | Sign
    | Continue
    | Decline
    | Back
    | Leave
    | Retry
    | Print
    | Rate
    | CallHelp
    | StaffIntent
)

# --- the world ------------------------------------------------------------------------------------
# Answers carry the number of the visit that asked, so that one which comes late never reaches the
# next person's screen.


@dataclass(frozen=True, slots=True)
class CardPlaced:
    """A card is there and is being read."""

    visit: int
    means: Means


@dataclass(frozen=True, slots=True)
class Identified:
    """The card was read."""

    visit: int
    person: Person


@dataclass(frozen=True, slots=True)
class CodeShown:
    """A code was read: the platform knows whose it is."""

    visit: int
    code: Personal


@dataclass(frozen=True, slots=True)
class ReadFailed:
    """A card could not be read."""

    visit: int
    means: Means
    fault: Fault


@dataclass(frozen=True, slots=True)
class FaceSeen:
    """What the camera sees, and what the resident should do."""

    visit: int
    guidance: Guidance
    picture: Picture = field(repr=False)


@dataclass(frozen=True, slots=True)
class FaceTaken:
    """The best picture of the face (JPEG)."""

    visit: int
    photo: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class FaceFailed:
    """No good picture came, or the camera does not work."""

    visit: int
    fault: Fault


@dataclass(frozen=True, slots=True)
class PageSeen:
    """What the document camera sees, and what the resident should do."""

    visit: int
    guidance: PageGuidance
    picture: Picture = field(repr=False)


@dataclass(frozen=True, slots=True)
class PageTaken:
    """A page was scanned."""

    visit: int
    page: Attachment


@dataclass(frozen=True, slots=True)
class PageFailed:
    """No page could be taken."""

    visit: int
    fault: Fault


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What a phone has sent so far; `ended` when nothing more can come."""

    visit: int
    session: str
    pages: tuple[Attachment, ...]
    ended: bool


@dataclass(frozen=True, slots=True)
class Consulted:
    """The platform's answer to an inquiry, or that there is none."""

    visit: int
    inquiry: Inquiry
    reply: Reply


@dataclass(frozen=True, slots=True)
class Found:
    """What the catalogue has for a query."""

    visit: int
    query: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Spelt:
    """What the input method has for letters, best first."""

    visit: int
    letters: str
    candidates: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Decided:
    """The platform's answer to a wish, or that it was kept."""

    visit: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class CertificateDrawn:
    """The picture of the certificate for the screen (PNG); None when it could not be drawn."""

    visit: int
    picture: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class PrintEnded:
    """The receipt printer is done, well or not."""

    visit: int
    outcome: PrintOutcome


@dataclass(frozen=True, slots=True)
class SheetsEnded:
    """The document printer is done, well or not; `refused` says why it was not even asked.

    `sheets` is how many were asked for.
    """

    visit: int
    outcome: PrintOutcome
    sheets: int
    refused: Trouble | None = None


@dataclass(frozen=True, slots=True)
class EffectFailed:
    """One of our own hands failed: a mistake of ours, never the resident's."""

    visit: int


# Answers to those who look after the terminal carry the number of the entry that asked.


@dataclass(frozen=True, slots=True)
class PinChecked:
    """Whose PIN it was; None: nobody's, or it was not looked at for another `wait` seconds."""

    entry: int
    role: Role | None
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class TestPrinted:
    """The test receipt is done, well or not."""

    entry: int
    outcome: PrintOutcome


@dataclass(frozen=True, slots=True)
class SelfTested:
    """What a device found out about itself."""

    entry: int
    kind: DeviceKind
    result: SelfTest


@dataclass(frozen=True, slots=True)
class InsideSeen:
    """How the terminal is inside."""

    entry: int
    inside: Inside


@dataclass(frozen=True, slots=True)
class DeviceChanged:
    """A device's debounced status is another than before."""

    kind: DeviceKind
    status: Status


@dataclass(frozen=True, slots=True)
class PlatformChanged:
    """The platform can be reached, or not."""

    reachable: bool


@dataclass(frozen=True, slots=True)
class CatalogueChanged:
    """Another catalogue is in force."""

    catalogue: Catalogue


@dataclass(frozen=True, slots=True)
class DayBegan:
    """It is another day."""

    today: date


@dataclass(frozen=True, slots=True)
class TimerFired:
    """The journey's timer ran out; stale unless `token` is the newest."""

    token: int


VisitAnswer = (
    CardPlaced
    | Identified
    | CodeShown
    | ReadFailed
    | FaceSeen
    | FaceTaken
    | FaceFailed
    | PageSeen
    | PageTaken
    | PageFailed
    | Uploaded
    | Consulted
    | Found
    | Spelt
    | Decided
    | CertificateDrawn
    | PrintEnded
    | SheetsEnded
    | EffectFailed
)
StaffAnswer = PinChecked | TestPrinted | SelfTested | InsideSeen
WorldEvent = DeviceChanged | PlatformChanged | CatalogueChanged | DayBegan | TimerFired
Event = Intent | VisitAnswer | StaffAnswer | WorldEvent
