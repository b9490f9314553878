"""Everything that can be shown: frozen data a screen renders as it is.

A view holds facts, never sentences of the interface: the screens hold the words, in every language.
Texts of the catalogue and of the platform arrive in the visit's language.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from drivers.device import Personal, Sex
from kiosk.core.cases import Grade
from kiosk.core.catalogue import Language
from kiosk.core.steps import Step
from kiosk.core.troubles import Trouble


@dataclass(frozen=True, slots=True)
class AttractView:
    """Nobody is there: the terminal invites. `closed` says why nothing at all can be offered."""

    closed: Trouble | None


@dataclass(frozen=True, slots=True)
class Tile:
    """One item on the home screen; `why_not` greys it out and says why."""

    code: str
    name: str
    summary: str
    why_not: Trouble | None


@dataclass(frozen=True, slots=True)
class HomeView:
    """What would you like to do?"""

    tiles: tuple[Tile, ...]
    platform_reachable: bool


@dataclass(frozen=True, slots=True)
class NoticeView:
    """一次告知: conditions, materials, steps, times and fee of one item, before starting."""

    name: str
    department: str
    conditions: tuple[str, ...]
    materials: tuple[str, ...]
    promised_days: int
    statutory_days: int
    fee: str
    result_name: str
    flow: tuple[Step, ...]
    why_not: Trouble | None


@dataclass(frozen=True, slots=True)
class ReadCardView:
    """Put your card on the reader; `reading` once it lies there, `trouble` after a failure."""

    reading: bool
    trouble: Trouble | None


@dataclass(frozen=True, slots=True)
class ReviewView:
    """Is this you, and is this what you want? Fields the document lacks are None."""

    item_name: str
    result_name: str
    name: Personal
    sex: Sex
    masked_id: str
    masked_address: str | None


@dataclass(frozen=True, slots=True)
class WorkingView:
    """The platform is asked; wait a moment."""

    item_name: str


@dataclass(frozen=True, slots=True)
class NotPrinted:
    """The receipt may be printed; `why_not` says what keeps it from being printed."""

    why_not: Trouble | None


@dataclass(frozen=True, slots=True)
class Printing:
    """The printer is at work."""


@dataclass(frozen=True, slots=True)
class PrintDone:
    """The receipt is out; `confirmed` only with the device's own word for it."""

    confirmed: bool


@dataclass(frozen=True, slots=True)
class PrintFailed:
    """The receipt did not come out, or perhaps not (PRINT_UNCERTAIN)."""

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
class KeptView:
    """The platform could not be reached: the request is kept, will be sent, and has this number."""

    item_name: str
    number: str
    print: PrintState


@dataclass(frozen=True, slots=True)
class RatingView:
    """How was it? Voluntary, no default; `chosen` thanks and moves on by itself."""

    item_name: str
    chosen: Grade | None


@dataclass(frozen=True, slots=True)
class FarewellView:
    """Take your card and your papers."""

    with_receipt: bool


@dataclass(frozen=True, slots=True)
class FaultView:
    """Something stands in the way; `words` are the platform's own, for REFUSED only."""

    trouble: Trouble
    words: str | None
    can_retry: bool


@dataclass(frozen=True, slots=True)
class StillThereView:
    """Are you still there? In `seconds` the visit ends and everything is wiped."""

    seconds: float


@dataclass(frozen=True, slots=True)
class HelpView:
    """Help was called; meanwhile these numbers answer."""

    attendant_phone: str | None


Body = (
    AttractView
    | HomeView
    | NoticeView
    | ReadCardView
    | ReviewView
    | WorkingView
    | IssuedView
    | KeptView
    | RatingView
    | FarewellView
    | FaultView
    | StillThereView
    | HelpView
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds every screen; `step` of `steps` counts from 1, None outside of a flow."""

    language: Language
    place: str
    hotline: str
    step: int | None
    steps: int
    can_go_back: bool
    can_leave: bool


@dataclass(frozen=True, slots=True)
class View:
    """One screen, whole."""

    frame: Frame
    body: Body

    @property
    def name(self) -> str:
        """A stable word for the screen, for telemetry and file names: `read_card`, `fault`."""
        plain = type(self.body).__name__.removesuffix("View")
        return "".join(f"_{c.lower()}" if c.isupper() else c for c in plain).removeprefix("_")
