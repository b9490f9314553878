"""A real process, a real platform and SIGKILL: each wish arrives once, pages and all."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sandbox.platform.faults import Mode
from sandbox.platform.server import PlatformServer

PROGRAM = Path(__file__).with_name("terminal_to_kill.py")
ROOT = Path(__file__).parents[3]
ENV = {**os.environ, "PYTHONPATH": str(ROOT)}


@contextmanager
def terminal(state: Path, url: str, *ask: str) -> Iterator[subprocess.Popen[str]]:
    """The process; what is left of it at the end is killed."""
    command: list[str | Path] = [sys.executable, PROGRAM, state, url, *ask]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=ENV) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_for(process: subprocess.Popen[str], line: str) -> list[str]:
    """All it said up to that line."""
    assert process.stdout is not None
    said: list[str] = []
    for each in process.stdout:
        said.append(each.strip())
        if line in each:
            return said
    pytest.fail(f"it ended before it said {line!r}: {said}")


def finish(state: Path, server: PlatformServer) -> list[str]:
    """What the next start of the terminal says, with everything in order again."""
    server.faults(Mode.OFF)
    with terminal(state, server.address) as process:
        said = wait_for(process, "all sent")
        assert process.wait(10) == 0
    return said


def arrived(server: PlatformServer) -> int:
    """How many cases and complaints the platform has."""
    registry = server.office.registry
    return registry.count("filed_case") + registry.count("complaint")


@pytest.mark.parametrize("mode", [Mode.DROP_BEFORE, Mode.DROP_AFTER, Mode.SLOW])
def test_a_kept_request_survives_the_end_of_the_process(
    tmp_path: Path, server: PlatformServer, mode: Mode
) -> None:
    """Killed while it tries again, whatever stood in its way, the terminal sends it afterwards."""
    state, before = tmp_path / "state", arrived(server)
    server.faults(mode, seconds=1.0)
    with terminal(state, server.address, "membership") as process:
        wait_for(process, "told Kept")
    assert "1 left over" in finish(state, server)
    assert arrived(server) == before + 1


@pytest.mark.parametrize("milliseconds", [0, 10, 20, 30, 50, 80])
def test_a_request_is_never_made_twice_wherever_it_is_cut(
    tmp_path: Path, server: PlatformServer, milliseconds: int
) -> None:
    """Killed at any moment of a request, it arrives if it was written down, else not."""
    state, before = tmp_path / "state", arrived(server)
    with terminal(state, server.address, "membership") as process:
        wait_for(process, "asking")
        time.sleep(milliseconds / 1000)  # the moment of the cut is what is varied
    cut = arrived(server) - before
    left_over = "1 left over" in finish(state, server)
    assert arrived(server) - before == max(cut, int(left_over))


@pytest.mark.parametrize("wish", ["proof", "membership", "complaint"])
def test_what_is_done_is_not_done_again(tmp_path: Path, server: PlatformServer, wish: str) -> None:
    """Killed after the answer, the terminal starts with nothing left over."""
    state, before = tmp_path / "state", arrived(server)
    with terminal(state, server.address, wish) as process:
        wait_for(process, "all sent")
    assert finish(state, server)[0] == "0 left over"
    assert arrived(server) == before + 1
