"""Text with a part that stands out, and with a caret where the next letter will stand."""

from __future__ import annotations

from typing import Any, Final

from kivy.graphics import Color, InstructionGroup, Rectangle
from kivy.metrics import dp
from kivy.properties import BooleanProperty, ObjectProperty

from screens import theme
from screens.widgets.text import Text

CARET: Final = 4  # wide, in pixels of the design


class MarkedText(Text):
    """A text of which `found`, a first character and the one after the last, is marked.

    With `caret` a bar stands behind its last character.
    """

    found = ObjectProperty(None, allownone=True)
    caret = BooleanProperty(False)

    def __init__(self, **kwargs: Any) -> None:
        self._marks = InstructionGroup()
        super().__init__(**kwargs)
        self.canvas.before.add(self._marks)
        self.fbind("found", self._place)
        self.fbind("caret", self._place)

    def _place(self, *_: object) -> None:
        super()._place()
        self._marks.clear()
        if self.found is not None and self.found[0] < self.found[1]:
            self._mark(*self.found)
        if self.caret and self.lines:
            self._draw_caret()

    def _mark(self, start: int, end: int) -> None:
        """A warm ground behind the characters, line by line."""
        self._marks.add(Color(*theme.WARM))
        begins = 0
        for row, line in enumerate(self.lines):
            # Lines are parts of the content in order; only blanks between them are left out.
            begins = self.content.find(line, begins)
            first, last = max(start - begins, 0), min(end - begins, len(line))
            if first < last:
                self._mark_part(row, line[:first], line[first:last])
            begins += len(line)

    def _mark_part(self, row: int, before: str, part: str) -> None:
        left, right = self._wide(before), self._wide(before + part)
        x, y, height = self._line(row)
        self._marks.add(Rectangle(pos=(x + left, y), size=(right - left, height)))

    def _draw_caret(self) -> None:
        last = self.lines[-1]
        x, y, height = self._line(len(self.lines) - 1)
        self._marks.add(Color(*theme.DEEP))
        place = (round(x + self._wide(last) + dp(3)), y)
        self._marks.add(Rectangle(pos=place, size=(dp(CARET), height)))

    def _line(self, row: int) -> tuple[float, float, float]:
        """Where a line begins, its lower edge and its height."""
        x, y = self.ink_pos
        height = self.ink_size[1] / len(self.lines)
        return x, y + (len(self.lines) - 1 - row) * height, height

    def _wide(self, part: str) -> float:
        return float(self._label(self.pixels).get_extents(part)[0]) if part else 0.0
