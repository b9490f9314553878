"""Waits until something is so, which a test brought about and does not do itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

PATIENCE: Final = 30.0  # seconds
PAUSE: Final = 0.01  # seconds between two looks


def eventually(so: Callable[[], object], *, within: float = PATIENCE) -> None:
    """Return as soon as `so` is true; it fails after so many seconds."""
    deadline = time.monotonic() + within
    while not so():
        assert time.monotonic() < deadline, "it never came to be so"
        time.sleep(PAUSE)
