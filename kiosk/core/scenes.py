"""The state of a terminal as one value: what it knows, whose visit it is, and which scene is on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from drivers.device import DeviceKind, Status
from kiosk.core.cases import Grade, Issued, Kept, Outcome
from kiosk.core.catalogue import Catalogue, Language, ServiceItem
from kiosk.core.identity import Person
from kiosk.core.steps import Step
from kiosk.core.troubles import Trouble
from kiosk.core.views import NotPrinted, PrintState


@dataclass(frozen=True, slots=True)
class Attract:
    """Nobody is there."""


@dataclass(frozen=True, slots=True)
class Home:
    """A resident looks at what can be done."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A resident reads what an item asks for."""


@dataclass(frozen=True, slots=True)
class Identify:
    """A card is waited for, or being read; `failures` counts the attempts that came to nothing."""

    reading: bool = False
    trouble: Trouble | None = None
    failures: int = 0


@dataclass(frozen=True, slots=True)
class Review:
    """A resident checks what will be sent."""


@dataclass(frozen=True, slots=True)
class Working:
    """The application is on its way."""


@dataclass(frozen=True, slots=True)
class Result:
    """The resident has what they came for; `copies` counts receipts that may be out already."""

    outcome: Issued | Kept
    picture: bytes | None = None
    drawing: bool = False
    print: PrintState = field(default_factory=lambda: NotPrinted(None))
    copies: int = 0

    def __repr__(self) -> str:
        return f"<result {type(self.outcome).__name__} {self.print}>"


@dataclass(frozen=True, slots=True)
class Rating:
    """A resident may say how it was."""

    case_number: str
    chosen: Grade | None = None


@dataclass(frozen=True, slots=True)
class Farewell:
    """The visit is over; card and papers are still to be taken."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """A trouble stands in the way; `resume` is where trying again leads, None if nowhere."""

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


Overlay = StillThere | Help
Scene = (
    Attract
    | Home
    | Notice
    | Identify
    | Review
    | Working
    | Result
    | Rating
    | Farewell
    | Stuck
    | StillThere
    | Help
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What does not change between start and stop; times in seconds."""

    place: Mapping[Language, str]
    hotline: str
    attendant_phone: str | None
    language: Language = Language.CHINESE
    idle: float = 60.0
    warning: float = 30.0  # WCAG 2.2.1: at least 20
    thanks: float = 2.0
    farewell: float = 10.0
    working: float = 60.0


@dataclass(frozen=True, slots=True)
class Visit:
    """One resident at the terminal, from the first touch to the wipe."""

    number: int
    item: ServiceItem | None = None
    person: Person | None = None
    outcome: Outcome | None = None
    receipts: int = 0


@dataclass(frozen=True, slots=True)
class Journey:
    """Everything the core knows; `timer` is the newest timer's token, `visits` counts them."""

    settings: Settings
    catalogue: Catalogue
    language: Language
    devices: Mapping[DeviceKind, Status] = field(default_factory=dict)
    platform_reachable: bool = True
    scene: Scene = field(default_factory=Attract)
    visit: Visit | None = None
    visits: int = 0
    timer: int = 0


def beginning(settings: Settings, catalogue: Catalogue) -> Journey:
    """A terminal that has just been started."""
    return Journey(settings, catalogue, settings.language)


def bottom(scene: Scene) -> Scene:
    """The scene beneath every overlay."""
    while isinstance(scene, StillThere | Help):
        scene = scene.beneath
    return scene


def step_of(scene: Scene) -> Step | None:
    """The step of the item's flow that a scene belongs to, or None outside of a flow."""
    match bottom(scene):
        case Notice():
            return Step.NOTICE
        case Identify():
            return Step.IDENTIFY
        case Review():
            return Step.REVIEW
        case Working():
            return Step.SUBMIT
        case Result():
            return Step.RESULT
        case Rating():
            return Step.RATING
        case _:
            return None
