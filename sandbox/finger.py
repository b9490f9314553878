"""A finger that really touches the glass: X events by xdotool, nothing of Kivy bypassed."""

from __future__ import annotations

import subprocess


class Finger:
    """Touches the one window of a display."""

    def __init__(self, display: str) -> None:
        self._display = display

    def tap(self, x: float, y: float) -> None:
        """Press and let go at a place of the screen, in pixels from the top left."""
        self._xdotool("mousemove", str(round(x)), str(round(y)), "click", "1")

    def _xdotool(self, *words: str) -> None:
        subprocess.run(
            ["xdotool", *words], check=True, env={"DISPLAY": self._display, "PATH": "/usr/bin:/bin"}
        )
