"""Something stands in the way: what, what to do, and what becomes of the request."""

from __future__ import annotations

from kiosk.core.views import FaultView, Frame
from screens import texts
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.words import Say


class FaultScreen(BaseScreen[FaultView]):
    """A trouble in plain words, with a way on."""

    def render(self, body: FaultView, frame: Frame, say: Say) -> None:
        """Say it; the platform's own words stand in a card of their own."""
        ids, text = self.ids, texts.TROUBLES[body.trouble]
        ids.told.hint = say("Slide up to read more")
        ids.title.content = say(text.title)
        ids.words.content = body.words or ""
        ids.action.content = say(text.action, hotline=frame.hotline)
        ids.fate.content = say(text.fate, hotline=frame.hotline)
        ids.retry.content, ids.retry.shown = say("Try again"), body.can_retry
        ids.home.content = ids.only_home.content = say("Other services")
        ids.home.shown, ids.only_home.shown = body.can_retry, not body.can_retry
        ids.actions.arrange()


load_beside(__file__)
