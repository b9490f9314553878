"""A date picked by taps, or by five keys: some years, a year, a month, a day below its weekday."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from kivy.metrics import dp
from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from screens import dates, texts, theme
from screens.dates import Choice, Part, Span
from screens.kv import load_beside
from screens.widgets.keyboard import Key, Keys
from screens.widgets.layout import Column, Spacer
from screens.widgets.pages import Settling
from screens.widgets.text import Text
from screens.words import N_, Say

ASKED: Final = {
    Part.DECADE: N_("Which years?"),
    Part.YEAR: N_("Which year?"),
    Part.MONTH: N_("Which month?"),
    Part.DAY: N_("Which day?"),
}
BACK: Final = {
    Part.YEAR: N_("Other years"),
    Part.MONTH: N_("Another year"),
    Part.DAY: N_("Another month"),
}
WEEK: Final = 7
KEYS_BELOW: Final = 5  # so many free days at the end of a month have room for the keys below
TALLEST: Final = 170  # a row of a few large keys, in pixels of the design


class Calendar(Settling, Keys):
    """What is picked next of a date; a `flat` one is wide and low.

    `on_pick` hands out the date as far as it goes, `on_digits` asks for keys to type it instead.
    `head` is how much of its height is only read.
    """

    flat = BooleanProperty(False)
    head = NumericProperty(0)

    def __init__(self, **kwargs: Any) -> None:
        self._shown: tuple[object, ...] = ()
        self.register_event_type("on_pick")
        self.register_event_type("on_digits")
        super().__init__(**kwargs)

    def on_pick(self, begun: str) -> None:
        """So much of the date is picked."""

    def on_digits(self) -> None:
        """It is typed rather than picked."""

    def show(self, text: str, span: Span, today: date, say: Say) -> None:
        """Offer what can be picked after a text; what is there already stays."""
        shown = (text, span, today, say.language)
        if shown == self._shown:
            return
        if self._shown:
            self.changes()
        self._shown = shown
        step = dates.step(text, span)
        self.clear_widgets()
        self._show_head(step, say)
        below = [self._way_back(step, say), self._today(step, span, today, say), self._digits(say)]
        self._fill(self._cells(step, text, say), step, [key for key in below if key])

    def forget(self) -> None:
        """Show nothing of a date."""
        super().forget()
        self._shown = ()

    # --- rows ---

    def _show_head(self, step: dates.Step, say: Say) -> None:
        """What is asked, and the weekdays over their days; few rows leave the room above it."""
        self.add_widget(Spacer(size_hint_y=0.001))
        head = Head(content=say(ASKED[step.part]))
        if step.part is Part.DAY:
            for name in texts.SHORT_WEEKDAYS * (self._cols(step) // WEEK):
                head.ids.weekdays.add_widget(Weekday(content=say(name)))
        head.bind(height=lambda _, height: setattr(self, "head", height + 2 * self.spacing))
        self.add_widget(head)

    def _cols(self, step: dates.Step) -> int:
        """How many things stand in a row: whole weeks, or parts of a year, or a few years."""
        if step.part is Part.DAY:
            return WEEK * (2 if self.flat else 1)
        return min(6 if self.flat else 3, len(step.choices))

    def _cells(self, step: dates.Step, text: str, say: Say) -> list[Widget]:
        """Everything to pick, the days of a month from the weekday of its first one on."""
        names = ((one, _name(step.part, one.begun, say)) for one in step.choices)
        keys = [self._choice(one, name, chosen=one.begun == text) for one, name in names]
        before = dates.weekday_of_first(step.begun) if step.part is Part.DAY else 0
        return [*(BoxLayout() for _ in range(before)), *keys]

    def _fill(self, cells: list[Widget], step: dates.Step, below: list[Key]) -> None:
        """Rows of cells; the keys below stand in what is free at their end, if that is enough."""
        cols = self._cols(step)
        rows = [cells[first : first + cols] for first in range(0, len(cells), cols)]
        free = cols - len(rows[-1])
        if free >= (KEYS_BELOW if step.part is Part.DAY else len(below)):
            for key in below:
                key.size_hint_x = free / len(below)
            rows[-1] += below
        else:
            rows[-1] += [BoxLayout() for _ in range(free)]
            rows.append([*below])
        for row in rows:
            self._row(row).size_hint_max_y = dp(TALLEST)

    # --- keys ---

    def _choice(self, choice: Choice, name: str, *, chosen: bool) -> Key:
        return self._key(
            choice.begun,
            lambda: self.dispatch("on_pick", choice.begun),
            content=name,
            size_px=theme.LEAD,
            disabled=not choice.allowed,
            chosen=chosen,
        )

    def _way_back(self, step: dates.Step, say: Say) -> Key | None:
        back = step.back
        if back is None:
            return None
        return self._key(
            "back",
            lambda: self.dispatch("on_pick", back),
            icon="previous",
            content=say(BACK[step.part]),
            size_px=theme.BODY,
        )

    def _today(self, step: dates.Step, span: Span, today: date, say: Say) -> Key | None:
        """Today, where one begins and it is allowed."""
        if step.back is not None or not span.holds(today.isoformat()):
            return None
        return self._key(
            "today",
            lambda: self.dispatch("on_pick", today.isoformat()),
            icon="day",
            content=say("Today"),
            size_px=theme.BODY,
        )

    def _digits(self, say: Say) -> Key:
        return self._key(
            "digits",
            lambda: self.dispatch("on_digits"),
            content=say("Type digits"),
            size_px=theme.BODY,
        )


class Head(Column):
    """What is picked now, and the names of the weekdays where days are picked."""

    content = StringProperty("")


class Weekday(Text):
    """The name of one, over its days."""


def _name(part: Part, begun: str, say: Say) -> str:
    match part:
        case Part.DECADE:
            return f"{begun}0–{begun}9"
        case Part.MONTH:
            return say(texts.MONTHS[int(begun[-2:]) - 1])
        case Part.DAY:
            return f"{int(begun[-2:])}"
        case Part.YEAR:
            return begun


load_beside(__file__)
