"""Runs the benchmarks and prints them as a table: ./run bench [PART OF A NAME…].

A benchmark is a file bench_NAME.py beside this one with `def run() -> Iterable[Row]`. It measures
the real thing, says against what (Row.reference, Row.source), and asserts nothing: a slow machine
is no fault. It raises only when what it measures does not work.
"""

from __future__ import annotations

import importlib
import sys
import time
import traceback
from collections.abc import Iterable
from pathlib import Path

from tests.bench.row import Row

HEADER = ("benchmark", "value", "unit", "reference", "ratio", "held against")


def main(parts: list[str]) -> int:
    """Run those whose name holds one of the parts, or all; 1 when one broke, 2 when none fits."""
    files = sorted(Path(__file__).parent.glob("bench_*.py"))
    names = [f.stem for f in files if not parts or any(part in f.stem for part in parts)]
    if not names:
        known = ", ".join(file.stem for file in files) or "none yet"
        print(f"bench: no benchmark is named so; there are: {known}", file=sys.stderr)
        return 2
    rows, broken = [], []
    for name in names:
        try:
            rows += _measure(name)
        except Exception:  # noqa: BLE001 # one broken benchmark does not hide the others
            traceback.print_exc()
            broken.append(name)
    print(table(rows))
    if broken:
        print(f"bench: did not work: {', '.join(broken)}", file=sys.stderr)
    return 1 if broken else 0


def _measure(name: str) -> list[Row]:
    """All rows of one benchmark, with a word on how long they took to measure."""
    started = time.monotonic()
    rows = list(importlib.import_module(f"tests.bench.{name}").run())
    print(f"bench: {name} took {time.monotonic() - started:.1f} s", file=sys.stderr, flush=True)
    return rows


def table(rows: Iterable[Row]) -> str:
    """The rows as a Markdown table, numbers to the right."""
    cells = [HEADER, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEADER))]
    ruler = tuple("-" * (w - 1) + ":" if c in {1, 3, 4} else "-" * w for c, w in enumerate(widths))
    return "\n".join(_line(line, widths) for line in [cells[0], ruler, *cells[1:]])


def _cells(row: Row) -> tuple[str, ...]:
    reference = "" if row.reference is None else _number(row.reference)
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    return row.name, _number(row.value), row.unit, reference, ratio, row.source


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    padded = [
        cell.rjust(width) if column in {1, 3, 4} else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return f"| {' | '.join(padded)} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
