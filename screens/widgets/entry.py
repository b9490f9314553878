"""The field that shows what is typed, with a caret, and a way to clear it."""

from __future__ import annotations

from typing import Any

from kivy.properties import BooleanProperty, ColorProperty, NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from screens import theme
from screens.kv import load_beside


class EntryField(BoxLayout):
    """What is typed, or `placeholder` while that is nothing. `on_clear` wants it gone.

    It becomes smaller to stand in so many `rows`; where it has more lines than room, the last ones
    are in sight. `wrong` says that it has to be corrected; without `caret` nothing is typed behind
    it.
    """

    icon = StringProperty("")
    content = StringProperty("")
    placeholder = StringProperty("")
    clearing = StringProperty("")
    clearable = BooleanProperty(False)
    size_px = NumericProperty(theme.LEAD)
    rows = NumericProperty(0)
    wrong = BooleanProperty(False)
    caret = BooleanProperty(True)
    ground = ColorProperty()

    def __init__(self, **kwargs: Any) -> None:
        self.register_event_type("on_clear")
        super().__init__(**kwargs)

    def on_clear(self) -> None:
        """All of it is to go."""

    def show(self, content: str, placeholder: str, clear: str, *, clearable: bool) -> None:
        """Show what is typed; `clear` is the word on the button that clears it."""
        self.content, self.placeholder, self.clearing = content, placeholder, clear
        self.clearable = clearable


load_beside(__file__)
