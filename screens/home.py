"""What would you like to do? One tile an item, a page at a time."""

from __future__ import annotations

from typing import Any, Final

from kivy.clock import Clock
from kivy.properties import NumericProperty

from kiosk.core.events import Choose
from kiosk.core.views import Frame, HomeView, Tile
from screens import texts
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.widgets.touch import TileButton
from screens.words import Say

MOST: Final = 4  # tiles on a page: what can be taken in at a glance
FEW: Final = {True: 1, False: 2}  # so many tiles have room to be large


class HomeScreen(BaseScreen[HomeView]):
    """Tiles of what can be done; one that cannot be done now says why."""

    page = NumericProperty(0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._tiles: tuple[Tile, ...] = ()
        self._say: Say | None = None
        self._per_page, self._roomy = MOST, True
        self._fit_later = Clock.create_trigger(self._fit)
        self.fbind("minimum_height", self._fit_later)
        self.fbind("height", self._fit_later)

    def render(self, body: HomeView, frame: Frame, say: Say) -> None:
        """Show the items, and whether requests are kept for later."""
        self._tiles, self._say = body.tiles, say
        self.ids.title.content = say("What would you like to do?")
        self.ids.hint.content = say("Touch a service. Your ID card is all you need.")
        self.ids.offline.title = self.ids.offline.content = ""
        if not body.platform_reachable:
            self.ids.offline.title = say("The network is down")
            self.ids.offline.content = say(
                "You can still apply: the request is kept here and sent as soon as possible."
            )
        self._per_page, self._roomy = MOST, len(body.tiles) <= FEW[self.wide]
        self._show_page()

    def turn(self, by: int) -> None:
        """Go some pages on."""
        self.page += by
        self._show_page()

    def wipe(self) -> None:
        """Begin at the first page next time."""
        super().wipe()
        self.page, self._tiles = 0, ()
        self.ids.tiles.clear_widgets()

    def _fit(self, *_: object) -> None:
        """Where long names leave no room, tiles are smaller, then fewer on a page."""
        if self.minimum_height <= self.height + 1:
            return
        if self._roomy:
            self._roomy = False
        elif self._per_page > 1:
            self._per_page -= 1
        else:
            return
        self._show_page()

    def _show_page(self) -> None:
        pages = max(-(-len(self._tiles) // self._per_page), 1)
        self.page = min(max(self.page, 0), pages - 1)
        self.ids.tiles.clear_widgets()
        first = self.page * self._per_page
        for tile in self._tiles[first : first + self._per_page]:
            self.ids.tiles.add_widget(self._button(tile))
        self._show_pager(pages)

    def _show_pager(self, pages: int) -> None:
        say = self._say
        if say is None:
            return
        ids = self.ids
        ids.pager.opacity = 1 if pages > 1 else 0
        ids.previous.shown, ids.next.shown = self.page > 0, self.page < pages - 1
        ids.previous.content, ids.next.content = say("Previous page"), say("Next page")
        aid = say("Need a hand? Touch Help below at any time.")
        ids.aid.content = aid if self._roomy else ""
        ids.pages.content = f"{self.page + 1} / {pages}" if pages > 1 else ""

    def _button(self, tile: Tile) -> TileButton:
        why = texts.TROUBLES[tile.why_not].title if tile.why_not else ""
        button = TileButton(
            tag=f"tile:{tile.code}",
            title=tile.name,
            summary=tile.summary,
            obstacle=self._say(why) if self._say and why else "",
            disabled=tile.why_not is not None,
            large=self._roomy,
        )
        button.bind(on_release=lambda _: self.emit(Choose(tile.code)))
        return button


load_beside(__file__)
