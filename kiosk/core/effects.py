"""Everything the journey can ask of the services; each outcome comes back as an event."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.core.cases import Application, Certificate, Issued, Kept, Rating
from kiosk.core.catalogue import Language, ServiceItem
from kiosk.core.identity import Person


@dataclass(frozen=True, slots=True)
class ReadCard:
    """Wait for a card and read it: CardPlaced, then CardRead or ReadFailed."""

    visit: int


@dataclass(frozen=True, slots=True)
class StopReading:
    """Nobody waits for a card any more."""


@dataclass(frozen=True, slots=True)
class Submit:
    """Write the application down and send it: Decided."""

    visit: int
    application: Application


@dataclass(frozen=True, slots=True)
class DrawCertificate:
    """Typeset the certificate and make a picture for the screen: CertificateDrawn."""

    visit: int
    certificate: Certificate
    language: Language


@dataclass(frozen=True, slots=True)
class PrintReceipt:
    """Print the receipt of a case: PrintEnded. `copy` 0 is the original, 1 the first 补打."""

    visit: int
    item: ServiceItem
    person: Person
    outcome: Issued | Kept
    language: Language
    copy: int


@dataclass(frozen=True, slots=True)
class SendRating:
    """Write the rating down and send it, now or later; nothing comes back."""

    rating: Rating


@dataclass(frozen=True, slots=True)
class TellHelp:
    """Tell the operations team that somebody at the terminal needs help, and on which screen."""

    visit: int
    scene: str


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Fire once after `seconds`, in place of the timer before; `seconds` None stops it."""

    token: int
    seconds: float | None


@dataclass(frozen=True, slots=True)
class EndVisit:
    """Forget everything of this visit: tasks, pictures, scratch files."""

    visit: int


Effect = (
    ReadCard
    | StopReading
    | Submit
    | DrawCertificate
    | PrintReceipt
    | SendRating
    | TellHelp
    | SetTimer
    | EndVisit
)
