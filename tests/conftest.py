"""Fixtures for every test, and the rule of skipping.

A test may skip itself where a program is missing, so that work goes on anywhere. Where the whole
environment is promised (CI=true after ./run setup) a skip counts as a failure, unless its reason
begins with "optional:".
"""

from __future__ import annotations

import gc
import os
import shutil
import socket
import sys
import threading
from collections.abc import Generator, Iterator
from itertools import islice
from pathlib import Path

import hypothesis
import psutil
import pytest

from sandbox.display import VirtualDisplay

# Times depend on the machine, so no example has a deadline; where a change is judged, the examples
# are the same each time, and work at a desk explores new ones.
hypothesis.settings.register_profile("desk", deadline=None)
hypothesis.settings.register_profile("judged", deadline=None, derandomize=True)
hypothesis.settings.load_profile("judged" if os.environ.get("CI") == "true" else "desk")

LONG = 300.0  # seconds; a test that asks for so many is one of the longest
PATIENCE = 3.0  # seconds that threads and children get to end after a test


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure where nothing may be missing."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if not reason.removeprefix("Skipped: ").startswith("optional:"):
            report.outcome = "failed"
            report.longrepr = f"skipped where nothing may be missing: {reason}"
    return report


def pytest_collection() -> None:
    """Look for no garbage while every module is read: there is none worth a look."""
    gc.disable()


@pytest.hookimpl(trylast=True)  # once nothing is left out any more
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have every worker begin with its share of the longest tests, so that none ends with one.

    xdist deals out one stretch of the list to each; who is through takes from the others' ends.
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if workers > 1:
        items[:] = _dealt(items, workers)


def _dealt(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """The tests as so many stretches, as long as xdist makes them, the longest tests first."""
    longest = sorted((i for i in items if _asked(i) >= LONG), key=_asked, reverse=True)
    others = (item for item in items if _asked(item) < LONG)
    dealt: list[pytest.Item] = []
    for worker in range(workers):
        share = longest[worker::workers]
        size = (len(items) - len(dealt)) // (workers - worker)
        dealt += [*share, *islice(others, max(size - len(share), 0))]
    return dealt


def _asked(item: pytest.Item) -> float:
    """The seconds that a test asks for, where it needs more than others."""
    marker = item.get_closest_marker("timeout")
    return float(marker.args[0]) if marker else 0.0


def pytest_collection_finish() -> None:
    """See that no test brings Kivy in here, which opens a window and takes over all logging.

    Screens are tried in processes of their own. What the tests are made of stays to the end: more
    than half a million objects, which `no_leaks` need not look through after each of its tests.
    """
    gc.collect()
    gc.freeze()
    gc.enable()
    if "kivy" in sys.modules:
        raise pytest.UsageError("a test module imports Kivy: leave that to a process of its own")


@pytest.fixture
def free_port() -> int:
    """A TCP port on loopback that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """A screen of 1920 by 1920 for this worker, and DISPLAY set to it."""
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is missing: ./run setup installs it")
    with VirtualDisplay(1920, 1920) as screen, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", screen.name)
        yield screen.name


@pytest.fixture
def no_leaks() -> Iterator[None]:
    """Fails the test when a thread, a child process or an open file outlives it.

    Ask for it before the fixtures that open things, so that it looks after they are closed.
    """
    threads, children, files = _threads(), _children(), _files()
    yield
    for thread in _threads() - threads:
        thread.join(PATIENCE)
    psutil.wait_procs(_children() - children, timeout=PATIENCE)
    gc.collect()
    left = [
        *(f"thread {thread.name}" for thread in _threads() - threads),
        *(f"process {child.pid} {child.name()}" for child in _children() - children),
        *(f"open file {name}" for name in _files() - files),
    ]
    if left:
        pytest.fail(f"left behind: {', '.join(left)}")


def _threads() -> set[threading.Thread]:
    """All threads but the event loop's own pool, which lives as long as the loop."""
    return {thread for thread in threading.enumerate() if not thread.name.startswith("asyncio_")}


def _children() -> set[psutil.Process]:
    return set(psutil.Process().children(recursive=True))


def _files() -> set[str]:
    """Each open descriptor with what it leads to."""
    names = set()
    for link in Path("/proc/self/fd").iterdir():
        try:
            names.add(f"{link.name} -> {link.readlink()}")
        except FileNotFoundError:
            continue  # the one this listing itself uses
    return names
