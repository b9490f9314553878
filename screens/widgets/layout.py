"""Surfaces and arrangements: columns, cards, notices, rows of facts."""

from __future__ import annotations

from functools import cache
from typing import Any

from kivy.core.window import Window
from kivy.graphics.texture import Texture
from kivy.properties import (
    AliasProperty,
    BooleanProperty,
    ColorProperty,
    NumericProperty,
    ObjectProperty,
    StringProperty,
)
from kivy.uix.anchorlayout import AnchorLayout
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from screens import theme
from screens.kv import load_beside


class Column(BoxLayout):
    """One below the other, as high as its content."""


class Choices(BoxLayout):
    """A row of buttons, of which only those `shown` take room."""

    def on_kv_post(self, base_widget: Widget) -> None:
        """Keep all of them: kv's ids alone do not."""
        super().on_kv_post(base_widget)
        self._all = list(reversed(self.children))

    def arrange(self) -> None:
        """Let those that are shown share the row."""
        self.clear_widgets()
        for button in self._all:
            if button.shown:
                self.add_widget(button)


class OptionRow(BoxLayout):
    """Options beside each other."""


class BesideEachOther(BoxLayout):
    """Two facts beside each other, or below each other where type is the largest."""


class Lowered(BoxLayout):
    """A column that, while it is `low`, ends at the middle of the window.

    Whoever sits in a wheelchair reaches what stands in it; what is above it has all the rest.
    """

    low = BooleanProperty(False)

    def _below(self) -> float:
        """How much room there is from its lower edge to the middle."""
        if self.get_parent_window() is None:
            return 0.0
        lower: float = self.to_window(*self.pos)[1]
        return max(float(Window.height) / 2 - lower, 0.0)

    below = AliasProperty(_below, bind=("low", "pos", "parent"))


class Spacer(Widget):
    """Room that gives way."""


class Card(Column):
    """A surface that holds things together."""

    ground = ColorProperty()
    edge = ColorProperty()


class Reading(BoxLayout):
    """A column that is read: where it has no room for everything, it slides, and says so.

    `natural` is the height that would need no sliding, `gap` what is left free between two parts,
    and `hint` the words for sliding, there as long as there is `more` below. `fade` is drawn over
    its lower edge.
    """

    hint = StringProperty("")
    gap = NumericProperty(0)
    natural = NumericProperty(0)
    slides = BooleanProperty(False)
    more = BooleanProperty(False)
    fade = ObjectProperty(None)

    def __init__(self, **kwargs: Any) -> None:
        self._told: Column | None = None
        kwargs.setdefault("fade", _fade())
        super().__init__(**kwargs)

    def add_widget(self, widget: Widget, *args: Any, **kwargs: Any) -> None:
        """What stands in it goes into the column that slides."""
        if self._told is None:
            super().add_widget(widget, *args, **kwargs)
        else:
            self._told.add_widget(widget, *args, **kwargs)

    def apply_class_lang_rules(self, *args: Any, **kwargs: Any) -> None:
        """Make its own parts; what is added from now on goes into the column."""
        super().apply_class_lang_rules(*args, **kwargs)
        self._told = self.ids.told


@cache
def _fade() -> Texture:
    """White that is there at the lower edge, and no more at the upper one."""
    texture = Texture.create(size=(1, 2), colorfmt="rgba")
    texture.blit_buffer(b"\xff\xff\xff\xff\xff\xff\xff\x00", colorfmt="rgba", bufferfmt="ubyte")
    return texture


class IconLabel(BoxLayout):
    """An icon and words beside it, which are not read out where they are `silent`."""

    icon = StringProperty("")
    content = StringProperty("")
    silent = BooleanProperty(False)
    size_px = NumericProperty(theme.BODY)
    bold = BooleanProperty(False)
    colour = ColorProperty()
    icon_colour = ColorProperty()


class NeededLine(BoxLayout):
    """One material: an icon, its name, and below it what makes it easier."""

    icon = StringProperty("")
    content = StringProperty("")
    remark = StringProperty("")


class Notice(Card):
    """A strip that says what is in the way and what to do; without a title it takes no room."""

    icon = StringProperty("warning")
    title = StringProperty("")
    content = StringProperty("")
    size_px = NumericProperty(theme.BODY)


class Fact(Column):
    """One fact: what it is, and its value below; without a label it takes no room."""

    label = StringProperty("")
    content = StringProperty("")
    rows = NumericProperty(0)
    size_px = NumericProperty(theme.LEAD)


class FactCard(Card):
    """One fact on a card, with its icon and a remark."""

    icon = StringProperty("")
    label = StringProperty("")
    content = StringProperty("")
    remark = StringProperty("")
    natural = NumericProperty(0)  # the height its words need


class NumberCard(Card):
    """A number to be read from afar and written down."""

    label = StringProperty("")
    content = StringProperty("")


class TakeStrip(Card):
    """Something calm to remember, with its icon."""

    icon = StringProperty("")
    content = StringProperty("")


class Disc(AnchorLayout):
    """An icon on a disc."""

    icon = StringProperty("")
    diameter = NumericProperty(112)
    ground = ColorProperty()
    colour = ColorProperty()


load_beside(__file__)
