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
from kiosk.core.views import Frame, HomeView, LabelView
from kiosk.core.visit import Purpose
from screens import texts, theme
from screens.choosing import tiles
from screens.choosing.fronts import AnyFront, ElderFront, Front, LowFront, Way, tile
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.widgets.pages import Maker, Settling
from screens.widgets.touch import TileButton
from screens.words import Say

SOME: Final = 2  # labels by whose names all of them are known

Fill = Callable[[HomeView, Say], None]


class Inside(BoxLayout):
    """What one of the ways of the front leads to: categories, labels, or other services."""

    wide = BooleanProperty(False)
    low = BooleanProperty(False)
    few = BooleanProperty(False)


class HomeScreen(BaseScreen[HomeView]):
    """A front, and behind it categories, labels and other services, all of the same view."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        front = ElderFront if self.few else LowFront if self.low else Front
        self._front: AnyFront = front(wide=self.wide, low=self.low)
        self._inside = Inside(wide=self.wide, low=self.low, few=self.few)
        self._place = Settling()
        self.add_widget(self._place)
        self._inside.ids.back.bind(on_release=lambda _: self._go_back())
        self._fill: Fill | None = None  # what is open inside; None: the front
        self._shown: tuple[HomeView, Say] | None = None

    def render(self, body: HomeView, frame: Frame, say: Say) -> None:
        """Show what there is; the pane that is open stays open.

        Whoever comes back from a category or a label finds those open.
        """
        if self._shown is None or body.after != self._shown[0].after:
            self._fill = self._pane_of(body)
            self._inside.ids.tiles.forget()
        self._shown = (body, say)
        self._show(body, say)

    def _pane_of(self, body: HomeView) -> Fill | None:
        """The pane that has what somebody comes back from."""
        if body.after in body.categories:
            return self._fill_categories
        if body.after in {label.code for label in body.labels}:
            return self._fill_labels
        return None

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

    def _go_back(self) -> None:
        """Labels stand among the categories, all else behind the front."""
        self._open(self._fill_categories if self._fill == self._fill_labels else None)

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
        self._front.show(body, self._ways(body, say), self.emit, say)

    def _ways(self, body: HomeView, say: Say) -> list[Way]:
        search = partial(self.emit, Find(""))
        ways = [Way("search", "search", say("Search for a service"), "", search)]
        if body.categories:
            inside = partial(self._open, self._fill_categories)
            ways.append(Way("categories", "all", say("All services"), "", inside))
        if body.bundles:
            browse, text = partial(self.emit, Browse(None)), texts.BUNDLES
            ways.append(Way("bundles", text.icon, say(text.name), say(text.about), browse))
        if body.services:
            inside = partial(self._open, self._fill_services)
            ways.append(Way("services", "more", say("Progress and more"), "", inside))
        return ways

    # --- inside ---

    def _fill_categories(self, body: HomeView, say: Say) -> None:
        ids = self._inside.ids
        ids.head.icon, ids.head.title = "all", say("What is it about?")
        ids.tiles.cols = self._cols(3, 2)
        categories: list[Maker] = [partial(self._category, one, say) for one in body.categories]
        at = tiles.place_of(body.after, body.categories)
        if body.labels:
            inside = partial(self._open, self._fill_labels)
            names = "  ·  ".join(label.name for label in body.labels[:SOME])
            way = Way("labels", "whom", say("By group"), names, inside)
            categories.insert(0, partial(_without_arrow, way))
            at += 1
        if self.few:  # what the front has left out
            left_out = [way for way in self._ways(body, say) if way.tag in {"search", "bundles"}]
            categories += [partial(tile, way) for way in left_out]
        ids.tiles.show(categories, say, at)

    def _fill_labels(self, body: HomeView, say: Say) -> None:
        ids = self._inside.ids
        ids.head.icon, ids.head.title = "whom", say("By group")
        ids.tiles.cols = self._cols(3, 2)
        at = tiles.place_of(body.after, (label.code for label in body.labels))
        labels = [partial(_without_arrow, self._label(label)) for label in body.labels]
        ids.tiles.show(labels, say, at)

    def _label(self, label: LabelView) -> Way:
        browse = partial(self.emit, Browse(label.code))
        icon = texts.LABEL_ICONS[label.icon]
        return Way(f"label:{label.code}", icon, label.name, label.summary, browse)

    def _fill_services(self, body: HomeView, say: Say) -> None:
        ids = self._inside.ids
        ids.head.icon, ids.head.title = "more", say("Progress and more")
        ids.tiles.cols = self._cols(2, 1)
        services = [partial(self._service, *one, say) for one in body.services]
        ids.tiles.show(services, say)

    def _cols(self, wide: int, high: int) -> int:
        """How many tiles stand side by side; of few, or of the largest type, fewer."""
        cols = wide if self.wide else high
        return max(cols - 1, 1) if self.few or theme.zoom() > 1 else cols

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


def _without_arrow(way: Way) -> TileButton:
    """A tile among many of one kind: the words have its room."""
    button = tile(way)
    button.arrow = False
    return button


load_beside(__file__)
