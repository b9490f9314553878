"""One material: by which way will it be brought?"""

from __future__ import annotations

from typing import Final

from kivy.properties import BooleanProperty

from kiosk.core.cases import Way
from kiosk.core.events import Decline, Pick
from kiosk.core.views import Frame, ProvideView, WayView
from screens import texts, theme
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.widgets.parts import tell_trouble
from screens.widgets.touch import TileButton
from screens.words import Say

FEW: Final = 3  # so few ways may have two lines each, and stand in one row
MOST_TOLD: Final = 4  # ways, times how large type is, that can say more than their names


class ProvideScreen(BaseScreen[ProvideView]):
    """What is needed, why what was there does not do, and the ways that are open.

    On a `flat` screen they stand beside each other.
    """

    flat = BooleanProperty(False)

    def render(self, body: ProvideView, frame: Frame, say: Say) -> None:
        """Ask for one material."""
        ids = self.ids
        ids.told.hint = say("Slide up to read more")
        ids.head.title, ids.note.content = body.name, body.note or ""
        ids.head.content = _which(body, say)
        how = ids.how_beside if self.wide and not self.low else ids.how
        how.content = say("How do you want to bring it?")
        self._say_trouble(body, frame, say)
        count = len(body.ways) + body.optional
        most = 2.5 if self.low or theme.zoom() > 1 else 3
        self._large = not self.wide and count * theme.zoom() <= most
        self._shortly = theme.zoom() > 1 and count * theme.zoom() > MOST_TOLD
        self._few = count <= FEW
        ids.ways.cols = (FEW if count == FEW else 2) if self.flat else 1
        ids.ways.clear_widgets()
        for way in body.ways:
            ids.ways.add_widget(self._button(way, body, say))
        if body.optional:
            ids.ways.add_widget(self._without(say))

    def wipe(self) -> None:
        """Offer nothing any more."""
        super().wipe()
        self.ids.ways.clear_widgets()

    def _say_trouble(self, body: ProvideView, frame: Frame, say: Say) -> None:
        """Why it is asked for (again): the platform's own words come before ours."""
        trouble = self.ids.trouble
        tell_trouble(trouble, body.trouble, frame, say)
        if body.words is not None:
            trouble.title, trouble.content = say("This paper was not accepted"), body.words
        elif body.trouble is None and body.certificate is not None:
            trouble.title = say("Your e-certificate does not count any more")
            trouble.content = body.certificate

    def _button(self, way: WayView, body: ProvideView, say: Say) -> TileButton:
        code = str(way.code)
        text = texts.WAYS[Way(code)]
        how = say(text.how)
        if code == Way.LATER and body.later:
            within = say.many("Within {n} working day.", "Within {n} working days.", body.later)
            how = f"{how} {within}"
        button = TileButton(
            tag=f"pick:{code}",
            icon=text.icon,
            title=say(text.name),
            summary="" if self._shortly else how,
            obstacle=say(texts.TROUBLES[way.why_not].title) if way.why_not else "",
            disabled=way.why_not is not None,
            large=self._large,
            slim=self.low and not self._large,
            brief=self._shortly and not self._few,
        )
        button.bind(on_release=lambda _: self.emit(Pick(code)))
        return button

    def _without(self, say: Say) -> TileButton:
        button = TileButton(
            tag="decline",
            icon="skip",
            title=say("I do not have it"),
            summary="" if self._shortly else say("It also works without."),
            large=self._large,
            slim=self.low and not self._large,
            brief=self._shortly and not self._few,
        )
        button.bind(on_release=lambda _: self.emit(Decline()))
        return button


def _which(body: ProvideView, say: Say) -> str:
    if body.total <= 1:
        return ""
    return say("Paper {number} of {total}", number=body.number, total=body.total)


load_beside(__file__)
