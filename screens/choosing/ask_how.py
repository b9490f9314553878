"""How far is it? Looked up by a document, or by the number on the receipt."""

from __future__ import annotations

from kiosk.core.views import AskHowView, Frame
from screens import texts, theme
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.words import Say


class AskHowScreen(BaseScreen[AskHowView]):
    """Two ways: with a document everything is found, with a number one case."""

    def render(self, body: AskHowView, frame: Frame, say: Say) -> None:
        """Offer both; a document only where one can be read."""
        ids = self.ids
        ids.head.title = say("How shall we look it up?")
        ids.document.title = say("With my ID card")
        barred = body.why_not is not None
        told = not (barred and theme.is_large())
        ids.document.summary = say("Shows everything you have applied for.") if told else ""
        ids.document.disabled = barred
        ids.document.obstacle = say(texts.TROUBLES[body.why_not].title) if body.why_not else ""
        ids.number.title = say("By the number on my receipt")
        ids.number.summary = say("Shows that one case. No card is needed.")


load_beside(__file__)
