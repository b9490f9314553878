"""The same matter was begun before: go on with it, or begin anew."""

from __future__ import annotations

from kiosk.core.views import Frame, ResumeView
from screens import texts
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.words import Say


class ResumeScreen(BaseScreen[ResumeView]):
    """When it was kept, how long it is kept, and the two ways on."""

    def render(self, body: ResumeView, frame: Frame, say: Say) -> None:
        """Ask which it shall be."""
        ids = self.ids
        ids.told.hint = say("Slide up to read more")
        ids.title.content = say("You began this before. Go on with it?")
        ids.name.content = body.name
        ids.saved.label, ids.saved.content = say("Kept on"), texts.told_moment(body.saved_at, say)
        ids.until.label, ids.until.content = say("Kept until"), texts.told_day(body.until, say)
        ids.anew.content = say("Begin anew")
        ids.go_on.content = say("Go on with it")


load_beside(__file__)
