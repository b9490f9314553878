"""Where every character, syllable and letter stands in the catalogue's names and keywords.

All texts lie one behind the other, a gap of one place after each. A set of places is one large
integer with a bit for each, so "one of these, and right behind it one of those" is an AND and a
shift for all texts at once, as in the Shift-And of Baeza-Yates and Gonnet.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kiosk.services.pinyin import accent, readings, spoken
from kiosk.services.search_text import units

Places = int
"""A set of places: bit n stands for place n."""


class Postings:
    """The places of each key; made into bits when they are first asked for."""

    def __init__(self) -> None:
        self._places: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self._bits: dict[str, Places] = {}

    def add(self, key: str, place: int) -> None:
        """Note a place of a key; places come in ascending order."""
        self._places[key].append(place)

    def of(self, key: str) -> Places:
        """Where it stands."""
        if key not in self._bits:
            if key not in self._places:
                return 0
            self._bits[key] = bits(self._places[key])
        return self._bits[key]

    def beginning(self, prefix: str) -> Places:
        """Where anything stands that begins so."""
        found = 0
        for key in self._places:
            if key.startswith(prefix):
                found |= self.of(key)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)


def bits(places: Sequence[int]) -> Places:
    """The set of these places, which ascend."""
    if not places:
        return 0
    data = bytearray((places[-1] >> 3) + 1)
    for place in places:
        data[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(data, "little")


@dataclass(frozen=True, slots=True)
class Found:
    """A text in which something was found: its number, and the place after the last character."""

    text: int
    end: int


class Index:
    """Texts, laid out to be searched all at once; `breaks` are the words that names are made of."""

    def __init__(self, texts: Iterable[str], breaks: frozenset[str] = frozenset()) -> None:
        self.characters = Postings()
        self.spoken = Postings()  # as the whole text is read
        self.initials = Postings()  # of all readings
        self.accents = Postings()  # all readings, as a speaker of the south tells them apart
        self._starts = array("I", [0])
        self._origin = array("I")  # place to character of the text as it was given
        word_starts: list[int] = []
        for text in texts:
            word_starts += self._lay(text, breaks)
        gaps = [start - 1 for start in self._starts[1:]]
        self.gaps: Places = bits(gaps)
        self.everywhere: Places = (1 << len(self._origin)) - 1 & ~self.gaps
        self.text_starts: Places = bits(self._starts[:-1])
        self.word_starts: Places = bits(word_starts)

    def _lay(self, text: str, breaks: frozenset[str]) -> list[int]:
        """Add a text; where words begin in it."""
        counted = list(units(text))
        plain = "".join(one for one, _ in counted)
        begin = len(self._origin)
        for place, (one, syllable) in enumerate(zip(plain, spoken(plain), strict=True), begin):
            self._note(one, syllable, place)
        self._origin.extend(origin for _, origin in counted)
        self._origin.append(0)
        self._starts.append(len(self._origin))
        return [begin + i for i in range(len(plain)) if _begins_word(counted, plain, i, breaks)]

    def _note(self, one: str, syllable: str, place: int) -> None:
        self.characters.add(one, place)
        if not syllable:
            return
        self.spoken.add(syllable, place)
        ways = {syllable, *readings(one)}
        for initial in {way[0] for way in ways}:
            self.initials.add(initial, place)
        for way in {accent(way) for way in ways}:
            self.accents.add(way, place)

    def texts_before(self, text: int) -> Places:
        """All places of the texts before that number."""
        return (1 << self._starts[text]) - 1

    def found(self, ends: Places, first: int = 0) -> Iterator[Found]:
        """The texts, from number `first`, that these places are in or right behind; in order."""
        ends = ends >> self._starts[first] << self._starts[first]
        while ends:
            end = (ends & -ends).bit_length() - 1
            text = bisect_right(self._starts, end) - 1
            yield Found(text, end)
            after = self._starts[text + 1]
            ends = ends >> after << after

    def onwards(self, places: Places) -> Places:
        """These places and all behind them, each within its text.

        A gap's bit minus bits before it borrows its way down to the first of them.
        """
        inside = places & self.everywhere
        return ((self.gaps - inside) | inside) & self.everywhere

    def gaps_behind(self, places: Places) -> Places:
        """The gaps behind the texts that have any of these places: the sum carries into them."""
        inside = places & self.everywhere
        return ((self.everywhere + inside) | places) & self.gaps

    def part(self, begin: int, end: int) -> tuple[int, int]:
        """Places of one text as characters of it, the last not included."""
        return self._origin[begin], self._origin[end - 1] + 1

    def start_of(self, text: int) -> int:
        """The place of a text's first character."""
        return self._starts[text]


def _begins_word(
    counted: Sequence[tuple[str, int]], plain: str, at: int, breaks: frozenset[str]
) -> bool:
    """Behind a sign or a number, and where one of the known words is."""
    if at == 0 or counted[at][1] > counted[at - 1][1] + 1:
        return True
    if plain[at].isascii() != plain[at - 1].isascii():
        return True
    return any(plain[at : at + length] in breaks for length in range(2, 9))
