"""How what was typed can be read, and where in the index each reading is found.

A query is read from left to right in steps: a character, a syllable, an initial. State n is "so
many letters are read"; each step leads to a later state through the places where it is found.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum, auto

from kiosk.services.pinyin import LONGEST, Slips, accent, readings
from kiosk.services.search_index import Index, Places

SHORTEST_SLIP = 4
"""Letters of a query in which one may be wrong: of fewer too little is left."""


class Manner(Enum):
    """How freely a query is read; characters stand for themselves in all of them."""

    SPELLED = auto()  # syllables as the name is read, the last one perhaps not yet whole
    INITIALS = auto()  # besides, initials for syllables
    ACCENT = auto()  # syllables of all readings, as a speaker of the south tells them apart
    SOUND = auto()  # besides, characters for others that sound alike: also traditional ones
    SLIP = auto()  # besides, one syllable with one wrong, missing, swapped or surplus letter


Steps = list[list[tuple[int, Places]]]
"""By state: the steps from it, to which state and through which places. The last has none."""


class Reader:
    """Reads queries, each in several manners, for one index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._slips = Slips(index.spoken)

    def steps(self, query: str, manner: Manner) -> Steps:
        """All ways to read a query."""
        if manner is Manner.SLIP:
            return self._with_one_slip(query)
        taken: dict[tuple[int, int], Places] = defaultdict(int)
        for at, one in enumerate(query):
            taken[at, at + 1] |= self._character(one, manner)
            for end in range(at + 1, min(at + LONGEST, len(query)) + 1):
                taken[at, end] |= self._syllable(query[at:end], manner, last=end == len(query))
        steps: Steps = [[] for _ in range(len(query) + 1)]
        for (at, end), places in taken.items():
            if places:
                steps[at].append((end, places))
        return steps

    def _character(self, one: str, manner: Manner) -> Places:
        places = self._index.characters.of(one)
        if manner is Manner.INITIALS:
            places |= self._index.initials.of(one)
        if manner is Manner.SOUND and not one.isascii():
            for way in readings(one):
                places |= self._index.accents.of(accent(way))
        return places

    def _syllable(self, letters: str, manner: Manner, *, last: bool) -> Places:
        spoken = manner in {Manner.SPELLED, Manner.INITIALS}
        postings = self._index.spoken if spoken else self._index.accents
        heard = letters if spoken else accent(letters)
        if last:
            return postings.beginning(heard)
        if manner is Manner.INITIALS and letters in {"zh", "ch", "sh"}:
            return postings.beginning(letters)
        return postings.of(heard)

    def _with_one_slip(self, query: str) -> Steps:
        """States up to the query's end without, as many more with the slip made."""
        before = self.steps(query, Manner.SOUND)
        far = len(before)
        if len(query) < SHORTEST_SLIP:
            return [*before, []]
        after = [[(end + far, places) for end, places in steps] for steps in before]
        for at in range(len(query)):
            for end in range(at + 1, min(at + LONGEST + 1, len(query)) + 1):
                places = 0
                for syllable in self._slips.of(query[at:end]):
                    places |= self._index.spoken.of(syllable)
                if places:
                    before[at].append((end + far, places))
        return before + after


@dataclass(frozen=True, slots=True)
class Walk:
    """Everywhere a query was found: `ends` are the places right behind it."""

    ends: Places
    _last: int
    _arrivals: dict[int, list[tuple[int, Places]]]
    _gapped: bool

    def begin(self, end: int, floor: int) -> int:
        """Where the find begins that ends there, in the text that begins at `floor`."""
        state, place = self._last, end
        while state:
            state, place = self._step_back(state, place, floor)
        return place

    def _step_back(self, state: int, place: int, floor: int) -> tuple[int, int]:
        """The state before, and the place of what led from it."""
        for before, arrived in self._arrivals[state]:
            if not self._gapped:
                if arrived >> place & 1:
                    return before, place - 1
                continue
            nearest = (arrived & ((2 << place) - 1)).bit_length() - 1
            if nearest > floor:
                return before, nearest - 1
        raise ValueError("nothing was found there")


def walk(index: Index, steps: Steps, starts: Places, *, gapped: bool = False) -> Walk:
    """Take all steps from all these places; `gapped` passes over what lies between them."""
    at = [0] * len(steps)
    at[0] = starts
    arrivals: dict[int, list[tuple[int, Places]]] = defaultdict(list)
    for state, onward in enumerate(steps):
        here = at[state]
        if here and gapped and state:
            here = index.onwards(here)
        if not here:
            continue
        for following, places in onward:
            arrived = (here & places) << 1
            if arrived:
                at[following] |= arrived
                arrivals[following].append((state, arrived))
    return Walk(at[-1], len(steps) - 1, arrivals, gapped)
