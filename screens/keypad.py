"""Five keys instead of a finger: what they are at, and where each of them leads.

Up and down go through everything that can be touched, left and right through a row of keys; left
reads the screen again, right says once more what the keypad is at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain
from typing import TYPE_CHECKING, Protocol

from kivy.core.window import Window
from kivy.uix.scrollview import ScrollView
from kivy.uix.widget import Widget

from kiosk.core.events import Earphones, Intent, Start
from screens.finder import holders
from screens.glass import Usages
from screens.widgets.keyboard import Keys
from screens.widgets.touch import Touchable

if TYPE_CHECKING:
    from screens.shell import Shell


class Host(Protocol):
    """What the keypad knows of the application."""

    @property
    def shell(self) -> Shell:
        """The whole window."""

    @property
    def asleep(self) -> bool:
        """Whether nobody is there."""

    def ask(self, intent: Intent) -> None:
        """Let an intent pass."""

    def read_again(self) -> None:
        """Read the screen out once more."""

    def tell(self, control: Touchable) -> None:
        """Say what this is."""


class Keypad:
    """Listens to the window's keys, each known by its USB usage (HID Usage Tables, page 0x07).

    While it is `active`, whatever it is at has a ring; a finger on the screen ends that.
    """

    def __init__(self, usages: Usages, host: Host) -> None:
        self._names = {usage: name for name, usage in asdict(usages).items()}
        self._host = host
        self._control: Touchable | None = None
        self._keys: Keys | None = None  # those it was at last, or none
        self._held: set[str] = set()
        self.active = False
        Window.fbind("on_key_down", self._key_down)
        Window.fbind("on_key_up", self._key_up)
        Window.fbind("on_touch_down", self._finger)

    # --- what it is at ---

    @property
    def at(self) -> Touchable | None:
        """What the keypad is at, as far as that is still there."""
        return self._control if self.active else None

    def settle(self, *, anew: bool) -> Touchable | None:
        """After another view: stay at the same thing where it is still there, or by other keys.

        On another screen, `anew`, be at its first thing; at none where it has none of its own.
        """
        if not self.active:
            return None
        there = controls(self._host.shell)
        first = next(_controls(self._host.shell.ids.place), None)
        if anew or self._control is None:
            self._go_to(first)
        elif self._control not in there:
            alike = (one for one in there if one.tag == self._control.tag)
            beside = (one for one in there if self._keys and keys_of(one) is self._keys)
            self._go_to(next(chain(alike, beside), first))
        return self._control

    def _go_to(self, control: Touchable | None) -> None:
        if self._control is not None:
            self._control.focused = False
        self._control = control
        if control is not None:
            control.focused = True
            self._keys = keys_of(control)
            _bring_into_sight(control)

    # --- keys ---

    def _key_down(self, _window: object, _key: int, usage: int, *_: object) -> bool:
        name = self._names.get(usage)
        if name is None:
            return False
        repeated = name in self._held
        self._held.add(name)
        if name in {"earphones_in", "earphones_out"}:
            self._host.ask(Earphones(plugged=name == "earphones_in"))
        elif self._host.asleep:
            self.active = True
            self._host.ask(Start(spoken=True))
        elif not (name == "select" and repeated):
            self._press(name)
        return True

    def _key_up(self, _window: object, _key: int, usage: int, *_: object) -> bool:
        self._held.discard(self._names.get(usage, ""))
        return usage in self._names

    def _finger(self, *_: object) -> bool:
        self.active = False
        self._go_to(None)
        return False

    def _press(self, name: str) -> None:
        self._host.shell.idle_touch()
        first, self.active = not self.active, True
        there = controls(self._host.shell)
        if first or self._control is None or self._control not in there:
            self._go_to(next(iter(there), None))
            self._tell()
        elif name == "select":
            self._select(self._control)
        else:
            self._move(name, self._control, there)

    def _select(self, control: Touchable) -> None:
        if control.disabled:
            self._tell()
        else:
            control.trigger_action(0)

    def _move(self, name: str, control: Touchable, there: list[Touchable]) -> None:
        beside = _beside(control, name)
        if beside is None and name == "left":
            self._host.read_again()
        elif beside is None and name == "right":
            self._tell()
        else:
            self._go_to(beside or _next(control, there, 1 if name == "down" else -1))
            self._tell()

    def _tell(self) -> None:
        if self._control is not None:
            self._host.tell(self._control)


def _next(control: Touchable, there: list[Touchable], by: int) -> Touchable:
    """The next one of those that are there; rows of keys are left as a whole."""
    at, keys = there.index(control), keys_of(control)
    onward = (there[(at + by * step) % len(there)] for step in range(1, len(there) + 1))
    return next((one for one in onward if keys is None or keys_of(one) is not keys), control)


def controls(shell: Shell) -> list[Touchable]:
    """Everything the keypad goes through: of the screen first, then of the bars."""
    ids = shell.ids
    parts = (ids.place, ids.bottom, ids.top)
    return [control for part in parts for control in _controls(part)]


def _controls(widget: Widget) -> Iterator[Touchable]:
    if widget.opacity == 0:
        return
    if isinstance(widget, Touchable) and widget.tag and _can_be_told(widget):
        yield widget
    for child in reversed(widget.children):
        yield from _controls(child)


def _can_be_told(control: Touchable) -> bool:
    """Whether it can be touched, or says why it cannot."""
    return not control.disabled or bool(getattr(control, "obstacle", ""))


def keys_of(control: Widget) -> Keys | None:
    """The rows of keys that it is one of, if any."""
    return next((one for one in holders(control) if isinstance(one, Keys)), None)


def _beside(control: Touchable, name: str) -> Touchable | None:
    """The key next to a key in this direction; rows go round, columns do not."""
    keys = keys_of(control)
    if keys is None:
        return None
    others = [one for one in _controls(keys) if one is not control]
    if name in {"left", "right"}:
        row = [one for one in others if _overlap(one, control) > 0]
        onward = [one for one in row if (one.center_x > control.center_x) == (name == "right")]
        by = 1 if name == "right" else -1
        return min(onward or row, key=lambda one: by * one.center_x, default=None)
    up = 1 if name == "up" else -1
    onward = [
        one
        for one in others
        if up * (one.center_y - control.center_y) > 0 and not _overlap(one, control) > 0
    ]
    return min(
        onward,
        key=lambda one: (
            round(abs(one.center_y - control.center_y)),
            abs(one.center_x - control.center_x),
        ),
        default=None,
    )


def _overlap(one: Widget, other: Widget) -> float:
    """By how much two keys share their height; keys of one row do."""
    return float(min(one.top, other.top) - max(one.y, other.y))


def _bring_into_sight(control: Widget) -> None:
    """Slide whatever it stands in so that it can be seen."""
    for holder in holders(control):
        if isinstance(holder, ScrollView):
            holder.scroll_to(control, animate=False)
