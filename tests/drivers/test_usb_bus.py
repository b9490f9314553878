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


FILES = sorted(path.name for path in (ROOT / "tests/drivers/usb").glob("test_*.py"))


@pytest.mark.timeout(300)
@pytest.mark.parametrize("file", FILES)
def test_on_a_simulated_bus(bus: str, file: str) -> None:
    """All of them pass, and none is skipped."""
    assert run(bus, f"tests/drivers/usb/{file}") > 0


@pytest.mark.timeout(900)  # half a minute for each driver
def test_the_contract_of_drivers_on_a_simulated_bus(bus: str) -> None:
    """Every driver of a device on USB keeps the contract; no rig was forgotten."""
    rigs = list((ROOT / "tests/drivers/contract").glob("rig_*_usb.py"))
    assert run(bus, "tests/drivers/contract", "-k", "USB") >= 9 * len(rigs)


def run(bus: str, *chosen: str) -> int:
    """Run tests with that bus in the place of the machine's; how many passed."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    # A call that is not answered takes no signals: only another thread can end it.
    command += ["--timeout-method", "thread", *chosen]
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
    assert "skipped" not in last
    return int(passed[1])
