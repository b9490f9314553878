"""How a terminal looks and speaks for whoever is there; kept for the visit, then forgotten."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from kiosk.core.speech import Pace

UNHURRIED: Final = 2.0  # times as long as others: who listens or reads slowly


class TextSize(StrEnum):
    """How large words are."""

    NORMAL = "normal"
    LARGE = "large"
    LARGEST = "largest"


@dataclass(frozen=True, slots=True)
class Comfort:
    """What somebody wants otherwise than most people.

    `elder` (长辈版): fewer choices in sight, and more time. `low_reach`: everything that is touched
    stands in the lower half of the screen. `volume` is 1 to 5. With `earphones` nobody else hears
    what is spoken.
    """

    text: TextSize = TextSize.NORMAL
    contrast: bool = False
    low_reach: bool = False
    elder: bool = False
    spoken: bool = False
    volume: int = 3
    pace: Pace = Pace.NORMAL
    earphones: bool = False

    @property
    def patience(self) -> float:
        """How many times as long as usual a screen waits."""
        return UNHURRIED if self.elder or self.spoken else 1.0

    def for_elders(self, *, on: bool) -> Comfort:
        """The same in elder mode, or out of it: large type, unhurried, spoken."""
        return replace(
            self,
            elder=on,
            text=TextSize.LARGE if on else TextSize.NORMAL,
            spoken=on or self.earphones,
            pace=Pace.SLOW if on else Pace.NORMAL,
        )

    def plugged(self, *, earphones: bool) -> Comfort:
        """The same once earphones were plugged in, or pulled out: whoever does it listens."""
        return replace(self, earphones=earphones, spoken=earphones)

    def fresh(self) -> Comfort:
        """What the next one finds: nothing is left but the earphones, if they are."""
        return Comfort().plugged(earphones=self.earphones)
