"""What is said aloud: one utterance, in place of whatever is being said."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from drivers.device import Personal
from kiosk.core.catalogue import Language


class Pace(StrEnum):
    """How quickly is spoken."""

    SLOW = "slow"
    NORMAL = "normal"
    FAST = "fast"


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words to be spoken now; `volume` is 1 to 5. An empty text says nothing more."""

    text: Personal = field(repr=False)
    language: Language
    volume: int = 3
    pace: Pace = Pace.NORMAL
