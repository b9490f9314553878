"""Somebody waits: what is going on, and what comes next."""

from __future__ import annotations

from kivy.properties import BooleanProperty

from kiosk.core.views import Frame, WorkingView
from screens import texts
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.words import Say


class WorkingScreen(BaseScreen[WorkingView]):
    """What is being done, how long that takes, and what comes next."""

    beside = BooleanProperty(False)

    def render(self, body: WorkingView, frame: Frame, say: Say) -> None:
        """Say that it is under way."""
        self.ids.told.hint = say("Slide up to read more")
        text = texts.DOINGS[body.doing]
        self.ids.sign.icon = text.icon
        self.ids.title.content = say(text.title)
        self.ids.item.content = body.item_name or ""
        self.ids.wait.content = say("This takes a few seconds. Please stay here.")
        self.ids.next.content = _next(body, say)
        self.ids.dots.moving = True

    def rest(self) -> None:
        """Nothing moves out of sight."""
        self.ids.dots.moving = False


def _next(body: WorkingView, say: Say) -> str:
    if body.result_name is not None:
        return say("Next you get your certificate: {name}", name=body.result_name)
    return say(texts.DOINGS[body.doing].next)


load_beside(__file__)
