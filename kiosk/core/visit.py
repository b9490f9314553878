"""The state of a terminal as one value: what it knows, whose visit it is, which scene is on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from drivers.device import DeviceKind, Signature, Status
from kiosk.core.cases import Draft, HeldCertificate, Outcome, Provided
from kiosk.core.catalogue import Catalogue, Language
from kiosk.core.comfort import Comfort
from kiosk.core.identity import Person
from kiosk.core.matter import Matter
from kiosk.core.scenes import Attract, Home, Scene
from kiosk.core.sheet import Sheet
from kiosk.core.views import NotedKind


class Purpose(StrEnum):
    """What somebody came for."""

    APPLY = "apply"
    AFFAIRS = "affairs"  # progress
    CERTIFICATES = "certificates"
    POLICIES = "policies"
    COMPLAINT = "complaint"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Settings:
    """What does not change between start and stop; times in seconds. `speaks`: it has a voice.

    `staffed`: those who look after it may come in by a PIN.
    """

    place: Mapping[Language, str]
    hotline: str
    attendant_phone: str | None
    language: Language = Language.CHINESE
    speaks: bool = False
    staffed: bool = False
    technician_phone: str | None = None
    idle: float = 60.0
    warning: float = 30.0  # WCAG 2.2.1: at least 20
    thanks: float = 2.0
    farewell: float = 10.0
    working: float = 60.0
    pin: float = 30.0
    staff: float = 180.0  # a roll of paper takes a while
    copies: int = 10
    """Sheets that one visit may copy free of charge."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One resident at the terminal, from the first touch to the wipe.

    `sheet` and `provided` are of the whole visit: what one matter asked, the next does not.
    `found` are the keys of answers that data sharing gave. `consented` is None until it was asked.
    `promised` are codes of items whose commitment was made, `declined` of those where it was not;
    `skipped` are codes of materials that nobody has to bring; `agreed` says that what is missing
    will follow. `declared`: instead of a signature. `came_from` is where the matter was chosen.
    """

    number: int
    purpose: Purpose = Purpose.APPLY
    matter: Matter | None = None
    person: Person | None = None
    face_matched: bool = False
    consented: bool | None = None
    sheet: Sheet = field(default_factory=Sheet)
    found: frozenset[str] = frozenset()
    held: tuple[HeldCertificate, ...] = ()
    provided: Mapping[str, Provided] = field(default_factory=dict)
    promised: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    agreed: bool = False
    signature: Signature | None = field(default=None, repr=False)
    declared: bool = False
    draft: Draft | None = None
    outcome: Outcome | None = None
    noted: NotedKind | None = None  # what a wish beside applications was
    receipts: int = 0
    sheets: int = 0  # printed on paper
    came_from: Scene = field(default_factory=Home)


@dataclass(frozen=True, slots=True)
class Journey:
    """Everything the core knows; `timer` is the newest timer's token, `visits` counts them.

    `out_of_service`: residents are not served until staff say so. `entries` counts how often staff
    came in.
    """

    settings: Settings
    catalogue: Catalogue
    language: Language
    today: date
    comfort: Comfort = field(default_factory=Comfort)
    devices: Mapping[DeviceKind, Status] = field(default_factory=dict)
    platform_reachable: bool = True
    scene: Scene = field(default_factory=Attract)
    visit: Visit | None = None
    visits: int = 0
    timer: int = 0
    out_of_service: bool = False
    entries: int = 0


def beginning(
    settings: Settings,
    catalogue: Catalogue,
    today: date,
    devices: Mapping[DeviceKind, Status] | None = None,
    *,
    out_of_service: bool = False,
) -> Journey:
    """A terminal that has just been started; `devices` says which are not fitted."""
    return Journey(
        settings,
        catalogue,
        settings.language,
        today,
        devices=devices or {},
        out_of_service=out_of_service,
    )
