"""`kiosk doctor` on a whole terminal, from the command to its answer."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import orjson

from sandbox import fitted
from sandbox.world import World
from tests.bench.row import Row
from tests.minimal import MINIMAL

ROUNDS = 5
PROMISED = 5000.0  # ms


def run() -> Iterator[Row]:
    """The usual time with all devices ready, and with a reader and a scanner that say nothing."""
    with (
        tempfile.TemporaryDirectory(prefix="doorstep-") as directory,
        World(Path(directory), devices=fitted.at_hand()) as world,
    ):
        config = Path(directory) / "kiosk.toml"
        config.write_text(MINIMAL + fitted.as_toml(world.devices), encoding="utf-8")
        environment = os.environ | fitted.environment(world.devices)
        count = len(world.devices)
        source = "what is promised"
        good = _usual(config, environment, status=0)
        yield Row(f"kiosk doctor, {count} devices ready", good, "ms", PROMISED, source)
        for line in ("reader silence", "scanner silence", "social-card service-hangs"):
            world.act(line)
        bad = _usual(config, environment, status=1)
        yield Row(f"kiosk doctor, 3 of {count} silent", bad, "ms", PROMISED, source)


def _usual(config: Path, environment: dict[str, str], status: int) -> float:
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        command = [sys.executable, "-m", "kiosk", "doctor", "--config", str(config), "--json"]
        done = subprocess.run(command, capture_output=True, check=False, env=environment)
        times.append((time.perf_counter() - started) * 1000)
        if done.returncode != status:
            states = {d["kind"]: d["message"] for d in orjson.loads(done.stdout)["devices"]}
            raise RuntimeError(f"doctor ended with {done.returncode}: {states}")
    return sorted(times)[len(times) // 2]
