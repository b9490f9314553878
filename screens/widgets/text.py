"""Text that knows its height, and icons. A wiped text keeps neither its words nor their pixels."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from kivy.clock import Clock
from kivy.core.text import Label as CoreLabel
from kivy.graphics import Color, Rectangle
from kivy.metrics import dp
from kivy.properties import (
    BooleanProperty,
    ColorProperty,
    NumericProperty,
    OptionProperty,
    StringProperty,
)
from kivy.uix.widget import Widget

from screens import fonts, theme
from screens.glyphs import GLYPHS
from screens.typeset import break_lines, breaks_word

GRACE: Final = 0.98  # smaller type is a little wider than its size says, for its whole pixels
ROUNDED: Final = 0.5  # pixels by which a word may be wider than it is measured
# Whatever has a text set anew:
SETTING: Final = [
    *("content", "size_px", "bold", "align", "hug", "most", "rows", "least_px", "font", "width"),
]


class Text(Widget):
    """Words in one style, broken into lines of its width; its height follows.

    `hug` makes it as wide as its words, on one line; with `most` no wider than so many pixels of
    the window, by smaller type first, then by more lines. With `rows` the type becomes smaller,
    down to `least_px`, until the words fit into so many lines; what does not fit even then has more
    lines and is never cut. Sizes are in pixels of the design, which type of a large look exceeds.
    What is `private` is about somebody; what is `silent` is not read out.
    """

    content = StringProperty("")
    size_px = NumericProperty(theme.BODY)
    bold = BooleanProperty(False)
    colour = ColorProperty()
    align = OptionProperty("left", options=["left", "center", "right"])
    hug = BooleanProperty(False)
    most = NumericProperty(0)
    rows = NumericProperty(0)
    private = BooleanProperty(False)
    silent = BooleanProperty(False)
    least_px = NumericProperty(theme.SMALL)
    font = StringProperty(fonts.TEXT)

    def __init__(self, **kwargs: Any) -> None:
        self.zoom = theme.zoom()
        super().__init__(**{"size_hint_y": None, "height": 0, "colour": theme.INK, **kwargs})
        with self.canvas:
            self._color = Color(*self.colour)
            self._rectangle = Rectangle()
        self.lines: list[str] = []
        self.pixels = 0.0  # the height of the type
        self._set_later = Clock.create_trigger(self._set, -1)
        for name in SETTING:
            self.fbind(name, self._set_later)
        self.fbind("colour", self._paint)
        self.fbind("pos", self._place)
        self.fbind("size", self._place)
        self._set_later()

    def wipe(self) -> None:
        """Forget the words and their pixels, now."""
        self.content = ""
        self._set()

    @property
    def ink_pos(self) -> tuple[float, float]:
        """Where the words are drawn, from the lower left."""
        x, y = self._rectangle.pos
        return (x, y)

    @property
    def ink_size(self) -> tuple[float, float]:
        """Width and height of the words as they are drawn."""
        width, height = self._rectangle.size
        return (width, height)

    def _set(self, *_: object) -> None:
        """Break into lines, draw them, take their height."""
        self.pixels, self.lines = self._broken()
        label = self._label(self.pixels)
        label.text = "\n".join(self.lines)
        if not label.text.strip():
            self._rectangle.texture, self._rectangle.size, self.height = None, (0, 0), 0
            if self.hug:
                self.size_hint_x, self.width = None, 0
            return
        label.refresh()
        self._rectangle.texture = label.texture
        self._rectangle.size = label.texture.size
        self.height = label.texture.height
        if self.hug:
            self.size_hint_x = None
            self.width = label.texture.width
        self._place()

    def _label(self, pixels: float) -> CoreLabel:
        return CoreLabel(font_size=pixels, font_name=self.font, bold=self.bold, halign=self.align)

    def _broken(self) -> tuple[float, list[str]]:
        """The height of the type and the lines: the largest type that needs no more than `rows`."""
        wanted = float(dp(self.size_px * self.zoom))
        if not self.content:
            return wanted, []
        if self.hug:
            return self._hugged(wanted)
        extents = self._label(wanted).get_extents
        measure = cache(lambda part: extents(part)[0] + ROUNDED)
        lines: list[str] = []
        sizes = self._smaller(wanted) if self.rows else [wanted]
        for pixels in sizes:
            # A line of smaller type holds what a wider line of the wanted type would.
            width = self.width * wanted / pixels * (1 if pixels == wanted else GRACE)
            lines = break_lines(self.content, width, measure, balance=self.align == "center")
            if not self.rows or self._is_good(lines, pixels):
                return float(pixels), lines
        return sizes[-1], self._lines_of(sizes[-1], self.width)

    def _is_good(self, lines: list[str], pixels: float) -> bool:
        """Whether there are no more lines than wanted, none too wide, and no word cut in two."""
        if len(lines) > self.rows or breaks_word(lines, self.content):
            return False
        extents = self._label(pixels).get_extents
        return all(extents(line)[0] <= self.width for line in lines)

    def _lines_of(self, pixels: float, width: float, *, balance: bool = False) -> list[str]:
        extents = self._label(pixels).get_extents
        measure = cache(lambda part: extents(part)[0] + ROUNDED)
        balance = balance or self.align == "center"
        return break_lines(self.content, width, measure, balance=balance)

    def _hugged(self, wanted: float) -> tuple[float, list[str]]:
        """One line of the largest type that is at most `most` wide, or lines of the smallest."""
        if self.most <= 0:
            return wanted, [self.content]
        sizes = self._smaller(wanted)
        for pixels in sizes:
            if self._label(pixels).get_extents(self.content)[0] <= self.most:
                return pixels, [self.content]
        return sizes[-1], self._lines_of(sizes[-1], self.most, balance=True)

    def _smaller(self, wanted: float) -> list[float]:
        """The sizes of type to try, the wanted one first."""
        least = min(float(dp(self.least_px)), wanted)
        return [*map(float, range(round(wanted), round(least), -round(max(dp(2), 1)))), least]

    def _paint(self, *_: object) -> None:
        self._color.rgba = self.colour

    def _place(self, *_: object) -> None:
        across = {"left": 0.0, "center": 0.5, "right": 1.0}[self.align]
        width, height = self._rectangle.size
        # Whole pixels keep the edges of the glyphs sharp.
        self._rectangle.pos = (
            round(self.x + (self.width - width) * across),
            round(self.y + (self.height - height) / 2),
        )


def wide(content: str, size_px: float, *, bold: bool = False) -> float:
    """How wide words are on one line, in pixels of the window."""
    label = CoreLabel(font_size=dp(size_px), font_name=fonts.TEXT, bold=bold)
    return float(label.get_extents(content)[0])


class Icon(Text):
    """One picture of the icon font, by our name for it; "" shows nothing."""

    name = OptionProperty("", options=["", *GLYPHS])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(font=fonts.ICONS, hug=True, **kwargs)
        self.zoom = 1.0  # it has a place of its own, which does not grow
        self.fbind("name", self._show)
        self._show()

    def _show(self, *_: object) -> None:
        self.content = chr(GLYPHS[self.name]) if self.name else ""
