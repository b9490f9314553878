"""Chinese by pinyin: what letters on the keyboard may mean.

librime reads the letters (rime.py), and names of people are put among its words (names.py).
Nothing is learned from what is typed, and nothing of it is written.
"""

from __future__ import annotations

import re
import threading
from pathlib import Path

from kiosk.services.names import Name, called
from kiosk.services.rime import ImeError, Rime

__all__ = ["ImeError", "PinyinInput"]

DATA = Path("/usr/share/rime-data/build")
"""Where Debian's rime-data packages have their tables."""

LONGEST = 60
"""Letters; the worst of so many keep librime for a tenth of a second."""

WORDS_FIRST = 3
"""Words of the dictionary that stand before names of the same sound."""

NAMES = 8
"""Names offered for letters that may be one: with a sentence beside them, a first page of nine."""

_READABLE = re.compile(r"[a-z]+('[a-z]+)*")


class PinyinInput:
    """The input method; `scratch` is a directory that librime wants and leaves empty.

    Ready in milliseconds. Raises ImeError where a Debian package is missing, and where another
    one is open in this process. Any thread may use it; it is closed once nobody types any more.
    """

    def __init__(self, scratch: Path, data: Path = DATA) -> None:
        self._alone = threading.Lock()
        self._rime: Rime | None = Rime(scratch, data)

    def candidates(self, letters: str, limit: int = 100) -> tuple[str, ...]:
        """What the letters may mean, in simplified characters, best first, at most `limit`.

        Each candidate stands for all the letters. Capitals are read as small letters, ü as v, and
        spaces as the end of a syllable; () for whatever is no pinyin, and after `close`.
        """
        letters = "'".join(letters.lower().replace("ü", "v").replace("'", " ").split())
        if len(letters) > LONGEST or not _READABLE.fullmatch(letters):
            return ()
        with self._alone:
            if self._rime is None:
                return ()
            read = self._rime.read(letters, limit)
            found = [reading.text for reading in read if not reading.left]
            names = called(letters, NAMES) if found else []
            a_word = len(found) > 1 or (bool(names) and _has_word(self._rime, letters))
        return tuple(dict.fromkeys(_in_order(found, names, a_word=a_word)))[:limit]

    def close(self) -> None:
        """Give back what librime holds; later letters mean nothing."""
        with self._alone:
            rime, self._rime = self._rime, None
            if rime is not None:
                rime.close()


def _in_order(found: list[str], names: list[Name], *, a_word: bool) -> list[str]:
    """Words before names, and a common name before a sentence that nobody wrote down as a word."""
    usual = [name.text for name in names[:1] if name.usual and not a_word]
    head = WORDS_FIRST if a_word else 1
    return [*usual, *found[:head], *(name.text for name in names), *found[head:]]


def _has_word(rime: Rime, letters: str) -> bool:
    """Whether the dictionary has a word for all the letters.

    librime does not say of a reading whether it is a sentence that it made. It makes one of all
    letters only: with a syllable behind them, what leaves just that is a word.
    """
    return any(reading.left.strip("'") == "a" for reading in rime.read(f"{letters}'a", NAMES))
