"""What was left unfinished: shall it be kept, and how to go on with it."""

from __future__ import annotations

from kiosk.core.views import DraftKeptView, Frame, KeepDraftView
from screens import texts
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.words import Say


class KeepDraftScreen(BaseScreen[KeepDraftView]):
    """Keep what was filled in, or let it go."""

    def render(self, body: KeepDraftView, frame: Frame, say: Say) -> None:
        """Ask."""
        ids = self.ids
        ids.told.hint = say("Slide up to read more")
        ids.title.content = say("Shall we keep what you filled in?")
        ids.item.content = body.item_name
        ids.what.content = say("Then you go on later, here or on a phone, from where you are now.")
        ids.keep.content = say("Yes, keep it")
        ids.forget.content = say("No, delete it")


class DraftKeptScreen(BaseScreen[DraftKeptView]):
    """Until when it is kept, and the two ways to go on."""

    def render(self, body: DraftKeptView, frame: Frame, say: Say) -> None:
        """Show the code."""
        ids = self.ids
        ids.told.hint = say("Slide up to read more")
        ids.code.show(body.url)
        ids.title.content = say("It is kept for you")
        ids.until.label, ids.until.content = say("Kept until"), texts.told_day(body.until, say)
        ids.phone.content = say("On a phone: scan this code now.")
        ids.here.content = say("At a terminal: choose the same service and show your card.")
        ids.done.content = say("Finish")


load_beside(__file__)
