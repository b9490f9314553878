"""Texts about people, which no log, f-string or traceback shows."""

from __future__ import annotations

from typing import final


@final
class Personal:
    """A text about a person that shows itself only when asked: no log or f-string holds it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself; call it only where a person or their case needs to see it."""
        return self._text

    def masked(self, head: int = 0, tail: int = 0) -> str:
        """The text with all but the first `head` and last `tail` characters as asterisks."""
        hidden = max(len(self._text) - head - tail, 0)
        if hidden == 0:
            return "*" * len(self._text)
        return self._text[:head] + "*" * hidden + self._text[len(self._text) - tail :]

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Personal) and other._text == self._text

    def __hash__(self) -> int:
        return hash((Personal, self._text))

    def __repr__(self) -> str:
        return "<personal>"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return format("<personal>", spec)
