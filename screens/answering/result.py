"""Decided at once: the certificate is there."""

from __future__ import annotations

from typing import Any

from kiosk.core.views import Frame, IssuedView
from screens import theme
from screens.answering import receipt
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.words import Say


class IssuedScreen(BaseScreen[IssuedView]):
    """The certificate, its numbers, and the receipt."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.wide and theme.zoom() > 1:
            receipt.slide(self.ids.receipt, self.ids.told)

    def render(self, body: IssuedView, frame: Frame, say: Say) -> None:
        """Show the certificate; its picture lives in memory only."""
        ids = self.ids
        ids.told.hint = say("Slide up to read more")
        ids.title.content, ids.result.content = say("Done"), body.result_name
        drawing = say("The picture of your certificate is being drawn")
        none = say("Your certificate is valid, but cannot be shown here")
        ids.picture.placeholder = drawing if body.drawing else none
        ids.picture.show_png(body.picture)
        ids.case.label, ids.case.content = say("Case number"), body.case_number
        ids.certificate.label = say("Certificate number")
        ids.certificate.content = body.certificate_number
        go_on = say("Continue") if body.next_is_rating else say("Finish")
        offer = receipt.offer_of(body.print, go_on, frame, say)
        receipt.show(ids.receipt, ids.actions, offer)

    def rest(self) -> None:
        """Nothing moves out of sight."""
        self.ids.receipt.moving = False


load_beside(__file__)
