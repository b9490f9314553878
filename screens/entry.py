"""What a key does to an answer of each kind, and how the answer is shown: text in, text out."""

from __future__ import annotations

import re
from typing import Final

from kiosk.core.catalogue import FieldKind

ID_LENGTH: Final = 18
PHONE_LENGTH: Final = 12
INTEGER_DIGITS: Final = 12
DATE_DIGITS: Final = 8
CREDIT_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100 leaves out I, O, S, V, Z

PADS: Final = {
    FieldKind.DATE: "",
    FieldKind.AMOUNT: ".",
    FieldKind.NUMBER: "",
    FieldKind.PHONE: "",
    FieldKind.ID_NUMBER: "X",
}
"""The kinds that are typed on a pad of digits, and the one key that it has besides."""

MOST_CANDIDATES: Final = 7
ROW: Final = 10.0  # keys beside each other

_AMOUNT: Final = re.compile(r"(0|[1-9][0-9]{0,11})(\.[0-9]{0,2})?")
_ID: Final = re.compile(r"[0-9]{0,17}|[0-9]{17}[0-9X]")


class Draft:
    """A text that is typed here first, while views tell later what of it has arrived.

    What a view tells is taken only where it was never typed here: an echo takes no letter away.
    """

    def __init__(self) -> None:
        self.text = ""
        self._known: set[str] = set()

    def put(self, text: str) -> None:
        """It was typed."""
        self.text = text
        self._known.add(text)

    def told(self, text: str) -> None:
        """A view says so."""
        if text not in self._known:
            self.put(text)

    def forget(self) -> None:
        """Begin with nothing."""
        self.text = ""
        self._known.clear()


def typed(kind: FieldKind, text: str, key: str, longest: int) -> str:
    """The answer after a key; the same one where the key makes no sense there."""
    match kind:
        case FieldKind.DATE:
            return _date(text, key)
        case FieldKind.AMOUNT:
            return _amount(text, key)
        case FieldKind.NUMBER:
            new = (text + key).lstrip("0") or "0"
            return new if new.isdecimal() and len(new) <= INTEGER_DIGITS else text
        case FieldKind.PHONE:
            return text + key if key.isdecimal() and len(text) < PHONE_LENGTH else text
        case FieldKind.ID_NUMBER:
            return text + key if _ID.fullmatch(text + key) else text
        case FieldKind.CREDIT_CODE:
            new = text + key.upper()
            return new if len(new) <= ID_LENGTH and set(new) <= set(CREDIT_ALPHABET) else text
        case _:
            return (text + key).lstrip()[:longest]


def deleted(kind: FieldKind, text: str) -> str:
    """The answer without its last character; of a date, without the hyphen before it too."""
    return text[:-1].rstrip("-") if kind is FieldKind.DATE else text[:-1]


def grouped(kind: FieldKind, text: str) -> str:
    """The answer in groups that can be compared with a card or a receipt at a glance."""
    match kind:
        case FieldKind.ID_NUMBER:
            return _in_groups(text, (6, 8, 4))
        case FieldKind.CREDIT_CODE:
            return _in_groups(text, (2, 6, 9, 1))
        case FieldKind.PHONE if text.startswith("1"):
            return _in_groups(text, (3, 4, 5))
        case _:
            return text


def date_parts(text: str) -> tuple[str, str, str]:
    """Year, month and day of a date as far as it is typed, with a low line for each digit left."""
    year, month, day, *_ = [*text.split("-"), "", "", ""]
    return f"{year:_<4}", f"{month:_<2}", f"{day:_<2}"


def keys_wide(text: str) -> float:
    """How many keys wide a candidate of an input method is."""
    wide = sum(0.55 if char > "\u2e80" else 0.27 for char in text)
    return max(wide + 0.4, 1.0)


def in_sight(letters: str, candidates: tuple[str, ...]) -> tuple[tuple[str, ...], float]:
    """The first candidates that have room beside their letters, and the room left, in keys."""
    room = ROW - 1.0 - keys_wide(letters)
    shown: list[str] = []
    for text in candidates[:MOST_CANDIDATES]:
        if shown and room < keys_wide(text):
            break
        room -= keys_wide(text)
        shown.append(text)
    return tuple(shown), max(room, 0.0)


def _in_groups(text: str, sizes: tuple[int, ...]) -> str:
    groups, start = [], 0
    for size in sizes:
        groups.append(text[start : start + size])
        start += size
    return " ".join(group for group in groups if group)


def _date(text: str, key: str) -> str:
    """ISO 8601 as far as it goes; a month or day that can have no second digit gets its zero."""
    digits = text.replace("-", "")
    if not key.isdecimal() or len(digits) >= DATE_DIGITS:
        return text
    begins_month, begins_day = len(digits) == 4, len(digits) == 6
    if (begins_month and key > "1") or (begins_day and key > "3"):
        digits += "0"
    digits += key
    return "-".join(part for part in (digits[:4], digits[4:6], digits[6:]) if part)


def _amount(text: str, key: str) -> str:
    head = "0" if not text and key == "." else "" if text == "0" and key != "." else text
    new = head + key
    return new if _AMOUNT.fullmatch(new) else text
