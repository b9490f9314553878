"""The keypad: real key events, which reach the terminal's window and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandbox.control import ControlError
from sandbox.display import VirtualDisplay
from sandbox.finger import Finger
from sandbox.keypad import KEYS, TITLE, Keypad
from tests.sandbox.windows import PATIENCE, window

pytestmark = [pytest.mark.usefixtures("no_leaks"), pytest.mark.timeout(180)]

SCANCODES = {"up": 82, "down": 81, "left": 80, "right": 79, "select": 40}
SCANCODES |= {"earphones-in": 106, "earphones-out": 107}
"""What a HID keyboard calls them on its wire (HID usage tables, page 7), as SDL does."""


def test_every_key_reaches_the_terminal_whoever_has_the_focus(tmp_path: Path) -> None:
    """Also after the dock was opened and touched, and without a window manager."""
    with (
        VirtualDisplay(500, 300) as display,
        window(display.name, TITLE, tmp_path) as terminal,
        window(display.name, f"{TITLE} dock", tmp_path, left=250) as dock,
    ):
        Finger(display.name).tap((300, 100))
        keypad = Keypad(display.name)
        for word in KEYS:
            assert keypad.actor.act([word])
            assert terminal.get(timeout=PATIENCE) == f"key {SCANCODES[word]}"
        assert dock.empty()


def test_without_a_terminal_it_says_so() -> None:
    """Nothing is sent to whatever else may be there."""
    with VirtualDisplay(200, 200) as display, pytest.raises(ControlError, match="no terminal"):
        Keypad(display.name).press("up")
