"""Samples of saying who one is, and of what is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from drivers.device import Guidance, Personal, Picture
from kiosk.core import views
from kiosk.core.answers import Problem
from kiosk.core.catalogue import FieldKind, Language, Text
from kiosk.core.identity import Means
from kiosk.core.steps import Step
from kiosk.core.troubles import Trouble
from kiosk.core.views import Body, OptionView, QuestionView
from kiosk.core.visit import Purpose
from screens.samples.common import HOLDER, ITEM, LONG

_REGIONS: Final = (
    Text("柳湖镇", "Liuhu"),
    Text("青石镇", "Qingshi"),
    Text("东岭乡", "Dongling"),
    Text("新华街道", "Xinhua Subdistrict"),
    Text("城关镇", "Chengguan"),
    Text("河口镇", "Hekou"),
    Text("马坪乡", "Maping"),
)
_EDUCATION: Final = (
    Text("小学及以下", "Primary school or less"),
    Text("初中", "Junior middle school"),
    Text("高中、中专、技校", "Senior middle or technical school"),
    Text("大专", "College"),
    Text("本科", "Bachelor"),
    Text("研究生", "Master or above"),
    Text("其他", "Other"),
)


def bodies(language: Language) -> Iterator[tuple[str, Body]]:
    """Each by a name of its own."""
    yield from _identify()
    yield from _face_check()
    yield from _consent(language)
    yield from _touched(language)
    yield from _dated(language)
    yield from _padded(language)
    yield from _worded(language)
    for problem in Problem:
        yield f"question-problem-{problem}", _wrong(language, problem)


def _identify() -> Iterator[tuple[str, Body]]:
    every = tuple(Means)
    yield "identify", views.IdentifyView(every, None, None)
    yield "identify-two", views.IdentifyView(every[:2], None, None)
    for means in Means:
        yield f"identify-{means}", views.IdentifyView((means,), None, None)
        yield f"identify-reading-{means}", views.IdentifyView(every, means, None)
    for trouble in (
        Trouble.CARD_LEFT,
        Trouble.CARD_REMOVED,
        Trouble.CARD_UNREADABLE,
        Trouble.CARD_REFUSED,
        Trouble.CODE_REFUSED,
    ):
        yield f"identify-{trouble}", views.IdentifyView(every, None, trouble)
    one = (Means.ID_CARD,)
    yield "identify-one-card_removed", views.IdentifyView(one, None, Trouble.CARD_REMOVED)


def _face_check() -> Iterator[tuple[str, Body]]:
    def looking(guidance: Guidance, picture: Picture | None) -> views.FaceCheckView:
        return views.FaceCheckView(False, guidance, picture, False, None)

    face = _face()
    yield "face_check-asks", views.FaceCheckView(True, Guidance.NOBODY, None, False, None)
    yield "face_check-dark", looking(Guidance.NOBODY, None)
    for guidance in Guidance:
        yield f"face_check-{guidance}", looking(guidance, face)
    yield "face_check-comparing", replace(looking(Guidance.GOOD, None), comparing=True)
    for trouble in (Trouble.FACE_NOT_SEEN, Trouble.FACE_DIFFERS):
        yield f"face_check-{trouble}", replace(looking(Guidance.NOBODY, None), trouble=trouble)


def _face() -> Picture:
    """What a camera might see of nobody: an oval on a plain ground."""
    width, height = 320, 240
    rows = []
    for y in range(height):
        half = int(70 * max(1 - ((y - 110) / 90) ** 2, 0) ** 0.5)
        ground, face = b"\xb8\xc4\xd4" * (width // 2 - half), b"\x8a\x7a\x70" * (2 * half)
        rows.append(ground + face + ground)
    return Picture(width, height, b"".join(rows))


def _consent(language: Language) -> Iterator[tuple[str, Body]]:
    def words(*texts: Text) -> tuple[str, ...]:
        return tuple(text.of(language) for text in texts)

    answers = words(
        Text("联系电话", "Phone number"),
        Text("现在住哪里", "Where you live now"),
        Text("开户银行和收款账号", "Bank and account"),
    )
    papers = words(Text("户口簿", "Household register"), Text("结婚证", "Marriage certificate"))
    yield "consent", views.ConsentView(ITEM.of(language), answers, papers)
    yield "consent-answers", views.ConsentView(ITEM.of(language), answers[:1], ())
    yield "consent-long", views.ConsentView(LONG.of(language), answers * 5, papers * 4)


def _question(language: Language, label: Text, kind: FieldKind, text: str = "") -> QuestionView:
    return QuestionView(
        step=Step.FORM,
        label=label.of(language),
        hint=None,
        kind=kind,
        required=True,
        text=Personal(text),
        number=3,
        total=12,
    )


def _options(
    language: Language, texts: tuple[Text, ...], chosen: int = -1
) -> tuple[OptionView, ...]:
    return tuple(
        OptionView(f"option{n}", text.of(language), chosen=n == chosen)
        for n, text in enumerate(texts)
    )


def _touched(language: Language) -> Iterator[tuple[str, Body]]:
    education = Text("文化程度", "Education")
    choice = replace(
        _question(language, education, FieldKind.CHOICE), options=_options(language, _EDUCATION)
    )
    yield "question-choice", choice
    chosen = _options(language, _EDUCATION, chosen=3)
    yield "question-choice-chosen", replace(choice, options=chosen, required=False)
    long = _options(language, (LONG,) * 5)
    yield "question-choice-long", replace(choice, label=LONG.of(language), options=long)
    yield "question-choice-few", replace(choice, options=_options(language, _EDUCATION[:3]))
    yes_no = (
        OptionView("yes", Text("是", "Yes").of(language)),
        OptionView("no", Text("否", "No").of(language)),
    )
    alone = Text("是不是一个人住？", "Do you live alone?")
    yield (
        "question-yes_no",
        replace(_question(language, alone, FieldKind.YES_NO), options=yes_no),
    )
    child = replace(
        _question(
            language, Text("这个孩子上学了吗？", "Does this child go to school?"), FieldKind.YES_NO
        ),
        options=yes_no,
        required=False,
        group=Text("第2个孩子", "Child 2").of(language),
    )
    yield "question-group", child
    where = _question(language, Text("现在住哪里", "Where you live now"), FieldKind.ADDRESS)
    regions = _options(language, _REGIONS)
    yield "question-address", replace(where, options=regions[:2])
    path = (Text("示例区", "Example District").of(language), _REGIONS[0].of(language))
    yield "question-address-within", replace(where, options=regions, path=path[:1])
    rest = replace(where, path=(*path, "柳湖村"), text=Personal("3组12号"))
    yield "question-address-rest", rest
    yield "question-address-empty", replace(rest, text=Personal(""))


def _dated(language: Language) -> Iterator[tuple[str, Body]]:
    """A date at each of its steps, with all the decades, and with a few years only."""
    born = Text("出生日期", "Date of birth")
    date = _question(language, born, FieldKind.DATE)
    yield "question-date", date
    yield "question-date-years", replace(date, text=Personal("194"))
    yield "question-date-months", replace(date, text=Personal("1946"))
    yield "question-date-half", replace(date, text=Personal("1946-0"))
    yield "question-date-days", replace(date, text=Personal("1946-09"))  # six weeks
    yield "question-date-four-weeks", replace(date, text=Personal("2027-02"))
    yield "question-date-whole", replace(date, text=Personal("1946-01-15"), required=False)
    from_when = Text("从哪天开始", "From which day")
    soon = replace(
        _question(language, from_when, FieldKind.DATE), bounds=("2026-11-25", "2027-11-25")
    )
    yield "question-date-bounded", soon
    yield "question-date-bounded-months", replace(soon, text=Personal("2027"))
    wrong = replace(soon, text=Personal("2028-01-15"), problem=Problem.DATE_TOO_LATE)
    yield "question-date-bounded-wrong", wrong
    yield "question-date-bounded-days", replace(soon, text=Personal("2026-11"))


def _padded(language: Language) -> Iterator[tuple[str, Body]]:
    income = Text("全家一年收入（元）", "Yearly income of the household (yuan)")
    bounds = Text("0 元", "0 yuan").of(language), Text("1000000 元", "1000000 yuan").of(language)
    hint = Text("工资、种地、养殖、打工和其他收入加在一起", "Wages, farming and all else together")
    amount = _question(language, income, FieldKind.AMOUNT, "12000.5")
    yield "question-amount", replace(amount, hint=hint.of(language), bounds=bounds)
    size = Text("家里一共几口人", "People in the household")
    yield (
        "question-number",
        replace(_question(language, size, FieldKind.NUMBER), bounds=("1", "20")),
    )
    phone = Text("联系电话", "Phone number")
    yield "question-phone", _question(language, phone, FieldKind.PHONE, "13800000000")
    spouse = Text("配偶身份证号码", "ID number of your spouse")
    number = _question(language, spouse, FieldKind.ID_NUMBER, "99000019460115001X")
    yield "question-id_number", number
    licence = Text("统一社会信用代码", "Unified social credit code")
    code = _question(language, licence, FieldKind.CREDIT_CODE, "91990000MA00000")
    on_licence = Text("在营业执照上，18 位。", "On the business licence: 18 characters.")
    yield "question-credit_code", replace(code, hint=on_licence.of(language))


def _worded(language: Language) -> Iterator[tuple[str, Body]]:
    name = Text("他（她）叫什么名字？", "What is their name?")
    text = replace(_question(language, name, FieldKind.TEXT), step=Step.WHOM)
    yield "question-text", text
    yield "question-text-typed", replace(text, text=Personal(HOLDER), required=False)
    number = Text("请输入办件编号或受理编号", "Please enter the case number")
    yield "question-text-number", _question(language, number, FieldKind.TEXT, "TS20261126000121428")
    yield (
        "question-text-candidates",
        replace(text, letters="zhang", candidates=("张", "章", "长", "掌", "涨", "丈", "仗", "帐")),
    )
    happened = Text("请说说是怎么回事", "Please say what happened")
    words = Text(
        "昨天下午三点到镇上办事，窗口没有人，等了一个小时也没有人来。",
        "Yesterday at three nobody was at the counter; I waited for an hour and nobody came.",
    ).of(language)
    long = replace(
        _question(language, happened, FieldKind.LONG_TEXT, words), longest=1000, total=1, number=1
    )
    yield "question-long_text", long
    yield "question-long_text-lines", replace(long, text=Personal(f"{words}\n{words}"))
    yield "question-complaint", replace(long, service=Purpose.COMPLAINT)
    number = Text("请输入办件编号或受理编号", "Please enter the case number")
    case = replace(
        _question(language, number, FieldKind.TEXT, ""), spelled=False, total=1, number=1
    )
    yield "question-affairs", replace(case, service=Purpose.AFFAIRS)
    yield "question-long_text-whole", replace(long, text=Personal(words * 12))
    yield "question-label-long", replace(text, label=LONG.of(language), hint=words)


def _wrong(language: Language, problem: Problem) -> QuestionView:
    """A question of the kind where such a problem is met."""
    kinds = {
        "date": FieldKind.DATE,
        "amount": FieldKind.AMOUNT,
        "number": FieldKind.NUMBER,
        "phone": FieldKind.PHONE,
        "address": FieldKind.ADDRESS,
        "choice": FieldKind.CHOICE,
    }
    kind = next((kind for word, kind in kinds.items() if word in problem.value), FieldKind.TEXT)
    if problem.value.startswith(("not_an_id", "id_number")):
        kind = FieldKind.ID_NUMBER
    elif "credit" in problem.value:
        kind = FieldKind.CREDIT_CODE
    asked = _question(language, Text("请填写这一项", "Please fill this in"), kind, "12")
    options = _options(language, _EDUCATION) if kind is FieldKind.CHOICE else ()
    path = (Text("示例区", "Example District").of(language),) if kind is FieldKind.ADDRESS else ()
    bounds = ("1", "20") if problem.value.endswith(("_small", "_large")) else None
    return replace(asked, options=options, path=path, bounds=bounds, problem=problem)
