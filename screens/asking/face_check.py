"""The face check: consent first, then a picture, then the platform's word."""

from __future__ import annotations

from typing import Final

from kivy.properties import OptionProperty

from drivers.device import Guidance
from kiosk.core.views import FaceCheckView, Frame
from screens import texts
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.widgets.layout import IconLabel
from screens.words import N_, Say

# What happens to the picture, before it is taken.
TOLD: Final = (
    ("camera", N_("One picture of your face is taken here.")),
    ("face", N_("It is compared once with your document's photo, no more.")),
    ("wiped", N_("This terminal keeps no picture: it is deleted right after.")),
    ("office", N_("Rather not? The service centre's counter can help.")),
)


class FaceCheckScreen(BaseScreen[FaceCheckView]):
    """It asks, looks and compares; what went wrong may be tried again."""

    shows = OptionProperty("sign", options=["sign", "picture"])

    def render(self, body: FaceCheckView, frame: Frame, say: Say) -> None:
        """Show where it stands."""
        ids = self.ids
        looking = not body.asks and not body.comparing and body.trouble is None
        self.shows = "picture" if looking else "sign"
        ids.live.good = body.guidance is Guidance.GOOD
        ids.live.show(body.picture if looking else None)
        ids.sign.icon = "warning" if body.trouble else "face"
        ids.sign.tone = "warm" if body.trouble else "calm"
        ids.dots.moving, ids.dots.opacity = body.comparing, int(body.comparing)
        ids.told.clear_widgets()
        ids.words.hint = say("Slide up to read more")
        for button in (ids.decline, ids.agree, ids.again):
            button.shown = False
        self._say_what(body, frame, say)
        ids.actions.arrange()
        ids.actions.height = ids.agree.height if ids.actions.children else 0

    def rest(self) -> None:
        """Nothing moves out of sight."""
        self.ids.dots.moving = False

    def _say_what(self, body: FaceCheckView, frame: Frame, say: Say) -> None:
        ids = self.ids
        if body.trouble is not None:
            text = texts.TROUBLES[body.trouble]
            ids.title.content = say(text.title)
            ids.what.content = say(text.action, hotline=frame.hotline)
            ids.again.shown, ids.again.content = True, say("Try again")
        elif body.asks:
            ids.title.content = say("May your face be checked?")
            ids.what.content = say("This shows that it is really you who is applying.")
            for icon, sentence in TOLD:
                ids.told.add_widget(IconLabel(icon=icon, content=say(sentence)))
            ids.agree.shown, ids.agree.content = True, say("I agree")
            ids.decline.shown, ids.decline.content = True, say("I do not agree")
        elif body.comparing:
            ids.title.content = say("Comparing")
            ids.what.content = say("This takes a few seconds. Please stay here.")
        else:
            ids.title.content = say(texts.GUIDANCE[body.guidance])
            ids.what.content = say("The picture is taken by itself.")


load_beside(__file__)
