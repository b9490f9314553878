"""Drawn pictures: where the card goes, where the paper comes out, which steps there are."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from kivy.animation import Animation
from kivy.clock import Clock
from kivy.core.image import Image as CoreImage
from kivy.graphics.texture import Texture
from kivy.properties import (
    AliasProperty,
    BooleanProperty,
    NumericProperty,
    ObjectProperty,
    OptionProperty,
    StringProperty,
)
from kivy.uix.anchorlayout import AnchorLayout
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from drivers.device import Picture as Seen
from screens import theme
from screens.kv import load_beside


class Picture(Widget):
    """A drawing in a box of 720×560 design pixels, as large as there is room.

    `phase` runs from 0 to 1 while it moves; a picture out of sight stands still.
    """

    phase = NumericProperty(0.0)
    moving = BooleanProperty(False)
    dark = BooleanProperty(False)

    def _unit(self) -> float:
        return float(min(self.width / 720, self.height / 560))

    unit = AliasProperty(_unit, bind=("size",))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._motion: Animation | None = None
        self.fbind("moving", self._move)
        self.fbind("parent", self._move)  # one that was taken away moves no more

    def _move(self, *_: object) -> None:
        if self._motion is not None:
            self._motion.cancel(self)
            self._motion = None
        self.phase = 0.0
        if self.moving and self.parent is not None:
            self._motion = self._new_motion()
            self._motion.repeat = True
            self._motion.start(self)

    def _new_motion(self) -> Animation:
        # It rests longer than it moves: calm to look at, and a resting picture costs no frames.
        there = Animation(phase=1.0, duration=0.8, transition="in_out_quad", step=1 / 10)
        return there + Animation(duration=3.2) + Animation(phase=0.0, duration=0.01)


class PlacedPicture(Picture):
    """Something that goes where it is read; `lying` once it is there."""

    lying = BooleanProperty(False)

    def _down(self) -> float:
        return 1.0 if self.lying else float(self.phase)

    down = AliasProperty(_down, bind=("lying", "phase"))


class CardPicture(PlacedPicture):
    """A card that goes down onto the reader; `taken` leaves it again."""

    taken = BooleanProperty(False)

    def _down(self) -> float:
        return 0.6 * (1.0 - float(self.phase)) if self.taken else super()._down()

    down = AliasProperty(_down, bind=("lying", "taken", "phase"))


class SlotPicture(PlacedPicture):
    """A card with a chip that goes into the slot."""


class CodePicture(PlacedPicture):
    """A telephone with a code on it that comes before the scanner."""


class ComingPicture(Picture):
    """Paper that comes out of a slot; `out` shows it whole."""

    out = BooleanProperty(False)

    def _length(self) -> float:
        return 300.0 if self.out else 60.0 + 240.0 * float(self.phase)

    length = AliasProperty(_length, bind=("out", "phase"))


class SlipPicture(ComingPicture):
    """A receipt that comes out of its printer."""


class CertificatePicture(Widget):
    """A certificate, from memory only; wiped, no pixel of it is left."""

    texture = ObjectProperty(None, allownone=True)
    placeholder = StringProperty("")

    def _sheet(self) -> tuple[float, float, float, float]:
        """Where the sheet lies: x, y, width, height; empty, it is of ISO 216's shape.

        Larger type than the design's has all the room instead: of words only a few fit a sheet.
        """
        if self.texture is None and theme.zoom() > 1:
            return self.x, self.y, self.width, self.height
        ratio = self.texture.width / self.texture.height if self.texture else 2**-0.5
        width = min(self.width, self.height * ratio)
        height = width / ratio
        return self.center_x - width / 2, self.center_y - height / 2, width, height

    sheet = AliasProperty(_sheet, bind=("texture", "pos", "size"))

    def show_png(self, data: bytes | None) -> None:
        """Show a PNG, or the empty sheet."""
        if data is None:
            self.texture = None
            return
        self.texture = CoreImage(BytesIO(data), ext="png", nocache=True).texture

    def wipe(self) -> None:
        """Forget the picture."""
        self.texture = None


class LivePicture(Widget):
    """What the camera sees, from memory only, with a ring to fill; wiped, no pixel of it is left.

    The ring is another one while the picture is `good`.
    """

    texture = ObjectProperty(None, allownone=True)
    good = BooleanProperty(False)

    def _sheet(self) -> tuple[float, float, float, float]:
        """Where the picture lies: x, y, width, height."""
        ratio = self.texture.width / self.texture.height if self.texture else 4 / 3
        width = min(self.width, self.height * ratio)
        height = width / ratio
        return self.center_x - width / 2, self.center_y - height / 2, width, height

    sheet = AliasProperty(_sheet, bind=("texture", "pos", "size"))

    def show(self, seen: Seen | None) -> None:
        """Show a picture of the camera, or none."""
        if seen is None:
            self.texture = None
            return
        if self.texture is None or tuple(self.texture.size) != (seen.width, seen.height):
            texture = Texture.create(size=(seen.width, seen.height), colorfmt="rgb")
            texture.flip_vertical()  # its rows come from the top
            self.texture = texture
        self.texture.blit_buffer(seen.rgb, colorfmt="rgb", bufferfmt="ubyte")
        self.canvas.ask_update()

    def wipe(self) -> None:
        """Forget the picture."""
        self.texture = None


class StepMark(BoxLayout):
    """One step of a flow: its picture and its name."""

    icon = StringProperty("")
    content = StringProperty("")
    dark = BooleanProperty(False)


class StepsPicture(BoxLayout):
    """A flow picture: what is done, in order."""

    dark = BooleanProperty(False)

    def show_steps(self, steps: list[tuple[str, str]]) -> None:
        """Show steps in order, each by icon and name."""
        self.clear_widgets()
        for icon, name in steps:
            self.add_widget(StepMark(icon=icon, content=name, dark=self.dark))


class StepBar(Widget):
    """How far a resident has come: step `at` of `of`."""

    at = NumericProperty(0)
    of = NumericProperty(1)


class Countdown(Widget):
    """A ring that empties: `at` of `of` seconds are left."""

    at = NumericProperty(1)
    of = NumericProperty(1)


class Dots(Widget):
    """Three dots that say: it is being worked on. The `lit` one goes on step by step."""

    lit = NumericProperty(0)
    moving = BooleanProperty(False)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # A step now and then instead of a fade in every frame: the platform's answer needs the CPU.
        self._steps = Clock.create_trigger(self._step, 0.5, interval=True)
        self.fbind("moving", self._move)

    def _move(self, *_: object) -> None:
        self._steps.cancel()
        if self.moving:
            self._steps()

    def _step(self, *_: object) -> None:
        self.lit = (self.lit + 1) % 3


class BigSign(AnchorLayout):
    """A large icon on a disc, the picture of screens that have no other."""

    icon = StringProperty("")
    tone = OptionProperty("calm", options=["calm", "warm", "light"])
    diameter = NumericProperty(300)


load_beside(__file__)
