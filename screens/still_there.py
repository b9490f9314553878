"""Are you still there? If not, everything is wiped."""

from __future__ import annotations

import math
import time
from typing import Any

from kivy.clock import Clock

from kiosk.core.views import Frame, StillThereView
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.words import Say


class StillThereScreen(BaseScreen[StillThereView]):
    """A countdown that runs here; the core's timer ends the visit."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ends = 0.0
        self._ticking = Clock.create_trigger(self._tick, 0.25, interval=True)

    def render(self, body: StillThereView, frame: Frame, say: Say) -> None:
        """Ask; the countdown begins when the question appears, not with another language."""
        if self.parent is None:
            self._ends = time.monotonic() + body.seconds
        self.ids.title.content = say("Are you still there?")
        self.ids.what.content = say(
            "If nobody touches the screen, this visit ends and your information is cleared."
        )
        self.ids.seconds.content = say("seconds")
        self.ids.here.content = say("I am still here")
        self.ids.left.of = body.seconds
        self._tick()
        self._ticking()

    def rest(self) -> None:
        """Nobody counts out of sight."""
        self._ticking.cancel()

    def _tick(self, *_: object) -> None:
        left = max(self._ends - time.monotonic(), 0)
        self.ids.count.content = str(math.ceil(left))
        self.ids.left.at = math.ceil(left)


load_beside(__file__)
