"""Put your card on the reader."""

from __future__ import annotations

from kiosk.core.views import Frame, ReadCardView
from screens import texts
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.words import Say


class ReadCardScreen(BaseScreen[ReadCardView]):
    """A picture of where the card goes; what to do when it could not be read."""

    def render(self, body: ReadCardView, frame: Frame, say: Say) -> None:
        """Ask for the card, or to leave it there."""
        ids = self.ids
        ids.picture.lying = body.reading
        ids.picture.moving = not body.reading
        ids.dots.moving = body.reading
        ids.dots.opacity = 1 if body.reading else 0
        if body.reading:
            ids.title.content = say("Reading your card")
            ids.what.content = say("Please leave the card where it is.")
        else:
            ids.title.content = say("Put your ID card on the reader")
            ids.what.content = say("Lay it flat, and leave it there until this screen changes.")
        ids.trouble.title = ids.trouble.content = ""
        if body.trouble is not None:
            text = texts.TROUBLES[body.trouble]
            ids.trouble.title = say(text.title)
            ids.trouble.content = say(text.action, hotline=frame.hotline)

    def rest(self) -> None:
        """Nothing moves out of sight."""
        self.ids.picture.moving = self.ids.dots.moving = False


load_beside(__file__)
