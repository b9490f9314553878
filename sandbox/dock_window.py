"""The dock's window; importing it opens Kivy, with the settings that `sandbox.dock` has made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from kivy.app import App
from kivy.core.window import Window
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.button import Button
from kivy.uix.gridlayout import GridLayout
from kivy.uix.label import Label
from kivy.uix.scrollview import ScrollView
from kivy.uix.widget import Widget

from sandbox.dock import Group
from screens import fonts

GROUND, PAPER = (0.93, 0.95, 0.98, 1), (1, 1, 1, 1)
INK, DEEP = (0.05, 0.13, 0.22, 1), (0.04, 0.21, 0.45, 1)
ROW, TITLE, SAID = 44, 32, 72  # heights in pixels
BAR = 10  # pixels across of the bar that scrolls


def open_dock(groups: Iterable[Group], send: Callable[[str], str], scratch: Path) -> None:
    """Show the groups of buttons until the window is closed; each sends its line.

    In `scratch` two fonts are left.
    """
    fonts.register(scratch)
    app = App(title="Doorstep dock")
    app.root = _window(groups, send)
    app.run()


def _window(groups: Iterable[Group], send: Callable[[str], str]) -> BoxLayout:
    Window.clearcolor = GROUND
    said = _label("", SAID, INK, bold=False)
    column = GridLayout(cols=1, spacing=4, size_hint_y=None, padding=(0, 0, BAR + 4, 0))
    column.bind(minimum_height=column.setter("height"))
    for group in groups:
        column.add_widget(_label(group.title, TITLE, DEEP, bold=True))
        column.add_widget(_grid(group, send, said))
    scrolled = ScrollView(do_scroll_x=False, bar_width=BAR, scroll_type=["bars", "content"])
    scrolled.bar_color = scrolled.bar_inactive_color = DEEP
    scrolled.add_widget(column)
    window = BoxLayout(orientation="vertical", padding=12, spacing=4)
    window.add_widget(scrolled)
    window.add_widget(said)
    return window


def _label(text: str, height: int, colour: tuple[float, ...], *, bold: bool) -> Label:
    label = Label(text=text, font_name=fonts.TEXT, font_size=15, bold=bold, color=colour)
    label.halign, label.valign = "left", "bottom" if bold else "top"
    label.size_hint_y, label.height = None, height
    label.bind(size=lambda each, size: setattr(each, "text_size", size))
    return label


def _grid(group: Group, send: Callable[[str], str], said: Label) -> GridLayout:
    grid = GridLayout(cols=group.columns, spacing=6, size_hint_y=None, row_default_height=ROW)
    grid.bind(minimum_height=grid.setter("height"))
    for words, line in group.buttons:
        button = Button(text=words, font_name=fonts.TEXT, font_size=14, color=INK)
        button.background_normal, button.background_color = "", PAPER
        button.size_hint_y, button.height = None, ROW

        def touched(_: Button, line: str = line) -> None:
            said.text = send(line)

        button.bind(on_release=touched)
        grid.add_widget(button)
    for _ in range(group.columns - len(group.buttons)):
        grid.add_widget(Widget())  # or those there are would be wider than those of others
    return grid
