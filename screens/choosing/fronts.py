"""The front of the first screen: for everybody, within a low reach, and for the old."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final, NamedTuple

from kivy.properties import BooleanProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.core.views import HomeView
from screens import theme
from screens.choosing import tiles
from screens.kv import load_beside
from screens.screen import Emit
from screens.widgets.layout import Notice
from screens.widgets.touch import TileButton, WayButton
from screens.words import Say

MOST: Final = 7  # choices in sight at once
FREQUENT: Final = 2  # of what most people come for, where choices are few


class Way(NamedTuple):
    """A way to something else than the frequent ones."""

    tag: str
    icon: str
    name: str
    about: str
    go: Callable[[], None]


class AnyFront(BoxLayout):
    """The frequent ones, and the ways to all else: `search` is always the first of them."""

    wide = BooleanProperty(False)
    low = BooleanProperty(False)

    def show(self, body: HomeView, ways: list[Way], emit: Emit, say: Say) -> None:
        """Show what there is."""
        raise NotImplementedError


class Front(AnyFront):
    """As it is for everybody."""

    def __init__(self, **kwargs: Any) -> None:
        self._search: Callable[[], None] = lambda: None
        super().__init__(**kwargs)
        self.ids.search.bind(on_release=lambda _: self._search())
        if self.wide:  # what is in the way stands beside the ways, not above them
            offline = self.ids.offline.__self__
            offline.parent.remove_widget(offline)
            self.ids.side.add_widget(offline, index=len(self.ids.side.children))

    def show(self, body: HomeView, ways: list[Way], emit: Emit, say: Say) -> None:
        """A field to search with, pictures for the other ways, and some of the frequent ones."""
        ids, (search, *others) = self.ids, ways
        ids.title.content = say("What would you like to do?")
        ids.search.content, self._search = search.name, search.go
        crowded = self.wide and theme.zoom() > 1 and not body.platform_reachable
        ids.frequent.content = "" if crowded else say("Often asked for")
        tell_network(ids.offline, body, say)
        ids.ways.clear_widgets()
        for way in others:
            ids.ways.add_widget(_picture(way))
        ids.tiles.most = MOST - len(ways)
        _show_frequent(ids.tiles, body, emit, say)


class LowFront(AnyFront):
    """Where all of it has to stand below the middle of the window."""

    def show(self, body: HomeView, ways: list[Way], emit: Emit, say: Say) -> None:
        """A picture for each way, and some of the frequent ones."""
        ids = self.ids
        ids.head.title = say("What would you like to do?")
        tell_network(ids.offline, body, say)
        ids.ways.clear_widgets()
        for way in ways:
            ids.ways.add_widget(_picture(way, beside=True, rows=1 if self.wide else 2))
        ids.tiles.most = MOST - len(ways)
        _show_frequent(ids.tiles, body, emit, say)


class ElderFront(AnyFront):
    """Four things to choose from, plain and large."""

    def show(self, body: HomeView, ways: list[Way], emit: Emit, say: Say) -> None:
        """What most people come for, all services, and the rest; searching is found inside."""
        ids = self.ids
        ids.head.title, ids.head.icon = say("What would you like to do?"), "touch"
        tell_network(ids.offline, body, say)
        if self.low:  # two strips above each other have no room
            ids.head.content, ids.head.warm = ids.offline.content, bool(ids.offline.title)
            ids.offline.title = ids.offline.content = ""
        few = [way for way in ways if way.tag in {"categories", "services"}]
        brief = self.low or not body.platform_reachable
        frequent = tiles.makers(body.tiles, emit, say, named=brief)
        if few:
            frequent = frequent[:FREQUENT]
        ids.tiles.show([*frequent, *(partial(tile, way) for way in few)], say)


def tile(way: Way) -> TileButton:
    """A way as a tile among others."""
    button = TileButton(
        size_hint_y=1, tag=way.tag, icon=way.icon, title=way.name, summary=way.about
    )
    button.bind(on_release=lambda _: way.go())
    return button


def tell_network(notice: Notice, body: HomeView, say: Say) -> None:
    """Say on a notice that requests wait here for the network, or nothing."""
    notice.title = notice.content = ""
    if not body.platform_reachable:
        notice.title = say("The network is down")
        notice.content = say(
            "You can still apply: the request is kept here and sent as soon as possible."
        )


def _picture(way: Way, **shape: Any) -> WayButton:
    button = WayButton(tag=way.tag, icon=way.icon, content=way.name, **shape)
    button.bind(on_release=lambda _: way.go())
    return button


def _show_frequent(pages: Any, body: HomeView, emit: Emit, say: Say) -> None:
    at = tiles.place_of(body.after, (one.code for one in body.tiles))
    pages.show(tiles.makers(body.tiles, emit, say), say, at)


load_beside(__file__)
