"""The field to sign in with a finger: what is drawn, and when each point of it was."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from kivy.graphics import Color, InstructionGroup, SmoothEllipse, SmoothLine
from kivy.metrics import dp
from kivy.properties import BooleanProperty, ColorProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout

from drivers.device import Point, Signature
from drivers.device.signature import (
    LONGEST_MS,
    MOST_POINTS,
    MOST_STROKES,
    UNITS_PER_MM,
    Stroke,
    curve,
)
from screens import theme
from screens.kv import load_beside
from screens.widgets.trail import Heard, Trail

PEN: Final = 6  # the width of a line, in pixels of the design: seen by who stands before it
LEAST_STEP: Final = UNITS_PER_MM // 4  # 0.25 mm, a pixel of the design: nearer points say nothing
STALE: Final = 2.0  # seconds: a finger that rests so long no longer keeps others from writing


class SignatureField(FloatLayout):
    """Takes strokes of one finger; `hint` stands in it as long as it is empty.

    A second finger is not heard while the first one writes. A finger that leaves the field ends
    its stroke; so does one of which nothing more is heard, as when its panel went away, once
    another one touches. `ground` is what the lines are drawn on. `clock` gives seconds that never
    go back.
    """

    hint = StringProperty("")
    ground = ColorProperty()
    edge = ColorProperty()
    empty = BooleanProperty(True)

    def __init__(self, clock: Callable[[], float] = time.monotonic, **kwargs: Any) -> None:
        self._clock = clock
        self._strokes: list[list[Point]] = []
        self._drawn: list[_Ink] = []
        self._writing: Any = None  # the touch that writes now
        self._started = self._last = 0.0
        self._trail = Trail(clock, self._is_in_sight)
        super().__init__(**kwargs)
        self.fbind("pos", self._draw_again)
        self.fbind("size", self._draw_again)

    @property
    def signature(self) -> Signature:
        """What stands in the field now, also while a finger is still writing."""
        strokes = tuple(tuple(stroke) for stroke in self._strokes)
        return Signature(_from_zero(strokes), *self._field())

    def clear(self) -> None:
        """Empty the field."""
        self._end()
        while self._strokes:
            self._take_back()

    def undo(self) -> None:
        """Take back the last stroke."""
        self._end()
        if self._strokes:
            self._take_back()

    def wipe(self) -> None:
        """Forget everything that was drawn, now."""
        self.clear()
        self._trail.forget()

    # --- touches ---

    def on_parent(self, _: object, parent: object) -> None:
        """Listen to the window as long as the field is somewhere."""
        self._trail.stop()
        if parent is not None:
            self._trail.listen()

    def on_touch_down(self, touch: Any) -> bool:
        """Begin a stroke, unless another finger writes."""
        if not self.disabled and self.collide_point(*touch.pos):
            places = self._places(touch)
            if self._clock() - self._last > STALE:
                self._end()
            if self._writing is None and self._has_room(strokes=1):
                self._begin(touch, places)
            return True  # a second finger is for nobody else either
        return bool(super().on_touch_down(touch))

    def on_touch_move(self, touch: Any) -> bool:
        """Go on with the stroke, as long as the finger is in the field."""
        if touch is not self._writing:
            return bool(super().on_touch_move(touch))
        if touch.grab_current is self:
            self._go_on(self._places(touch))
        return True

    def on_touch_up(self, touch: Any) -> bool:
        """End the stroke."""
        if touch is not self._writing:
            return bool(super().on_touch_up(touch))
        if touch.grab_current is self:
            self._go_on(self._places(touch))
            self._end()
        return True

    def _is_in_sight(self, x: float, y: float) -> bool:
        """Whether a place of the window is in the field, and the field on the glass."""
        shown = self.get_root_window() is not None
        return shown and bool(self.collide_point(*self.to_widget(x, y)))

    def _places(self, touch: Any) -> list[Heard]:
        """Where the finger was since it was asked last, in the field's own pixels."""
        if touch.device != "mouse":
            return [Heard(touch.x, touch.y, self._clock())]
        heard = ((self.to_widget(x, y), at) for x, y, at in self._trail.take(*self._above(touch)))
        return [Heard(x, y, at) for (x, y), at in heard]

    def _above(self, touch: Any) -> tuple[float, float]:
        """Where a touch is in the window."""
        x, y = self.to_window(*touch.pos)
        return x, y

    def _begin(self, touch: Any, places: list[Heard]) -> None:
        if not places or not self.collide_point(*places[0][:2]):
            return  # it came in from outside within one frame
        touch.grab(self)
        self._writing = touch
        if not self._strokes:
            self._started = places[0].at
        self._strokes.append([self._point(places[0])])
        self._drawn.append(_Ink())
        self.canvas.after.add(self._drawn[-1])
        self.empty = False
        self._go_on(places[1:])
        self._draw(-1)

    def _go_on(self, places: list[Heard]) -> None:
        self._last = self._clock()
        stroke = self._strokes[-1]
        for place in places:
            if not (self.collide_point(place.x, place.y) and self._has_room()):
                self._end()
                break
            point = self._point(place)
            if max(abs(point.x - stroke[-1].x), abs(point.y - stroke[-1].y)) >= LEAST_STEP:
                stroke.append(point)
        self._draw(-1)

    def _end(self) -> None:
        touch, self._writing = self._writing, None
        if touch is not None:
            touch.ungrab(self)

    def _take_back(self) -> None:
        self._strokes.pop()
        self.canvas.after.remove(self._drawn.pop())
        self.empty = not self._strokes

    # --- measures ---

    def _has_room(self, strokes: int = 0) -> bool:
        """Whether a signature can take more: a field is no place to lean on for minutes."""
        return (
            len(self._strokes) + strokes <= MOST_STROKES
            and sum(map(len, self._strokes)) < MOST_POINTS
            and (not self._strokes or self._ms(self._clock()) <= LONGEST_MS)
        )

    def _ms(self, at: float) -> int:
        return round((at - self._started) * 1000)

    def _unit(self) -> float:
        """0.01 mm in pixels of the window."""
        return float(dp(theme.PIXELS_PER_MM)) / UNITS_PER_MM

    def _field(self) -> tuple[int, int]:
        return max(round(self.width / self._unit()), 1), max(round(self.height / self._unit()), 1)

    def _point(self, place: Heard) -> Point:
        """A place as it is kept; strokes of one long frame may be heard out of their order."""
        width, height = self._field()
        right = round((place.x - self.x) / self._unit())
        down = round((self.top - place.y) / self._unit())
        before = self._strokes[-1][-1].ms if self._strokes else 0
        ms = max(self._ms(place.at), before)
        return Point(min(max(right, 0), width), min(max(down, 0), height), ms)

    # --- drawing ---

    def _draw(self, index: int) -> None:
        unit = self._unit()
        places = [(self.x + p.x * unit, self.top - p.y * unit) for p in self._strokes[index]]
        self._drawn[index].draw(places)

    def _draw_again(self, *_: object) -> None:
        for index in range(len(self._strokes)):
            self._draw(index)


class _Ink(InstructionGroup):
    """One stroke as it is seen: a smooth line with round ends."""

    def __init__(self) -> None:
        super().__init__()
        self._line = SmoothLine(width=float(dp(PEN)) / 2, overdraw_width=1.2)
        self._ends = (SmoothEllipse(), SmoothEllipse())
        self.add(Color(*theme.INK))
        for shape in (self._line, *self._ends):
            self.add(shape)

    def draw(self, places: list[tuple[float, float]]) -> None:
        """Show it along these places."""
        if len(places) > 1:
            self._line.points = [number for place in curve(places) for number in place]
        size = float(dp(PEN))
        for end, (x, y) in zip(self._ends, (places[0], places[-1]), strict=True):
            end.size = (size, size)
            end.pos = (x - size / 2, y - size / 2)


def _from_zero(strokes: tuple[Stroke, ...]) -> tuple[Stroke, ...]:
    """The same with its first point at 0 ms: what was before it may have been taken back."""
    start = strokes[0][0].ms if strokes else 0
    return tuple(tuple(Point(p.x, p.y, p.ms - start) for p in stroke) for stroke in strokes)


load_beside(__file__)
