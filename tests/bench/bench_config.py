"""Reading a terminal's configuration: part of every start."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from device_config.loader import load
from tests.bench.row import Row

PROFILE = Path(__file__).parents[2] / "device_config" / "profiles" / "village.toml"
ROUNDS = 50


def run() -> Iterator[Row]:
    """The usual time of loading a profile, without the first time's imports."""
    load(PROFILE)
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        load(PROFILE)
        times.append(time.perf_counter() - started)
    yield Row("configuration read and checked", sorted(times)[ROUNDS // 2] * 1000, "ms")
