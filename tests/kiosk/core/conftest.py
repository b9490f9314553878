"""One visit's worth of values, and every scene and event there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from drivers.device import (
    Advice,
    CardKind,
    CoverOpen,
    DeviceKind,
    Disconnected,
    Fault,
    HardwareError,
    NotFitted,
    PaperLow,
    PaperOut,
    Personal,
    PrintEvidence,
    PrintOutcome,
    Ready,
    Sex,
    Status,
    Unknown,
)
from kiosk.core import cases, events, scenes
from kiosk.core.catalogue import (
    Catalogue,
    IdentityLevel,
    Language,
    ResultKind,
    ServiceItem,
    Text,
)
from kiosk.core.events import Event
from kiosk.core.identity import Person
from kiosk.core.scenes import Journey, Scene, Settings, Visit
from kiosk.core.troubles import Trouble
from kiosk.core.views import NotPrinted, PrintDone, PrintFailed, Printing

TODAY = date(2026, 11, 23)


def text(words: str) -> Text:
    """The same words in both languages."""
    return Text(words, words)


ITEM = ServiceItem(
    code="pension-proof",
    category=text("养老保障"),
    name=Text("参保证明", "Proof of insurance"),
    summary=text("summary"),
    department=text("department"),
    identity=IdentityLevel.ID_CARD,
    materials=(text("身份证"),),
    conditions=(text("条件"),),
    promised_days=0,
    statutory_days=5,
    fee=text("不收费"),
    result=ResultKind.CERTIFICATE,
    result_name=text("证明"),
)
OPEN_ITEM = ServiceItem(
    **{f: getattr(ITEM, f) for f in ITEM.__slots__ if f not in {"code", "identity", "rated"}},
    code="leaflet",
    identity=IdentityLevel.NONE,
    rated=False,
)
CATALOGUE = Catalogue("1", (ITEM,))
PERSON = Person(
    name=Personal("王秀英"),
    id_number=Personal("990000195203070029"),
    sex=Sex.FEMALE,
    birth_date=date(1952, 3, 7),
    document=CardKind.RESIDENT,
    valid_until=None,
    address=Personal("淮阳区城关回族镇"),
)
EXPIRED = Person(
    **{f: getattr(PERSON, f) for f in PERSON.__slots__ if f != "valid_until"},
    valid_until=date(2026, 11, 22),
)
ISSUED = cases.Issued(
    "CASE-1",
    cases.Certificate(
        number="CERT-1",
        check_code="ABCD",
        title="证明",
        holder=PERSON.name,
        holder_id=PERSON.id_number,
        issued_at=datetime(2026, 11, 23, 8, 0, tzinfo=UTC),
        issuer="社保中心",
        verify_url="http://127.0.0.1/v",
        record=cases.InsuranceRecord(date(2010, 1, 1), "正常参保", 15, "3000.00", "社保中心"),
    ),
)
KEPT = cases.Kept("HY-1")
REFUSED = cases.Refused("not_insured", "没有查到您的参保记录")
SETTINGS = Settings({Language.CHINESE: "柳湖村", Language.ENGLISH: "Liuhu"}, "12345", "0394-1")
JAMMED = HardwareError(Fault("printer.cutter", Advice.ATTENDANT_ACTS))
STATUSES: tuple[Status, ...] = (
    Unknown(),
    NotFitted(),
    Ready(),
    PaperLow(),
    PaperOut(),
    CoverOpen(),
    Disconnected("unplugged"),
    JAMMED,
)
RESULTS: tuple[scenes.Result, ...] = tuple(
    scenes.Result(outcome, picture, drawing, state)
    for outcome in (ISSUED, KEPT)
    for picture, drawing in ((b"png", False), (None, True), (None, False))
    for state in (
        NotPrinted(None),
        Printing(),
        PrintDone(confirmed=True),
        PrintDone(confirmed=False),
        PrintFailed(Trouble.PAPER_OUT),
    )
)
PLAIN: tuple[Scene, ...] = (
    scenes.Home(),
    scenes.Notice(),
    scenes.Identify(),
    scenes.Identify(reading=True),
    scenes.Identify(trouble=Trouble.CARD_REMOVED, failures=2),
    scenes.Review(),
    scenes.Working(),
    *RESULTS,
    scenes.Rating("CASE-1"),
    scenes.Rating("CASE-1", cases.Grade.SATISFIED),
    scenes.Farewell(),
    *(scenes.Stuck(trouble, None, scenes.Identify()) for trouble in Trouble),
    scenes.Stuck(Trouble.REFUSED, "没有查到", None),
)
SCENES: tuple[Scene, ...] = (
    scenes.Attract(),
    *PLAIN,
    *(scenes.StillThere(scene) for scene in PLAIN),
    *(scenes.Help(scene) for scene in PLAIN),
)


def events_of(visit: int, token: int) -> tuple[Event, ...]:
    """At least one event of every kind; answers belong to `visit`, the timer to `token`."""
    faults = ("card.removed", "card.unreadable", "reader.disconnected")
    return (
        events.Start(),
        events.Touched(),
        *(events.Speak(language) for language in Language),
        events.Choose(ITEM.code),
        events.Choose("withdrawn"),
        events.Continue(),
        events.Back(),
        events.Leave(),
        events.Retry(),
        events.Print(),
        *(events.Rate(grade) for grade in cases.Grade),
        events.CallHelp(),
        events.CardPlaced(visit),
        events.CardRead(visit, PERSON, TODAY),
        events.CardRead(visit, EXPIRED, TODAY),
        *(events.ReadFailed(visit, Fault(code, Advice.RETRY)) for code in faults),
        *(events.Decided(visit, outcome) for outcome in (ISSUED, KEPT, REFUSED)),
        events.CertificateDrawn(visit, b"png"),
        events.CertificateDrawn(visit, None),
        *(
            events.PrintEnded(visit, PrintOutcome(evidence, status))
            for evidence in PrintEvidence
            for status in STATUSES
        ),
        events.EffectFailed(visit),
        *(events.DeviceChanged(kind, status) for kind in DeviceKind for status in STATUSES),
        events.PlatformChanged(reachable=False),
        events.PlatformChanged(reachable=True),
        events.CatalogueChanged(Catalogue("2", ())),
        events.TimerFired(token),
    )


@dataclass(frozen=True)
class World:
    """What the tests of the core share."""

    journey: Journey
    item: ServiceItem = ITEM
    open_item: ServiceItem = OPEN_ITEM
    person: Person = PERSON
    expired: Person = EXPIRED
    issued: cases.Issued = ISSUED
    kept: cases.Kept = KEPT
    refused: cases.Refused = REFUSED
    today: date = TODAY
    scenes: tuple[Scene, ...] = SCENES

    def events(self, visit: int = 1, token: int = 0) -> tuple[Event, ...]:
        """Every event, for that visit and timer."""
        return events_of(visit, token)

    def at(self, scene: Scene) -> Journey:
        """A journey in that scene, with everything known that could be."""
        visit = Visit(1, ITEM, PERSON, ISSUED)
        if isinstance(scene, scenes.Attract):
            return self.journey
        return Journey(SETTINGS, CATALOGUE, Language.CHINESE, scene=scene, visit=visit, visits=1)


@pytest.fixture(scope="session")
def world() -> World:
    """Values for journeys; the journey is a terminal that has just been started."""
    return World(scenes.beginning(SETTINGS, CATALOGUE))
