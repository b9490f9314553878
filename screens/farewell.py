"""Take your card and your papers."""

from __future__ import annotations

from kiosk.core.views import FarewellView, Frame
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.words import Say


class FarewellScreen(BaseScreen[FarewellView]):
    """What is still to be taken; any touch ends it."""

    def render(self, body: FarewellView, frame: Frame, say: Say) -> None:
        """Remind of the card, and of the receipt where there is one."""
        ids = self.ids
        ids.receipt.opacity = 1 if body.with_receipt else 0
        ids.receipt.size_hint = (1, 1) if body.with_receipt else (None, None)
        ids.receipt.size = (0, 0)
        ids.title.content = (
            say("Please take your ID card and your receipt")
            if body.with_receipt
            else say("Please take your ID card")
        )
        ids.cleared.content = say("Everything about you has been cleared from this screen.")
        ids.done.content = say("I have everything")


load_beside(__file__)
