"""Which questions a step asks: the catalogue's, and the terminal's own in the same form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from kiosk.core.answers import check
from kiosk.core.catalogue import (
    Audience,
    Catalogue,
    Choice,
    Delivery,
    Field,
    FieldKind,
    Group,
    Question,
    Reach,
    Text,
    When,
)
from kiosk.core.identity import Authority
from kiosk.core.matter import Matter
from kiosk.core.sheet import Sheet
from kiosk.core.steps import Step
from kiosk.core.visit import Journey, Purpose, Visit


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it is asked: its full key, and of which member of a group.

    `one` names a member of the group, `index` counts them from 0.
    """

    key: str
    field: Field
    one: Text | None = None
    index: int = 0


def asked(questions: Iterable[Question], sheet: Sheet) -> Iterator[Asked]:
    """The questions that apply to what was answered so far, in order."""
    for question in questions:
        if question.when is not None and not _holds(question.when, sheet):
            continue
        if isinstance(question, Field):
            yield Asked(question.key, question)
        else:
            yield from _of_group(question, sheet)


def unanswered(journey: Journey, visit: Visit, step: Step) -> Asked | None:
    """The first question of a step that is still to be asked."""
    for one in of_step(journey.catalogue, visit, step):
        if not visit.sheet.has(one.key):
            return one
        if check(one.field, visit.sheet.of(one.key), journey.today) is not None:
            return one
    return None


def find(journey: Journey, visit: Visit, step: Step, key: str) -> Asked | None:
    """The question of that key, where the step asks it."""
    return next((q for q in of_step(journey.catalogue, visit, step) if q.key == key), None)


def of_step(catalogue: Catalogue, visit: Visit, step: Step) -> tuple[Asked, ...]:
    """Every question of a step that applies."""
    return tuple(asked(_questions(catalogue, visit, step), visit.sheet))


def put(catalogue: Catalogue, visit: Visit, step: Step) -> tuple[Asked, ...]:
    """The questions of a step that a resident is put: neither usual nor found elsewhere."""
    taken = usual(catalogue, visit)
    sheet = visit.sheet.known(taken)
    return tuple(
        one
        for one in asked(_questions(catalogue, visit, step), sheet)
        if one.key not in visit.found and taken.get(one.key) != sheet.of(one.key)
    )


def _questions(catalogue: Catalogue, visit: Visit, step: Step) -> tuple[Question, ...]:
    match step, visit.purpose, visit.matter:
        case Step.FORM, Purpose.COMPLAINT, _:
            return COMPLAINT
        case Step.FORM, Purpose.AFFAIRS, _:
            return (CASE_NUMBER,)
        case Step.FORM, _, Matter() as matter:
            return (*elsewhere(catalogue, matter), *matter.form)
        case Step.WHOM, _, Matter() as matter:
            return for_whom(matter)
        case Step.DELIVERY, _, Matter() as matter:
            return delivery(matter)
        case _:
            return ()


def _of_group(group: Group, sheet: Sheet) -> Iterator[Asked]:
    """How many there are, where that is open; then the questions of each."""
    count = group.at_least
    if group.at_least < group.at_most:
        yield Asked(group.key, _how_many(group.key, group.label, group.at_least, group.at_most))
        said = sheet.of(group.key)
        count = int(said) if said.isdigit() else group.at_least
    for index in range(min(count, group.at_most)):
        head = f"{group.key}[{index}]"
        for field in group.fields:
            if field.when is None or _holds(field.when, sheet, head):
                yield Asked(f"{head}.{field.key}", field, group.one, index)


@cache
def _how_many(key: str, label: Text, least: int, most: int) -> Field:
    numbers = (str(n) for n in range(least, most + 1))
    return Field(
        kind=FieldKind.CHOICE,
        key=key,
        label=label,
        choices=tuple(Choice(code=n, label=Text(n, n)) for n in numbers),
    )


def _holds(when: When, sheet: Sheet, head: str = "") -> bool:
    """Whether a condition holds: by the answer of the same member of a group first."""
    beside = f"{head}.{when.key}"
    key = beside if head and sheet.has(beside) else when.key
    return sheet.of(key) in when.among


# --- the terminal's own questions -----------------------------------------------------------------

SELF = "self"


def _choice(code: str, zh: str, en: str) -> Choice:
    return Choice(code=code, label=Text(zh, en))


def for_whom(matter: Matter) -> tuple[Question, ...]:
    """For whom is applied, and by what right; one answer is no question."""
    return (_whom(matter.agents, matter.for_enterprises_only), *_PERSON, *_ENTERPRISE)


@cache
def _whom(agents: tuple[Audience, ...], for_enterprises_only: bool) -> Field:  # noqa: FBT001
    open_to = [] if for_enterprises_only else [_choice(SELF, "我自己", "For myself")]
    if Audience.PERSON in agents:
        open_to.append(_choice("person", "替别人办", "For another person"))
    if Audience.ENTERPRISE in agents or for_enterprises_only:
        open_to.append(_choice("enterprise", "替企业或个体户办", "For a business"))
    return Field(
        kind=FieldKind.CHOICE,
        key="for.whom",
        label=Text("您替谁办？", "For whom are you applying?"),
        choices=tuple(open_to),
    )


def usual(catalogue: Catalogue, visit: Visit) -> dict[str, str]:
    """What is taken as answered unless somebody says otherwise: on the notice or the review.

    Applying for oneself, where one may; what a bundle itself gives; of a certificate issued at
    once, here and the first way.
    """
    matter = visit.matter
    if matter is None:
        return {}
    found = {"for.whom": "enterprise" if matter.for_enterprises_only else SELF, **matter.given}
    if matter.instant:
        regions = catalogue.inside(None)
        found |= {"decided.in": regions[0].code} if elsewhere(catalogue, matter) else {}
        found |= {"delivery.way": matter.delivery[0]} if matter.delivery else {}
    return found


def for_others(matter: Matter) -> bool:
    """Whether somebody who may apply for themselves may apply for another instead."""
    return bool(matter.agents) and not matter.for_enterprises_only


_FOR_PERSON = When(key="for.whom", among=("person",))
_FOR_ENTERPRISE = When(key="for.whom", among=("enterprise",))
_PERSON = (
    Field(
        kind=FieldKind.TEXT,
        key="principal.name",
        label=Text("他（她）叫什么名字？", "What is their name?"),
        longest=50,
        when=_FOR_PERSON,
    ),
    Field(
        kind=FieldKind.ID_NUMBER,
        key="principal.number",
        label=Text("他（她）的身份证号码", "Their ID number"),
        when=_FOR_PERSON,
    ),
    Field(
        kind=FieldKind.CHOICE,
        key="principal.authority",
        label=Text("您是他（她）的什么人？", "Who are you to them?"),
        choices=(
            _choice(Authority.GUARDIAN, "监护人（如父母）", "Guardian, such as a parent"),
            _choice(Authority.FAMILY, "配偶或近亲属", "Spouse or close family"),
            _choice(Authority.ENTRUSTED, "受他（她）委托", "Entrusted by them"),
        ),
        when=_FOR_PERSON,
    ),
)
_ENTERPRISE = (
    Field(
        kind=FieldKind.TEXT,
        key="enterprise.name",
        label=Text("企业或店铺的名称", "Name of the business"),
        when=_FOR_ENTERPRISE,
    ),
    Field(
        kind=FieldKind.CREDIT_CODE,
        key="enterprise.credit_code",
        label=Text("统一社会信用代码", "Unified social credit code"),
        hint=Text("在营业执照上，18 位。", "On the business licence: 18 characters."),
        when=_FOR_ENTERPRISE,
    ),
    Field(
        kind=FieldKind.CHOICE,
        key="enterprise.authority",
        label=Text("您是它的什么人？", "What are you to it?"),
        choices=(
            _choice(
                Authority.LEGAL_REPRESENTATIVE,
                "法定代表人或经营者",
                "Legal representative or owner",
            ),
            _choice(Authority.ENTRUSTED, "受它委托", "Entrusted by it"),
        ),
        when=_FOR_ENTERPRISE,
    ),
)


def elsewhere(catalogue: Catalogue, matter: Matter) -> tuple[Question, ...]:
    """Which region decides, where that is not only this one (跨省通办)."""
    if matter.reach is Reach.DISTRICT or len(catalogue.inside(None)) < 2:
        return ()
    regions = tuple(Choice(code=r.code, label=r.name) for r in catalogue.inside(None))
    label = Text("您要在哪里办？", "Which place is to handle it?")
    hint = Text("在这里交，由您选的地方办。", "You hand it in here; that place decides.")
    where = Field(kind=FieldKind.CHOICE, key="decided.in", label=label, hint=hint, choices=regions)
    return (where,)


_WAYS = {
    Delivery.HERE: Text("在这台机器上打印", "Printed at this terminal"),
    Delivery.COUNTER: Text("到便民服务中心窗口取", "Picked up at the service centre"),
    Delivery.EXPRESS: Text("快递送到家", "Sent by express"),
    Delivery.ELECTRONIC: Text("只要电子证照", "Electronic only"),
}
_BY_EXPRESS = When(key="delivery.way", among=(Delivery.EXPRESS,))


def delivery(matter: Matter) -> tuple[Question, ...]:
    """How the result is wanted, and where to."""
    return (_way(matter.delivery), *_EXPRESS)


@cache
def _way(ways: tuple[Delivery, ...]) -> Field:
    return Field(
        kind=FieldKind.CHOICE,
        key="delivery.way",
        label=Text("办好以后，您怎么取？", "How would you like to receive the result?"),
        choices=tuple(Choice(code=way, label=_WAYS[way]) for way in ways),
    )


_EXPRESS = (
    Field(
        kind=FieldKind.ADDRESS,
        key="delivery.address",
        label=Text("寄到哪里？", "Where is it to be sent?"),
        longest=200,
        when=_BY_EXPRESS,
    ),
    Field(
        kind=FieldKind.PHONE,
        key="phone",
        label=Text("收件人的电话", "A telephone number for the courier"),
        when=_BY_EXPRESS,
    ),
)

COMPLAINT: tuple[Question, ...] = (
    Field(
        kind=FieldKind.CHOICE,
        key="complaint.subject",
        label=Text("您要反映什么？", "What is it about?"),
        choices=(
            _choice("not-done", "事情没办成", "Something was not done"),
            _choice("slow", "办得太慢", "It takes too long"),
            _choice("manner", "服务态度", "How I was treated"),
            _choice("fees", "乱收费或乱要材料", "Fees or papers that should not be asked"),
            _choice("terminal", "这台机器", "This terminal"),
            _choice("other", "其他", "Something else"),
        ),
    ),
    Field(
        kind=FieldKind.LONG_TEXT,
        key="complaint.words",
        label=Text("请说说是怎么回事", "Please say what happened"),
        longest=1000,
    ),
    Field(
        kind=FieldKind.PHONE,
        key="phone",
        label=Text("您的电话（不留也可以）", "Your telephone number, if you like"),
        hint=Text("留下电话，我们好回复您。", "So that we can answer you."),
        required=False,
    ),
)

CASE_NUMBER = Field(
    kind=FieldKind.TEXT,
    key="case.number",
    label=Text("请输入办件编号或受理编号", "Please enter the case number"),
    hint=Text("在您的回执上。", "It is on your receipt."),
    longest=40,
)
