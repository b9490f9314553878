"""容缺受理: what is missing, and by when it has to follow."""

from __future__ import annotations

from kivy.properties import BooleanProperty

from kiosk.core.views import DeferralView, Frame
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.widgets.layout import NeededLine
from screens.words import Say


class DeferralScreen(BaseScreen[DeferralView]):
    """Each material with its days; agreed to, or brought now after all."""

    beside = BooleanProperty(False)

    def render(self, body: DeferralView, frame: Frame, say: Say) -> None:
        """List what follows."""
        ids = self.ids
        ids.told.hint = say("Slide up to read more")
        ids.head.title = say("These papers follow later")
        ids.head.content = say("Your application is taken today without them.")
        ids.missing.clear_widgets()
        for one in body.missing:
            within = say.many("Within {n} working day.", "Within {n} working days.", one.days)
            ids.missing.add_widget(NeededLine(icon="day", content=one.name, remark=within))
        ids.where.content = say("You can hand them in at any terminal, under your case.")
        ids.late.content = say("Your case is not finished without them.")
        ids.agree.content = say("Yes, later")
        ids.now.content = say("I bring them now")


load_beside(__file__)
