"""A pad of digits."""

from __future__ import annotations

from typing import Any

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from screens import theme
from screens.widgets.keyboard import Keys


class Pad(Keys):
    """Digits as on a telephone, one more key for `extra`, and one to delete.

    `on_calendar` asks for a calendar instead, where there is one.
    """

    def __init__(self, **kwargs: Any) -> None:
        self.register_event_type("on_calendar")
        super().__init__(**kwargs)

    def on_calendar(self) -> None:
        """A date is to be picked rather than typed."""

    def prepare(self, extra: str, calendar: str = "") -> None:
        """Have the keys there; `calendar` is the word on the key that leads to one."""
        self.clear_widgets()
        for digits in ("123", "456", "789"):
            self._row([self._char(digit) for digit in digits])
        self._row([self._left(extra, calendar), self._char("0"), self._delete()])

    def _left(self, extra: str, calendar: str) -> Widget:
        if calendar:
            return self._key(
                "calendar",
                lambda: self.dispatch("on_calendar"),
                icon="day",
                content=calendar,
                size_px=theme.BODY,
            )
        return self._char(extra) if extra else BoxLayout()
