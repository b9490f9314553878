"""Show who you are: by card, social security card or code, whichever is at hand."""

from __future__ import annotations

from typing import Final

from kivy.properties import BooleanProperty, ColorProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.core.identity import Means
from kiosk.core.views import Frame, IdentifyView
from screens import texts, theme
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.widgets.parts import tell_trouble
from screens.widgets.pictures import CardPicture, CodePicture, Picture, SlotPicture
from screens.words import Say

PICTURES: Final[dict[Means, type[Picture]]] = {
    Means.ID_CARD: CardPicture,
    Means.SOCIAL_CARD: SlotPicture,
    Means.CODE: CodePicture,
}


class MeansPanel(BoxLayout):
    """One of several ways: its picture, what to do, and how."""

    wide = BooleanProperty(False)
    title = StringProperty("")
    content = StringProperty("")
    ground = ColorProperty()
    edge = ColorProperty()


class IdentifyScreen(BaseScreen[IdentifyView]):
    """Every way that works now, each with its picture; once something is there, that one alone."""

    many = BooleanProperty(False)

    def render(self, body: IdentifyView, frame: Frame, say: Say) -> None:
        """Ask for a document, or to leave it there."""
        tell_trouble(self.ids.trouble, body.trouble, frame, say)
        one = body.reading or (body.means[0] if len(body.means) == 1 else None)
        if one is None:
            self._show_all(body.means, say, shortly=body.trouble is not None)
        else:
            self._show_one(one, say, reading=body.reading is not None)
            if body.trouble is not None:
                self.ids.what.content = ""

    def rest(self) -> None:
        """Nothing moves out of sight."""
        self.ids.dots.moving = False
        for widget in self.walk(restrict=True):
            if isinstance(widget, Picture):
                widget.moving = False

    def wipe(self) -> None:
        """Stop, and leave nothing."""
        super().wipe()
        self.ids.panels.clear_widgets()
        self.ids.picture.clear_widgets()

    def _show_all(self, means: tuple[Means, ...], say: Say, *, shortly: bool) -> None:
        """Each by its picture; `shortly` leaves the room for words to what went wrong.

        So does large type, beside each of many pictures.
        """
        shown_alone = shortly or (theme.zoom() > 1 and len(means) > 2 and not self.wide)
        ids, self.many = self.ids, True
        ids.title.content = say("Please show who you are")
        ids.what.content = "" if shortly else say("Any one of these will do.")
        ids.dots.moving, ids.dots.opacity = False, 0
        ids.picture.clear_widgets()
        ids.panels.clear_widgets()
        for one in means:
            text = texts.MEANS[one]
            how = "" if shown_alone else say(text.how)
            panel = MeansPanel(wide=self.wide, title=say(text.title), content=how)
            panel.ids.place.add_widget(PICTURES[one](moving=True))
            ids.panels.add_widget(panel)

    def _show_one(self, one: Means, say: Say, *, reading: bool) -> None:
        ids, text, self.many = self.ids, texts.MEANS[one], False
        ids.title.content = say(text.reading if reading else text.title)
        ids.what.content = say(text.wait if reading else text.how)
        ids.dots.moving, ids.dots.opacity = reading, int(reading)
        ids.panels.clear_widgets()
        ids.picture.clear_widgets()
        ids.picture.add_widget(PICTURES[one](moving=not reading, lying=reading))


load_beside(__file__)
