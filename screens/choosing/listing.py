"""Everything of one category or label, or the bundles (一件事一次办), a page at a time."""

from __future__ import annotations

from kiosk.core.catalogue import Category
from kiosk.core.views import Frame, LabelView, ListingView
from screens import texts
from screens.choosing import tiles
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.words import Say


class ListingScreen(BaseScreen[ListingView]):
    """The name of the place, and a tile for each thing there."""

    def render(self, body: ListingView, frame: Frame, say: Say) -> None:
        """Show what is there, the page with what somebody comes back from."""
        head = self.ids.head
        head.icon, head.title = _named(body.group, say)
        head.content = say("Touch what you came for.")
        if not body.tiles:
            head.content = say("Nothing of this is offered here at present.")
        at = tiles.place_of(body.after, (tile.code for tile in body.tiles))
        self.ids.tiles.show(tiles.makers(body.tiles, self.emit, say), say, at)

    def wipe(self) -> None:
        """Begin at the first page next time."""
        super().wipe()
        self.ids.tiles.forget()


def _named(group: Category | LabelView | None, say: Say) -> tuple[str, str]:
    """The icon and the name of a place to look in."""
    match group:
        case LabelView(name=name, icon=icon):
            return texts.LABEL_ICONS[icon], name
        case Category():
            text = texts.CATEGORIES[group]
        case None:
            text = texts.BUNDLES
    return text.icon, say(text.name)


load_beside(__file__)
