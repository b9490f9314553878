"""Lists of what somebody has: cases, certificates, benefits. One layout for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from kivy.properties import BooleanProperty, StringProperty

from kiosk.core.events import Pick
from kiosk.core.views import AffairsView, CertificatesView, PoliciesView
from screens import theme
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.widgets.pages import Maker
from screens.widgets.touch import Touchable
from screens.words import Say

ListedBody = TypeVar("ListedBody", AffairsView, CertificatesView, PoliciesView)


class ListTile(Touchable):
    """One thing of a list, as high as its neighbour; its light where its day is near or over.

    A `slim` one is broad, and has a line for each of its texts.
    """

    icon = StringProperty("")
    title = StringProperty("")
    summary = StringProperty("")
    obstacle = StringProperty("")
    slim = BooleanProperty(False)


class ListedScreen(BaseScreen[ListedBody]):
    """A headline, and a tile for each thing; where there is none, the way to other services."""

    def wipe(self) -> None:
        """Begin at the first page next time."""
        super().wipe()
        self.ids.tiles.forget()

    def _show(self, icon: str, title: str, about: str) -> None:
        head = self.ids.head
        head.icon, head.title, head.content = icon, title, about

    def _show_tiles(self, makers: Sequence[Maker], say: Say) -> None:
        ids = self.ids
        ids.tiles.show(makers, say)
        ids.home.content, ids.home.shown = say("Other services"), not makers

    def _button(self, pick: Pick, **words: str) -> ListTile:
        slim = self.wide and (self.low or theme.zoom() > 1)
        if slim:
            words["summary"] = "  ·  ".join(words["summary"].splitlines())
        button = ListTile(tag=f"pick:{pick.code}", slim=slim, **words)
        button.bind(on_release=lambda _: self.emit(pick))
        return button


load_beside(__file__)
