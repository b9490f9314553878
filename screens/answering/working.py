"""Somebody waits: what is going on, and what comes next."""

from __future__ import annotations

from kiosk.core.views import Frame, WorkingView
from screens import texts
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.words import Say


class WorkingScreen(BaseScreen[WorkingView]):
    """What is being done, how long that takes, and what comes of it."""

    def render(self, body: WorkingView, frame: Frame, say: Say) -> None:
        """Say that it is under way."""
        text = texts.DOINGS[body.doing]
        self.ids.sign.icon = text.icon
        self.ids.title.content = say(text.title)
        self.ids.item.content = body.item_name or ""
        self.ids.wait.content = say("This takes a few seconds. Please stay here.")
        self.ids.next.content = say(text.next)
        self.ids.dots.moving = True

    def rest(self) -> None:
        """Nothing moves out of sight."""
        self.ids.dots.moving = False


load_beside(__file__)
