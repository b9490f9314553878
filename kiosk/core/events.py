"""Everything that can happen: what a touch asks for, and what the world answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from drivers.device import DeviceKind, Fault, PrintOutcome, Status
from kiosk.core.cases import Grade, Outcome
from kiosk.core.catalogue import Catalogue, Language
from kiosk.core.identity import Person

# --- intents: what a touch asks for ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Start:
    """The attract screen was touched."""


@dataclass(frozen=True, slots=True)
class Touched:
    """A touch that asks for nothing: somebody is still there."""


@dataclass(frozen=True, slots=True)
class Speak:
    """Another language is wanted, on any screen."""

    language: Language


@dataclass(frozen=True, slots=True)
class Choose:
    """An item of the catalogue was chosen."""

    item_code: str


@dataclass(frozen=True, slots=True)
class Continue:
    """The main action of the screen: go on."""


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
    """Print the receipt (again)."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A grade was touched."""

    grade: Grade


@dataclass(frozen=True, slots=True)
class CallHelp:
    """Help is called, from any screen."""


Intent = (
    Start | Touched | Speak | Choose | Continue | Back | Leave | Retry | Print | Rate | CallHelp
)

# --- the world ------------------------------------------------------------------------------------
# Answers carry the number of the visit that asked, so that one which comes late never reaches the
# next person's screen.


@dataclass(frozen=True, slots=True)
class CardPlaced:
    """A card lies on the reader and is being read."""

    visit: int


@dataclass(frozen=True, slots=True)
class CardRead:
    """The card was read; `today` is the terminal's date, since the core has no clock."""

    visit: int
    person: Person
    today: date


@dataclass(frozen=True, slots=True)
class ReadFailed:
    """The card could not be read."""

    visit: int
    fault: Fault


@dataclass(frozen=True, slots=True)
class Decided:
    """The platform's answer to a submission, or that the request was kept."""

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
class EffectFailed:
    """One of our own hands failed: a mistake of ours, never the resident's."""

    visit: int


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
class TimerFired:
    """The journey's timer ran out; stale unless `token` is the newest."""

    token: int


VisitAnswer = (
    CardPlaced | CardRead | ReadFailed | Decided | CertificateDrawn | PrintEnded | EffectFailed
)
WorldEvent = DeviceChanged | PlatformChanged | CatalogueChanged | TimerFired
Event = Intent | VisitAnswer | WorldEvent
