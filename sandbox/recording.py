"""Records what is acted on the world, so that a scenario can be played that nobody wrote."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path

from sandbox.control import Act, ControlError
from sandbox.scenario import LONGEST_WAIT, Line, Pause, text_of, without_remark

NOTICED = 0.01  # seconds: a shorter pause makes no difference


class Recorder:
    """Stands before a world and writes down every line that was done, with the pauses between.

    `record [FILE]` begins, `record stop` ends; a FILE that is only a name is put into `folder`.
    Each line is on the disk as soon as it is done. `touched TAG` is told by the glass, whoever
    touched it, and written as `touch TAG`. `clock` gives seconds.
    """

    def __init__(
        self, act: Act, folder: Path, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._act = act
        self._folder = folder
        self._clock = clock
        self._lock = threading.Lock()  # lines come from several callers at once
        self._file: TextIOWrapper | None = None
        self._done_at: float | None = None

    def act(self, line: str) -> str:
        """Do what a line says, and write it down while a recording goes on."""
        words = without_remark(line).split()
        match words:
            case ["record", "stop"]:
                return self._stop()
            case ["record", *name]:
                return self._begin(" ".join(name))
            case ["touched", *tag]:
                line = " ".join(["touch", *tag])
                self._note(line, self._clock())
                return line
            case ["touch", *_]:
                return self._act(" ".join(words))  # what comes of it on the glass is told by that
            case _:
                line, began = " ".join(words), self._clock()
                said = self._act(line)
                self._note(line, began)
                return said

    def _note(self, line: str, began: float) -> None:
        with self._lock:
            if self._file is None:
                return
            if self._done_at is not None and began - self._done_at >= NOTICED:
                self._file.write(_pauses(began - self._done_at))
            self._file.write(text_of(Line(0, line)))
            self._file.flush()
            self._done_at = self._clock()

    def close(self) -> None:
        """End a recording that goes on."""
        with self._lock:
            self._end()

    def _begin(self, name: str) -> str:
        with self._lock:
            path = self._folder / name if name else self._fresh()
            try:
                file = path.open("x", encoding="utf-8")
            except OSError as error:
                raise ControlError(f"{path}: {error.strerror}; record into another file") from None
            self._end()
            self._file, self._done_at = file, None
        return f"recording into {path}"

    def _stop(self) -> str:
        with self._lock:
            if self._file is None:
                raise ControlError("nothing is being recorded; begin with: record")
            path = self._file.name
            self._end()
        return f"recorded; play it with: sandbox scenario {path}"

    def _end(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _fresh(self) -> Path:
        number = 1
        while (path := self._folder / f"recorded-{number}.txt").exists():
            number += 1
        return path


def _pauses(seconds: float) -> str:
    """One line, or several where one may not be as long."""
    longest, rest = divmod(seconds, LONGEST_WAIT)
    return text_of(Pause(LONGEST_WAIT)) * int(longest) + text_of(Pause(round(rest, 2)))
