"""Presses keys of the terminal's five-key keypad: key events of a real X server."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

from evdev import ecodes

from sandbox.control import ControlError
from sandbox.devices.simulator import Actor, actor

TITLE: Final = "Doorstep"
"""What the terminal's window is called."""

KEYS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "up": ecodes.KEY_UP,
        "down": ecodes.KEY_DOWN,
        "left": ecodes.KEY_LEFT,
        "right": ecodes.KEY_RIGHT,
        "select": ecodes.KEY_ENTER,
        "earphones-in": ecodes.KEY_F15,
        "earphones-out": ecodes.KEY_F16,
    }
)
"""By the word of a line, the kernel's code of the key; the jack of the earphones has two.

Of the keys that no keyboard has, SDL hears F13 to F18 under X11, and none from F21 to F24.
"""

FIRST: Final = 8  # X counts keys from here, the kernel from 0


class Keypad:
    """Its keys reach the terminal's window on `display`, whichever window has the focus."""

    def __init__(self, display: str) -> None:
        self._environment = {"DISPLAY": display, "PATH": "/usr/bin:/bin"}

    @property
    def actor(self) -> Actor:
        """What acts on it."""
        return actor("keypad", {word: partial(self.press, word) for word in KEYS})

    def press(self, word: str) -> str:
        """Press a key and let go; ControlError where there is no terminal."""
        self._xdotool("key", "--window", self._window(), str(KEYS[word] + FIRST))
        return f"keypad: {word}"

    def _window(self) -> str:
        """By its name: the dock's begins with the same word."""
        for window in self._xdotool("search", "--onlyvisible", "--class", "").split():
            if self._xdotool("getwindowname", window).strip() == TITLE:
                return window
        raise ControlError("there is no terminal on this display")

    def _xdotool(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words],
            check=False,
            capture_output=True,
            text=True,
            env=self._environment,
        )
        return done.stdout
