"""Work for Kivy's thread, asked for from another one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE = 30.0  # seconds until a frame must have been drawn


def on_kivy(work: Callable[[], T]) -> T:
    """What `work` comes to at Kivy's next frame; what it raises; TimeoutError without a frame."""
    from kivy.clock import Clock  # noqa: PLC0415 # Kivy, not before its window

    done = threading.Event()
    results: list[T] = []
    errors: list[Exception] = []

    def run(_: float) -> None:
        try:
            results.append(work())
        except Exception as error:  # noqa: BLE001 # raised again where it was asked for
            errors.append(error)
        done.set()

    Clock.schedule_once(run)
    if not done.wait(PATIENCE):
        raise TimeoutError("the screen draws no frames")
    if errors:
        raise errors[0]
    return results[0]
