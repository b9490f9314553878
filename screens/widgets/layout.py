"""Surfaces and arrangements: columns, cards, notices, rows of facts."""

from __future__ import annotations

from kivy.properties import BooleanProperty, ColorProperty, NumericProperty, StringProperty
from kivy.uix.anchorlayout import AnchorLayout
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from screens import theme
from screens.kv import load_beside


class Column(BoxLayout):
    """One below the other, as high as its content."""


class Spread(BoxLayout):
    """Side by side where the screen is `wide`, one below the other where it is high."""

    wide = BooleanProperty(False)


class Spacer(Widget):
    """Room that gives way."""


class Card(Column):
    """A surface that holds things together."""

    ground = ColorProperty(theme.WHITE)
    edge = ColorProperty(theme.LINE)


class IconLabel(BoxLayout):
    """An icon and words beside it."""

    icon = StringProperty("")
    content = StringProperty("")
    size_px = NumericProperty(theme.BODY)
    bold = BooleanProperty(False)
    colour = ColorProperty(theme.INK)
    icon_colour = ColorProperty(theme.DEEP)


class Notice(Card):
    """A strip that says what is in the way and what to do; without a title it takes no room."""

    icon = StringProperty("warning")
    title = StringProperty("")
    content = StringProperty("")


class Fact(Column):
    """One fact: what it is, and its value below."""

    icon = StringProperty("")
    label = StringProperty("")
    content = StringProperty("")


class Disc(AnchorLayout):
    """An icon on a disc."""

    icon = StringProperty("")
    diameter = NumericProperty(112)
    ground = ColorProperty(theme.PALE)
    colour = ColorProperty(theme.DEEP)


load_beside(__file__)
