"""The dock: every button does something, to real simulators and a real platform."""

from __future__ import annotations

import queue
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox import dock, fitted
from sandbox.control import ControlServer
from sandbox.display import VirtualDisplay
from sandbox.finger import Finger
from sandbox.platform.server import PlatformServer
from sandbox.residents import RESIDENTS
from sandbox.world import World

LINES = [line for group in dock.groups() for _, line in group.buttons]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Everything that a demonstration has on this machine."""
    home = tmp_path_factory.mktemp("world")
    with (
        PlatformServer() as platform,
        World(home, platform=platform.address, devices=fitted.at_hand()) as world,
    ):
        yield world


@pytest.mark.parametrize("line", LINES)
def test_every_button_is_understood(world: World, line: str) -> None:
    """The world does it and says what is so now."""
    missing = [missing() for missing in fitted.MISSING.values()]
    known = {word for device in world.devices.values() for word in device.actors}
    if any(missing) and line.partition(" ")[0] not in {*known, "platform"}:
        pytest.skip(" ".join(filter(None, missing)))
    assert world.act(line)


def test_every_resident_can_come() -> None:
    """With card, face and code; with the social card where they have one."""
    for resident in RESIDENTS:
        ways = ["card", "face", "scanner show-qr"]
        ways += ["social-card insert"] if resident.social_card else []
        for way in ways:
            assert f"{way} {resident.key}" in LINES


def test_a_touched_button_sends_its_line(tmp_path: Path) -> None:
    """Who comes first stands on top: the first button lays their card down."""
    lines: queue.Queue[str] = queue.Queue()

    def act(line: str) -> str:
        lines.put(line)
        return "done"

    control = tmp_path / "control"
    with VirtualDisplay(dock.WIDTH, dock.HEIGHT) as display, ControlServer(control, act):
        window = subprocess.Popen(
            [sys.executable, "-m", "sandbox", "dock", "--control", control],
            env={"DISPLAY": display.name, "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
        )
        try:
            assert _first(lines, Finger(display.name)) == "card wang"
        finally:
            window.terminate()
            window.wait()


def _first(lines: queue.Queue[str], finger: Finger) -> str:
    """The line that a touch of the first button sends, once the window is there."""
    for _ in range(60):
        finger.tap((40, 70))
        try:
            return lines.get(timeout=0.5)
        except queue.Empty:
            continue
    raise AssertionError("the dock did not open")
