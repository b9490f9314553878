"""How the residents look, invented as they are: what a face is drawn after.

Lengths are in parts of the head's scale, colours blue, green, red.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Look:
    """One person's looks.

    `eyes` is how far each eye is from the middle, `mouth` half its width, `nose` and `chin` how far
    down they reach, `jaw` how much narrower the face becomes, `brow` how thick. `fringe` is how far
    hair comes down the forehead, `long` how far beside the face; 0 leaves the ears free.
    """

    skin: Colour = (150, 178, 222)
    hair: Colour = (28, 26, 30)
    coat: Colour = (120, 84, 60)
    iris: Colour = (30, 40, 62)
    lips: Colour = (102, 106, 184)
    lashes: Colour = (32, 30, 38)
    eyes: float = 0.36
    mouth: float = 0.3
    nose: float = 0.34
    jaw: float = 0.18
    brow: float = 1.0
    fringe: float = 0.0
    long: float = 0.0


LOOKS: Mapping[str, Look] = {
    "wang": Look(
        skin=(146, 172, 212),
        hair=(176, 178, 182),
        coat=(96, 60, 104),
        lips=(112, 112, 172),
        lashes=(92, 92, 98),
        eyes=0.34,
        mouth=0.26,
        nose=0.36,
        jaw=0.1,
        brow=0.7,
    ),
    "li": Look(
        skin=(128, 158, 206),
        hair=(20, 20, 22),
        coat=(70, 92, 44),
        eyes=0.37,
        mouth=0.34,
        nose=0.33,
        jaw=0.06,
        brow=1.7,
        fringe=-0.12,
    ),
    "chan": Look(
        skin=(160, 190, 232),
        hair=(40, 52, 84),
        coat=(60, 60, 170),
        lips=(80, 74, 196),
        eyes=0.38,
        mouth=0.28,
        nose=0.3,
        jaw=0.24,
        brow=0.9,
        fringe=0.16,
        long=1.0,
    ),
    "anna": Look(
        skin=(176, 200, 238),
        hair=(104, 158, 208),
        coat=(150, 120, 40),
        iris=(150, 110, 60),
        lips=(110, 104, 204),
        lashes=(70, 96, 124),
        eyes=0.35,
        mouth=0.32,
        nose=0.38,
        jaw=0.28,
        brow=0.8,
        fringe=-0.06,
        long=1.5,
    ),
    "xiao": Look(
        skin=(156, 186, 230),
        hair=(24, 22, 26),
        coat=(190, 160, 60),
        lips=(112, 112, 200),
        eyes=0.4,
        mouth=0.22,
        nose=0.28,
        jaw=0.3,
        brow=0.8,
        fringe=0.28,
        long=0.6,
    ),
    "zhao": Look(
        skin=(118, 146, 190),
        hair=(96, 98, 102),
        coat=(52, 50, 48),
        lips=(92, 96, 158),
        lashes=(48, 48, 54),
        eyes=0.33,
        mouth=0.36,
        nose=0.4,
        jaw=0.02,
        brow=2.0,
        fringe=-0.3,
    ),
}
"""By the residents' keys."""
