"""Nobody is there: a large clock, and an invitation to touch."""

from __future__ import annotations

from datetime import datetime

from kiosk.core.views import AttractView, Frame
from screens import texts
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.widgets.parts import tell_trouble
from screens.words import Say


class AttractScreen(BaseScreen[AttractView]):
    """Touched anywhere, it begins; closed, it says so and who can help."""

    _say: Say | None = None

    def render(self, body: AttractView, frame: Frame, say: Say) -> None:
        """Invite, or say why nothing can be done here."""
        self._say = say
        self.ids.title.content = say("24-hour self-service")
        self.ids.promise.content = say("Public services at your doorstep, day and night")
        self.ids.start.shown = body.closed is None
        self.ids.start.content = say("Touch to begin")
        self.ids.steps.show_steps([] if body.closed or body.staff else _three_steps(say))
        self.ids.staff.content, self.ids.staff.shown = say("For staff"), body.staff
        tell_trouble(self.ids.closed, body.closed, frame, say)

    def tell_time(self, now: datetime) -> None:
        """Show it large, and which day it is."""
        # A text that stays the same draws nothing.
        self.ids.clock.content = now.strftime("%H:%M")
        if self._say is not None:
            self.ids.date.content = texts.day(now.date(), self._say)


def _three_steps(say: Say) -> list[tuple[str, str]]:
    """How it works, at a glance."""
    return [
        ("touch", say("Choose a service")),
        ("card", say("Lay down your ID card")),
        ("result", say("Take your papers")),
    ]


load_beside(__file__)
