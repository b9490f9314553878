"""How much memory a process needs, for tests of what may leave none behind, and benchmarks."""

from __future__ import annotations

import ctypes
import gc
import re
from pathlib import Path

import psutil


def needed() -> int:
    """Bytes of its own, without garbage and without what the allocator keeps for later.

    That may be a hundred times more than what a test is after, in a process with other tests.
    """
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    memory = psutil.Process().memory_info()
    return int(memory.rss - memory.shared)


def proportional(pid: int) -> float:
    """The proportional set size of a process in MB: what it shares is shared out."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    found = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
    return int(found[1]) / 1024 if found else float("nan")
