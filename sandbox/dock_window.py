"""The dock's window; importing it opens Kivy, with the settings that `sandbox.dock` has made."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from kivy.app import App
from kivy.core.window import Window
from kivy.graphics import Color, RoundedRectangle
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.button import Button
from kivy.uix.gridlayout import GridLayout
from kivy.uix.label import Label
from kivy.uix.scrollview import ScrollView
from kivy.uix.widget import Widget
from kivy.utils import get_color_from_hex as colour

from sandbox.dock import ALWAYS, TABS, Group, Said, Tab
from screens import fonts

# The terminal's own colours, as screens/theme.py has them when nobody asked for more contrast.
GROUND, PAPER, PRESSED = colour("F3F6FB"), colour("FFFFFF"), colour("FFB547")
INK, DEEP, MIST, RED = colour("0E1B2E"), colour("0B3477"), colour("C9DBF5"), colour("A11B16")
ROW, TITLE, BAND, SAID = 42, 22, 46, 44  # heights in pixels
BAR, GAP, ROUND = 8, 5, 8  # pixels: the bar that scrolls, between buttons, their corners

Send = Callable[[str], Said]


def open_dock(send: Send, scratch: Path) -> None:
    """Show all buttons until the window is closed; each sends its line. `scratch` gets fonts."""
    fonts.register(scratch)
    app = App(title="Doorstep dock")
    app.root = Dock(send)
    app.run()


class Dock(BoxLayout):
    """Tabs above, the open one's buttons, what is always there, and what the world said."""

    def __init__(self, send: Send) -> None:
        super().__init__(orientation="vertical", padding=10, spacing=GAP)
        Window.clearcolor = GROUND
        self._send = send
        self._said = _label("轻触按钮，左边的终端会有反应。 Touch a button.", SAID, INK)
        self._said.valign = "top"
        self._open = ScrollView(do_scroll_x=False, bar_width=BAR, scroll_type=["bars", "content"])
        self._open.bar_color = self._open.bar_inactive_color = DEEP
        self._tabs = {tab.title: Key(tab.title, BAND, partial(self.show, tab)) for tab in TABS}
        band = BoxLayout(size_hint_y=None, height=BAND, spacing=GAP)
        for key in self._tabs.values():
            band.add_widget(key)
        for widget in (band, self._open, *self._group(ALWAYS), self._said):
            self.add_widget(widget)
        self.show(TABS[0])

    def show(self, tab: Tab) -> None:
        """Open a tab."""
        for title, key in self._tabs.items():
            key.paint(DEEP if title == tab.title else PAPER)
        column = GridLayout(cols=1, spacing=GAP, size_hint_y=None, padding=(0, 0, BAR + 4, 0))
        column.bind(minimum_height=column.setter("height"))
        for group in tab.groups:
            for widget in self._group(group):
                column.add_widget(widget)
        self._open.clear_widgets()
        self._open.add_widget(column)
        self._open.scroll_y = 1

    def _group(self, group: Group) -> tuple[Widget, Widget]:
        """Its title and its buttons."""
        grid = GridLayout(cols=group.columns, spacing=GAP, size_hint_y=None, row_default_height=ROW)
        grid.bind(minimum_height=grid.setter("height"))
        for words, line in group.buttons:
            grid.add_widget(Key(words, ROW, partial(self._do, line)))
        for _ in range(group.columns - len(group.buttons)):
            grid.add_widget(Widget())  # or those there are would be wider than those of others
        return _label(f"[b]{group.title}[/b]", TITLE, DEEP), grid

    def _do(self, line: str) -> None:
        said = self._send(line)
        self._said.text, self._said.color = said.text, RED if said.wrong else INK


class Key(Button):
    """A button with its Chinese above its English; `act` is done when it is let go."""

    def __init__(self, words: str, height: int, act: Callable[[], None]) -> None:
        chinese, _, english = words.partition(" ")
        super().__init__(
            text=f"[b]{chinese}[/b]\n[size=12]{english}[/size]",
            markup=True,
            font_name=fonts.TEXT,
            font_size=15,
            line_height=0.95,
            halign="center",
            size_hint_y=None,
            height=height,
            background_color=(0, 0, 0, 0),
        )
        with self.canvas.before:
            self._colour = Color(*PAPER)
            self._shape = RoundedRectangle(radius=[ROUND])
        self._ground = PAPER
        self.paint(PAPER)
        self.bind(pos=self._place, size=self._place, state=lambda *_: self.paint(self._ground))
        self.bind(on_release=lambda _: act())

    def paint(self, ground: list[float]) -> None:
        """Lie on this colour, while nobody presses."""
        self._ground = ground
        self._colour.rgba = PRESSED if self.state == "down" else ground
        self.color = PAPER if ground == DEEP and self.state != "down" else INK

    def _place(self, *_: Any) -> None:  # noqa: ANN401 # Kivy tells the widget and the value
        self._shape.pos, self._shape.size = self.pos, self.size


def _label(text: str, height: int, ink: list[float]) -> Label:
    label = Label(text=text, markup=True, font_name=fonts.TEXT, font_size=15, color=ink)
    label.halign, label.valign = "left", "bottom"
    label.size_hint_y, label.height = None, height
    label.bind(size=lambda each, size: setattr(each, "text_size", size))
    return label
