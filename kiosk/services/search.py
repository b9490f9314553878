"""The search of the catalogue: Chinese, pinyin, initials and English, whole or begun, or nearly so.

An index of our own over all texts at once: docs/decisions/0018-search.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import islice

from kiosk.core.catalogue import Bundle, Catalogue, Policy, ServiceItem
from kiosk.core.search import Hit, HitKind, Part
from kiosk.services.search_index import Index, Places
from kiosk.services.search_match import Manner, Reader, Steps, Walk, walk
from kiosk.services.search_text import (
    english_words,
    plain,
    without_fillers,
    without_spelled_fillers,
    words,
)

LONGEST_QUERY = 64
"""Characters of a query that count: more than any name has."""


class _From(Enum):
    """Where in a text a find has to begin."""

    START = auto()
    WORD = auto()
    ANYWHERE = auto()


@dataclass(frozen=True, slots=True)
class _Rank:
    """One way of being found: in names or keywords, from where, how freely read."""

    manner: Manner
    begins: _From
    whole: bool = False
    keyword: bool = False
    gapped: bool = False


def _loosely(manner: Manner) -> tuple[_Rank, ...]:
    """Where a query is found that is not what the name says."""
    return (
        _Rank(manner, _From.START),
        _Rank(manner, _From.ANYWHERE),
        _Rank(manner, _From.ANYWHERE, keyword=True),
    )


_EXACT = _Rank(Manner.SPELLED, _From.START, whole=True)
_PREFIX = _Rank(Manner.SPELLED, _From.START)
_WORD = _Rank(Manner.SPELLED, _From.WORD)
_INSIDE = _Rank(Manner.SPELLED, _From.ANYWHERE)

_RANKS = (
    _EXACT,
    _Rank(Manner.INITIALS, _From.START, whole=True),
    _PREFIX,
    _WORD,
    _Rank(Manner.INITIALS, _From.WORD),
    _INSIDE,
    _Rank(Manner.SPELLED, _From.START, whole=True, keyword=True),
    _Rank(Manner.SPELLED, _From.ANYWHERE, keyword=True),
    _Rank(Manner.INITIALS, _From.START, keyword=True),
    _Rank(Manner.INITIALS, _From.ANYWHERE),
    _Rank(Manner.SPELLED, _From.ANYWHERE, gapped=True),  # 低保 is in 最低生活保障
    *_loosely(Manner.ACCENT),
)
"""The better first."""

_NEARLY = (*_loosely(Manner.SOUND), *_loosely(Manner.SLIP))
"""For queries that are not found otherwise."""

_Find = tuple[int, Part | None, Part | None]
"""The number of an entry, and which part of its Chinese and its English name was found."""

_Entry = ServiceItem | Bundle | Policy


class Search:
    """Finds items, bundles and policies of one catalogue.

    Building it takes a moment for a large catalogue, so it is done in a thread.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._entries = _in_order(catalogue)
        keywords = [(k, n) for n, entry in enumerate(self._entries) for k in entry.keywords]
        # The text of an entry's own number is its name; the keywords lie behind all names.
        self._entry_of = [*range(len(self._entries)), *(number for _, number in keywords)]
        texts = [entry.name.zh for entry in self._entries] + [keyword for keyword, _ in keywords]
        known = [plain(text) for text in texts]
        self._mentions = _numbers_by_text(zip(known, self._entry_of, strict=True))
        self._index = Index(texts, breaks=frozenset(known[len(self._entries) :]))
        self._reader = Reader(self._index)
        self._english = [f" {words(entry.name.en).rstrip()}" for entry in self._entries]

    def find(self, query: str, limit: int = 20) -> tuple[Hit, ...]:
        """What the catalogue has for a query, the best first; nothing for one that says nothing.

        At equal rank bundles come before items, frequent ones first, then as the catalogue has
        them.
        """
        found: dict[int, Hit] = {}
        for number, zh, en in self._finds(query, limit):
            if len(found) >= limit:
                break
            if number not in found:
                found[number] = _hit(self._entries[number], zh, en)
        return tuple(found.values())

    def _finds(self, query: str, limit: int) -> Iterator[_Find]:
        """Every find, the best first, an entry perhaps several times."""
        typed = plain(query)[:LONGEST_QUERY]
        ways = [way for way in (typed, without_fillers(typed)) if way]
        english = self._in_english(query) if typed.isascii() else {}
        nothing = True
        for find in self._ranked(ways, _RANKS, english, limit):
            nothing = False
            yield find
        if nothing:
            yield from self._apart(query)
            yield from self._mentioned(typed)
            spelled = without_spelled_fillers(typed)
            yield from self._ranked([spelled] if spelled else [], _RANKS, {}, limit)
            yield from self._ranked([*ways, spelled] if spelled else ways, _NEARLY, {}, limit)

    def _ranked(
        self,
        ways: list[str],
        ranks: Iterable[_Rank],
        english: dict[_Rank, list[_Find]],
        limit: int,
    ) -> Iterator[_Find]:
        asked = [_Asked(self._index, self._reader, way) for way in ways]
        known: set[int] = set()
        for rank in ranks:
            # What fits as typed goes before what fits without the fillers.
            for place, one in enumerate(asked):
                finds = list(islice(self._of(one, rank, known), limit))
                if place == 0 and rank in english:
                    finds = sorted([*finds, *english[rank]], key=lambda find: find[0])
                known.update(number for number, _, _ in finds)
                yield from finds

    def _of(self, asked: _Asked, rank: _Rank, known: set[int]) -> Iterator[_Find]:
        """The finds of one rank, in order, without the entries that are known."""
        walked = asked.walk(rank)
        names = len(self._entries)
        ends = walked.ends & self._index.gaps if rank.whole else walked.ends
        if not rank.keyword:
            ends &= self._index.texts_before(names)
        last = None  # an entry's keywords lie side by side
        for found in self._index.found(ends, first=names if rank.keyword else 0):
            number = self._entry_of[found.text]
            if number in known or number == last:
                continue
            last = number
            if rank.keyword:
                yield number, None, None
            else:
                begin = walked.begin(found.end, self._index.start_of(found.text))
                yield number, self._index.part(begin, found.end), None

    def _in_english(self, query: str) -> dict[_Rank, list[_Find]]:
        """The finds in English names, by rank."""
        finds: dict[_Rank, list[_Find]] = {rank: [] for rank in (_EXACT, _PREFIX, _WORD, _INSIDE)}
        asked = english_words(query)
        if not asked:
            return finds
        phrases = dict.fromkeys((words(query).strip(), " ".join(asked)))
        for number, name in enumerate(self._english):
            if f" {asked[0]}" in name and (place := _place_in(name, asked, phrases)):
                rank, begin, end = place
                finds[rank].append((number, None, (begin, end)))
        return finds

    def _apart(self, query: str) -> Iterator[_Find]:
        """Whatever has all words of a query in one name or keyword, in any order."""
        parts = [part for word in query[:LONGEST_QUERY].split() if (part := plain(word))]
        if len(parts) < 2:
            return
        texts = self._index.gaps
        for part in parts:
            ends = _Asked(self._index, self._reader, part).walk(_INSIDE).ends
            texts &= self._index.gaps_behind(ends)
        for found in self._index.found(texts):
            yield self._entry_of[found.text], None, None

    def _mentioned(self, typed: str) -> Iterator[_Find]:
        """Whatever has a name or keyword that is part of a longer query, the longest first.

        In Chinese: letters are part of many a word that has nothing to do with them.
        """
        if typed.isascii():
            return
        longest = max(map(len, self._mentions), default=0)
        for length in range(min(len(typed), longest), 1, -1):
            parts = {typed[at : at + length] for at in range(len(typed) - length + 1)}
            mentioned = {n for part in parts for n in self._mentions.get(part, ())}
            for number in sorted(mentioned):
                yield number, None, None


class _Asked:
    """One way to understand a query, read in each manner once."""

    def __init__(self, index: Index, reader: Reader, text: str) -> None:
        self._index = index
        self._reader = reader
        self._text = text
        self._steps: dict[Manner, Steps] = {}
        self._walks: dict[tuple[Manner, _From, bool], Walk] = {}

    def walk(self, rank: _Rank) -> Walk:
        """Where it is found, read so and from there."""
        key = rank.manner, rank.begins, rank.gapped
        if key not in self._walks:
            if rank.manner not in self._steps:
                self._steps[rank.manner] = self._reader.steps(self._text, rank.manner)
            steps = self._steps[rank.manner]
            starts = self._starts(rank.begins)
            self._walks[key] = walk(self._index, steps, starts, gapped=rank.gapped)
        return self._walks[key]

    def _starts(self, begins: _From) -> Places:
        match begins:
            case _From.START:
                return self._index.text_starts
            case _From.WORD:
                return self._index.word_starts
            case _From.ANYWHERE:
                return self._index.everywhere


def _in_order(catalogue: Catalogue) -> tuple[_Entry, ...]:
    """Everything that can be found, in the order of equal ranks."""
    often = {code: number for number, code in enumerate(catalogue.frequent)}

    def frequent_first(entry: _Entry) -> int:
        return often.get(entry.code, len(often))

    bundles = sorted(catalogue.bundles, key=frequent_first)
    items = sorted(catalogue.items, key=frequent_first)
    return (*bundles, *items, *catalogue.policies)


def _numbers_by_text(texts: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    by_text: dict[str, list[int]] = {}
    for text, number in texts:
        by_text.setdefault(text, []).append(number)
    return by_text


def _hit(entry: _Entry, zh: Part | None, en: Part | None) -> Hit:
    match entry:
        case ServiceItem():
            return Hit(entry.code, HitKind.ITEM, zh, en)
        case Bundle():
            return Hit(entry.code, HitKind.BUNDLE, zh, en)
        case Policy():
            return Hit(entry.code, HitKind.POLICY, zh, en)


def _place_in(name: str, asked: list[str], phrases: Iterable[str]) -> tuple[_Rank, int, int] | None:
    """How well an English name fits, and from where to where; `name` has a blank before it."""
    for phrase in phrases:
        begin = name.find(f" {phrase}")
        if begin > 0:
            return _WORD, begin, begin + len(phrase)
        if begin == 0:
            return (_EXACT if len(name) == len(phrase) + 1 else _PREFIX), 0, len(phrase)
    places = [name.find(f" {word}") for word in asked]
    if min(places) < 0:
        return None
    return _INSIDE, places[0], places[0] + len(asked[0])
