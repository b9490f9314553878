"""A whole terminal on software GL at 1080 by 1920: start, touches, tap, memory, one visit."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sandbox import fitted
from sandbox.broker import Broker
from sandbox.control import ControlServer
from sandbox.demo import terminal_config
from sandbox.devices.sam_reader import THINKING
from sandbox.display import VirtualDisplay
from sandbox.platform.server import PlatformServer
from sandbox.world import World
from tests.bench.row import Row
from tests.memory import proportional

SIZE = (1080, 1920)
WIRE = (1295 + 15 + 19 + 11) * 10 / 115200 + THINKING  # seconds: the replies, and the module's work
TARGET = 1500.0  # ms: start to touchable
TOUCH = 100.0  # ms: touch to the next screen's first frame


def run() -> Iterator[Row]:
    """Play one visit and take its figures apart."""
    with tempfile.TemporaryDirectory() as directory:
        visit, pss = _play(Path(directory))
    steps = {step["did"]: step["milliseconds"] for step in reversed(visit["steps"])}
    touches = [ms for did, ms in steps.items() if did.startswith("touch")]
    instant = [ms for ms in touches if ms != steps["touch continue"]]
    yield Row("start to first touchable frame", visit["since_start_ms"], "ms", TARGET, "the goal")
    source = "the goal; with the touch program's own start"
    yield Row("touch to next screen (median)", statistics.median(instant), "ms", TOUCH, source)
    yield Row("touch to next screen (slowest)", max(instant), "ms", TOUCH, source)
    source = "the wire at 115200, and the 50 ms a module takes to read"
    tapped = steps["card wang"]
    yield Row("ID card tapped to fields on the glass", tapped, "ms", WIRE * 1000, source)
    acted = sum(ms for did, ms in steps.items() if did != "wait")
    yield Row("one visit, without reading and waiting", acted, "ms")
    yield Row("memory of the terminal after a visit (PSS)", pss, "MB")


def _config(home: Path, platform: PlatformServer, broker: Broker, world: World) -> str:
    text = terminal_config(home, SIZE, platform.address, platform.catalogue_key, broker.port)
    return text + fitted.as_toml(world.devices)


def _play(home: Path) -> tuple[dict[str, Any], float]:
    out = home / "out"
    out.mkdir()
    with (
        PlatformServer() as platform,
        Broker(home / "broker") as broker,
        World(home, platform=platform.address, devices=fitted.at_hand()) as world,
        ControlServer(home / "control", world.act),
        VirtualDisplay(*SIZE) as display,
    ):
        config = home / "kiosk.toml"
        config.write_text(_config(home, platform, broker, world), encoding="utf-8")
        command: list[str | Path] = [
            sys.executable,
            "-m",
            "sandbox",
            "play",
            "--config",
            config,
            "--hold",
        ]
        command += ["--control", home / "control", "--out", out]
        terminal = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "DISPLAY": display.name, **fitted.environment(world.devices)},
        )
        try:
            visit = _wait_for(out / "visit.json")
            pss = proportional(terminal.pid)
        finally:
            terminal.terminate()
            terminal.wait()
    if not visit["ended_well"]:
        raise RuntimeError(f"the visit did not end well: {visit['trouble']}")
    return visit, pss


def _wait_for(file: Path) -> dict[str, Any]:
    deadline = time.monotonic() + 180
    while not file.exists():
        if time.monotonic() > deadline:
            raise RuntimeError("the visit did not end")
        time.sleep(0.1)
    visit: dict[str, Any] = json.loads(file.read_bytes())
    return visit
