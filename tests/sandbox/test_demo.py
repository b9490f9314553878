"""The demonstration, as `./run demo --once --headless` runs it."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from functools import partial
from pathlib import Path

import psutil
import pytest
from PIL import Image

from sandbox import ipp, scenario
from sandbox.control import ask
from sandbox.demo import fitting
from sandbox.platform.offer import PROOF_CODE
from sandbox.staff import PINS
from tests.waiting import eventually

pytestmark = pytest.mark.timeout(300)

SCREENS = {
    *("attract", "home", "listing", "notice", "identify", "consent", "promise", "question"),
    *("provide", "scan", "review", "signature", "working", "issued", "accepted", "rating"),
    *("ask_how", "case", "noted", "farewell"),
}


def demo(out: Path, *words: str) -> subprocess.Popen[str]:
    """The demonstration, without a display of its own to use."""
    environment = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
    return subprocess.Popen(
        [sys.executable, "-m", "sandbox", "demo", "--out", out, *words],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.mark.parametrize("by", ["finger", "keypad"])
def test_visits_leave_everything_behind(tmp_path: Path, by: str) -> None:
    """A proof at once, a newborn child's bundle, its progress, a complaint, a print on paper.

    By real touches, and by the keypad's five keys alone: every screen is reached, filled and left.
    Exit status 0, every screen's picture, the receipts, the certificate and the fleet page.
    """
    visits = ["proof", "newborn", "progress", "complaint"]
    if not ipp.missing():
        visits.append("certificate")
    out = tmp_path / "out"
    visited = (f"--visit={visit}" for visit in visits)
    process = demo(out, "--once", "--headless", f"--by={by}", *visited)
    said, _ = process.communicate()
    assert process.returncode == 0, said
    visit = json.loads((out / "visit.json").read_text(encoding="utf-8"))
    assert visit["ended_well"]
    assert {step["screen"] for step in visit["steps"]} >= SCREENS
    for step in visit["steps"]:
        with Image.open(out / step["picture"]) as picture:
            assert picture.size == (1080, 1920)
    assert b"\x1b@" in (out / "receipt.bin").read_bytes()
    with Image.open(out / "receipt.png") as receipt:
        assert receipt.height > 400
    assert (out / "certificate.pdf").read_bytes().startswith(b"%PDF")
    with Image.open(out / "fleet.png") as page:
        assert len(set(page.convert("L").getdata())) > 10


def test_staff_come_in_and_leave_nothing_behind(tmp_path: Path) -> None:
    """An attendant and a technician, by real touches: their screens come, and no PIN is left."""
    out = tmp_path / "out"
    process = demo(out, "--once", "--headless", "--visit=attendant", "--visit=technician")
    said, _ = process.communicate()
    assert process.returncode == 0, said
    told = (out / "visit.json").read_text(encoding="utf-8")
    screens = {step["screen"] for step in json.loads(told)["steps"]}
    assert screens == {"attract", "staff_pin", "attendant", "technician"}
    assert not [pin for pin in PINS.values() if pin in said + told]


def lives(process: psutil.Process) -> bool:
    """Whether it runs; one that ended and waits for init to notice does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_it_ends_everything_it_started_and_nothing_else(tmp_path: Path) -> None:
    """Ctrl-C on a demonstration without a display: pictures were made, no process is left."""
    other = subprocess.Popen(["sleep", "120"])
    process = demo(tmp_path / "out")
    picture = tmp_path / "out" / "screen.png"
    deadline = time.monotonic() + 120
    while not picture.exists():
        assert time.monotonic() < deadline, "no picture of the screen came"
        time.sleep(0.1)
    family = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert "Log in once:" in said
    assert len(family) >= 4
    assert not [child for child in family if lives(child)]
    assert other.poll() is None
    other.kill()
    other.wait()


VISIT = f"""
touch start
touch tile:{PROOF_CODE}
wait 2
touch continue
wait 2
card wang
wait 3
touch continue
touch print
wait 3
card lift
touch continue
touch rate:5
"""


def test_a_visit_is_recorded_with_its_touches_and_played_again(tmp_path: Path) -> None:
    """A proof for wang, by lines; what they did is written down, and does the same once more."""
    process = demo(tmp_path)
    try:
        assert process.stdout is not None
        control = next(
            Path(line.split()[-1]) for line in process.stdout if line.startswith("Act on it:")
        )
        eventually((control.parent / "glass").exists, within=60)
        eventually(
            lambda: "catalogue.activated" in said(control.parent / "terminal.log"), within=60
        )
        ask(control, "record first.txt")
        assert_played(control, VISIT, tmp_path / "first.txt")
        ask(control, "touch continue")
        ask(control, "record second.txt")
        first = (tmp_path / "first.txt").read_text(encoding="utf-8")
        again = first[: first.rindex("touch continue")]
        assert_played(control, again, tmp_path / "second.txt")
        with closing(sqlite3.connect(control.parent / "platform.db")) as registry:
            ratings = partial(registry.execute, "SELECT count(*) FROM rating")
            eventually(lambda: ratings().fetchone() == (2,), within=60)
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)


def assert_played(control: Path, text: str, recorded: Path) -> None:
    """Each line is done, and written down in its order."""
    list(scenario.play(scenario.parse(text), partial(ask, control), time.sleep))
    eventually(lambda: done(recorded.read_text(encoding="utf-8")) == done(text), within=60)


def done(text: str) -> list[str]:
    """What a scenario does, without its pauses."""
    return [step.text for step in scenario.parse(text) if isinstance(step, scenario.Line)]


def said(log: Path) -> str:
    """All that a process has said so far."""
    return log.read_text(encoding="utf-8") if log.exists() else ""


@pytest.mark.parametrize(
    ("size", "room"),
    [
        ((1080, 1920), (1920, 1080)),
        ((1920, 1080), (1920, 1080)),
        ((1080, 1920), (3840, 2160)),
        ((1080, 1920), (1366, 768)),
    ],
)
def test_the_window_fits_the_display_in_its_own_shape(
    size: tuple[int, int], room: tuple[int, int]
) -> None:
    """Never larger than the real screen, never too small to read, never stretched."""
    width, height = fitting(size, room)
    assert abs(width / height - size[0] / size[1]) < 0.01
    assert width <= size[0]
    assert min(width, height) >= 480
