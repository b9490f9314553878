"""Everything the journey can ask of the services; each outcome comes back as an event."""

from __future__ import annotations

from dataclasses import dataclass, field

from drivers.device import DeviceKind, Personal
from kiosk.core.cases import Accepted, Attachment, Certificate, Issued, Kept, Noted, Rating, Wish
from kiosk.core.catalogue import Language, Text
from kiosk.core.identity import Means, Person, Principal
from kiosk.core.inquiries import Inquiry


@dataclass(frozen=True, slots=True)
class ReadIdentity:
    """Wait for a card or code by any of these means at once; what comes first ends the others.

    CardPlaced, then Identified, CodeShown or ReadFailed.
    """

    visit: int
    means: frozenset[Means]


@dataclass(frozen=True, slots=True)
class StopReading:
    """Nobody waits for a card or code any more."""


@dataclass(frozen=True, slots=True)
class CaptureFace:
    """Look for a face: FaceSeen again and again, then FaceTaken or FaceFailed."""

    visit: int


@dataclass(frozen=True, slots=True)
class StopCapture:
    """Nobody looks into the camera any more."""


@dataclass(frozen=True, slots=True)
class WatchPage:
    """Look for a page on the document camera, and take it once it lies well.

    PageSeen again and again, then PageTaken or PageFailed.
    """

    visit: int


@dataclass(frozen=True, slots=True)
class StopWatching:
    """Nobody lays pages down any more."""


@dataclass(frozen=True, slots=True)
class WatchUpload:
    """Ask what a phone has sent: Uploaded again and again, until its page ends."""

    visit: int
    session: str


@dataclass(frozen=True, slots=True)
class StopUpload:
    """Nobody waits for the phone any more."""


@dataclass(frozen=True, slots=True)
class Consult:
    """Ask the platform while somebody waits: Consulted."""

    visit: int
    inquiry: Inquiry


@dataclass(frozen=True, slots=True)
class StopConsulting:
    """Nobody waits for the platform's answer any more."""


@dataclass(frozen=True, slots=True)
class FindItems:
    """Search the catalogue: Found."""

    visit: int
    query: str


@dataclass(frozen=True, slots=True)
class SpellOut:
    """Ask the input method what the letters may mean: Spelt."""

    visit: int
    letters: str


@dataclass(frozen=True, slots=True)
class Submit:
    """Write a wish down and send it: Decided."""

    visit: int
    wish: Wish


@dataclass(frozen=True, slots=True)
class DrawCertificate:
    """Typeset the certificate and make a picture for the screen: CertificateDrawn."""

    visit: int
    certificate: Certificate
    language: Language


@dataclass(frozen=True, slots=True)
class PrintReceipt:
    """Print a receipt: PrintEnded. `copy` 0 is the original, 1 the first 补打.

    `subject` is the item, bundle or kind of request it speaks of; `person` None where nobody had
    to say who they are.
    """

    visit: int
    subject: Text
    person: Person | None
    outcome: Issued | Accepted | Noted | Kept
    language: Language
    copy: int
    principal: Principal | None = None


@dataclass(frozen=True, slots=True)
class PrintCertificate:
    """Have a print of an e-certificate allowed, watermark it and print it: SheetsEnded."""

    visit: int
    person: Person
    certificate: Certificate
    language: Language


@dataclass(frozen=True, slots=True)
class PrintPages:
    """Print pages that were scanned, so many times each: SheetsEnded."""

    visit: int
    pages: tuple[Attachment, ...] = field(repr=False)
    copies: int


@dataclass(frozen=True, slots=True)
class SendRating:
    """Write the rating down and send it, now or later; nothing comes back."""

    rating: Rating


@dataclass(frozen=True, slots=True)
class TellHelp:
    """Tell the operations team that somebody at the terminal needs help, and on which screen."""

    visit: int
    screen: str


# Of those who look after a terminal; answers carry the number of the entry that asked.


@dataclass(frozen=True, slots=True)
class CheckPin:
    """Find out whose PIN it is: PinChecked."""

    entry: int
    pin: Personal


@dataclass(frozen=True, slots=True)
class KeepService:
    """Remember whether residents are served, also over a restart, and tell the fleet."""

    on: bool


@dataclass(frozen=True, slots=True)
class TellRefilled:
    """Tell the fleet that somebody filled in paper."""

    kind: DeviceKind


@dataclass(frozen=True, slots=True)
class PrintTest:
    """Print a receipt that speaks of nobody: TestPrinted."""

    entry: int


@dataclass(frozen=True, slots=True)
class TestDevice:
    """Let a device test itself: SelfTested."""

    entry: int
    kind: DeviceKind


@dataclass(frozen=True, slots=True)
class StopTest:
    """Nobody waits for a self-test any more."""


@dataclass(frozen=True, slots=True)
class WatchInside:
    """Tell what a technician sees: InsideSeen, again whenever it is otherwise."""

    entry: int


@dataclass(frozen=True, slots=True)
class StopInside:
    """Nobody looks inside any more."""


@dataclass(frozen=True, slots=True)
class RestartTerminal:
    """End, so that the terminal is started again."""


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Fire once after `seconds`, in place of the timer before; `seconds` None stops it."""

    token: int
    seconds: float | None


@dataclass(frozen=True, slots=True)
class EndVisit:
    """Forget everything of this visit: tasks, pictures, scratch files."""

    visit: int


OfStaff = (
    CheckPin
    | KeepService
    | TellRefilled
    | PrintTest
    | TestDevice
    | StopTest
    | WatchInside
    | StopInside
    | RestartTerminal
)
Effect = (
    ReadIdentity
    | StopReading
    | CaptureFace
    | StopCapture
    | WatchPage
    | StopWatching
    | WatchUpload
    | StopUpload
    | Consult
    | StopConsulting
    | FindItems
    | SpellOut
    | Submit
    | DrawCertificate
    | PrintReceipt
    | PrintCertificate
    | PrintPages
    | SendRating
    | TellHelp
    | SetTimer
    | EndVisit
    | OfStaff
)
