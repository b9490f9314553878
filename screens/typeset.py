"""Breaks text into lines as Chinese and English are set; Kivy breaks at spaces alone.

No line begins with closing punctuation or ends with opening punctuation (GB/T 15834), and no last
line is left with a character or two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final

Measure = Callable[[str], float]
"""How wide a part of a text is, in the unit of the width it has to fit."""

_CJK: Final = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_OPENING: Final = "（《“‘【「("
_CLOSING: Final = "，。、；：？！）》”’】」…—%,.;:?!)"
_UNIT: Final = re.compile(rf"[{_OPENING}]*(?:[{_CJK}]|[^\s{_CJK}]+)[{_CLOSING}]*\s*")
_PART: Final = re.compile(r"[^-/._]*[-/._]\s*|[^-/._]+")  # of a long number or address
_STUB: Final = 0.3  # a last line shorter than this share of the width is shared out anew


def break_lines(text: str, width: float, measure: Measure, *, balance: bool = False) -> list[str]:
    """The lines of a text, none wider than `width` unless one character is.

    A word or number too long for a line is broken behind a hyphen, a dot or a slash of its own, and
    anywhere where it has none. With `balance` the lines are as equal as they can be without
    becoming more.
    """
    return [
        line
        for paragraph in text.split("\n")
        for line in _break_paragraph(paragraph, width, measure, balance=balance)
    ]


def breaks_word(lines: Sequence[str], text: str) -> bool:
    """Whether a word of the Latin alphabet runs on from a line of a text into the next."""
    seams = ((line, after, line[-1:] + after[:1]) for line, after in pairwise(lines))
    return any(
        seam.isascii() and seam.isalpha() and line + after in text for line, after, seam in seams
    )


def _break_paragraph(text: str, width: float, measure: Measure, *, balance: bool) -> list[str]:
    units = [part for unit in _UNIT.findall(text) for part in _parts(unit, width, measure)]
    if not units:
        return [""]
    widths = [measure(unit) for unit in units]
    lines = _fill(units, widths, width)
    if len(lines) > 1 and balance:
        return _fill(units, widths, _narrowest(units, widths, width, len(lines)))
    if len(lines) > 1 and measure(lines[-1]) < _STUB * width:
        return _without_stub(units, widths, width, measure) or lines
    return lines


def _parts(unit: str, width: float, measure: Measure) -> Iterator[str]:
    """The unit itself, or what it can be broken into where it is wider than a line."""
    core = unit.strip(f"{_OPENING}{_CLOSING} \t")
    if len(core) <= 1 or measure(unit.rstrip()) <= width:
        yield unit
        return
    parts = _PART.findall(unit)
    if len(parts) > 1:
        for part in parts:
            yield from _parts(part, width, measure)
        return
    # In equal parts, for a last digit alone is easily overlooked; punctuation stays where it is.
    half = unit.index(core) + (len(core) + 1) // 2
    yield from _parts(unit[:half], width, measure)
    yield from _parts(unit[half:], width, measure)


def _without_stub(
    units: Sequence[str], widths: Sequence[float], width: float, measure: Measure
) -> list[str] | None:
    """The same number of lines, a little narrower, so that the last one is not left alone."""
    count = len(_fill(units, widths, width))
    for percent in range(97, 70, -3):
        lines = _fill(units, widths, width * percent / 100)
        if len(lines) > count:
            return None
        if measure(lines[-1]) >= _STUB * width:
            return lines
    return None


def _fill(units: Sequence[str], widths: Sequence[float], width: float) -> list[str]:
    """Put as many units into each line as fit."""
    lines: list[str] = []
    used = float("inf")
    for unit, wide in zip(units, widths, strict=True):
        if used + wide > width:
            lines.append(unit)
            used = wide
        else:
            lines[-1] += unit
            used += wide
    return [line.rstrip() for line in lines]


def _narrowest(units: Sequence[str], widths: Sequence[float], width: float, count: int) -> float:
    """The least width that needs no more than `count` lines."""
    low, high = max(widths), width
    while high - low > 1:
        middle = (low + high) / 2
        if len(_fill(units, widths, middle)) > count:
            low = middle
        else:
            high = middle
    return high
