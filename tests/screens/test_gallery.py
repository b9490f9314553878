"""Every view in every state, both languages, both orientations: as a strict reader sees it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from kiosk.core.catalogue import Language
from kiosk.core.troubles import Trouble
from kiosk.core.views import Body, FaultView, PrintState
from screens.samples import samples

SIZES = ("1080x1920", "1920x1080", "1366x768")
DRAWN = ("1366x768", Language.CHINESE)  # the smallest: a picture costs by its pixels


def gallery(*options: str | Path) -> tuple[str, str, int]:
    """What the gallery says, on both lines, and its exit status."""
    command = [sys.executable, "-m", "kiosk", "gallery", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout, done.stderr, done.returncode


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.usefixtures("display")
@pytest.mark.timeout(300)
def test_nothing_is_cut_crowded_small_or_faint(
    tmp_path: Path, size: str, language: Language
) -> None:
    """The gallery shows every sample and finds no fault; once each is drawn, too."""
    pictures = ("--out", tmp_path) if (size, language) == DRAWN else ()
    assert gallery("--size", size, "--language", language, *pictures) == ("", "", 0)
    if pictures:
        drawn = {path.stem for path in tmp_path.glob("*.png")}
        assert drawn == {name for name, _ in samples(language)}


def test_samples_cover_every_view() -> None:
    """No kind of body, no state of the receipt and no trouble is missing from the samples."""
    bodies = [view.body for _, view in samples(Language.CHINESE)]
    assert {type(body) for body in bodies} == set(get_args(Body))
    prints = {type(body.print) for body in bodies if hasattr(body, "print")}
    assert prints == set(get_args(PrintState))
    assert {body.trouble for body in bodies if isinstance(body, FaultView)} == set(Trouble)
