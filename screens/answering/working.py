"""The platform is asked; wait a moment."""

from __future__ import annotations

from kiosk.core.views import Frame, WorkingView
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.words import Say


class WorkingScreen(BaseScreen[WorkingView]):
    """It is being worked on, and how long that takes."""

    def render(self, body: WorkingView, frame: Frame, say: Say) -> None:
        """Say that it is under way."""
        self.ids.title.content = say("Your request is on its way")
        self.ids.item.content = body.item_name
        self.ids.wait.content = say("This takes a few seconds. Please stay here.")
        self.ids.dots.moving = True

    def rest(self) -> None:
        """Nothing moves out of sight."""
        self.ids.dots.moving = False


load_beside(__file__)
