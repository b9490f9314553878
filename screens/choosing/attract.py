"""Nobody is there: a large clock, and an invitation to touch."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kivy.properties import BooleanProperty

from kiosk.core.views import AttractView, Frame
from screens import texts, theme
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.widgets.parts import tell_trouble
from screens.words import Say


class AttractScreen(BaseScreen[AttractView]):
    """Touched anywhere, it begins; closed, it says so and who can help.

    Within a low reach that is anywhere below the middle: what is read stands above it.
    """

    tells = BooleanProperty(False)  # announcements, for which the rest makes room
    _say: Say | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ids = self.ids
        if self.low:
            for part in (ids.now.__self__, ids.invitation.__self__):
                part.parent.remove_widget(part)
                ids.above.add_widget(part)

    def render(self, body: AttractView, frame: Frame, say: Say) -> None:
        """Invite, or say why nothing can be done here."""
        self._say = say
        self.tells = bool(body.announcements)
        self.ids.title.content = say("24-hour self-service")
        invites = say("Public services at your doorstep, day and night")
        self.ids.promise.content = "" if self.tells or body.closed else invites
        self.ids.start.shown = body.closed is None
        self.ids.start.content = say("Touch to begin")
        # Below the middle of a lying window there is no room for more than the buttons.
        flat = self.low and self.wide and (theme.zoom() > 1 or body.staff)
        crowded = len(body.announcements) > (0 if self.wide else 1)
        told = not (flat or body.closed or body.staff or crowded)
        self.ids.told.show(() if flat else body.announcements, self.emit)
        self.ids.steps.show_steps(_three_steps(say) if told else [])
        self.ids.staff.content, self.ids.staff.shown = say("For staff"), body.staff
        tell_trouble(self.ids.closed, body.closed, frame, say)

    def wipe(self) -> None:
        """Forget what is announced, too: it is told anew."""
        super().wipe()
        self.ids.told.forget()

    def tell_time(self, now: datetime) -> None:
        """Show it large, and which day it is."""
        # A text that stays the same draws nothing.
        self.ids.clock.content = now.strftime("%H:%M")
        self.ids.told.tell_time(now)
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
