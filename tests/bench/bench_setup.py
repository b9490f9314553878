"""./run when everything is set up: what every command costs before its real work starts."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.row import Row

ROOT = Path(__file__).parents[2]
ROUNDS = 5


def run() -> Iterator[Row]:
    """The usual time of ./run setup with nothing to do."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        subprocess.run([ROOT / "run", "setup"], check=True)
        times.append(time.perf_counter() - started)
    usual = sorted(times)[ROUNDS // 2] * 1000
    yield Row(
        "./run with nothing to set up", usual, "ms", 3000, "what a person waits without asking"
    )
