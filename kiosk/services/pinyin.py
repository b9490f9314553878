"""Pinyin without tones: how names are read, how people of the south type it, and slips of a finger.

Readings are pypinyin's. ü is v, as keyboards have it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pypinyin import Style, lazy_pinyin, pinyin
from pypinyin.seg.mmseg import seg

LONGEST = 6
"""Letters of the longest syllable: zhuang."""

_RETROFLEX = re.compile(r"^([zcs])h")


def spoken(text: str) -> list[str]:
    """How each character is read in this text, by the phrases it is part of; "" where it is none.

    行 is hang in 银行 and xing in 行政.
    """
    return [syllable for word in seg.cut(text) for syllable in _of_word(word)]


@lru_cache(maxsize=8192)
def _of_word(word: str) -> tuple[str, ...]:
    syllables = lazy_pinyin(word, errors="ignore")
    if len(syllables) == len(word):
        return tuple(syllables)
    return tuple(next(iter(readings(character)), "") for character in word)


@lru_cache(maxsize=8192)
def readings(character: str) -> tuple[str, ...]:
    """Every way in which a character is read, the usual one first; none where it is no Chinese."""
    (found,) = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore") or ([],)
    return tuple(dict.fromkeys(found))


def accent(syllable: str) -> str:
    """The same for syllables that many speakers do not tell apart.

    These are z and zh, c and ch, s and sh, n and l, an and ang, en and eng, in and ing; and u for
    ü, for which keyboards have no key.
    """
    plain = _RETROFLEX.sub(r"\1", syllable).replace("v", "u")
    if plain.startswith("n"):
        plain = "l" + plain[1:]
    return plain[:-1] if plain.endswith("ng") else plain


class Slips:
    """Which syllables were meant by letters with one wrong, missing, swapped or too many."""

    def __init__(self, syllables: Iterable[str]) -> None:
        self._meant: dict[str, set[str]] = defaultdict(set)
        for syllable in syllables:
            for seen in (syllable, *_masks(syllable), *_shortened(syllable)):
                self._meant[seen].add(syllable)

    def of(self, letters: str) -> set[str]:
        """The syllables that are one slip away; of a single letter, those that lack another."""
        masks = _masks(letters) if len(letters) > 1 else ()
        meant = {s for seen in (letters, *masks) for s in self._meant.get(seen, ())}
        whole = (*_swapped(letters), *_shortened(letters))
        return meant | {seen for seen in whole if seen in self._meant.get(seen, ())}


def _masks(letters: str) -> Iterator[str]:
    """The letters with each in turn hidden."""
    return (f"{letters[:i]}?{letters[i + 1 :]}" for i in range(len(letters)))


def _shortened(letters: str) -> Iterator[str]:
    """The letters with each in turn left out."""
    return (letters[:i] + letters[i + 1 :] for i in range(len(letters)))


def _swapped(letters: str) -> Iterator[str]:
    """The letters with each two neighbours swapped."""
    return (
        letters[:i] + letters[i + 1] + letters[i] + letters[i + 2 :]
        for i in range(len(letters) - 1)
    )
