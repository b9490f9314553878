"""Feeds every parser with what a fuzzer thinks of: ./run fuzz [--seconds N] [NAME…].

A target is a file fuzz_NAME.py beside this one with `target(data)`, which lets nothing pass but the
errors that its parser promises, and `SEEDS`, real frames to begin with. What reached new code is
kept in corpus/NAME.txt, one input a line in hex, which test_corpus.py plays on every run. An input
that broke something is kept beside it as NAME.broken: mend the parser, then add it to the seeds.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz import targets

LONGEST = 4096  # bytes in an input; no frame of a device is longer
KEPT = 150  # inputs of a target that stay in the corpus
MEMORY = 1024  # MB a target may use; the libraries it loads take most of it


@dataclass(frozen=True, slots=True)
class Run:
    """How the fuzzing of one target ended."""

    name: str
    status: int
    said: str
    inputs: int


def main() -> int:
    """Fuzz the named targets, or all, two at a time; 1 when one of them broke."""
    parser = argparse.ArgumentParser(prog="./run fuzz", description="Fuzz the parsers.")
    parser.add_argument("--seconds", type=int, default=60, help="for each of them")
    parser.add_argument("names", nargs="*", metavar="NAME", help="which; all if none is named")
    asked = parser.parse_args()
    names = [name for name in targets.NAMES if not asked.names or name in asked.names]
    if not names:
        print(f"fuzz: there are: {', '.join(targets.NAMES)}", file=sys.stderr)
        return 2
    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(lambda name: fuzz(name, asked.seconds), names))
    for run in runs:
        print(f"{run.name:24} {'BROKEN' if run.status else 'held':7} {run.inputs:4} inputs kept")
        if run.status:
            print(run.said)
    return int(any(run.status for run in runs))


def fuzz(name: str, seconds: int) -> Run:
    """Fuzz one target in a process of its own, and keep what is worth keeping."""
    with tempfile.TemporaryDirectory() as directory:
        found, smaller = Path(directory) / "found", Path(directory) / "smaller"
        found.mkdir()
        smaller.mkdir()
        for number, data in enumerate([*targets.seeds(name), *targets.corpus(name)]):
            (found / f"{number:04}").write_bytes(data)
        status, said = _libfuzzer(name, Path(directory), f"-max_total_time={seconds}", found)
        if status == 0:
            _libfuzzer(name, Path(directory), "-merge=1", smaller, found)
            kept = sorted((file.read_bytes() for file in smaller.iterdir()), key=_order)[:KEPT]
            targets.keep(name, kept)
        for broken in Path(directory).glob("crash-*"):
            targets.file(name).with_suffix(".broken").write_text(broken.read_bytes().hex() + "\n")
    return Run(name, status, said, len(targets.corpus(name)))


def _libfuzzer(name: str, directory: Path, *arguments: str | Path) -> tuple[int, str]:
    limits = (f"-max_len={LONGEST}", f"-rss_limit_mb={MEMORY}", "-timeout=10")
    artifacts = f"-artifact_prefix={directory}/"
    command = [sys.executable, "-m", "tests.fuzz.one", name, *limits, artifacts, *arguments]
    done = subprocess.run([str(word) for word in command], capture_output=True, check=False)
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")[-4000:]


def _order(data: bytes) -> tuple[int, bytes]:
    return len(data), data


if __name__ == "__main__":
    sys.exit(main())
