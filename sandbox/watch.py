"""Keeps the newest picture of a screen that nobody can see."""

from __future__ import annotations

import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from PIL import ImageGrab

EVERY = 1.0  # seconds


class Watch:
    """Saves what `display` shows to `to`, whenever it is another picture than before."""

    def __init__(self, display: str, to: Path) -> None:
        self._display = display
        self._to = to
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch")

    def _run(self) -> None:
        before = b""
        while not self._stopping.wait(EVERY):
            picture = ImageGrab.grab(xdisplay=self._display)
            if picture.tobytes() != before:
                before = picture.tobytes()
                part = self._to.with_suffix(".part.png")
                picture.save(part)
                part.replace(self._to)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stopping.set()
        self._thread.join()
