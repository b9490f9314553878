"""The e-certificates somebody holds: the list, and one of them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from kiosk.core.events import Pick
from kiosk.core.troubles import Trouble
from kiosk.core.views import (
    CertificatesView,
    CertificateView,
    Frame,
    HeldView,
    NotPrinted,
    PrintDone,
)
from screens import texts, theme
from screens.answering import receipt
from screens.answering.listed import ListedScreen, ListTile
from screens.answering.receipt import SHEETS, Offer
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.words import Say


class CertificatesScreen(ListedScreen[CertificatesView]):
    """A tile for each certificate, with a word where one does not count any more."""

    def render(self, body: CertificatesView, frame: Frame, say: Say) -> None:
        """Show the list."""
        title = say("Your e-certificates")
        about = say("Touch one to look at it or print it.")
        if not body.certificates:
            about = say("Nothing of yours is known here. Ask {hotline}.", hotline=frame.hotline)
        self._show("certificates", title, about)
        self._show_tiles([partial(self._tile, one, say) for one in body.certificates], say)

    def _tile(self, held: HeldView, say: Say) -> ListTile:
        days = [say("Issued: {day}", day=texts.told_day(held.issued_on, say))]
        if held.valid_until:
            days.append(say("Valid until: {day}", day=texts.told_day(held.valid_until, say)))
        return self._button(
            Pick(held.number),
            icon="certificates",
            title=held.title,
            summary="\n".join((held.issuer, *days)),
            obstacle="" if held.counts else say("Does not count any more"),
        )


class CertificateScreen(BaseScreen[CertificateView]):
    """What it looks like, and its print as long as the quota lasts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.wide and theme.zoom() > 1:
            receipt.slide(self.ids.receipt, self.ids.told)

    def render(self, body: CertificateView, frame: Frame, say: Say) -> None:
        """Show it; its picture lives in memory only."""
        ids = self.ids
        ids.told.hint = say("Slide up to read more")
        ids.head.title = body.title
        drawing = say("The picture of your certificate is being drawn")
        none = say("Your certificate is valid, but cannot be shown here")
        ids.picture.placeholder = drawing if body.drawing else none
        ids.picture.show_png(body.picture)
        ids.number.label, ids.number.content = say("Certificate number"), body.number
        receipt.show(ids.receipt, ids.actions, _offer(body, frame, say))

    def rest(self) -> None:
        """Nothing moves out of sight."""
        self.ids.receipt.moving = False


def _offer(body: CertificateView, frame: Frame, say: Say) -> Offer:
    """The print, as long as it may be printed today."""
    go_on = say("Back to the list")
    if body.left <= 0 and body.print == NotPrinted(None):
        return receipt.of_trouble(Trouble.QUOTA_USED, go_on, frame, say, paper=SHEETS)
    offer = receipt.offer_of(body.print, go_on, frame, say, SHEETS)
    if body.print == NotPrinted(None):
        left = say.many(
            "It may be printed {n} more time today, free of charge.",
            "It may be printed {n} more times today, free of charge.",
            body.left,
        )
        return replace(offer, what=left)
    if isinstance(body.print, PrintDone) and body.left <= 0:
        return replace(offer, print="")
    return offer


load_beside(__file__)
