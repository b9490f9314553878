"""The design tokens: colour, type, space. Calm public service: deep blue, white, one warm accent.

Lengths are in pixels of the design, a 21.5" screen of 1080×1920 or 1920×1080 (4 px/mm); `dp()`
scales them to the window, since `scale` of it becomes Kivy's density.
"""

from __future__ import annotations

from typing import Final

Colour = tuple[float, float, float, float]


def _hex(code: str) -> Colour:
    red, green, blue = (int(code[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return (red, green, blue, 1.0)


CLEAR: Final[Colour] = (0.0, 0.0, 0.0, 0.0)
WHITE: Final = _hex("FFFFFF")
PAPER: Final = _hex("F3F6FB")  # the ground of every screen of a visit
INK: Final = _hex("0E1B2E")  # text
QUIET: Final = _hex("3A4759")  # text of the second rank
LINE: Final = _hex("CBD5E3")  # borders
DEEP: Final = _hex("0B3477")  # the blue of actions, and the ground when nobody is there
DEEPER: Final = _hex("072454")  # the same, pressed
PALE: Final = _hex("E3ECF9")  # blue surfaces that carry dark text
MIST: Final = _hex("C9DBF5")  # light text of the second rank on DEEP; pressed pale surfaces
WARM: Final = _hex("FFB547")  # the accent: where to look and act
WARM_DEEP: Final = _hex("F09A1A")  # its edge
WARM_PALE: Final = _hex("FFF1D6")  # the ground of notices
RED: Final = _hex("A11B16")  # the red light of time supervision, never without words
RED_PALE: Final = _hex("FDEAE8")  # its ground
SHUT: Final = _hex("E4E8EE")  # what cannot be touched now

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

# What each surface may carry: checked to have a contrast of at least 7:1.
TEXT_ON: Final[tuple[tuple[Colour, Colour], ...]] = (
    (INK, PAPER),
    (INK, WHITE),
    (INK, PALE),
    (INK, MIST),
    (INK, WARM),
    (INK, WARM_DEEP),
    (INK, WARM_PALE),
    (INK, SHUT),
    (INK, RED_PALE),
    (WHITE, RED),
    (QUIET, PAPER),
    (QUIET, WHITE),
    (QUIET, PALE),
    (QUIET, WARM_PALE),
    (QUIET, SHUT),
    (DEEP, PAPER),
    (DEEP, WHITE),
    (DEEP, PALE),
    (DEEP, MIST),
    (WHITE, DEEP),
    (WHITE, DEEPER),
    (MIST, DEEP),
    (WARM, DEEPER),
)


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
