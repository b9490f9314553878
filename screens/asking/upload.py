"""A page for a phone: scanned as a code, it sends photos here."""

from __future__ import annotations

from kiosk.core.views import Frame, UploadView
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.words import Say

MINUTE = 60


class UploadScreen(BaseScreen[UploadView]):
    """The code, what to do with it, and how much has come."""

    def render(self, body: UploadView, frame: Frame, say: Say) -> None:
        """Wait for the phone; what has come may be handed in."""
        ids = self.ids
        ids.told.hint = say("Slide up to read more")
        ids.code.show(body.url)
        ids.name.content = body.name
        ids.title.content = say("Scan this code with a phone")
        ids.first.content = say("Open WeChat or the camera and scan.")
        ids.second.content = say("Take a photo of each page.")
        ids.third.content = say("Press send on the phone.")
        minutes = max(body.seconds // MINUTE, 1)
        ids.valid.content = say.many(
            "The code counts for {n} minute.", "The code counts for {n} minutes.", minutes
        )
        here = bool(body.pages)
        ids.dots.moving, ids.dots.opacity = not here, int(not here)
        ids.pages.content = say("Nothing has come yet")
        if here:
            ids.pages.content = say.many("{n} page has come", "{n} pages have come", body.pages)
        ids.done.content, ids.done.disabled = say("All pages have come"), not here

    def rest(self) -> None:
        """Nothing moves out of sight."""
        self.ids.dots.moving = False


load_beside(__file__)
