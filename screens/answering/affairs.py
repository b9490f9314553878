"""Everything that was asked for, and what has become of it: the list."""

from __future__ import annotations

from functools import partial
from typing import Final

from kiosk.core.cases import Light
from kiosk.core.events import Pick
from kiosk.core.views import AffairsView, AffairView, Frame
from screens import texts
from screens.answering.listed import ListedScreen, ListTile
from screens.words import Say

URGENT: Final = (Light.YELLOW, Light.RED)


class AffairsScreen(ListedScreen[AffairsView]):
    """A tile for each case and complaint: where it is, since when, and what is urgent."""

    def render(self, body: AffairsView, frame: Frame, say: Say) -> None:
        """Show the list, the newest first."""
        if body.affairs:
            title, about = say("What has become of it"), say("Touch one to see more.")
        else:
            title = say("Nothing was found")
            about = say("Nothing of yours is known here. Ask {hotline}.", hotline=frame.hotline)
        self._show("progress", title, about)
        self._show_tiles([partial(self._tile, one, say) for one in body.affairs], say)

    def _tile(self, one: AffairView, say: Say) -> ListTile:
        state = texts.STATES[one.state] if one.state else None
        filed = say("Handed in: {day}", day=texts.told_day(one.filed_on, say))
        tile = self._button(
            Pick(one.code),
            icon=state.icon if state else "complaint",
            title=one.name if state else say("Complaint {number}", number=one.code),
            summary=f"{say(state.name)}\n{filed}" if state else filed,
            obstacle=say("Please hand in what is missing") if one.owed else "",
        )
        if one.light in URGENT:
            tile.ids.light.show(one.light, say)
        return tile
