"""Pages are taken under the document camera, one by one."""

from __future__ import annotations

from kivy.properties import OptionProperty

from drivers.device import PageGuidance
from kiosk.core.views import Frame, ScanView
from screens import texts
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.words import Say


class ScanScreen(BaseScreen[ScanView]):
    """What the camera sees and what to do; then how many pages there are, and what next."""

    shows = OptionProperty("picture", options=["picture", "taken", "trouble"])

    def render(self, body: ScanView, frame: Frame, say: Say) -> None:
        """Look, or ask what next."""
        ids = self.ids
        self.shows = "trouble" if body.trouble else "picture" if body.watching else "taken"
        ids.told.hint = say("Slide up to read more")
        ids.live.good = body.guidance is PageGuidance.GOOD
        ids.live.show(body.picture if body.watching else None)
        ids.name.content = body.name or say("Free copies")
        ids.pages.content = _taken(body.pages, say) if body.pages else ""
        ids.title.content, ids.what.content = self._words(body, frame, say)
        self._offer(body, say)

    def _words(self, body: ScanView, frame: Frame, say: Say) -> tuple[str, str]:
        if body.trouble is not None:
            text = texts.TROUBLES[body.trouble]
            return say(text.title), say(text.action, hotline=frame.hotline)
        if body.watching:
            return say(texts.PAGE_GUIDANCE[body.guidance]), say("The picture is taken by itself.")
        if body.pages < body.most:
            return say("Is there another page?"), say("The back of a page counts as one, too.")
        return say("All pages are taken"), say("You can take the paper away now.")

    def _offer(self, body: ScanView, say: Say) -> None:
        """What was taken may be handed in at any time, as soon as there is a page."""
        ids = self.ids
        more = body.pages < body.most and not body.watching
        ids.again.shown, ids.again.content = more and body.trouble is not None, say("Try again")
        ids.another.shown, ids.another.content = more and not body.trouble, say("Another page")
        done = say("No more pages")
        ids.enough.shown, ids.enough.content = bool(body.pages) and self.shows != "taken", done
        ids.done.shown, ids.done.content = bool(body.pages) and self.shows == "taken", done
        ids.actions.arrange()


def _taken(pages: int, say: Say) -> str:
    return say.many("{n} page is taken", "{n} pages are taken", pages)


load_beside(__file__)
