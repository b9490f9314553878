"""One visit's worth of values, every scene and event there is, and a world without a wire."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import pytest

from drivers.device import (
    Advice,
    CoverOpen,
    DeviceKind,
    Disconnected,
    Fault,
    Guidance,
    HardwareError,
    NotFitted,
    PageGuidance,
    PaperLow,
    PaperOut,
    Personal,
    Picture,
    PrintEvidence,
    PrintOutcome,
    Ready,
    SelfTest,
    Sex,
    Status,
    Unknown,
)
from kiosk.core import cases, effects, events, inquiries, matter, scenes
from kiosk.core.catalogue import (
    Audience,
    Catalogue,
    Category,
    Choice,
    Commitment,
    Delivery,
    Department,
    Field,
    FieldKind,
    Group,
    Handling,
    IdentityLevel,
    Label,
    LabelIcon,
    Language,
    Material,
    Necessity,
    Policy,
    PolicyMode,
    Reach,
    Region,
    ResultKind,
    ServiceItem,
    Source,
    TaskType,
    Text,
)
from kiosk.core.catalogue.whole import Bundle
from kiosk.core.comfort import Comfort
from kiosk.core.effects import Effect
from kiosk.core.events import Event
from kiosk.core.identity import Document, Means, Person
from kiosk.core.journey import update
from kiosk.core.present import view
from kiosk.core.scenes import Scene
from kiosk.core.search import Hit, HitKind
from kiosk.core.sheet import Sheet
from kiosk.core.staff import Inside, Line, Role
from kiosk.core.steps import Step
from kiosk.core.troubles import Trouble
from kiosk.core.views import NotPrinted, PrintDone, PrintFailed, Printing, View
from kiosk.core.visit import Journey, Purpose, Settings, Visit, beginning
from sandbox.applicant import SIGNATURE, Act, Applicant, Send, Touch

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def text(words: str) -> Text:
    """The same words in both languages."""
    return Text(words, words)


INSTANT = ServiceItem(
    code="pension-proof",
    task_code="119900000000000011399014200100A",
    category=Category.PENSION,
    task_type=TaskType.PUBLIC_SERVICE,
    handling=Handling.INSTANT,
    name=Text("参保证明", "Proof of insurance"),
    summary=text("summary"),
    department="human_resources",
    identity=IdentityLevel.DOCUMENT,
    legal_basis=(text("《社会保险法》"),),
    conditions=(text("条件"),),
    promised_days=0,
    statutory_days=5,
    result=ResultKind.CERTIFICATE,
    result_name=text("证明"),
)
WHOLE = ServiceItem(
    code="whole",
    task_code="119900000000000011399014200200A",
    category=Category.SOCIAL,
    task_type=TaskType.PAYMENT,
    handling=Handling.PROMISED,
    name=Text("样样都要", "Everything"),
    summary=text("summary"),
    department="civil_affairs",
    identity=IdentityLevel.FACE,
    youngest=16,
    legal_basis=(text("《社会救助暂行办法》"),),
    conditions=(text("条件"),),
    promised_days=10,
    statutory_days=20,
    form=(
        Field(kind=FieldKind.PHONE, key="phone", label=text("电话"), shared="contact.phone"),
        Field(kind=FieldKind.YES_NO, key="married", label=text("结婚了吗")),
        Group(
            key="children",
            label=text("几个孩子"),
            one=text("孩子"),
            fields=(Field(kind=FieldKind.TEXT, key="name", label=text("姓名")),),
            at_least=0,
        ),
    ),
    materials=(
        Material(
            code="household_register",
            name=text("户口簿"),
            source=Source.AUTHORITY,
            necessity=Necessity.REQUIRED,
            certificate="household_register",
        ),
        Material(
            code="income",
            name=text("收入证明"),
            source=Source.OWN,
            necessity=Necessity.REQUIRED,
            promised=True,
        ),
        Material(
            code="diagnosis",
            name=text("诊断证明"),
            source=Source.OTHER,
            necessity=Necessity.DEFERRABLE,
            deferral_days=5,
        ),
        Material(code="photo", name=text("照片"), source=Source.OWN, necessity=Necessity.OPTIONAL),
    ),
    commitment=Commitment(told=text("告知"), promise=text("承诺"), consequence=text("后果")),
    delivery=(Delivery.HERE, Delivery.EXPRESS),
    result=ResultKind.CASE,
    result_name=text("决定书"),
    reach=Reach.NATION,
    agents=(Audience.PERSON, Audience.ENTERPRISE),
)
LICENCE = WHOLE.model_copy(
    update={
        "code": "licence",
        "name": text("执照"),
        "audience": (Audience.ENTERPRISE,),
        "identity": IdentityLevel.DOCUMENT,
        "commitment": None,
        "form": (
            Field(
                kind=FieldKind.CHOICE,
                key="kind",
                label=text("种类"),
                choices=(Choice(code="a", label=text("甲")), Choice(code="b", label=text("乙"))),
            ),
            *WHOLE.form,
        ),
    }
)
POLICY = Policy(
    code="allowance",
    name=text("高龄津贴"),
    summary=text("summary"),
    benefit=text("每月100元"),
    department="civil_affairs",
    audience=Audience.PERSON,
    mode=PolicyMode.CONFIRM,
    legal_basis=(text("依据"),),
)
CATALOGUE = Catalogue(
    serial=1,
    version="1",
    departments=(
        Department(code="human_resources", name=text("人社局")),
        Department(code="civil_affairs", name=text("民政局")),
    ),
    regions=(
        Region(code="990000000000", name=text("示例区")),
        Region(code="990001000000", name=text("柳湖镇"), parent="990000000000"),
        Region(code="991000000000", name=text("别处")),
    ),
    items=(INSTANT, WHOLE, LICENCE),
    bundles=(
        Bundle(
            code="both",
            name=text("一件事"),
            summary=text("summary"),
            items=("pension-proof", "whole"),
            promised_days=10,
        ),
    ),
    policies=(POLICY,),
    frequent=("pension-proof", "both"),
    labels=(
        Label(
            code="elders",
            name=text("老年人"),
            summary=text("summary"),
            icon=LabelIcon.ELDER,
            offers=("both", "pension-proof"),
        ),
    ),
)
PERSON = Person(
    name=Personal("王秀英"),
    id_number=Personal("990000195203070029"),
    sex=Sex.FEMALE,
    birth_date=date(1952, 3, 7),
    document=Document.RESIDENT,
    valid_until=None,
    address=Personal("示例区柳湖镇"),
)
EXPIRED = replace(PERSON, valid_until=date(2026, 11, 22))
YOUNG = replace(PERSON, birth_date=date(2012, 1, 1))
CERTIFICATE = cases.Certificate(
    number="CERT-1",
    check_code="ABCD",
    kind="pension-proof",
    title="证明",
    holder=PERSON.name,
    holder_id=PERSON.id_number,
    issued_at=NOW,
    issuer="社保中心",
    verify_url="http://127.0.0.1/v",
    facts=(cases.Fact(text("参保状态"), "正常参保"),),
)
ISSUED = cases.Issued("CASE-1", CERTIFICATE, "http://127.0.0.1/r/1")
OWED = cases.Owed("diagnosis", text("诊断证明"), date(2026, 11, 30))
ACCEPTED = cases.Accepted(
    "CASE-2",
    date(2026, 12, 7),
    date(2026, 12, 21),
    parts=(cases.Part("whole", text("样样都要"), "CASE-2-1", date(2026, 12, 7)),),
    owed=(OWED,),
)
NOTED = cases.Noted("T-1", date(2026, 12, 14))
KEPT = cases.Kept("HY-1")
REFUSED = cases.Refused("not_insured", "没有查到您的参保记录")
REJECTED = cases.Refused("material_rejected", "户口簿看不清", ("household_register",))
OUTCOMES: tuple[cases.Outcome, ...] = (ISSUED, ACCEPTED, NOTED, KEPT, REFUSED, REJECTED)
HELD = cases.HeldCertificate(
    "H-1", "household_register", "户口簿", "公安局", date(2020, 1, 1), date(2030, 1, 1)
)
GONE = replace(HELD, number="H-2", kind="disability_certificate", revoked=True)
CASE = cases.Case(
    "CASE-2",
    text("样样都要"),
    cases.CaseState.SUPPLEMENT,
    cases.Light.YELLOW,
    TODAY,
    date(2026, 12, 7),
    date(2026, 12, 21),
    text("民政局"),
    timeline=(cases.Mark(NOW, text("已受理")),),
    owed=(OWED,),
)
COMPLAINT = cases.ComplaintCase("T-1", TODAY, date(2026, 12, 14), cases.Light.GREEN, "已整改")
AFFAIRS = inquiries.Affairs((CASE,), (COMPLAINT,))
MATCH = cases.Match("allowance", taken=False, why=text("满80岁"))
DRAFT = cases.KeptDraft(cases.Draft("D-1", 1), "whole", NOW, date(2026, 12, 23), "http://x/d/1")
LOADED = inquiries.LoadedDraft(DRAFT, {"phone": "0394-9900123"})
OPENED = inquiries.OpenedCertificate(CERTIFICATE, 3)
UPLOAD = inquiries.UploadPage("U-1", "http://x/u/1", 300)
PAGE = cases.Attachment("0" * 64, content=b"jpeg")
PICTURE = Picture(1, 1, b"\0\0\0")
SETTINGS = Settings(
    {Language.CHINESE: "柳湖村", Language.ENGLISH: "Liuhu"}, "12345", "0394-1", staffed=True
)
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
PRINTS = (
    NotPrinted(None),
    Printing(),
    PrintDone(confirmed=True),
    PrintFailed(Trouble.PAPER_OUT),
    PrintFailed(Trouble.PRINT_UNCERTAIN),
)
DRAFTED = inquiries.SaveDraft("whole", PERSON, Sheet(), ())
INQUIRIES: tuple[inquiries.Inquiry, ...] = (
    inquiries.CheckCode(Personal("code")),
    inquiries.CompareFace(PERSON, b"jpeg"),
    inquiries.Share("whole", PERSON, None, (), (), consent=True),
    inquiries.FindAffairs(PERSON),
    inquiries.ListCertificates(PERSON),
    inquiries.OpenCertificate(PERSON, "CERT-1"),
    inquiries.MatchPolicies(PERSON),
    inquiries.OpenUpload("photo"),
    inquiries.PollUpload("U-1"),
    DRAFTED,
    inquiries.LoadDraft(PERSON, "D-1"),
)
REPLIES: tuple[inquiries.Reply, ...] = (
    PERSON,
    EXPIRED,
    inquiries.FaceVerdict(same=True),
    inquiries.FaceVerdict(same=False),
    inquiries.Shared({"contact.phone": "0394-9900123"}, (HELD, GONE)),
    inquiries.Shared({}, (), DRAFT),
    AFFAIRS,
    inquiries.Affairs((CASE,)),
    (HELD, GONE),
    (MATCH,),
    OPENED,
    UPLOAD,
    inquiries.Uploaded((PAGE,), ended=False),
    DRAFT,
    LOADED,
    *(inquiries.Unanswered(trouble) for trouble in Trouble),
)
PROVIDING = scenes.Providing("household_register")
SHOWN_CASE = scenes.CaseShown(CASE, AFFAIRS)
FILLINGS = (
    scenes.Filling(Step.FORM, "phone", "0394"),
    scenes.Filling(Step.FORM, "children", "2"),
    scenes.Filling(Step.FORM, "decided.in"),
    scenes.Filling(Step.WHOM, "for.whom"),
    scenes.Filling(Step.DELIVERY, "delivery.way", correcting=True),
    scenes.Filling(Step.DELIVERY, "delivery.address", "990001000000|三组"),
    scenes.Filling(Step.FORM, "nobody.asks"),
)
BENEATHS: tuple[Scene | None, ...] = (
    None,
    PROVIDING,
    scenes.CertificateList((HELD,)),
    scenes.KeepDraft(FILLINGS[0]),
)
PLAIN: tuple[Scene, ...] = (
    scenes.Home(),
    scenes.Listing(Category.SOCIAL),
    scenes.Listing(None),
    scenes.Listing("elders", "both"),
    scenes.Listing("withdrawn"),
    scenes.Search("ylbx", (Hit("whole", HitKind.ITEM), Hit("allowance", HitKind.POLICY))),
    scenes.Notice(),
    scenes.Identify(),
    scenes.Identify(reading=Means.ID_CARD),
    scenes.Identify(trouble=Trouble.CARD_REMOVED, failures=2),
    scenes.FaceCheck(),
    scenes.FaceCheck(consented=True, picture=PICTURE),
    scenes.FaceCheck(consented=True, comparing=True),
    scenes.FaceCheck(consented=True, trouble=Trouble.FACE_DIFFERS, failures=2),
    scenes.Consent(),
    scenes.Resume(DRAFT),
    *FILLINGS,
    scenes.Promise("whole"),
    scenes.Promise("gone"),
    PROVIDING,
    scenes.Providing("diagnosis", trouble=Trouble.UPLOAD_ENDED),
    scenes.Providing("photo", correcting=True),
    scenes.Providing("gone"),
    scenes.Providing("diagnosis", case=SHOWN_CASE),
    scenes.Scanning(PROVIDING),
    scenes.Scanning(PROVIDING, (PAGE,), watching=False),
    scenes.Scanning(scenes.Copying(), trouble=Trouble.PAGE_REFUSED, watching=False),
    scenes.Uploading(PROVIDING, UPLOAD),
    scenes.Uploading(PROVIDING, UPLOAD, (PAGE,)),
    scenes.Deferral(),
    scenes.Review(),
    scenes.Signing(),
    *(scenes.Asking(inquiry, beneath) for inquiry in INQUIRIES for beneath in BENEATHS),
    scenes.Working(cases.FollowUp("T-1", settled=True)),
    scenes.Working(cases.Application("whole", ("whole",), PERSON)),
    *(
        scenes.Result(outcome, picture, drawing, state)
        for outcome in (ISSUED, ACCEPTED, NOTED, KEPT)
        for picture, drawing in ((b"png", False), (None, True))
        for state in PRINTS
    ),
    scenes.Rating("CASE-1"),
    scenes.Rating("CASE-1", cases.Grade.DISSATISFIED, (cases.Reason.SLOW,)),
    scenes.Rating("CASE-1", cases.Grade.SATISFIED, given=True),
    scenes.AskHow(),
    scenes.AffairsList(AFFAIRS),
    SHOWN_CASE,
    scenes.ComplaintShown(COMPLAINT, AFFAIRS),
    scenes.ComplaintShown(replace(COMPLAINT, reply=None), AFFAIRS),
    scenes.CertificateList((HELD, GONE)),
    scenes.CertificateList(()),
    *(scenes.CertificateShown(OPENED, (HELD,), print=state) for state in PRINTS),
    scenes.CertificateShown(replace(OPENED, left=0), (HELD,), b"png", drawing=False),
    scenes.PolicyList((MATCH,)),
    scenes.PolicyShown(MATCH, (MATCH,)),
    scenes.PolicyShown(replace(MATCH, policy="gone"), (MATCH,)),
    *(scenes.Copying((PAGE,), 2, state) for state in PRINTS),
    scenes.Copying(),
    scenes.KeepDraft(FILLINGS[0]),
    scenes.DraftKept(DRAFT),
    scenes.Farewell(),
    *(scenes.Stuck(trouble, None, scenes.Identify()) for trouble in Trouble),
    scenes.Stuck(Trouble.REFUSED, "没有查到", None),
    scenes.Stuck(Trouble.PLATFORM_AWAY, None, scenes.Asking(INQUIRIES[3])),
    scenes.Stuck(Trouble.ITEM_WITHDRAWN, None, scenes.Home()),
)
INSIDE = Inside("village-0001", "0.1.0", NOW, 2, Line(up=True, since=NOW), None)
TESTED = SelfTest(Ready(), "/dev/printer", "EP-80", {"firmware": "1.2"})
OF_STAFF: tuple[scenes.StaffScene, ...] = (
    scenes.StaffPin(),
    scenes.StaffPin(checking=True),
    scenes.StaffPin(wrong=True, wait=8),
    *(
        scene
        for role in Role
        for scene in (
            scenes.Staffed(role),
            scenes.Staffed(role, Printing(), frozenset({DeviceKind.RECEIPT_PRINTER})),
            scenes.Staffed(role, PrintFailed(Trouble.PAPER_OUT), inside=INSIDE),
            scenes.Staffed(
                role,
                testing=DeviceKind.CABINET,
                tested={DeviceKind.RECEIPT_PRINTER: TESTED},
            ),
        )
    ),
)
SCENES: tuple[Scene, ...] = (
    scenes.Attract(),
    *OF_STAFF,
    *PLAIN,
    *(scenes.StillThere(scene) for scene in PLAIN),
    *(scenes.Help(scene) for scene in PLAIN),
    *(scenes.Adjusting(scene) for scene in PLAIN),
)
PICKS = (
    *("document", "number", "another", "scan", "more", "fewer", "yes", "no", "self", "person"),
    *("others", "phone", "household_register", "diagnosis", "photo", "CASE-2", "T-1", "H-1"),
    *("allowance", "990001000000", "express", *cases.Way, *cases.Reason, "nonsense"),
)


def events_of(visit: int, token: int, entry: int) -> Iterator[Event]:
    """At least one event of every kind; answers belong to `visit`, the timer to `token`.

    Those to staff belong to `entry`.
    """
    yield from (events.Start(), events.Touched(), events.Continue(), events.Decline())
    yield from (events.Start(spoken=True), events.Earphones(plugged=True))
    yield from (events.Earphones(plugged=False), events.ShowComfort())
    yield events.Adjust(Comfort(contrast=True, low_reach=True).for_elders(on=True))
    yield from (events.Back(), events.Leave(), events.Retry(), events.Print(), events.CallHelp())
    yield from (events.Speak(language) for language in Language)
    yield from (events.Choose(code) for code in ("pension-proof", "whole", "both", "withdrawn"))
    yield from (events.Want(purpose) for purpose in Purpose)
    yield from (events.Browse(group) for group in (None, Category.SOCIAL, "elders", "gone"))
    yield from (events.Find(""), events.Find("ylbx"))
    yield from (events.Enter(Personal(text)) for text in ("", "0394-9900123", "三组"))
    yield from (events.Spell("wang"), events.Spell(""), events.Sign(SIGNATURE))
    yield from (events.Pick(code) for code in PICKS)
    yield from (events.Rate(grade) for grade in cases.Grade)
    yield from of_staff(entry)
    yield from world_answers(visit)
    yield from (events.DeviceChanged(k, status) for k in DeviceKind for status in STATUSES)
    yield from (events.PlatformChanged(reachable) for reachable in (False, True))
    yield events.CatalogueChanged(Catalogue(serial=2, version="2"))
    yield events.DayBegan(date(2026, 11, 24))
    yield events.TimerFired(token)


def of_staff(entry: int) -> Iterator[Event]:
    """What those who look after the terminal do, and what is answered to their entry."""
    yield from (events.CallStaff(), events.EnterPin(Personal("271828")))
    yield from (events.Serve(on=False), events.Serve(on=True))
    yield from (events.Refilled(kind) for kind in DeviceKind)
    yield from (events.TryReceipt(), events.TryDevice(DeviceKind.CABINET), events.Restart())
    yield from (events.PinChecked(entry, role) for role in Role)
    yield events.PinChecked(entry, None, 7.5)
    for evidence in PrintEvidence:
        yield events.TestPrinted(entry, PrintOutcome(evidence, Ready()))
    yield events.SelfTested(entry, DeviceKind.CABINET, TESTED)
    yield events.InsideSeen(entry, INSIDE)


def world_answers(visit: int) -> Iterator[Event]:
    """What the world answers, well or not."""
    codes = ("card.removed", "card.bank", "card.unreadable", "reader.disconnected", "page.covered")
    faults = [Fault(code, Advice.RETRY) for code in (*codes, "face.none", "camera.in_use")]
    yield events.CardPlaced(visit, Means.ID_CARD)
    yield from (events.Identified(visit, person) for person in (PERSON, EXPIRED, YOUNG))
    yield events.CodeShown(visit, Personal("code"))
    for fault in faults:
        yield events.ReadFailed(visit, Means.ID_CARD, fault)
        yield events.FaceFailed(visit, fault)
        yield events.PageFailed(visit, fault)
    yield events.FaceSeen(visit, Guidance.CLOSER, PICTURE)
    yield events.FaceTaken(visit, b"jpeg")
    yield events.PageSeen(visit, PageGuidance.FLATTEN, PICTURE)
    yield events.PageTaken(visit, PAGE)
    for pages in ((), (PAGE,)):
        yield from (events.Uploaded(visit, "U-1", pages, ended) for ended in (False, True))
    yield events.Found(visit, "ylbx", (Hit("whole", HitKind.ITEM),))
    yield events.Spelt(visit, "wang", ("王", "网"))
    yield from (events.Decided(visit, outcome) for outcome in OUTCOMES)
    yield from (events.CertificateDrawn(visit, picture) for picture in (b"png", None))
    for status in STATUSES:
        for evidence in PrintEvidence:
            yield events.PrintEnded(visit, PrintOutcome(evidence, status))
            yield events.SheetsEnded(visit, PrintOutcome(evidence, status), 2)
    nothing = PrintOutcome(PrintEvidence.NOT_STARTED, Unknown())
    yield events.SheetsEnded(visit, nothing, 1, Trouble.QUOTA_USED)
    yield events.EffectFailed(visit)
    yield events.Consulted(visit, INQUIRIES[0], PERSON)


def replies(visit: int) -> Iterator[Event]:
    """Every reply there is to every inquiry, also those that answer something else."""
    yield from (events.Consulted(visit, i, reply) for i in INQUIRIES for reply in REPLIES)


READY = {kind: Ready() for kind in DeviceKind}


@dataclass
class Pure:
    """A world without a wire: each effect is answered at once, and well.

    `shared` is what other departments know; `touches` counts what the resident touched.
    """

    catalogue: Catalogue
    language: Language = Language.CHINESE
    shared: inquiries.Shared = field(default_factory=lambda: inquiries.Shared({}))
    person: Person = PERSON
    wishes: list[cases.Wish] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    shown: list[View] = field(default_factory=list)
    touches: int = 0
    touches_to_result: int = 0

    def __post_init__(self) -> None:
        """A terminal on which everything works."""
        begun = beginning(SETTINGS, self.catalogue, TODAY, READY)
        self.journey: Journey = replace(begun, language=self.language)

    def play(self, applicant: Applicant, until: str = "farewell") -> None:
        """From the first touch to a screen, or to a fault."""
        for _ in range(400):
            shown = view(self.journey)
            self.seen.append(shown.name)
            self.shown.append(shown)
            if shown.name == "question":
                self.asked.append(self.journey.scene.key)  # type: ignore[union-attr] # a Filling
            if shown.name in {"issued", "accepted"} and not self.touches_to_result:
                self.touches_to_result = self.touches
            if shown.name in {until, "fault"}:
                return
            deed = applicant.next(shown)
            if deed is None:  # the thanks are read
                self.happen(events.TimerFired(self.journey.timer))
            else:
                self._do(deed)
        raise AssertionError(f"no end: {self.seen[-8:]}")

    def _do(self, deed: Touch | Act | Send) -> None:
        match deed:
            case Touch(intent):
                self.touches += not isinstance(intent, events.Enter)
                self.happen(intent)
            case Send():
                self.happen(events.Uploaded(self.journey.visits, "U-1", (PAGE,), ended=False))
            case Act(line):
                self._act(line.split()[0])

    def _act(self, device: str) -> None:
        visit = self.journey.visits
        answer: dict[str, Event] = {
            "card": events.Identified(visit, self.person),
            "face": events.FaceTaken(visit, b"jpeg"),
            "page": events.PageTaken(visit, PAGE),
        }
        self.happen(answer[device])

    def happen(self, event: Event) -> None:
        """Let something happen, and everything that follows at once."""
        transition = update(self.journey, event)
        self.journey = transition.journey
        for effect in transition.effects:
            if (answer := self._answer(effect)) is not None:
                self.happen(answer)

    def _answer(self, effect: Effect) -> Event | None:
        well = PrintOutcome(PrintEvidence.CONFIRMED, Ready())
        match effect:
            case effects.Consult(visit, inquiry):
                return events.Consulted(visit, inquiry, self._reply(inquiry))
            case effects.Submit(visit, wish):
                self.wishes.append(wish)
                return events.Decided(visit, self._decide(wish))
            case effects.DrawCertificate(visit):
                return events.CertificateDrawn(visit, b"png")
            case effects.PrintReceipt(visit):
                return events.PrintEnded(visit, well)
            case effects.SendRating(rating):
                self.wishes.append(rating)
                return None
            case _:
                return None

    def _reply(self, inquiry: inquiries.Inquiry) -> inquiries.Reply:
        match inquiry:
            case inquiries.CompareFace():
                return inquiries.FaceVerdict(same=True)
            case inquiries.OpenUpload():
                return UPLOAD
            case inquiries.Share(consent=True):
                return self.shared
            case _:
                return inquiries.Shared({})

    def _decide(self, wish: cases.Wish) -> cases.Outcome:
        if not isinstance(wish, cases.Application):
            return NOTED
        found = matter.find(self.catalogue, wish.code)
        return ISSUED if found is not None and found.instant else ACCEPTED


@dataclass(frozen=True)
class World:
    """What the tests of the core share."""

    journey: Journey
    catalogue: Catalogue = CATALOGUE
    instant: ServiceItem = INSTANT
    whole: ServiceItem = WHOLE
    person: Person = PERSON
    expired: Person = EXPIRED
    young: Person = YOUNG
    issued: cases.Issued = ISSUED
    accepted: cases.Accepted = ACCEPTED
    kept: cases.Kept = KEPT
    refused: cases.Refused = REFUSED
    rejected: cases.Refused = REJECTED
    held: cases.HeldCertificate = HELD
    draft: cases.KeptDraft = DRAFT
    loaded: inquiries.LoadedDraft = LOADED
    case: cases.Case = CASE
    opened: inquiries.OpenedCertificate = OPENED
    page: cases.Attachment = PAGE
    today: date = TODAY
    scenes: tuple[Scene, ...] = SCENES
    pure: type[Pure] = Pure

    def events(self, visit: int = 1, token: int = 0, entry: int = 1) -> tuple[Event, ...]:
        """Every event, for that visit, timer and entry of staff."""
        return tuple(events_of(visit, token, entry))

    def replies(self, visit: int = 1) -> tuple[Event, ...]:
        """Every reply to every inquiry."""
        return tuple(replies(visit))

    def at(self, scene: Scene) -> Journey:
        """A journey in that scene, with everything known that could be."""
        if isinstance(scene, scenes.Attract):
            return self.journey
        if isinstance(scene, scenes.StaffScene):
            return replace(self.journey, scene=scene, entries=1)
        found = matter.find(CATALOGUE, "whole")
        visit = Visit(
            1,
            matter=found,
            person=PERSON,
            consented=True,
            sheet=Sheet({"children": "1", "for.whom": "self", "delivery.way": "express"}),
            held=(HELD,),
            outcome=ISSUED,
        )
        return replace(self.journey, scene=scene, visit=visit, visits=1)


@pytest.fixture(scope="session")
def world() -> World:
    """Values for journeys; the journey is a terminal that has just been started."""
    return World(beginning(SETTINGS, CATALOGUE, TODAY, READY))
