"""Everything that can be touched. It answers at once by its pressed colour."""

from __future__ import annotations

from typing import Final

from kivy.metrics import dp
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
from screens.widgets.text import wide

GAP: Final = 18  # pixels of the design between icon and words


class Touchable(ButtonBehavior, BoxLayout):
    """A surface to touch; `tag` names it for scripts and tests.

    One that is not `shown` takes no room for the finger, yet keeps its place. On a `focused` one
    the keypad is.
    """

    tag = StringProperty("")
    shown = BooleanProperty(True)
    focused = BooleanProperty(False)
    up_ground = ColorProperty()
    down_ground = ColorProperty()
    edge = ColorProperty()
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
    """A button with an icon and words; without the icon where both have no room on one line."""

    icon = StringProperty("")
    content = StringProperty("")
    size_px = NumericProperty(theme.LEAD)
    colour = ColorProperty()

    def _sign(self) -> str:
        if not self.icon or not self.content:
            return str(self.icon)
        words = wide(self.content, theme.SMALL, bold=True)
        room = self.width - 2 * self.padding[0]
        return self.icon if dp(1.25 * self.size_px + GAP) + words <= room else ""

    sign = AliasProperty(_sign, bind=("icon", "content", "size_px", "width", "padding"))


class PrimaryButton(LabelledButton):
    """The one main action of a screen."""


class SecondaryButton(LabelledButton):
    """Another way on."""


class OptionButton(LabelledButton):
    """One of a few settings; the `chosen` one is in force."""

    chosen = BooleanProperty(False)


class BarButton(LabelledButton):
    """A button of the bars that surround every screen."""

    dark = BooleanProperty(False)


class GradeButton(Touchable):
    """One of five grades: a face and a word; a `slim` one needs less room."""

    icon = StringProperty("")
    content = StringProperty("")
    wide = BooleanProperty(False)
    slim = BooleanProperty(False)


class TileButton(Touchable):
    """One thing to choose: an item, a place to look in, an answer.

    `found` marks a part of the title; `obstacle` says why it cannot be chosen now. A `chosen` one
    was chosen before, a `brief` one stands among many, a `slim` one where height is short; a
    `switch` is on or off. It is `needed` high, or with a `size_hint_y` as high as those beside it.
    """

    icon = StringProperty("")
    title = StringProperty("")
    summary = StringProperty("")
    obstacle = StringProperty("")
    found = ObjectProperty(None, allownone=True)
    large = BooleanProperty(False)
    brief = BooleanProperty(False)
    slim = BooleanProperty(False)
    needed = NumericProperty(0)
    chosen = BooleanProperty(False)
    switch = BooleanProperty(False)
    arrow = BooleanProperty(True)

    def _bare(self) -> bool:
        """Whether there is room for nothing but the name."""
        return self.brief and self.slim and not self.switch

    bare = AliasProperty(_bare, bind=("brief", "slim", "switch"))

    def _sign(self) -> str:
        if self.switch:
            return "chosen" if self.chosen else "unchosen"
        if self.disabled or self.bare or not self.arrow:
            return ""
        return "check" if self.chosen else "next"

    sign = AliasProperty(_sign, bind=("switch", "chosen", "disabled", "arrow", "bare"))


class WayButton(Touchable):
    """Another way on, as a picture with words below it or `beside` it."""

    icon = StringProperty("")
    content = StringProperty("")
    beside = BooleanProperty(False)
    rows = NumericProperty(2)


class SearchButton(Touchable):
    """Looks like a field to type in, and leads to one."""

    content = StringProperty("")


load_beside(__file__)
