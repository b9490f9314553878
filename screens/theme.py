"""The design tokens: colour, type, space. Calm public service: deep blue, white, one warm accent.

Colours are those of the palette that is worn, calm or of high contrast (`wear`); widgets take them
when they are made, so whoever changes the palette makes them anew.

Lengths are in pixels of the design, a 21.5" screen of 1080×1920 or 1920×1080 (4 px/mm); `dp()`
scales them to the window, since `scale` of it becomes Kivy's density.
"""

from __future__ import annotations

from typing import Final

from kiosk.core.comfort import Comfort, TextSize

Colour = tuple[float, float, float, float]

WHITE: Colour
PAPER: Colour  # the ground of every screen of a visit
INK: Colour  # text
QUIET: Colour  # text of the second rank
LINE: Colour  # borders
DEEP: Colour  # the colour of actions
DEEPER: Colour  # the same, pressed
PALE: Colour  # surfaces that carry dark text
MIST: Colour  # pressed pale surfaces
WARM: Colour  # the accent: where to look and act
WARM_DEEP: Colour  # its edge
WARM_PALE: Colour  # the ground of notices
RED: Colour  # the red light of time supervision, never without words
RED_PALE: Colour  # its ground
SHUT: Colour  # what cannot be touched now
FOCUS: Colour  # the ring around what the keypad is at
NIGHT: Colour  # the ground while nobody is there, or nothing is left to do
NIGHT_INK: Colour  # text on it
NIGHT_QUIET: Colour  # text of the second rank on it
NIGHT_SHADE: Colour  # drawings on it, and what is pressed there
CLEAR: Final[Colour] = (0.0, 0.0, 0.0, 0.0)
AS_IT_IS: Final[Colour] = (1.0, 1.0, 1.0, 1.0)  # pictures, whatever is worn

# Each token's colour: calm, and of high contrast. What is light in one is dark in the other.
_COLOURS: Final = {
    "WHITE": ("FFFFFF", "000000"),
    "PAPER": ("F3F6FB", "000000"),
    "INK": ("0E1B2E", "FFFFFF"),
    "QUIET": ("3A4759", "F2F2F2"),
    "LINE": ("CBD5E3", "FFFFFF"),
    "DEEP": ("0B3477", "FFE24A"),
    "DEEPER": ("072454", "FFC93C"),
    "PALE": ("E3ECF9", "1C1C1C"),
    "MIST": ("C9DBF5", "333333"),
    "WARM": ("FFB547", "9A3B00"),
    "WARM_DEEP": ("F09A1A", "8F3600"),
    "WARM_PALE": ("FFF1D6", "2E1600"),
    "RED": ("A11B16", "FF9C94"),
    "RED_PALE": ("FDEAE8", "3A0A08"),
    "SHUT": ("E4E8EE", "2B2B2B"),
    "FOCUS": ("D4007F", "00E5FF"),
    "NIGHT": ("0B3477", "000000"),
    "NIGHT_INK": ("FFFFFF", "FFFFFF"),
    "NIGHT_QUIET": ("C9DBF5", "F2F2F2"),
    "NIGHT_SHADE": ("072454", "333333"),
}

PIXELS_PER_MM: Final = 4

# --- type, in design pixels; nothing is smaller than SMALL ---
SMALL: Final = 34
BODY: Final = 38
LEAD: Final = 46
HEADING: Final = 56
TITLE: Final = 68
GIANT: Final = 264

# --- space ---
MARGIN: Final = 64
RADIUS: Final = 24
TARGET: Final = 80  # the least height of whatever is touched: 20 mm
ACTION: Final = 136  # the height of a main action

# What each surface may carry: checked to have a contrast of at least 7:1 in every palette.
TEXT_ON: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("INK", ("PAPER", "WHITE", "PALE", "MIST", "WARM", "WARM_DEEP", "WARM_PALE", "SHUT")),
    ("INK", ("RED_PALE",)),
    ("QUIET", ("PAPER", "WHITE", "PALE", "WARM_PALE", "SHUT")),
    ("DEEP", ("PAPER", "WHITE", "PALE", "MIST")),
    ("WHITE", ("DEEP", "DEEPER", "RED")),
    ("NIGHT_INK", ("NIGHT", "NIGHT_SHADE")),
    ("NIGHT_QUIET", ("NIGHT",)),
)

_FEW_WORDS: Final = 1.3
_ZOOM: Final = {TextSize.NORMAL: 1.0, TextSize.LARGE: 1.2, TextSize.LARGEST: 1.4}


class Worn:
    """What is worn now: a palette, and how much larger type is than the design says."""

    def __init__(self) -> None:
        self.palette: dict[str, Colour] = {}
        self.zoom = 1.0
        self.wear(Comfort())

    def wear(self, comfort: Comfort) -> None:
        """Take the palette and the type that somebody wants; for widgets made from now on."""
        of_high_contrast = int(comfort.contrast)
        self.palette = {name: _hex(codes[of_high_contrast]) for name, codes in _COLOURS.items()}
        self.zoom = _ZOOM[comfort.text]


def _hex(code: str) -> Colour:
    red, green, blue = (int(code[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return (red, green, blue, 1.0)


_worn: Final = Worn()
wear: Final = _worn.wear


def zoom() -> float:
    """How many times as large as in the design type is now."""
    return _worn.zoom


def is_large() -> bool:
    """Whether type is so large that only a few words stand in a line."""
    return zoom() > _FEW_WORDS


def __getattr__(name: str) -> Colour:
    """A colour of the palette that is worn (PEP 562)."""
    try:
        return _worn.palette[name]
    except KeyError:
        raise AttributeError(f"there is no token {name}") from None


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, 1.4.3)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue, _ = colour
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def is_wide(width: float, height: float) -> bool:
    """Whether content stands side by side (landscape) rather than one below the other."""
    return width > height


def scale(width: float, height: float) -> float:
    """How large a design pixel is in a window of this size."""
    across, up = (1920, 1080) if is_wide(width, height) else (1080, 1920)
    return min(width / across, height / up)
