"""One case: where it is, its days, what happened, and what is owed to it."""

from __future__ import annotations

from typing import Any

from kivy.properties import BooleanProperty

from kiosk.core.events import Pick
from kiosk.core.views import CaseView, Frame, OwedView
from screens import texts, theme
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.widgets.parts import MarkRow
from screens.widgets.touch import TileButton
from screens.words import Say


class CaseScreen(BaseScreen[CaseView]):
    """The newest first; what is owed can be handed in by a touch.

    It `splits` where that has to be within a low reach: what is read stands above it.
    """

    splits = BooleanProperty(False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ids = self.ids
        self._readings = [ids.told, ids.happened]
        if not self.wide:  # one column, and one thing that slides
            history = ids.history.__self__
            history.parent.remove_widget(history)
            ids.told.add_widget(history)
            ids.beside.remove_widget(ids.happened)
            self._readings = [ids.told]
        if self.low:
            owed = ids.owed.__self__
            owed.parent.remove_widget(owed)
            ids.owing.add_widget(owed)
            self._readings.append(ids.owing)

    def render(self, body: CaseView, frame: Frame, say: Say) -> None:
        """Tell how far it is."""
        ids, state = self.ids, texts.STATES[body.state]
        for reading in self._readings:
            reading.hint = say("Slide up to read more")
        ids.head.icon, ids.head.title = state.icon, say(state.name)
        ids.head.content = body.name
        ids.light.show(body.light, say)
        ids.number.label, ids.number.content = say("Case number"), body.number
        ids.office.label, ids.office.content = say("Who decides"), body.department
        ids.promised.label = say("Promised by")
        ids.promised.content = texts.told_day(body.promised_on, say)
        ids.statutory.label = say("The law allows until")
        ids.statutory.content = texts.told_day(body.statutory_on, say)
        self.splits = self.low and bool(body.owed)
        self._show_owed(body.owed, say)
        self._show_timeline(body, say)
        ids.later.content = ids.seen.content = say("I have seen it")
        ids.later.shown, ids.seen.shown = bool(body.owed), not body.owed
        ids.actions.arrange()

    def wipe(self) -> None:
        """Forget what happened, and what is owed."""
        super().wipe()
        self.ids.timeline.clear_widgets()
        self.ids.owed.clear_widgets()

    def _show_owed(self, all_owed: tuple[OwedView, ...], say: Say) -> None:
        column = self.ids.owed
        column.clear_widgets()
        for owed in all_owed:
            until = say("Please hand it in by {day}.", day=texts.told_day(owed.until, say))
            button = TileButton(
                tag=f"pick:{owed.code}",
                icon="materials",
                title=owed.name,
                summary=until,
                obstacle=say("Hand it in now"),
            )
            button.edge = theme.DEEP
            button.bind(on_release=lambda _, code=owed.code: self.emit(Pick(code)))
            column.add_widget(button)

    def _show_timeline(self, body: CaseView, say: Say) -> None:
        self.ids.happened_title.content = say("What happened so far")
        column = self.ids.timeline
        column.clear_widgets()
        for place, mark in enumerate(reversed(body.timeline)):
            oldest = place == len(body.timeline) - 1
            at = texts.told_moment(mark.at, say)
            row = MarkRow(title=mark.what, content=at, newest=place == 0, oldest=oldest)
            column.add_widget(row)


load_beside(__file__)
