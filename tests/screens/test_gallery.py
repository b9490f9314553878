"""Every view in every state, both languages, both orientations: as a strict reader sees it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

import pytest
from PIL import Image, ImageDraw

from kiosk.core.catalogue import Language
from kiosk.core.troubles import Trouble
from kiosk.core.views import Body, FaultView, PrintState, View
from screens import contact_sheet
from screens.samples import samples
from screens.samples.looks import LOOKS
from tools import sheets

UPRIGHT, LYING, SMALL = "1080x1920", "1920x1080", "1366x768"
# A look that changes colours alone is cut nowhere else than the calm one.
LOOKS_OF = {
    UPRIGHT: tuple(LOOKS),
    LYING: ("calm", "largest", "low", "all"),
    SMALL: ("calm", "elder", "all"),
}
SHOWN = [
    (size, look, language)
    for size, looks in LOOKS_OF.items()
    for look in looks
    for language in Language
]
DRAWN = (SMALL, "calm", Language.CHINESE)  # the smallest: a picture costs by its pixels
TILE = {UPRIGHT: (216, 384), LYING: (384, 216)}  # a picture on a sheet


def gallery(*options: str | Path) -> tuple[str, str, int]:
    """What the gallery says, on both lines, and its exit status."""
    command = [sys.executable, "-m", "kiosk", "gallery", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout, done.stderr, done.returncode


@pytest.mark.parametrize(("size", "look", "language"), SHOWN)
@pytest.mark.usefixtures("display")
@pytest.mark.timeout(300)
def test_nothing_is_cut_crowded_small_or_faint(
    tmp_path: Path, size: str, look: str, language: Language
) -> None:
    """The gallery shows every sample and finds no fault.

    Where the handbook has a sheet of all kinds of screens, they still look like that; on one size
    every sample is drawn.
    """
    sheet, kept = tmp_path / "sheet.png", sheets.path_of((size, look, language))
    pictures = ("--out", tmp_path / "out") if (size, look, language) == DRAWN else ()
    drawn = ("--sheet", sheet) if (size, look, language) in sheets.SHEETS else ()
    how = ("--size", size, "--look", look, "--language", language)
    assert gallery(*how, *pictures, *drawn) == ("", "", 0)
    if pictures:
        written = {path.stem for path in (tmp_path / "out").glob("*.png")}
        assert written == {name for name, _ in samples(language)}
    if drawn:
        assert kept.exists(), f"{kept.name} is missing; ./run docs --screens makes it"
        with Image.open(sheet) as now, Image.open(kept) as before:
            changed = contact_sheet.differences(before, now, TILE[size])
        kinds = kinds_of(samples(language))
        names = [kinds[n] if n >= 0 else "the number of screens" for n in changed]
        assert names == [], "look at them, then make them anew by ./run docs --screens"


def kinds_of(shown: Iterable[tuple[str, View]]) -> list[str]:
    """The sample of each kind that is on a sheet, in order."""
    first: dict[type[Body], str] = {}
    for name, view in shown:
        first.setdefault(type(view.body), name)
    return list(first.values())


def test_a_changed_screen_is_seen() -> None:
    """Another word on one picture of a sheet names that one; smoothing of edges names none."""
    pictures = [Image.new("RGB", (216, 384), (243, 246, 251)) for _ in range(12)]
    before = contact_sheet.laid_out(pictures)
    ImageDraw.Draw(pictures[10]).rectangle((40, 100, 52, 112), (11, 52, 119))
    ImageDraw.Draw(pictures[3]).point((50, 50), (11, 52, 119))
    assert contact_sheet.differences(before, contact_sheet.laid_out(pictures), (216, 384)) == [10]
    assert contact_sheet.differences(before, contact_sheet.laid_out(pictures[:9]), (216, 384)) == [
        -1
    ]


def test_samples_cover_every_view() -> None:
    """No kind of body, no state of the receipt and no trouble is missing from the samples."""
    bodies = [view.body for _, view in samples(Language.CHINESE)]
    assert {type(body) for body in bodies} == set(get_args(Body))
    prints = {type(body.print) for body in bodies if hasattr(body, "print")}
    assert prints == set(get_args(PrintState))
    assert {body.trouble for body in bodies if isinstance(body, FaultView)} == set(Trouble)
