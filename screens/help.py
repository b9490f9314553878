"""Help was called; meanwhile these numbers answer."""

from __future__ import annotations

from kiosk.core.views import Frame, HelpView
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.widgets.layout import NumberCard
from screens.words import Say


class HelpScreen(BaseScreen[HelpView]):
    """Telephone numbers, large, and the way back."""

    def render(self, body: HelpView, frame: Frame, say: Say) -> None:
        """Say that help was called, and which numbers answer."""
        ids = self.ids
        ids.title.content = say("Who can help you")
        ids.what.content = say("Ask the people here, or call:")
        ids.numbers.clear_widgets()
        if body.attendant_phone:
            self._number(say("This terminal's attendant"), body.attendant_phone)
        self._number(say("Government hotline"), frame.hotline)
        ids.back.content = say("Go back")

    def _number(self, label: str, number: str) -> None:
        self.ids.numbers.add_widget(NumberCard(label=label, content=number))


load_beside(__file__)
