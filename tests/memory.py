"""How much memory this process needs, for tests of what may leave none behind."""

from __future__ import annotations

import ctypes
import gc

import psutil


def needed() -> int:
    """Bytes of its own, without garbage and without what the allocator keeps for later.

    That may be a hundred times more than what a test is after, in a process with other tests.
    """
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    memory = psutil.Process().memory_info()
    return int(memory.rss - memory.shared)
