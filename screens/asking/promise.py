"""告知承诺: a signed promise instead of a proof, or the proof after all."""

from __future__ import annotations

from kivy.properties import BooleanProperty

from kiosk.core.views import Frame, PromiseView
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.words import Say


class PromiseScreen(BaseScreen[PromiseView]):
    """What is told, what is promised and what follows; made or declined, both as plainly."""

    beside = BooleanProperty(False)

    def render(self, body: PromiseView, frame: Frame, say: Say) -> None:
        """Read it out, and ask."""
        ids = self.ids
        ids.told.hint = say("Slide up to read more")
        ids.head.title = say("You may promise instead of proving")
        ids.head.content = body.item_name
        ids.replaces.label = say("Then you need not bring")
        ids.replaces.content = "\n".join(body.replaces)
        ids.law.label, ids.law.content = say("What the rules say"), body.told
        ids.promise.label, ids.promise.content = say("What you promise"), body.promise
        ids.consequence.title = say("If it turns out not to be true")
        ids.consequence.content = body.consequence
        ids.make.content = say("I promise this")
        ids.decline.content = say("I bring papers")


load_beside(__file__)
