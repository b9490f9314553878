"""A thousand visits through one window: what they leave."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sandbox.display import VirtualDisplay
from tests.bench.bench_glass import PROGRAM, SIZE
from tests.bench.glass import VISIT
from tests.bench.row import Row
from tests.screens.conftest import Stage

FIRST, VISITS, LOOK = 20, 1000, 100
GOAL = 5.0  # MB


def run() -> Iterator[Row]:
    """Whole visits, one after the other: by finger and keypad, with elder mode on and off again."""
    with (
        tempfile.TemporaryDirectory() as scratch,
        VirtualDisplay(*SIZE) as display,
        Stage(display.name, SIZE, Path(scratch), PROGRAM) as stage,
    ):
        pss: dict[int, float] = {}
        needs: dict[int, float] = {}
        for visit in range(1, VISITS + 1):
            for at in range(len(VISIT)):
                stage.ask("screen_of_visit", number=visit, at=at)
            if visit == FIRST or visit % LOOK == 0:
                pss[visit], needs[visit] = stage.ask("pss"), stage.ask("memory")
                print(f"bench: after {visit} visits {pss[visit]:.1f} MB", file=sys.stderr)
    yield Row(f"memory of the window after {FIRST} visits (PSS)", pss[FIRST], "MB")
    name = f"growth from visit {FIRST} to visit {VISITS}"
    yield Row(f"{name} (PSS)", pss[VISITS] - pss[FIRST], "MB", GOAL, "the goal")
    source = "the goal; without what malloc keeps"
    yield Row(f"{name} (needed)", needs[VISITS] - needs[FIRST], "MB", GOAL, source)
