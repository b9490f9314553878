"""What came of it: the certificate is there, or the request is kept and will be sent."""

from __future__ import annotations

from kiosk.core.views import Frame, IssuedView, KeptView
from screens.answering import receipt
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.words import Say


class IssuedScreen(BaseScreen[IssuedView]):
    """The certificate, its numbers, and the receipt."""

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


class KeptScreen(BaseScreen[KeptView]):
    """The number under which the request is kept, and what happens next."""

    def render(self, body: KeptView, frame: Frame, say: Say) -> None:
        """Say plainly that it was kept, not sent."""
        ids = self.ids
        ids.told.hint = say("Slide up to read more")
        ids.title.content = say("Your request is kept")
        ids.why.content = say("The network is down right now.")
        ids.number.label, ids.number.content = say("Your number"), body.number
        ids.next_1.content = say("It is sent as soon as the network is back.")
        ids.next_2.content = say("You need not come again to apply.")
        ids.next_3.content = say(
            "To ask about it, call {hotline} and say this number.", hotline=frame.hotline
        )
        offer = receipt.offer_of(body.print, say("Finish"), frame, say)
        receipt.show(ids.receipt, ids.actions, offer)

    def rest(self) -> None:
        """Nothing moves out of sight."""
        self.ids.receipt.moving = False


load_beside(__file__)
