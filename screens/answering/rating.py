"""How was it? Voluntary, without a default."""

from __future__ import annotations

from kivy.properties import BooleanProperty

from kiosk.core.cases import Grade
from kiosk.core.events import Rate
from kiosk.core.views import Frame, RatingView
from screens import texts
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.widgets.touch import GradeButton
from screens.words import Say


class RatingScreen(BaseScreen[RatingView]):
    """Five grades as five faces; a chosen one is thanked for."""

    chosen = BooleanProperty(False)

    def render(self, body: RatingView, frame: Frame, say: Say) -> None:
        """Ask, or thank."""
        ids = self.ids
        ids.grades.clear_widgets()
        if body.chosen is None:
            ids.title.content = say("How was this service?")
            ids.item.content = say("Touch one. You need not answer.")
            for grade, word in texts.GRADES.items():
                ids.grades.add_widget(self._button(grade, say(word)))
        else:
            ids.title.content = say("Thank you for your answer")
            ids.item.content = say(texts.GRADES[body.chosen])
        ids.face.icon = f"grade_{body.chosen}" if body.chosen else ""
        self.chosen = body.chosen is not None
        for widget, has_room in ((ids.face, self.chosen), (ids.grades, not self.chosen)):
            widget.size_hint_y = 1 if has_room else None
            widget.height = 0
        ids.skip.content = say("No answer")
        ids.skip.shown = body.chosen is None

    def _button(self, grade: Grade, word: str) -> GradeButton:
        button = GradeButton(
            tag=f"rate:{grade.value}", icon=f"grade_{grade.value}", content=word, wide=self.wide
        )
        button.bind(on_release=lambda _: self.emit(Rate(grade)))
        return button


load_beside(__file__)
