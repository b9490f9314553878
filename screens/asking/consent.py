"""May other departments be asked, so that less has to be typed and brought?"""

from __future__ import annotations

from kivy.properties import BooleanProperty

from kiosk.core.views import ConsentView, Frame
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.widgets.layout import IconLabel
from screens.words import Say


class ConsentScreen(BaseScreen[ConsentView]):
    """What would be fetched; yes and no are equally large and equally plain."""

    flat = BooleanProperty(False)

    def render(self, body: ConsentView, frame: Frame, say: Say) -> None:
        """Ask."""
        ids = self.ids
        ids.fetched.hint = say("Slide up to read more")
        ids.title.content = say("May we fetch this for you?")
        ids.what.content = say("From other departments, for this application alone.")
        self._list("answers", say("Filled in for you"), "form", body.answers)
        self._list("certificates", say("Need not be brought"), "share", body.certificates)
        ids.yes.title = say("Yes, fetch it")
        ids.yes.summary = say("You check it before it is sent.")
        ids.no.title = say("No, I do it myself")
        ids.no.summary = say("You type it and bring the papers.")

    def _list(self, name: str, title: str, icon: str, lines: tuple[str, ...]) -> None:
        self.ids[f"{name}_title"].content = title if lines else ""
        column = self.ids[name]
        column.clear_widgets()
        for line in lines:
            column.add_widget(IconLabel(icon=icon, content=line))


load_beside(__file__)
