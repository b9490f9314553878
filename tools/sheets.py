"""Makes docs/screens: every kind of screen in every look and language, by ./run docs --screens.

A test holds them against the screens as they are: whoever changes a screen looks at these pictures.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parents[1] / "docs" / "screens"
LOOKS: Final = ("calm", "contrast", "elder", "low")
LANGUAGES: Final = ("zh-CN", "en")
UPRIGHT, LYING = "1080x1920", "1920x1080"

Sheet = tuple[str, str, str]
"""A size, a look and a language."""

SHEETS: Final[tuple[Sheet, ...]] = (
    *((UPRIGHT, look, language) for look in LOOKS for language in LANGUAGES),
    *((LYING, "calm", language) for language in LANGUAGES),
)


def path_of(sheet: Sheet) -> Path:
    """Where a sheet is kept."""
    size, look, language = sheet
    shape = "upright" if size == UPRIGHT else "lying"
    return FOLDER / f"{shape}-{look}-{language}.png"


def make() -> Iterator[Path]:
    """Write every sheet, two at a time."""
    FOLDER.mkdir(exist_ok=True)
    with ThreadPoolExecutor(2) as pool:
        yield from pool.map(_draw, SHEETS)


def _draw(sheet: Sheet) -> Path:
    size, look, language = sheet
    options = ("--size", size, "--look", look, "--language", language)
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "kiosk",
        "gallery",
        *options,
        "--sheet",
        path_of(sheet),
    ]
    subprocess.run(command, check=True)
    return path_of(sheet)
