"""What is shown while a resident says who they are and what is asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from drivers.device import Guidance, PageGuidance, Personal, Picture
from kiosk.core.answers import Problem
from kiosk.core.catalogue import FieldKind
from kiosk.core.identity import Means
from kiosk.core.steps import Step
from kiosk.core.troubles import Trouble


@dataclass(frozen=True, slots=True)
class IdentifyView:
    """Put your card on the reader, into the slot, or show your code: the `means` that work now.

    `reading` once something is there, `trouble` after a failure.
    """

    means: tuple[Means, ...]
    reading: Means | None
    trouble: Trouble | None


@dataclass(frozen=True, slots=True)
class FaceCheckView:
    """Look into the camera: `asks` for consent first; then what it sees and what to do.

    `comparing` once a picture is taken.
    """

    asks: bool
    guidance: Guidance
    picture: Picture | None = field(repr=False)
    comparing: bool
    trouble: Trouble | None


@dataclass(frozen=True, slots=True)
class ConsentView:
    """May these be fetched from other departments, so that they need not be typed or brought?"""

    item_name: str
    answers: tuple[str, ...]  # labels of what would be filled in
    certificates: tuple[str, ...]  # names of the materials that need not be brought


@dataclass(frozen=True, slots=True)
class OptionView:
    """One answer to choose, by the code that `Pick` takes."""

    code: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question. `step` says what it is about, `group` which of several ("第2个孩子").

    Outside of an application it is the `service` instead, by the purpose that `Want` takes.
    CHOICE and YES_NO are answered by picking one of `options` ("yes", "no"), an ADDRESS by picking
    regions until there are none, `path` being those picked, and typing the rest; all else is
    typed. `text` is what was entered so far.
    """

    step: Step
    label: str
    hint: str | None
    kind: FieldKind
    required: bool
    text: Personal
    options: tuple[OptionView, ...] = ()
    path: tuple[str, ...] = ()
    problem: Problem | None = None
    bounds: tuple[str, str] | None = None
    """The least and the most, as words (a DATE in ISO 8601), between which an answer lies."""
    service: str | None = None
    group: str | None = None
    longest: int = 100
    number: int = 1  # of `total` questions of this step
    total: int = 1
    spelled: bool = True  # False: a number of letters and digits, by which nothing is spelled
    letters: str = ""
    candidates: tuple[str, ...] = ()
    """What an input method has for the letters typed (`Spell`)."""


@dataclass(frozen=True, slots=True)
class PromiseView:
    """告知承诺: what is told, what is promised, what follows; to be made or declined."""

    item_name: str
    told: str
    promise: str
    consequence: str
    replaces: tuple[str, ...]  # names of the materials it stands for


@dataclass(frozen=True, slots=True)
class WayView:
    """One way to bring a material, by the code that `Pick` takes (`cases.Way`)."""

    code: str
    why_not: Trouble | None = None


@dataclass(frozen=True, slots=True)
class ProvideView:
    """One material: how will it be brought? `number` of `total` that are still needed.

    `certificate` is the e-certificate that would serve, in words; `later` the working days in
    which it may follow; `optional` may be declined. `words` are the platform's own, why it was
    rejected.
    """

    name: str
    note: str | None
    ways: tuple[WayView, ...]
    certificate: str | None
    later: int | None
    optional: bool
    number: int
    total: int
    trouble: Trouble | None
    words: str | None


@dataclass(frozen=True, slots=True)
class ScanView:
    """Lay a page under the camera: what it sees and what to do.

    `pages` are taken already; while none is looked for (`watching`), another one may be added
    (`Pick("another")`), or they are handed in (`Continue`). `name` None: for copies.
    """

    name: str | None
    guidance: PageGuidance
    picture: Picture | None = field(repr=False)
    pages: int
    most: int
    watching: bool
    trouble: Trouble | None


@dataclass(frozen=True, slots=True)
class UploadView:
    """Scan this with your phone: its address as a QR code, and how many pages have come."""

    name: str
    url: str = field(repr=False)
    seconds: int
    pages: int


@dataclass(frozen=True, slots=True)
class LaterView:
    """One material that may follow, and in how many working days."""

    name: str
    days: int


@dataclass(frozen=True, slots=True)
class DeferralView:
    """容缺受理: what is missing and until when; agreed to by going on."""

    missing: tuple[LaterView, ...]


class Signs(StrEnum):
    """What a signature is for."""

    APPLICATION = "application"
    COMMITMENT = "commitment"
    DEFERRAL = "deferral"


@dataclass(frozen=True, slots=True)
class SignatureView:
    """Please sign, and for what."""

    item_name: str
    signs: tuple[Signs, ...]
