"""What is said aloud of a screen: what is read on it, in order, and whatever the keypad is at.

What is about somebody is said only where nobody else hears it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Final

from kivy.uix.widget import Widget

from drivers.device import Personal
from screens.widgets.text import Icon, Text
from screens.widgets.touch import Touchable
from screens.words import N_, Say

SECRET: Final = 2  # characters; less of a name or number is no secret, and stands everywhere
_NUMBER: Final = re.compile(r"(?<![\dX])[\dX]{5,}(?![\dX])")  # read out digit by digit
KEYS: Final = {
    "delete": N_("delete"),
    "capital": N_("capital letters"),
    "space": N_("space"),
    "more": N_("more characters"),
}
"""Keys that show a picture alone, by the end of their tag."""
HOW: Final = N_(
    "Press the key that points down for the next choice, the middle key to choose, "
    "and the key that points left to hear the screen again."
)
_MASKED: Final = re.compile(r"\*+")
_ENDS: Final = "。！？：；，.!?:;,"


def secrets(body: object) -> frozenset[str]:
    """Every text about a person that a view holds."""
    return frozenset(text for text in _personal(body) if len(text) >= SECRET)


def _personal(value: object) -> Iterator[str]:
    if isinstance(value, Personal):
        yield value.reveal()
    elif isinstance(value, tuple):
        for one in value:
            yield from _personal(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _personal(getattr(value, field.name))


def lines(screen: Widget, hidden: frozenset[str], say: Say, *, private: bool) -> list[str]:
    """What is read on a screen beside what can be touched: its title, then from top to bottom.

    What has a part that is `hidden` is named as such unless this is `private`.
    """
    title = getattr(screen.ids.get("title"), "__self__", None)
    texts = sorted(_texts(screen), key=lambda text: text is not title)
    return _said(texts, hidden, say, private=private)


def label(control: Touchable, hidden: frozenset[str], say: Say, *, private: bool) -> str:
    """What something that can be touched is, and its state."""
    said = _said(_texts(control, inside=True), hidden, say, private=private)
    if not said:
        key = control.tag.partition(":")[2]
        said = [say(KEYS[key])] if key in KEYS else []
    if getattr(control, "chosen", False):
        said.append(say("chosen"))
    if control.disabled:
        said.append(say("not available now"))
    return sentence(said)


def _said(texts: Iterable[Text], hidden: frozenset[str], say: Say, *, private: bool) -> list[str]:
    """The words of texts; of those about somebody only that they are there."""
    instead = say("private")
    return [text.content if private or not _tells(text, hidden) else instead for text in texts]


def sentence(parts: list[str]) -> str:
    """Parts as they are read out: with a pause between them, numbers digit by digit."""
    ended = (part if part.rstrip()[-1:] in _ENDS else f"{part}。" for part in parts if part.strip())
    read = _MASKED.sub("……", " ".join(ended))
    return _NUMBER.sub(lambda found: " ".join(found[0]), read)


def _texts(widget: Widget, *, inside: bool = False) -> Iterator[Text]:
    """The texts in sight, in order; of what can be touched only those `inside` it."""
    if widget.opacity == 0 or (isinstance(widget, Touchable) and not inside):
        return
    if isinstance(widget, Text) and not isinstance(widget, Icon) and _says_something(widget):
        yield widget
    for child in reversed(widget.children):
        yield from _texts(child, inside=inside)


def _says_something(text: Text) -> bool:
    return bool(text.content.strip()) and not text.silent


def _tells(text: Text, hidden: frozenset[str]) -> bool:
    return bool(text.private or any(secret in text.content for secret in hidden))
