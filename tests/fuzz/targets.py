"""The fuzz targets there are, their seeds, and what fuzzing them has found so far."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from pathlib import Path

HERE = Path(__file__).parent
NAMES = tuple(sorted(path.stem.removeprefix("fuzz_") for path in HERE.glob("fuzz_*.py")))


def target(name: str) -> Callable[[bytes], None]:
    """What feeds a parser; it raises only where the parser broke its promise."""
    feeds: Callable[[bytes], None] = importlib.import_module(f"tests.fuzz.fuzz_{name}").target
    return feeds


def seeds(name: str) -> list[bytes]:
    """Real frames to begin with."""
    frames: list[bytes] = importlib.import_module(f"tests.fuzz.fuzz_{name}").SEEDS
    return frames


def corpus(name: str) -> list[bytes]:
    """Inputs that reached new code, shortest first."""
    if not file(name).exists():
        return []
    return [bytes.fromhex(line) for line in file(name).read_text("ascii").splitlines()]


def keep(name: str, inputs: Iterable[bytes]) -> None:
    """Write the corpus anew."""
    file(name).write_text("".join(f"{data.hex()}\n" for data in inputs), encoding="ascii")


def file(name: str) -> Path:
    """Where a target's corpus is kept."""
    return HERE / "corpus" / f"{name}.txt"
