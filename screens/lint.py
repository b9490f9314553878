"""Looks at a screen as a strict reader would: what is cut, crowded, small or faint is named."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Final, NamedTuple

from kivy.metrics import dp
from kivy.uix.scrollview import ScrollView
from kivy.uix.widget import Widget

from screens import theme
from screens.finder import holders, touchables
from screens.keypad import controls
from screens.shell import Shell
from screens.theme import contrast
from screens.typeset import breaks_word
from screens.widgets.entry import EntryField
from screens.widgets.layout import Reading
from screens.widgets.papers import QrCode
from screens.widgets.pictures import CertificatePicture, LivePicture, Picture
from screens.widgets.signature import SignatureField
from screens.widgets.text import Icon, Text
from screens.widgets.touch import Touchable

SLACK: Final = 1.5  # pixels that rounding may take
TEXT_CONTRAST, ICON_CONTRAST = 7.0, 3.0  # WCAG 2.2: 1.4.6, 1.4.11
LEAST_INK: Final = 8  # less of a text or an icon is nothing
LEAST_READ: Final = 80  # a large line of what slides, at the least
LEAST_FIELD: Final = 200  # to sign in: 50 mm
LEAST_MODULE: Final = 6  # of a code: 1.5 mm
SHEETS: Final = (CertificatePicture, LivePicture, QrCode)  # they lie somewhere in their room


class Box(NamedTuple):
    """A rectangle of the window."""

    left: float
    bottom: float
    right: float
    top: float

    def inside(self, other: Box) -> bool:
        """Whether it lies wholly in another."""
        return (
            self.left >= other.left - SLACK
            and self.bottom >= other.bottom - SLACK
            and self.right <= other.right + SLACK
            and self.top <= other.top + SLACK
        )

    def meets(self, other: Box) -> bool:
        """Whether the two cover a common place."""
        return (
            min(self.right, other.right) - max(self.left, other.left) > SLACK
            and min(self.top, other.top) - max(self.bottom, other.bottom) > SLACK
        )


def faults(root: Widget) -> list[str]:
    """Everything that is wrong with what is shown below a widget, in words; [] when nothing is."""
    shown = [widget for widget in root.walk() if _is_shown(widget)]
    texts = [widget for widget in shown if isinstance(widget, Text) and widget.content]
    words = [text for text in texts if not isinstance(text, Icon)]
    found = [] if words else ["nothing is said"]
    for text in texts:
        found += _faults_of_text(text)
    fields = [w for w in shown if isinstance(w, EntryField) and w.rows]
    found += [f"{_name(f.ids.words)} is cut" for f in fields if not _has_room(f)]
    for reading in (widget for widget in shown if isinstance(widget, Reading)):
        if reading.slides and reading.ids.scroll.height < dp(LEAST_READ):
            found.append("what slides has no room to be read")
    for code in (widget for widget in shown if isinstance(widget, QrCode) and widget.texture):
        if code.sheet[2] / code.modules < dp(LEAST_MODULE) - SLACK:
            found.append("QrCode is too small for a phone")
    for field in (widget for widget in shown if isinstance(widget, SignatureField)):
        if field.height < dp(LEAST_FIELD) - SLACK:
            found.append("there is no room to sign in")
    targets = [target for target in touchables(root) if _is_shown(target)]
    for target in targets:
        found += _faults_of_target(target, root)
    if isinstance(root, Shell):
        there = controls(root)
        found += [f"{t.tag} is out of the keypad's way" for t in targets if t not in there]
    if getattr(root, "low", False):
        found += _out_of_reach(
            [*targets, *(w for w in shown if isinstance(w, SignatureField))], root
        )
    found += _overlaps([w for w in shown if isinstance(w, (Text, Picture, *SHEETS))])
    found += _overlaps(
        [w for w in targets if not any(isinstance(a, Touchable) for a in holders(w))]
    )
    return found


def _faults_of_text(text: Text) -> Iterator[str]:
    name = _name(text)
    box = _box(text)
    for holder in holders(text):
        if isinstance(holder, ScrollView):
            break  # what does not fit is reached by sliding
        if not box.inside(_of(holder)):
            yield f"{name} stands out of its {type(holder).__name__}"
            break
    is_icon = isinstance(text, Icon)
    if min(text.ink_size) < dp(LEAST_INK):
        yield f"{name} is not to be seen"
    if not is_icon and text.pixels < dp(theme.SMALL) - 0.5:
        yield f"{name} is only {text.pixels / dp(1):.0f} high"
    ratio = contrast(tuple(text.colour), _ground(text))
    if ratio < (ICON_CONTRAST if is_icon else TEXT_CONTRAST):
        yield f"{name} has a contrast of {ratio:.1f} only"
    if breaks_word(text.lines, text.content):
        yield f"{name} is broken within a word"
    if any(not line.strip() for line in text.lines):
        yield f"{name} has an empty line"


def _faults_of_target(target: Touchable, root: Widget) -> Iterator[str]:
    box = _of(target)
    if min(box.right - box.left, box.top - box.bottom) < dp(theme.TARGET):
        yield f"{target.tag} is too small to touch"
    if not box.inside(_of(root)):
        yield f"{target.tag} stands out of the window"


def _out_of_reach(controls: list[Widget], root: Widget) -> Iterator[str]:
    """Whatever is touched above the middle: whoever sits in a wheelchair does not reach it."""
    middle = _of(root).bottom + root.height / 2
    for control in controls:
        if _of(control).top > middle + SLACK:
            yield f"{getattr(control, 'tag', type(control).__name__)} is out of a low reach"


def _has_room(field: EntryField) -> bool:
    """Whether all that was typed is in sight: one line is not slid through to be read."""
    return bool(field.ids.words.height <= field.ids.scroll.height + SLACK)


def _overlaps(widgets: list[Widget]) -> Iterator[str]:
    boxes = [(widget, _box(widget)) for widget in widgets]
    for (one, a), (other, b) in combinations(boxes, 2):
        if a.meets(b) and not _holds(one, other) and not _holds(other, one):
            yield f"{_name(one)} and {_name(other)} overlap"


def _is_shown(widget: Widget) -> bool:
    chain = [widget, *holders(widget)]
    if any(w.opacity == 0 for w in chain):
        return False
    # What has slid out of a scrolled area is not there to be looked at.
    for below, above in pairwise(chain):
        if isinstance(above, ScrollView) and below is not chain[0]:
            return _box(widget).inside(_of(above))
    return True


def _holds(one: Widget, other: Widget) -> bool:
    return any(widget is other for widget in one.walk(restrict=True))


def _ground(text: Text) -> theme.Colour:
    """The colour a text stands on."""
    for holder in holders(text):
        if hasattr(holder, "ground"):
            red, green, blue, alpha = holder.ground
            return (red, green, blue, alpha)
    return theme.PAPER


def _of(widget: Widget) -> Box:
    x, y = widget.to_window(*widget.pos)
    return Box(x, y, x + widget.width, y + widget.height)


def _box(widget: Widget) -> Box:
    """Where a widget has its pixels: of a text only the words, of a picture only the drawing."""
    if isinstance(widget, Text):
        x, y = widget.to_window(*widget.ink_pos)
        return Box(x, y, x + widget.ink_size[0], y + widget.ink_size[1])
    if isinstance(widget, SHEETS):
        x, y = widget.to_window(*widget.sheet[:2])
        return Box(x, y, x + widget.sheet[2], y + widget.sheet[3])
    return _of(widget)


def _name(widget: Widget) -> str:
    if isinstance(widget, Icon):
        return f"icon {widget.name}"
    return repr(widget.content) if isinstance(widget, Text) else type(widget).__name__
