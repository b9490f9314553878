"""A screen where there is none: Xvfb on a display number of its own choosing."""

from __future__ import annotations

import os
import subprocess
from types import TracebackType
from typing import Self


class VirtualDisplay:
    """An X server without glass; `name` is what DISPLAY has to be."""

    def __init__(self, width: int, height: int) -> None:
        reader, writer = os.pipe()
        size = f"{width}x{height}x24"
        self._process = subprocess.Popen(
            [
                "Xvfb",
                "-displayfd",
                str(writer),
                "-screen",
                "0",
                size,
                "-nolisten",
                "tcp",
                "-noreset",
            ],
            pass_fds=[writer],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(writer)
        with os.fdopen(reader) as answer:
            number = answer.readline().strip()
        if not number:
            raise RuntimeError(f"Xvfb did not start (exit status {self._process.wait()})")
        self.name = f":{number}"

    def close(self) -> None:
        """End the X server, and with it every window on it."""
        self._process.terminate()
        self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
