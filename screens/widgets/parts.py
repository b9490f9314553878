"""Parts that many screens are made of: a heading with its sign, the side with the buttons, rows."""

from __future__ import annotations

from typing import Final

from kivy.properties import BooleanProperty, ColorProperty, OptionProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.core.cases import Light
from kiosk.core.troubles import Trouble
from kiosk.core.views import Frame
from screens import texts
from screens.kv import load_beside
from screens.widgets.layout import Choices, Column, Notice
from screens.words import Say

SIGNS_OF_LIGHTS: Final = {Light.GREEN: "check", Light.YELLOW: "time", Light.RED: "over"}


class Headline(BoxLayout):
    """What a screen is about: its sign, a title, and a word on it; `warm` asks for attention.

    A `tall` one has all the room that is left, as the upper half where nothing to touch may stand.
    """

    icon = StringProperty("")
    title = StringProperty("")
    content = StringProperty("")
    warm = BooleanProperty(False)
    tall = BooleanProperty(False)


class Aside(BoxLayout):
    """What stands beside the main part of a wide screen, and below it on a high one."""

    wide = BooleanProperty(False)


class Push(Widget):
    """Room that gives way where content stands side by side, and none elsewhere."""

    wide = BooleanProperty(False)


class Actions(Choices):
    """The buttons a screen ends with, the main one last."""


class Told(Column):
    """A small heading and what it is about; without a heading it takes no room."""

    label = StringProperty("")
    content = StringProperty("")


class LightLine(BoxLayout):
    """How a case stands against its promised day (电子监察): in colour, by a sign, and in words.

    Of what is decided there is no light.
    """

    icon = StringProperty("")
    content = StringProperty("")
    tone = OptionProperty(Light.NONE.value, options=[light.value for light in Light])

    def show(self, light: Light, say: Say) -> None:
        """Show a light, or none."""
        self.tone = light.value
        self.icon = SIGNS_OF_LIGHTS.get(light, "")
        self.content = say(texts.LIGHTS[light]) if light in texts.LIGHTS else ""


class LightStrip(LightLine):
    """The same as a strip of its own."""

    ground = ColorProperty()


class MarkRow(BoxLayout):
    """One thing that happened, and when; the `newest` one stands out, a line leads to the next."""

    title = StringProperty("")
    content = StringProperty("")
    newest = BooleanProperty(False)
    oldest = BooleanProperty(False)


class CheckRow(BoxLayout):
    """One thing to be checked, with a button to change it unless `tag` is "".

    `on_change` wants it changed.
    """

    label = StringProperty("")
    content = StringProperty("")
    remark = StringProperty("")
    tag = StringProperty("")

    def __init__(self, change: str = "", **kwargs: str) -> None:
        self.register_event_type("on_change")
        super().__init__(**kwargs)
        self.ids.change.content = change

    def on_change(self) -> None:
        """It is to be changed."""


def tell_trouble(notice: Notice, trouble: Trouble | None, frame: Frame, say: Say) -> None:
    """Say on a notice what is in the way and what to do, or nothing."""
    notice.title = notice.content = ""
    if trouble is not None:
        text = texts.TROUBLES[trouble]
        notice.title = say(text.title)
        notice.content = say(text.action, hotline=frame.hotline)


load_beside(__file__)
