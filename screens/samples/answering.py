"""Samples of what will be sent, and of what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from drivers.device import Personal, Sex
from kiosk.core import views
from kiosk.core.cases import Grade
from kiosk.core.catalogue import Language
from kiosk.core.troubles import Trouble
from kiosk.core.views import Body
from screens.samples.common import (
    ADDRESS,
    HOLDER,
    ITEM,
    LONG,
    LONG_NUMBER,
    LONG_RESULT,
    RESULT,
)


def bodies(language: Language, picture: bytes | None) -> Iterator[tuple[str, Body]]:
    """Each by a name of its own; `picture` is the certificate's PNG."""
    yield from _review(language)
    yield "working", views.WorkingView(ITEM.of(language), views.Doing.SENDING)
    yield "working-long", views.WorkingView(LONG.of(language), views.Doing.SENDING)
    for name, state in _print_states():
        yield f"issued-{name}", _issued(language, picture, state)
        yield f"kept-{name}", views.KeptView(ITEM.of(language), "BL20260115-0007", state)
    yield "issued-long", _issued_long(language, picture)
    uncertain = views.PrintFailed(Trouble.PRINT_UNCERTAIN)
    yield "kept-long", views.KeptView(LONG.of(language), LONG_NUMBER, uncertain)
    yield "issued-drawing", _issued(language, None, views.NotPrinted(None), drawing=True)
    yield "issued-unseen", _issued(language, None, views.NotPrinted(None))
    yield "rating", _rating(ITEM.of(language), None)
    yield "rating-long", _rating(LONG.of(language), None)
    for grade in Grade:
        yield f"rating-{grade.value}", _rating(ITEM.of(language), grade)


def _rating(name: str, chosen: Grade | None) -> Body:
    return views.RatingView(name, chosen, (), given=chosen is not None, url=None)


def _review(language: Language) -> Iterator[tuple[str, Body]]:
    wish = (ITEM.of(language), RESULT.of(language), Personal(HOLDER))
    number, address = "990000********0011", Personal(ADDRESS).masked(head=6)
    yield "review", views.ReviewView(*wish, Sex.FEMALE, number, address)
    long = (LONG.of(language), LONG_RESULT.of(language), Personal(HOLDER * 8))
    yield "review-long", views.ReviewView(*long, Sex.FEMALE, number, address * 3)
    yield "review-bare", views.ReviewView(*wish, Sex.UNKNOWN, number, None)


def _print_states() -> Iterator[tuple[str, views.PrintState]]:
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
        case_number="99000020260115000042",
        certificate_number="YLCB-2026-00001042",
        picture=picture,
        drawing=drawing,
        print=state,
        next_is_rating=True,
    )


def _issued_long(language: Language, picture: bytes | None) -> Body:
    uncertain = views.PrintFailed(Trouble.PRINT_UNCERTAIN)
    plain = _issued(language, picture, uncertain)
    number = "990000202611230000000042"
    return replace(
        plain, result_name=LONG_RESULT.of(language), case_number=number, certificate_number=number
    )
