"""The time of a demonstration: real processes, whose wall clock is moved and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.core.legal_time import BEIJING
from sandbox.control import ControlError
from sandbox.shared_time import SharedTime

CLOCK = """
import sys, time
for line in sys.stdin:
    time.sleep(0.01)
    print(time.time(), time.monotonic(), flush=True)
"""


@pytest.fixture
def shared(tmp_path: Path) -> SharedTime:
    """Time as it is."""
    return SharedTime(tmp_path)


@pytest.fixture
def clock(shared: SharedTime) -> Iterator[Callable[[], tuple[float, float]]]:
    """Asks a process that shares the time for its wall clock and its steady one."""
    process = subprocess.Popen(
        [sys.executable, "-c", CLOCK],
        env={**os.environ, **shared.environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None

    def look() -> tuple[float, float]:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("\n")
        process.stdin.flush()
        wall, steady = process.stdout.readline().split()
        return float(wall), float(steady)

    yield look
    process.stdin.close()
    process.wait()
    process.stdout.close()


def test_a_running_process_follows_at_once_and_measures_on(
    shared: SharedTime, clock: Callable[[], tuple[float, float]]
) -> None:
    """Three days on, its wall clock is there; the clock by which it waits has not moved."""
    wall, steady = clock()
    shared.jump("3")
    then, steady_then = clock()
    passed = steady_then - steady
    assert then - wall - passed == pytest.approx(timedelta(days=3).total_seconds(), abs=1)


def test_jumps_add_up_and_an_hour_comes_next(shared: SharedTime) -> None:
    """After two jumps of a day it is two days later; 23:00 comes within a day, never back."""
    for line in (["jump", "1"], ["jump", "1"]):
        shared.actor.act(line)
    ahead = shared.now() - datetime.now(BEIJING)
    assert abs(ahead - timedelta(days=2)) < timedelta(minutes=1)
    before = shared.now()
    said = shared.actor.act(["at", "23:00"])
    assert "23:00" in said
    assert timedelta(0) < shared.now() - before <= timedelta(days=1, minutes=1)


@pytest.mark.parametrize(
    "line", ["jump", "jump -1", "jump x", "jump nan", "jump 1e9", "at", "at 25:00", "back 1"]
)
def test_nonsense_is_told_what_can_be_said(shared: SharedTime, line: str) -> None:
    """Time never goes back, and not farther than dates do."""
    before = shared.now()
    with pytest.raises(ControlError, match=r"time jump\|at"):
        shared.actor.act(line.split())
    assert shared.now() - before < timedelta(hours=1)
