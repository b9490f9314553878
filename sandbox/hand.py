"""What touches the glass for a script: a finger, or the five keys of the keypad."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

import click

from sandbox.finger import Finger, Place
from sandbox.keypad import FIRST, KEYS
from sandbox.kivy_loop import on_kivy

if TYPE_CHECKING:
    from kivy.uix.widget import Widget

    from screens.app import DoorstepApp  # Kivy comes in when the terminal opens its window
    from screens.widgets.touch import Touchable

Box = tuple[float, float, float, float]
"""Left, top, width and height, in pixels of the screen."""

MOST: Final = 200  # keys; nothing is further away
PATIENCE: Final = 1.0  # seconds until a key must have led somewhere


class Hand(Protocol):
    """Chooses what is on the glass, as a person does."""

    def reach(self, tag: str) -> Callable[[], None]:
        """Be at what is tagged so; calling what comes back presses it."""

    def sign(self, strokes: Sequence[Sequence[Place]]) -> None:
        """Sign, or what stands for it; strokes of places in shares of the field."""


class FingerHand:
    """Touches it."""

    def __init__(self, app: DoorstepApp, display: str) -> None:
        self._app = app
        self._finger = Finger(display)

    def reach(self, tag: str) -> Callable[[], None]:
        """Be over its middle."""
        return partial(self._finger.tap, on_kivy(lambda: self._place_of(tag)))

    def sign(self, strokes: Sequence[Sequence[Place]]) -> None:
        """Write the strokes into the field, and say that they are the signature."""
        box = on_kivy(lambda: field_of(self._app.root))
        for stroke in strokes:
            self._finger.draw(within(box, stroke))
        self.reach("sign")()

    def _place_of(self, tag: str) -> Place:
        from screens.finder import center_in_window, find  # noqa: PLC0415 # Kivy, not before

        return center_in_window(find(self._app.root, tag))


class KeypadHand:
    """Goes there key by key, and looks only at the ring, as whoever listens hears of it."""

    def __init__(self, app: DoorstepApp, display: str) -> None:
        self._app = app
        self._display = display

    def reach(self, tag: str) -> Callable[[], None]:
        """Press keys until it has the ring; what is left is the one in the middle."""
        for _ in range(MOST):
            word, at = on_kivy(lambda: (self._way_to(tag), self._app.keypad.at))
            if word == "select":
                return partial(self._press, word)
            self._press(word)
            self._wait_until_another(at)
        raise LookupError(f"no keys lead to {tag}")

    def sign(self, strokes: Sequence[Sequence[Place]]) -> None:
        """Declare what others sign: five keys draw no name."""
        del strokes
        self.reach("decline")()

    def _way_to(self, tag: str) -> str:
        """The key that leads nearer; LookupError names what there is."""
        from screens.keypad import controls  # noqa: PLC0415 # Kivy, not before

        if self._app.asleep:
            return "select"
        at, there = self._app.keypad.at, controls(self._app.shell)
        wanted = next((one for one in there if one.tag == tag), None)
        if wanted is None:
            raise LookupError(f"{tag!r} is not there; there is {[one.tag for one in there]}")
        if at is None or at not in there:
            return "down"
        return "select" if at is wanted else _toward(wanted, at, there)

    def _press(self, word: str) -> None:
        subprocess.run(
            ["xdotool", "key", str(KEYS[word] + FIRST)],
            check=True,
            env={"DISPLAY": self._display, "PATH": "/usr/bin:/bin"},
        )

    def _wait_until_another(self, at: Touchable | None) -> None:
        deadline = time.monotonic() + PATIENCE
        while on_kivy(lambda: self._app.keypad.at) is at:
            if time.monotonic() > deadline:
                raise LookupError(f"no key leads on from {at.tag if at else 'nothing'}")


HANDS: Final[dict[str, Callable[[DoorstepApp, str], Hand]]] = {
    "finger": FingerHand,
    "keypad": KeypadHand,
}
"""By the word for it; each takes the application and the display it is on."""

by_option = click.option(
    "--by",
    type=click.Choice([*HANDS]),
    default="finger",
    show_default=True,
    help="What chooses on the screen.",
)
"""The option that chooses among them."""


def _toward(wanted: Touchable, at: Touchable, there: list[Touchable]) -> str:
    from screens.keypad import keys_of  # noqa: PLC0415 # Kivy, not before

    if keys_of(wanted) is None or keys_of(wanted) is not keys_of(at):
        return "down" if there.index(wanted) > there.index(at) else "up"
    if abs(wanted.center_y - at.center_y) < at.height / 2:
        return "right" if wanted.center_x > at.center_x else "left"
    return "up" if wanted.center_y > at.center_y else "down"


def field_of(root: Widget) -> Box:
    """The field for signatures; LookupError where there is none."""
    from screens.widgets.signature import SignatureField  # noqa: PLC0415 # Kivy, not before

    for one in root.walk():
        if isinstance(one, SignatureField):
            return box_of(one)
    raise LookupError("there is no field for signatures")


def box_of(widget: Widget) -> Box:
    """Where a widget is."""
    from screens.finder import center_in_window  # noqa: PLC0415 # Kivy, not before

    x, y = center_in_window(widget)
    return x - widget.width / 2, y - widget.height / 2, widget.width, widget.height


def within(box: Box, stroke: Sequence[Place]) -> list[Place]:
    """Places in shares of a box as places of the screen."""
    left, top, width, height = box
    return [(left + x * width, top + y * height) for x, y in stroke]
