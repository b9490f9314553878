"""Nobody is there: a large clock, and an invitation to touch."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kivy.clock import Clock

from kiosk.core.legal_time import BEIJING
from kiosk.core.views import AttractView, Frame
from screens import texts
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.widgets.parts import tell_trouble
from screens.words import Say


class AttractScreen(BaseScreen[AttractView]):
    """Touched anywhere, it begins; closed, it says so and who can help."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._say: Say | None = None
        Clock.schedule_interval(self._tell_time, 1.0)

    def render(self, body: AttractView, frame: Frame, say: Say) -> None:
        """Invite, or say why nothing can be done here."""
        self._say = say
        self._tell_time()
        self.ids.title.content = say("24-hour self-service")
        self.ids.promise.content = say("Public services at your doorstep, day and night")
        self.ids.start.shown = body.closed is None
        self.ids.start.content = say("Touch to begin")
        self.ids.steps.show_steps([] if body.closed else _three_steps(say))
        tell_trouble(self.ids.closed, body.closed, frame, say)

    def _tell_time(self, *_: object) -> None:
        if self._say is None or self.parent is None:
            return
        now = datetime.now(BEIJING)
        # A text that stays the same draws nothing.
        self.ids.clock.content = now.strftime("%H:%M")
        self.ids.date.content = texts.day(now.date(), self._say)

    def on_parent(self, *_: object) -> None:
        """On the screen again: the time is another one."""
        self._tell_time()


def _three_steps(say: Say) -> list[tuple[str, str]]:
    """How it works, at a glance."""
    return [
        ("touch", say("Choose a service")),
        ("card", say("Lay down your ID card")),
        ("result", say("Take your papers")),
    ]


load_beside(__file__)
