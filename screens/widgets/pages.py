"""Many things to choose from, a page at a time: never more than can be taken in at a glance."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, Final

from kivy.clock import Clock
from kivy.properties import BooleanProperty, NumericProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from screens.gate import DOUBLE
from screens.kv import load_beside
from screens.widgets.layout import Lowered
from screens.widgets.touch import TileButton
from screens.words import Say

Maker = Callable[[], Widget]
MOST: Final = 6
FEW: Final = 4


class Settling(BoxLayout):
    """Swallows a second tap that comes right after what stands here has changed.

    It was meant for what was there before. `clock` gives seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, **kwargs: Any) -> None:
        self._clock = clock
        self._changed = float("-inf")
        super().__init__(**kwargs)

    def changes(self) -> None:
        """Something else stands here, for a finger from its first frame on."""
        self._changed = float("inf")
        Clock.schedule_once(self._is_seen, 0)

    def _is_seen(self, *_: object) -> None:
        self._changed = self._clock()

    @property
    def settled(self) -> bool:
        """Whether a touch now is meant for what stands here."""
        return self._clock() - self._changed >= DOUBLE

    def on_touch_down(self, touch: Any) -> bool:
        """Let a touch through, unless it is an echo."""
        if not self.settled:
            return True
        return bool(super().on_touch_down(touch))


class Pages(Settling, Lowered):
    """A grid of `cols` columns, at most `most` things on a page, fewer where they have no room.

    While it is `low`, tiles are slim and keep, with the pager, below the middle of the window; in a
    lying one, where that is a flat strip, the pager stands `beside` them. With `few` at most four
    things are on a page. `gap` is left free between two of them, in pixels of the design. Where it
    `fills` its room the rows share it.
    """

    cols = NumericProperty(1)
    most = NumericProperty(MOST)
    few = BooleanProperty(False)
    fills = BooleanProperty(False)
    gap = NumericProperty(24)
    beside = BooleanProperty(False)

    def __init__(self, **kwargs: Any) -> None:
        self._makers: Sequence[Maker] = ()
        self._say: Say | None = None
        self._at, self._per_page = 0, MOST  # a thing that is in sight, by its place
        self._crowded_by = 0.0  # height that was too much when last looked at
        self._fit_later = Clock.create_trigger(self._fit)
        super().__init__(**kwargs)
        for name in ("size", "beside", "cols", "most", "few"):
            self.fbind(name, self._make_room)

    def on_kv_post(self, base_widget: Widget) -> None:
        """Its parts are there: look at them whenever they grow."""
        super().on_kv_post(base_widget)
        self.ids.grid.fbind("minimum_height", self._fit_later)

    def show(self, makers: Sequence[Maker], say: Say, at: int = 0) -> None:
        """Show things, each made when its page comes; the page that is open stays open.

        Where nothing was shown, it is the page on which the thing `at` this place is.
        """
        if self._say is None:
            self._at = at
        self._makers, self._say = makers, say
        self._begin()

    def turn(self, by: int) -> None:
        """Go some pages on."""
        self._at = max(self._at // self._per_page + by, 0) * self._per_page
        self.changes()
        self._show_page()

    def first_page(self) -> None:
        """Begin at the first page when other things are shown next."""
        self._at = 0

    def forget(self) -> None:
        """Show nothing, and begin at the first page next time."""
        self._makers, self._say, self._at = (), None, 0
        self.ids.grid.clear_widgets()

    def _begin(self) -> None:
        self._per_page = self._most_on_a_page()
        self._show_page()

    def _make_room(self, *_: object) -> None:
        """There is more room or less: things that need not become more on a page stay."""
        # Until the texts around it are set its size changes up to six times in one frame.
        if self.cols < self._per_page == self._most_on_a_page():
            self._fit_later()
        else:
            self._begin()

    def _most_on_a_page(self) -> int:
        return max(int(min(self.most, FEW) if self.few else self.most), 1)

    def _fit(self, *_: object) -> None:
        """Only as many rows as have room; judged once no text has its lines set anew any more."""
        height = self.ids.grid.minimum_height
        if height <= self.ids.room.height + 1:
            self._crowded_by = 0.0
        elif height != self._crowded_by:
            self._crowded_by = height
            self._fit_later()
        elif self._per_page > self.cols:
            self._crowded_by = 0.0
            self._per_page = max(self._rows_in_sight(), 1) * self.cols
            self._show_page()
        else:
            self._say_less()

    def _say_less(self) -> None:
        """Not even one row has room: of tiles the names alone."""
        for thing in self.ids.grid.children:
            if isinstance(thing, TileButton):
                thing.summary = ""

    def _rows_in_sight(self) -> int:
        """How many of the rows, from the first one, have room beside the ones before."""
        grid, cols = self.ids.grid, int(self.cols)
        left, rows = self.ids.room.height, 0
        things = list(reversed(grid.children))
        for first in range(0, len(things), cols):
            left -= max(thing.height for thing in things[first : first + cols])
            if left < 0:
                break
            rows, left = rows + 1, left - grid.spacing[1]
        return rows

    def _show_page(self) -> None:
        if self._say is None:
            return
        pages = max(-(-len(self._makers) // self._per_page), 1)
        self._at = min(self._at, max(len(self._makers) - 1, 0))
        page = self._at // self._per_page
        first = page * self._per_page
        self.ids.grid.clear_widgets()
        for make in self._makers[first : first + self._per_page]:
            thing = make()
            if isinstance(thing, TileButton):
                thing.slim = self.low
            self.ids.grid.add_widget(thing)
        self._show_pager(page, pages, self._say)
        self._fit_later()

    def _show_pager(self, page: int, pages: int, say: Say) -> None:
        ids = self.ids
        ids.pager.opacity = 1 if pages > 1 else 0
        ids.previous.shown, ids.next.shown = page > 0, page < pages - 1
        ids.previous.content, ids.next.content = say("Previous"), say("Next")
        ids.pages.content = f"{page + 1} / {pages}" if pages > 1 else ""


load_beside(__file__)
