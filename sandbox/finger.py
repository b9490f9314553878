"""A finger that really touches the glass: X events by xdotool, nothing of Kivy bypassed."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from typing import Final

Place = tuple[float, float]

PACE: Final = "0.008"  # seconds between two places of a stroke, as panels tell them


class Finger:
    """Touches the one window of a display; places are in pixels from its top left."""

    def __init__(self, display: str) -> None:
        self._display = display

    def tap(self, place: Place) -> None:
        """Press and let go."""
        self._xdotool(*_to(place), "click", "1")

    def draw(self, stroke: Sequence[Place]) -> None:
        """Press at the first place, slide along all others, and let go."""
        first, *others = stroke
        along = (word for place in others for word in ("sleep", PACE, *_to(place)))
        self._xdotool(*_to(first), "mousedown", "1", *along, "mouseup", "1")

    def _xdotool(self, *words: str) -> None:
        subprocess.run(
            ["xdotool", *words], check=True, env={"DISPLAY": self._display, "PATH": "/usr/bin:/bin"}
        )


def _to(place: Place) -> tuple[str, ...]:
    x, y = place
    return "mousemove", str(round(x)), str(round(y))
