"""How was it? Voluntary, without a default; a poor grade may say why."""

from __future__ import annotations

from functools import partial
from typing import Any

from kivy.properties import OptionProperty

from kiosk.core.cases import Grade, Reason
from kiosk.core.events import Pick, Rate
from kiosk.core.views import Frame, RatingView
from screens import texts, theme
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.widgets.touch import GradeButton, TileButton
from screens.words import Say


class RatingScreen(BaseScreen[RatingView]):
    """Five grades as five faces, here or on a phone; reasons for a poor one; then thanks."""

    shows = OptionProperty("grades", options=["grades", "reasons", "thanks"])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ids = self.ids
        self._parts = {
            "grades": ids.grades.__self__,
            "reasons": ids.reasons.__self__,
            "thanks": ids.face.__self__,
        }
        if self.low:  # a code is scanned, not touched: it gives way to what is
            row = self.ids.phone_row.__self__
            row.parent.remove_widget(row)
            row.size_hint_x = 0.6
            self.ids.scanned.add_widget(row)

    def render(self, body: RatingView, frame: Frame, say: Say) -> None:
        """Ask, ask why, or thank."""
        ids = self.ids
        self.shows = "thanks" if body.given else "reasons" if body.chosen else "grades"
        ids.place.clear_widgets()
        ids.place.add_widget(self._parts[self.shows])
        ids.grades.clear_widgets()
        ids.face.icon = f"grade_{body.chosen}" if body.given and body.chosen else ""
        ids.code.show(body.url if self.shows == "grades" else None)
        ids.phone.content = say("Or rate it on your phone") if self._has_code(body) else ""
        self._ask(body, say)
        ids.skip.content = say("No answer")
        ids.skip.shown = self.shows == "grades"
        ids.send.content, ids.send.shown = say("Send"), self.shows == "reasons"
        ids.actions.arrange()

    def wipe(self) -> None:
        """Forget which reasons were chosen, too."""
        self.ids.reasons.forget()
        super().wipe()

    def _has_code(self, body: RatingView) -> bool:
        return self.shows == "grades" and body.url is not None

    def _ask(self, body: RatingView, say: Say) -> None:
        ids = self.ids
        if self.shows == "grades":
            ids.title.content = say("How was this service?")
            ids.item.content = say("Touch one. You need not answer.")
            for grade, word in texts.GRADES.items():
                ids.grades.add_widget(self._grade(grade, say(word)))
        elif self.shows == "reasons":
            ids.title.content = say("We are sorry. What was not good?")
            ids.item.content = say("Touch whatever applies, or just send.")
            makers = [
                partial(self._reason, reason, say(word), reason in body.reasons)
                for reason, word in texts.REASONS.items()
            ]
            ids.reasons.show(makers, say)
        else:
            ids.title.content = say("Thank you for your answer")
            ids.item.content = say(texts.GRADES[body.chosen]) if body.chosen else ""

    def _grade(self, grade: Grade, word: str) -> GradeButton:
        button = GradeButton(
            tag=f"rate:{grade.value}",
            icon=f"grade_{grade.value}",
            content=word,
            wide=self.wide,
            slim=self.low or theme.is_large(),
        )
        button.bind(on_release=lambda _: self.emit(Rate(grade)))
        return button

    def _reason(self, reason: Reason, word: str, chosen: bool) -> TileButton:  # noqa: FBT001 - a state
        icon = "chosen" if chosen else "unchosen"
        button = TileButton(tag=f"pick:{reason}", icon=icon, title=word, chosen=chosen, arrow=False)
        button.brief = self.low and self.wide
        button.bind(on_release=lambda _: self.emit(Pick(reason.value)))
        return button


load_beside(__file__)
