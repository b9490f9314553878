"""What would you like to do? What most people come for at once, everything else one touch away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from kivy.properties import BooleanProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.core.catalogue import Category
from kiosk.core.events import Browse, Find, Want
from kiosk.core.troubles import Trouble
from kiosk.core.views import Frame, HomeView
from kiosk.core.visit import Purpose
from screens import texts
from screens.choosing import tiles
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.widgets.pages import Settling
from screens.widgets.touch import TileButton, WayButton
from screens.words import Say

MOST: Final = 7  # choices in sight at once

Fill = Callable[[HomeView, Say], None]


class Front(BoxLayout):
    """The frequent ones, the search, and the ways to all else."""

    wide = BooleanProperty(False)


class Inside(BoxLayout):
    """What one of these ways leads to: categories, or other services."""

    wide = BooleanProperty(False)


class HomeScreen(BaseScreen[HomeView]):
    """A front, and behind it the categories and the other services, all of the same view."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._front, self._inside = Front(wide=self.wide), Inside(wide=self.wide)
        if self.wide:  # what is in the way stands beside the ways, not above them
            offline = self._front.ids.offline.__self__
            offline.parent.remove_widget(offline)
            self._front.ids.side.add_widget(offline, index=len(self._front.ids.side.children))
        self._place = Settling()
        self.add_widget(self._place)
        self._front.ids.search.bind(on_release=lambda _: self.emit(Find("")))
        self._inside.ids.back.bind(on_release=lambda _: self._open(None))
        self._fill: Fill | None = None  # what is open inside; None: the front
        self._shown: tuple[HomeView, Say] | None = None

    def render(self, body: HomeView, frame: Frame, say: Say) -> None:
        """Show what there is; the pane that is open stays open.

        Whoever comes back from a category finds the categories open.
        """
        if self._shown is None and body.after in body.categories:
            self._fill = self._fill_categories
        self._shown = (body, say)
        self._show(body, say)

    def wipe(self) -> None:
        """Begin with the front and its first page next time."""
        super().wipe()
        self._fill = self._shown = None
        for pane in (self._front, self._inside):
            pane.ids.tiles.forget()

    def _open(self, fill: Fill | None) -> None:
        """Another pane; whoever taps twice touches nothing on it."""
        self._fill = fill
        self._inside.ids.tiles.forget()
        self._place.changes()
        if self._shown is not None:
            self._show(*self._shown)

    def _show(self, body: HomeView, say: Say) -> None:
        if self._fill is None:
            pane = self._front
            self._fill_front(body, say)
        else:
            pane = self._inside
            pane.ids.back.content = say("Back")
            self._fill(body, say)
        if pane not in self._place.children:
            self._place.clear_widgets()
            self._place.add_widget(pane)

    # --- the front ---

    def _fill_front(self, body: HomeView, say: Say) -> None:
        ids = self._front.ids
        ids.title.content = say("What would you like to do?")
        ids.search.content = say("Search for a service")
        ids.frequent.content = say("Often asked for")
        ids.offline.title = ids.offline.content = ""
        if not body.platform_reachable:
            ids.offline.title = say("The network is down")
            ids.offline.content = say(
                "You can still apply: the request is kept here and sent as soon as possible."
            )
        ways = self._ways(body, say)
        ids.ways.clear_widgets()
        for way in ways:
            ids.ways.add_widget(way)
        ids.tiles.most = MOST - 1 - len(ways)
        at = tiles.place_of(body.after, (tile.code for tile in body.tiles))
        ids.tiles.show(tiles.makers(body.tiles, self.emit, say), say, at)

    def _ways(self, body: HomeView, say: Say) -> list[WayButton]:
        ways = []
        if body.categories:
            inside = partial(self._open, self._fill_categories)
            ways.append(_way("categories", "all", say("All services"), inside))
        if body.bundles:
            browse = partial(self.emit, Browse(None))
            ways.append(_way("bundles", texts.BUNDLES.icon, say(texts.BUNDLES.name), browse))
        if body.services:
            inside = partial(self._open, self._fill_services)
            ways.append(_way("services", "more", say("Progress and more"), inside))
        return ways

    # --- inside ---

    def _fill_categories(self, body: HomeView, say: Say) -> None:
        ids = self._inside.ids
        ids.title.content = say("What is it about?")
        ids.tiles.cols = 3 if self.wide else 2
        categories = [partial(self._category, one, say) for one in body.categories]
        ids.tiles.show(categories, say, tiles.place_of(body.after, body.categories))

    def _fill_services(self, body: HomeView, say: Say) -> None:
        ids = self._inside.ids
        ids.title.content = say("Progress and more")
        ids.tiles.cols = 2 if self.wide else 1
        services = [partial(self._service, *one, say) for one in body.services]
        ids.tiles.show(services, say)

    def _category(self, category: Category, say: Say) -> TileButton:
        button = tiles.place(texts.CATEGORIES[category], f"category:{category}", None, say)
        button.arrow = False
        button.bind(on_release=lambda _: self.emit(Browse(category)))
        return button

    def _service(self, code: str, why_not: Trouble | None, say: Say) -> TileButton:
        purpose = Purpose(code)
        button = tiles.place(texts.SERVICES[purpose], f"service:{purpose}", why_not, say)
        button.bind(on_release=lambda _: self.emit(Want(purpose)))
        return button


def _way(tag: str, icon: str, words: str, go: Callable[[], None]) -> WayButton:
    button = WayButton(tag=tag, icon=icon, content=words)
    button.bind(on_release=lambda _: go())
    return button


load_beside(__file__)
