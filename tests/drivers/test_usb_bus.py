"""Runs the tests that need a USB bus on a simulated one, where the real libusb and libudev read it.

umockdev's library has to be in a program from its start, so they run in a pytest of their own.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def bus() -> Iterator[str]:
    """A directory with a short name: the bus has Unix sockets in it."""
    if shutil.which("umockdev-wrapper") is None:
        pytest.skip("umockdev is missing: ./run setup installs it")
    with TemporaryDirectory(prefix="usb-") as directory:
        yield directory


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("paths", "least"),
    [(["tests/drivers/usb"], 40), (["tests/drivers/contract", "-k", "USB"], 18)],
    ids=["usb", "contract"],
)
def test_on_a_simulated_bus(bus: str, paths: list[str], least: int) -> None:
    """All of them pass, none is skipped, and none was forgotten."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *paths]
    done = subprocess.run(
        ["umockdev-wrapper", *command],
        cwd=ROOT,
        env={**os.environ, "UMOCKDEV_DIR": bus},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
    last = done.stdout.strip().splitlines()[-1]
    passed = re.match(r"(\d+) passed", last)
    assert passed is not None, last
    assert int(passed[1]) >= least, last
    assert "skipped" not in last
