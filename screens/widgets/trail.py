"""Every place of a finger, where Kivy gives one a frame: the window hears of all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from kivy.core.window import Window

SAME: Final = 2.0  # pixels: Kivy rounds a place once more than the window does


class Heard(NamedTuple):
    """Where the pointer was, in pixels of the window from the lower left, and when."""

    x: float
    y: float
    at: float


class Trail:
    """Where the pointer was since it was pressed at a place that is `wanted`.

    A touch knows where it is in this frame, and no more where it began and what it passed: of a
    quick stroke a third of its length.
    """

    def __init__(self, clock: Callable[[], float], wanted: Callable[[float, float], bool]) -> None:
        self._clock = clock
        self._wanted = wanted
        self._heard: list[Heard] = []
        self._down = False
        self._elsewhere = False

    def listen(self) -> None:
        """Begin to listen to the window, which holds on to nobody who listens."""
        # Unlike fbind, bind keeps no field alive whose screen was dropped.
        Window.bind(**self._heeded())

    def stop(self) -> None:
        """Listen no more, and forget."""
        Window.unbind(**self._heeded())
        self.forget()

    def forget(self) -> None:
        """Know nothing of where the pointer was."""
        self._heard, self._down, self._elsewhere = [], False, False

    def take(self, x: float, y: float) -> list[Heard]:
        """All places up to this one that were not taken yet; this one alone, if it is another's.

        None of a pointer that was pressed elsewhere, wherever the touch is in its first frame.
        """
        if self._elsewhere:
            return []
        here = Heard(x, y, self._clock())
        if not self._heard or max(abs(self._heard[-1].x - x), abs(self._heard[-1].y - y)) > SAME:
            return [here]
        taken, self._heard = self._heard, []
        return taken

    def _heeded(self) -> dict[str, Callable[..., None]]:
        return {
            "on_mouse_down": self._press,
            "mouse_pos": self._move,
            "on_mouse_up": self._release,
        }

    def _press(self, *_: object) -> None:
        now = self._now()
        self._down = self._wanted(now.x, now.y)
        self._elsewhere = not self._down
        self._heard = [now] if self._down else []

    def _move(self, *_: object) -> None:
        if self._down:
            self._heard.append(self._now())

    def _release(self, *_: object) -> None:
        self._down = False

    def _now(self) -> Heard:
        x, y = Window.mouse_pos
        return Heard(x, y, self._clock())
