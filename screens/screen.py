"""What every screen is: it renders one body, emits intents, and can be wiped."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from datetime import datetime
from typing import Any, Generic, TypeVar

from kivy.core.window import Window
from kivy.properties import AliasProperty, BooleanProperty, ColorProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.core.events import Intent
from kiosk.core.views import Body, Frame
from screens.kv import load_beside
from screens.widgets.papers import QrCode
from screens.widgets.pictures import CertificatePicture, LivePicture
from screens.widgets.signature import SignatureField
from screens.widgets.text import Icon, Text
from screens.words import Say

ShownBody = TypeVar("ShownBody", bound=Body)
Emit = Callable[[Intent], None]

# The properties that hold what was said on a screen.
SAID = (
    "content",
    "title",
    "summary",
    "obstacle",
    "label",
    "remark",
    "placeholder",
    "hint",
    "clearing",
)


class BaseScreen(BoxLayout, Generic[ShownBody]):
    """One screen of the terminal, made once and kept.

    `emit` is called on Kivy's thread. `wide` says that content stands side by side, `low` that
    whatever is touched stands in the lower half of the window, `few` that fewer choices are in
    sight. `dark` screens stand on the colour of the night: nobody is there. `reach` is how high
    above the lower edge of the screen somebody in a wheelchair reaches, in pixels of the window.
    """

    wide = BooleanProperty(False)
    low = BooleanProperty(False)
    few = BooleanProperty(False)
    dark = BooleanProperty(False)
    ground = ColorProperty()

    def _reach(self) -> float:
        lower: float = self.to_window(*self.pos)[1]
        return max(float(Window.height) / 2 - lower, 0.0)

    reach = AliasProperty(_reach, bind=("pos", "size", "parent"))

    def __init__(self, emit: Emit, **kwargs: Any) -> None:
        self.emit = emit
        super().__init__(**kwargs)

    @abstractmethod
    def render(self, body: ShownBody, frame: Frame, say: Say) -> None:
        """Show a body; what the last one said and this one does not say is gone."""

    def tell_time(self, now: datetime) -> None:
        """Hear what time it is, once a second; few screens show it."""

    def rest(self) -> None:
        """Let nothing move: the screen is out of sight."""

    def wipe(self) -> None:
        """Forget everything that was shown: words, pictures, their textures."""
        self.rest()
        for widget in list(self.walk(restrict=True)):
            wipe_widget(widget)


def wipe_widget(widget: Widget) -> None:
    """Take the words and strokes out of a widget, and their pixels."""
    if isinstance(widget, Icon):
        return  # never about a person
    for name in SAID:
        if hasattr(widget, name):
            setattr(widget, name, "")
    if isinstance(widget, Text | CertificatePicture | LivePicture | QrCode | SignatureField):
        widget.wipe()


load_beside(__file__)
