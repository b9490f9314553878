"""Samples of what will be sent, and of what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from drivers.device import Personal, Sex
from kiosk.core import views
from kiosk.core.cases import Grade, Reason, Way
from kiosk.core.catalogue import Audience, FieldKind, Language, Text
from kiosk.core.identity import Authority
from kiosk.core.troubles import Trouble
from kiosk.core.views import Body
from screens.samples.bringing import PAPERS
from screens.samples.common import (
    ADDRESS,
    HOLDER,
    ITEM,
    LONG,
    LONG_NUMBER,
    LONG_RESULT,
    RESULT,
)

CASE: Final = "99000020260115000042"
RATING_URL: Final = "https://fuwu.example/r/4Gq8Zt1nWx6bKc3MvD7yPs9E"
_ANSWERS: Final = (
    ("marital", Text("婚姻状况", "Marital status"), FieldKind.CHOICE, Text("已婚", "Married")),
    ("since", Text("从哪天起", "Since which day"), FieldKind.DATE, "1968-05-01"),
    ("alone", Text("是否独自居住", "Do you live alone?"), FieldKind.YES_NO, "yes"),
    ("income", Text("每月收入", "Income a month"), FieldKind.AMOUNT, "1200.00"),
    ("where", Text("现住址", "Where you live"), FieldKind.ADDRESS, ADDRESS),
    ("phone", Text("联系电话", "Telephone"), FieldKind.PHONE, "13800000000"),
    ("number", Text("文书编号", "Number of the paper"), FieldKind.TEXT, "2026-99-99"),
)


def bodies(language: Language, picture: bytes | None) -> Iterator[tuple[str, Body]]:
    """Each by a name of its own; `picture` is the certificate's PNG."""
    yield from _review(language)
    for doing in views.Doing:
        yield f"working-{doing}", views.WorkingView(ITEM.of(language), doing)
    sending = views.WorkingView(ITEM.of(language), views.Doing.SENDING, RESULT.of(language))
    yield "working-instant", sending
    yield "working", views.WorkingView(None, views.Doing.SENDING)
    long = views.WorkingView(LONG.of(language), views.Doing.SENDING, LONG_RESULT.of(language))
    yield "working-long", long
    for name, state in print_states():
        yield f"issued-{name}", _issued(language, picture, state)
        yield f"accepted-{name}", _accepted(language, state)
        yield f"kept-{name}", views.KeptView(ITEM.of(language), "BL20260115-0007", state)
    yield from _long(language, picture)
    yield "issued-drawing", _issued(language, None, views.NotPrinted(None), drawing=True)
    yield "issued-unseen", _issued(language, None, views.NotPrinted(None))
    for kind in views.NotedKind:
        due = "2027-01-05" if kind is views.NotedKind.COMPLAINT else None
        yield f"noted-{kind}", views.NotedView(kind, "TS20261123-0003", due, views.NotPrinted(None))
    yield from _ratings()


def _review(language: Language) -> Iterator[tuple[str, Body]]:
    wish = (ITEM.of(language), RESULT.of(language), Personal(HOLDER))
    number, address = "990000********0011", Personal(ADDRESS).masked(head=6)
    yield "review", views.ReviewView(*wish, Sex.FEMALE, number, address)
    yield "review-bare", views.ReviewView(*wish, Sex.UNKNOWN, number, None)
    lines = tuple(
        views.LineView(key, label.of(language), kind, Personal(_of(value, language)))
        for key, label, kind, value in _ANSWERS
    )
    ways = (Way.HELD, Way.SCAN, Way.PROMISED)
    brought = tuple(
        views.BroughtView(f"paper{n}", PAPERS[n].of(language), way, 2 if way is Way.SCAN else 0)
        for n, way in enumerate(ways)
    )
    filled = views.ReviewView(*wish, Sex.FEMALE, number, address, None, lines, brought)
    yield "review-filled", filled
    yield "review-few", replace(filled, answers=lines[:1], materials=())
    firm = views.ForWhomView(
        Audience.ENTERPRISE,
        Personal("示例区柳湖镇某某小吃店"),
        "990000**********1X",
        Authority.LEGAL_REPRESENTATIVE,
    )
    yield "review-enterprise", replace(filled, for_whom=firm)
    other = views.ForWhomView(Audience.PERSON, Personal(HOLDER), number, Authority.FAMILY)
    yield "review-other", replace(filled, for_whom=other, answers=lines * 5)
    long = (LONG.of(language), LONG_RESULT.of(language), Personal(HOLDER * 8))
    sides = (Sex.FEMALE, number, address * 3)
    words = Personal(LONG.of(language))
    line = views.LineView("long", LONG.of(language), FieldKind.LONG_TEXT, words)
    yield "review-long", views.ReviewView(*long, *sides, other, (line, *lines), brought)


def _of(value: Text | str, language: Language) -> str:
    return value if isinstance(value, str) else value.of(language)


def print_states() -> Iterator[tuple[str, views.PrintState]]:
    """A receipt in every state."""
    yield "offered", views.NotPrinted(None)
    yield "no_paper", views.NotPrinted(Trouble.PAPER_OUT)
    yield "printing", views.Printing()
    yield "printed", views.PrintDone(confirmed=True)
    yield "sent", views.PrintDone(confirmed=False)
    printing = (
        Trouble.PAPER_OUT,
        Trouble.COVER_OPEN,
        Trouble.PRINTER_UNAVAILABLE,
        Trouble.PRINT_UNCERTAIN,
    )
    for trouble in printing:
        yield f"{trouble}", views.PrintFailed(trouble)


def _issued(
    language: Language, picture: bytes | None, state: views.PrintState, *, drawing: bool = False
) -> views.IssuedView:
    return views.IssuedView(
        result_name=RESULT.of(language),
        case_number=CASE,
        certificate_number="YLCB-2026-00001042",
        picture=picture,
        drawing=drawing,
        print=state,
        next_is_rating=True,
    )


def _accepted(language: Language, state: views.PrintState) -> views.AcceptedView:
    return views.AcceptedView(
        item_name=ITEM.of(language),
        case_number=CASE,
        promised_on="2026-11-30",
        statutory_on="2026-12-21",
        parts=(),
        owed=(),
        print=state,
        next_is_rating=True,
    )


def _long(language: Language, picture: bytes | None) -> Iterator[tuple[str, Body]]:
    uncertain = views.PrintFailed(Trouble.PRINT_UNCERTAIN)
    number = "990000202611230000000042"
    issued = _issued(language, picture, uncertain)
    yield (
        "issued-long",
        replace(
            issued,
            result_name=LONG_RESULT.of(language),
            case_number=number,
            certificate_number=number,
        ),
    )
    yield "kept-long", views.KeptView(LONG.of(language), LONG_NUMBER, uncertain)
    accepted = replace(_accepted(language, views.NotPrinted(None)), next_is_rating=False)
    owed = tuple(
        views.OwedView(f"p{n}", p.of(language), "2026-12-04") for n, p in enumerate(PAPERS)
    )
    yield "accepted-owed", replace(accepted, owed=owed[:1])
    names = (ITEM, Text("老年人优待证", "Senior citizen card"), LONG)
    parts = tuple(
        views.PartView(name.of(language), f"{CASE[:-1]}{n}", issued=n == 0)
        for n, name in enumerate(names)
    )
    yield "accepted-bundle", replace(accepted, parts=parts[:2])
    yield (
        "accepted-long",
        replace(
            accepted,
            item_name=LONG.of(language),
            case_number=LONG_NUMBER,
            statutory_on="2027-02-01",
            parts=parts,
            owed=owed,
            print=uncertain,
        ),
    )


def _ratings() -> Iterator[tuple[str, Body]]:
    plain = views.RatingView(None, (), given=False, url=None)
    yield "rating", plain
    yield "rating-phone", replace(plain, url=RATING_URL)
    poor = replace(plain, chosen=Grade.DISSATISFIED, url=RATING_URL)
    yield "rating-poor", poor
    yield "rating-reasons", replace(poor, reasons=(Reason.SLOW, Reason.TOO_MUCH))
    for grade in Grade:
        yield f"rating-{grade.value}", replace(plain, chosen=grade, given=True)
