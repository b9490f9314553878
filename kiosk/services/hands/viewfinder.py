"""Pictures on their way from a device's thread to the core: few enough, and the newest of them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Generic, Self, TypeVar

V = TypeVar("V")

PAUSE = 0.125  # seconds between two pictures: enough to see oneself move, little for two cores


class Viewfinder(Generic[V]):
    """Tells what a camera sees, at most once in PAUSE; after the block nothing is told any more.

    `show` may be called on any thread, `tell` is called on the loop's own.
    """

    def __init__(self, tell: Callable[[V], None]) -> None:
        self._tell = tell
        self._loop = asyncio.get_running_loop()
        self._lock = threading.Lock()
        self._newest: V | None = None
        self._next = 0.0
        self._due: asyncio.TimerHandle | None = None
        self._open = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._open = False
        with self._lock:
            self._newest = None
        if self._due is not None:
            self._due.cancel()

    def show(self, seen: V) -> None:
        """What the camera sees now, in place of what was not told yet."""
        with self._lock:
            waits, self._newest = self._newest is not None, seen
        if not waits:
            self._loop.call_soon_threadsafe(self._arrange)

    def _arrange(self) -> None:
        if self._open:
            self._due = self._loop.call_at(self._next, self._now)

    def _now(self) -> None:
        with self._lock:
            newest, self._newest = self._newest, None
        if newest is not None:
            self._next = self._loop.time() + PAUSE
            self._tell(newest)
