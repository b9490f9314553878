"""Everything that can be touched. It answers at once by its pressed colour."""

from __future__ import annotations

from kivy.properties import (
    AliasProperty,
    BooleanProperty,
    ColorProperty,
    NumericProperty,
    ObjectProperty,
    StringProperty,
)
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.boxlayout import BoxLayout

from screens import theme
from screens.kv import load_beside


class Touchable(ButtonBehavior, BoxLayout):
    """A surface to touch; `tag` names it for scripts and tests.

    One that is not `shown` takes no room for the finger, yet keeps its place.
    """

    tag = StringProperty("")
    shown = BooleanProperty(True)
    up_ground = ColorProperty(theme.WHITE)
    down_ground = ColorProperty(theme.MIST)
    edge = ColorProperty(theme.LINE)
    radius = NumericProperty(theme.RADIUS)

    def _ground(self) -> list[float]:
        if self.disabled:
            return list(theme.SHUT)
        return list(self.down_ground if self.state == "down" else self.up_ground)

    ground = AliasProperty(_ground, bind=("disabled", "state", "up_ground", "down_ground"))

    def on_shown(self, *_: object) -> None:
        """Hide or show, with everything inside."""
        self.opacity, self.disabled = (1, False) if self.shown else (0, True)


class LabelledButton(Touchable):
    """A button with an icon and words."""

    icon = StringProperty("")
    content = StringProperty("")
    size_px = NumericProperty(theme.LEAD)
    colour = ColorProperty(theme.INK)


class PrimaryButton(LabelledButton):
    """The one main action of a screen."""


class SecondaryButton(LabelledButton):
    """Another way on."""


class BarButton(LabelledButton):
    """A button of the bars that surround every screen."""

    dark = BooleanProperty(False)


class GradeButton(Touchable):
    """One of five grades: a face and a word."""

    icon = StringProperty("")
    content = StringProperty("")
    wide = BooleanProperty(False)


class TileButton(Touchable):
    """One thing to choose: an item, a place to look in, an answer.

    `found` marks a part of the title; `obstacle` says why it cannot be chosen now. A `chosen` one
    was chosen before, a `brief` one stands among many. It is `needed` high, or with a `size_hint_y`
    as high as those beside it.
    """

    icon = StringProperty("")
    title = StringProperty("")
    summary = StringProperty("")
    obstacle = StringProperty("")
    found = ObjectProperty(None, allownone=True)
    large = BooleanProperty(False)
    brief = BooleanProperty(False)
    needed = NumericProperty(0)
    chosen = BooleanProperty(False)
    arrow = BooleanProperty(True)


class WayButton(Touchable):
    """Another way on, as a picture with words below it."""

    icon = StringProperty("")
    content = StringProperty("")


class SearchButton(Touchable):
    """Looks like a field to type in, and leads to one."""

    content = StringProperty("")


load_beside(__file__)
