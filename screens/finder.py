"""Finds what can be touched by its tag, for tests and scripted visits that use real touches."""

from __future__ import annotations

from collections.abc import Iterator

from kivy.core.window import Window
from kivy.uix.widget import Widget

from screens.widgets.touch import Touchable


def find(root: Widget, tag: str) -> Touchable:
    """The touchable widget of that tag; LookupError names the tags there are."""
    there = touchables(root)
    for widget in there:
        if widget.tag == tag:
            return widget
    tags = ", ".join(sorted(widget.tag for widget in there))
    raise LookupError(f"nothing on the screen is tagged {tag!r}; there is: {tags}")


def touchables(root: Widget) -> list[Touchable]:
    """Everything on the screen that can be touched now."""
    return [w for w in root.walk() if isinstance(w, Touchable) and w.tag and not w.disabled]


def holders(widget: Widget) -> Iterator[Widget]:
    """What holds a widget, the nearest first, up to the root of the window."""
    holder = widget.parent
    while holder is not None and holder is not Window:
        yield holder
        holder = holder.parent


def center_in_window(widget: Widget) -> tuple[float, float]:
    """The middle of a widget in X11's pixels: from the top left of the screen."""
    x, y = widget.to_window(*widget.center)
    return Window.left + x, Window.top + Window.height - y
