"""The words of the screens, by gettext: English sentences are the keys, catalogues are complete.

`pybabel extract -k say -k N_ -k many:1,2` finds them; a test names what a catalogue lacks.
"""

from __future__ import annotations

import gettext
from pathlib import Path
from typing import Final

import kiosk
from kiosk.core.catalogue import Language

DOMAIN: Final = "doorstep"
LOCALE: Final = Path(kiosk.__file__).parent / "locale"
CATALOGUES: Final = {Language.CHINESE: "zh_CN", Language.ENGLISH: "en"}


def N_(sentence: str) -> str:  # noqa: N802 - gettext's own name for "translate it later"
    """Mark a sentence for translation where it is defined; it is said elsewhere."""
    return sentence


class MissingWordsError(Exception):
    """A compiled catalogue is not there; the message says how to make it."""


class Say:
    """Says sentences in one language; values go in by name."""

    def __init__(self, language: Language, catalogue: gettext.NullTranslations) -> None:
        self.language = language
        self._catalogue = catalogue

    def __call__(self, sentence: str, **values: object) -> str:
        """The sentence in this language."""
        return self._catalogue.gettext(sentence).format(**values)

    def many(self, one: str, several: str, n: int) -> str:
        """The sentence for n things; {n} is the number."""
        return self._catalogue.ngettext(one, several, n).format(n=n)


def words(language: Language, locale: Path = LOCALE) -> Say:
    """The words of a language. Raises MissingWordsError."""
    try:
        catalogue = gettext.translation(DOMAIN, locale, [CATALOGUES[language]])
    except OSError:
        missing = locale / CATALOGUES[language] / "LC_MESSAGES" / f"{DOMAIN}.mo"
        raise MissingWordsError(f"{missing} is missing; ./run setup makes it") from None
    return Say(language, catalogue)
