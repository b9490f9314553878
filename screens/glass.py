"""What a window is to be, and Kivy's environment, settled before Kivy is imported."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Usages:
    """The keys of the keypad beside the screen, and of its socket for earphones.

    Each is a USB usage of a keyboard (HID Usage Tables, page 0x07), as the keypad's manual has it.
    """

    up: int = 0x52
    down: int = 0x51
    left: int = 0x50
    right: int = 0x4F
    select: int = 0x28
    earphones_in: int = 0x6A  # F15
    earphones_out: int = 0x6B  # F16


@dataclass(frozen=True, slots=True)
class Glass:
    """The window: `scratch` is a directory of its own for fonts; nothing personal goes there.

    Size and place are in pixels; fullscreen takes the size of the screen instead. Portrait or
    landscape follows from the size.
    """

    scratch: Path
    size: tuple[int, int] = (1080, 1920)
    place: tuple[int, int] = (0, 0)
    fullscreen: bool = False
    cursor: bool = False
    keypad: Usages = Usages()


def prepare(glass: Glass) -> None:
    """Set Kivy's environment. It has to happen before the first import of Kivy, and only once."""
    os.environ.update(
        {
            "KIVY_HOME": str(glass.scratch),
            "KIVY_NO_ARGS": "1",
            "KIVY_NO_CONFIG": "1",  # nothing is read from or written to a file
            "KIVY_NO_FILELOG": "1",
            "KIVY_NO_CONSOLELOG": "1",
            "KIVY_LOG_MODE": "PYTHON",  # standard error stays ours
            **{f"KCFG_{key}".upper(): str(value) for key, value in _settings(glass).items()},
        }
    )


def _settings(glass: Glass) -> dict[str, object]:
    """Kivy's configuration, as section_option."""
    return {
        "kivy_log_level": "warning",
        "kivy_exit_on_escape": 0,
        "graphics_width": glass.size[0],
        "graphics_height": glass.size[1],
        "graphics_position": "custom",
        "graphics_left": glass.place[0],
        "graphics_top": glass.place[1],
        "graphics_fullscreen": "auto" if glass.fullscreen else 0,
        "graphics_borderless": 1,
        "graphics_resizable": 0,
        "graphics_show_cursor": int(glass.cursor),
        "graphics_allow_screensaver": 0,
        "graphics_multisamples": 0,  # edges are smoothed by the shapes themselves
        "graphics_maxfps": 60,
        "input_mouse": "mouse,disable_multitouch",  # no red dots by the second button
    }
