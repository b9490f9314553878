"""What came of it where there is a number to keep: accepted, noted, or kept for the network."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from kiosk.core.views import AcceptedView, Frame, KeptView, NotedView, PrintState
from screens import texts, theme
from screens.answering import receipt
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.widgets.layout import FactCard, IconLabel, NeededLine
from screens.words import Say

NumberedBody = TypeVar("NumberedBody", AcceptedView, NotedView, KeptView)


class NumberedScreen(BaseScreen[NumberedBody]):
    """A headline, the number, the day of the answer, what happens next, and the receipt."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ids = self.ids
        self._readings = [ids.told, ids.more]
        if self.wide:  # beside the number, where there is room
            below = ids.below.__self__
            below.parent.remove_widget(below)
            if theme.zoom() > 1:
                receipt.slide(ids.receipt, ids.more)
            ids.more.add_widget(below)
        else:
            ids.beside.remove_widget(ids.more)
            self._readings = [ids.told]

    def rest(self) -> None:
        """Nothing moves out of sight."""
        self.ids.receipt.moving = False

    def wipe(self) -> None:
        """Forget the lists, too."""
        super().wipe()
        for column in (self.ids.days, self.ids.lines, self.ids.next):
            column.clear_widgets()

    def _show_due(self, due_on: str | None, remark: str, say: Say) -> None:
        """The day of the answer (ISO 8601), if there is one, and a remark on it."""
        row = self.ids.days
        row.clear_widgets()
        if due_on is not None:
            label, day = say("You get an answer by"), texts.told_day(due_on, say)
            row.add_widget(FactCard(icon="day", label=label, content=day, remark=remark))

    def _show_next(self, sentences: Iterable[tuple[str, str]], say: Say) -> None:
        """What happens next, each with its icon."""
        for reading in self._readings:
            reading.hint = say("Slide up to read more")
        self.ids.next.clear_widgets()
        for icon, sentence in sentences:
            self.ids.next.add_widget(IconLabel(icon=icon, content=sentence))

    def _offer_receipt(self, state: PrintState, go_on: str, frame: Frame, say: Say) -> None:
        offer = receipt.offer_of(state, go_on, frame, say)
        receipt.show(self.ids.receipt, self.ids.actions, offer)


class AcceptedScreen(NumberedScreen[AcceptedView]):
    """It will be decided: by when, what of a bundle is there already, and what is owed."""

    def render(self, body: AcceptedView, frame: Frame, say: Say) -> None:
        """Show the case with its days."""
        ids = self.ids
        ids.head.icon, ids.head.warm = "check", False
        ids.head.title, ids.head.content = say("Application accepted"), body.item_name
        ids.number.label, ids.number.content = say("Case number"), body.case_number
        until = texts.told_day(body.statutory_on, say)
        self._show_due(body.promised_on, say("The law allows until {day}", day=until), say)
        self._show_lines(body, say)
        self._show_next((("progress", say("Ask here at any time how far your case is.")),), say)
        go_on = say("Continue") if body.next_is_rating else say("Finish")
        self._offer_receipt(body.print, go_on, frame, say)

    def _show_lines(self, body: AcceptedView, say: Say) -> None:
        """What is owed comes before what needs nothing more."""
        self.ids.lines.clear_widgets()
        for owed in body.owed:
            until = say("Please hand it in by {day}.", day=texts.told_day(owed.until, say))
            self._add_line("materials", owed.name, until)
        for part in body.parts:
            there = say("It is there already.") if part.issued else ""
            number = say("Case {number}", number=part.case_number)
            self._add_line("check" if part.issued else "waiting", part.name, there or number)

    def _add_line(self, icon: str, name: str, remark: str) -> None:
        self.ids.lines.add_widget(NeededLine(icon=icon, content=name, remark=remark))


class NotedScreen(NumberedScreen[NotedView]):
    """A complaint, papers, a confirmation: it is there."""

    def render(self, body: NotedView, frame: Frame, say: Say) -> None:
        """Show the number and what becomes of it."""
        ids, text = self.ids, texts.NOTED[body.kind]
        ids.head.icon, ids.head.warm = "check", False
        ids.head.title, ids.head.content = say(text.title), ""
        ids.number.label, ids.number.content = say(text.number), body.number
        self._show_due(body.due_on, "", say)
        ask = say("To ask about it, call {hotline} and say this number.", hotline=frame.hotline)
        self._show_next(((text.icon, say(text.next)), ("call", ask)), say)
        self._offer_receipt(body.print, say("Finish"), frame, say)


class KeptScreen(NumberedScreen[KeptView]):
    """The network is down: the number under which the request is kept."""

    def render(self, body: KeptView, frame: Frame, say: Say) -> None:
        """Say plainly that it was kept, not sent."""
        ids = self.ids
        ids.head.icon, ids.head.warm = "kept", True
        ids.head.title = say("Your request is kept")
        ids.head.content = say("The network is down right now.")
        ids.number.label, ids.number.content = say("Your number"), body.number
        ask = say("To ask about it, call {hotline} and say this number.", hotline=frame.hotline)
        self._show_next(
            (
                ("send", say("It is sent as soon as the network is back.")),
                ("check_circle", say("You need not come again to apply.")),
                ("call", ask),
            ),
            say,
        )
        self._offer_receipt(body.print, say("Finish"), frame, say)


load_beside(__file__)
