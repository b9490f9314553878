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
from sandbox.keypad import TITLE, Keypad
from sandbox.network import Network
from sandbox.platform.server import PlatformServer
from sandbox.recording import Recorder
from sandbox.residents import RESIDENTS
from sandbox.shared_time import SharedTime
from sandbox.world import World
from tests.sandbox.windows import window

LINES = [line for group in dock.groups() for _, line in group.buttons]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Everything that a demonstration has on this machine, a terminal's window too."""
    home = tmp_path_factory.mktemp("world")
    shared = SharedTime(home)
    with (
        VirtualDisplay(400, 300) as display,
        window(display.name, TITLE, home / "window"),
        Network() as network,
        PlatformServer() as platform,
        World(
            home,
            platform=platform.address,
            devices=fitted.at_hand(),
            around={
                "keypad": Keypad(display.name).actor,
                "network": network.actor,
                "time": shared.actor,
            },
        ) as world,
    ):
        yield world


@pytest.fixture(scope="module")
def recorder(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recorder]:
    """What hears the lines."""
    recorder = Recorder(world.act, tmp_path_factory.mktemp("recorded"))
    yield recorder
    recorder.close()


@pytest.mark.parametrize("line", LINES)
def test_every_button_is_understood(world: World, recorder: Recorder, line: str) -> None:
    """The world does it and says what is so now."""
    missing = [missing() for missing in fitted.MISSING.values()]
    known = {word for device in world.devices.values() for word in device.actors}
    known |= {"platform", "keypad", "network", "time", "record"}
    if any(missing) and line.partition(" ")[0] not in known:
        pytest.skip(" ".join(filter(None, missing)))
    assert recorder.act(line)


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
        finger.tap((60, 108))
        try:
            return lines.get(timeout=0.5)
        except queue.Empty:
            continue
    raise AssertionError("the dock did not open")


CUT_OFF = """
import sys
from pathlib import Path
from kivy.clock import Clock
from kivy.app import App
from sandbox import dock_window
from sandbox.dock import TABS, Said
from screens import fonts
fonts.register(Path(sys.argv[1]))
app = App()
app.root = dock_window.Dock(lambda line: Said(line))
def look(_):
    for tab in TABS:
        app.root.show(tab)
        for frame in range(5):
            Clock.tick()
        keys = [one for one in app.root.walk() if isinstance(one, dock_window.Key)]
        print(tab.title, len(keys), *(key.text for key in keys if cut(key)), flush=True)
    app.stop()
def cut(key):
    return key.texture_size[0] > key.width or key.texture_size[1] > key.height
Clock.schedule_once(look, 1)
app.run()
"""


def test_no_words_are_cut_off(tmp_path: Path) -> None:
    """Every button of every tab has room for its Chinese and its English."""
    with VirtualDisplay(dock.WIDTH, dock.HEIGHT) as display:
        size = {"KCFG_GRAPHICS_WIDTH": str(dock.WIDTH), "KCFG_GRAPHICS_HEIGHT": str(dock.HEIGHT)}
        quiet = {"KIVY_NO_ARGS": "1", "KIVY_NO_CONFIG": "1", "KIVY_NO_FILELOG": "1"}
        done = subprocess.run(
            [sys.executable, "-c", CUT_OFF, tmp_path],
            env={"DISPLAY": display.name, "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
            | size
            | quiet,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            timeout=120,
        )
    always = len(dock.TABS) + len(dock.ALWAYS.buttons)
    assert done.stdout.splitlines() == [
        f"{tab.title} {always + sum(len(group.buttons) for group in tab.groups)}"
        for tab in dock.TABS
    ]
