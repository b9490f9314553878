"""The shared fixtures and the rule of skipping do what they say; seen from inside a small run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def outcome(tmp_path: Path, test: str, **environment: str) -> str:
    """What pytest says of one small test file that has our conftest."""
    for name in ("tests/conftest.py", "pyproject.toml"):
        file = tmp_path / Path(name).name
        file.write_text((ROOT / name).read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "test_small.py").write_text(test, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_small.py"]
    inherited = {key: value for key, value in os.environ.items() if key != "CI"}
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env=inherited | {"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


LEAKS = """
import asyncio, subprocess, threading
kept = []

def test_thread(no_leaks):
    threading.Thread(target=threading.Event().wait, name="stray", daemon=True).start()

def test_process(no_leaks):
    kept.append(subprocess.Popen(["sleep", "30"]))

def test_file(no_leaks):
    kept.append(open("/dev/zero"))

async def test_tidy(no_leaks):
    kept[0].kill()
    kept[0].wait()
    await asyncio.to_thread(open("/dev/null").close)
"""


def test_what_outlives_a_test_is_found(tmp_path: Path) -> None:
    """no_leaks names a thread, a child process or an open file left behind; asyncio's pool may."""
    shown = outcome(tmp_path, LEAKS)
    assert "left behind: thread stray" in shown
    assert "left behind: process" in shown
    assert "/dev/zero" in shown
    assert "4 passed, 3 errors" in shown


SKIPS = """
import pytest

def test_missing():
    pytest.skip("no Xvfb")

def test_optional():
    pytest.skip("optional: no systemd")
"""


@pytest.mark.parametrize(("ci", "expected"), [("", "2 skipped"), ("true", "1 failed, 1 skipped")])
def test_nothing_is_skipped_quietly(tmp_path: Path, ci: str, expected: str) -> None:
    """Where set-up promises everything, a skip is a failure unless it says it is optional."""
    assert expected in outcome(tmp_path, SKIPS, CI=ci)


LONG_ONES = """
import pytest
order = []

def test_a():
    order.append("a")

def test_b():
    order.append("b")

@pytest.mark.timeout(300)
def test_c():
    order.append("c")

@pytest.mark.timeout(900)
def test_d():
    order.append("d")

def teardown_module():
    assert order == EXPECTED
"""


@pytest.mark.parametrize(("workers", "order"), [("1", "abcd"), ("2", "dacb"), ("3", "dcab")])
def test_workers_begin_with_the_longest_tests(tmp_path: Path, workers: str, order: str) -> None:
    """Each stretch that xdist deals out begins with its share of them; alone the order stays."""
    test = LONG_ONES.replace("EXPECTED", repr(list(order)))
    shown = outcome(tmp_path, test, PYTEST_XDIST_WORKER_COUNT=workers)
    assert "4 passed" in shown
    assert "error" not in shown
