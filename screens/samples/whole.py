"""Samples of the end of a visit, and of what lies over other screens."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.core import views
from kiosk.core.catalogue import Language
from kiosk.core.troubles import Trouble
from kiosk.core.views import Body
from screens.samples.common import REFUSAL


def bodies(language: Language) -> Iterator[tuple[str, Body]]:
    """Each by a name of its own."""
    yield "farewell", views.FarewellView(with_receipt=False)
    yield "farewell-card", views.FarewellView(with_receipt=False, with_card=True)
    yield "farewell-receipt", views.FarewellView(with_receipt=True)
    yield "farewell-both", views.FarewellView(with_receipt=True, with_card=True)
    yield "farewell-all", views.FarewellView(with_receipt=True, with_sheets=True, with_card=True)
    yield "still_there", views.StillThereView(30.0)
    yield "help", views.HelpView("0990 123 4567")
    yield "help-hotline", views.HelpView(None)
    yield "comfort", views.ComfortView()
    for trouble in Trouble:
        words = REFUSAL.of(language) if trouble is Trouble.REFUSED else None
        yield f"fault-{trouble}", views.FaultView(trouble, words, can_retry=words is None)
