"""Child processes of a demonstration: started in order, their output kept, stopped in reverse."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self


class ChildError(Exception):
    """A process of the demonstration did not do its part; the message says which and why."""


@dataclass(slots=True)
class Child:
    """One process, its first lines as they come, and the file with all it said."""

    name: str
    process: subprocess.Popen[str]
    log: Path
    lines: queue.Queue[str | None]
    keeper: threading.Thread | None = None

    def says(self, beginning: str = "", within: float = 30.0) -> str:
        """The rest of its next line that begins so; ChildError when it ends or takes too long."""
        deadline = time.monotonic() + within
        while True:
            try:
                line = self.lines.get(timeout=max(deadline - time.monotonic(), 0))
            except queue.Empty:
                words = f"{self.name} did not say {beginning!r} in {within:.0f} s; see {self.log}"
                raise ChildError(words) from None
            if line is None:
                raise ChildError(f"{self.name} ended with {self.process.wait()}; see {self.log}")
            if line.startswith(beginning):
                return line.removeprefix(beginning)


class Children:
    """All processes of a demonstration; leaving the block ends exactly those it started."""

    def __init__(self, logs: Path, environment: Mapping[str, str] | None = None) -> None:
        self._logs = logs
        self._environment = {**os.environ, **(environment or {})}
        self._children: list[Child] = []

    def start(self, name: str, command: Sequence[str | Path], **environment: str) -> Child:
        """Start one; what it says goes to NAME.log. It ends even when we are killed."""
        log = self._logs / f"{name}.log"
        process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", "--", *(str(word) for word in command)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**self._environment, **environment},
            start_new_session=True,  # Ctrl-C reaches us alone; we then end what we started
        )
        child = Child(name, process, log, queue.Queue())
        self._children.append(child)
        child.keeper = threading.Thread(target=_keep, args=(child,), name=f"{name}-log")
        child.keeper.start()
        return child

    def stop(self) -> None:
        """End them all, the last started first; one that will not go is killed."""
        while self._children:
            child = self._children.pop()
            _end(child.process)
            if child.keeper is not None:
                child.keeper.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()


def _keep(child: Child) -> None:
    assert child.process.stdout is not None  # noqa: S101 # Popen was asked for a pipe
    with child.process.stdout, child.log.open("w") as file:
        for line in child.process.stdout:
            file.write(line)
            file.flush()
            child.lines.put(line.rstrip("\n"))
    child.lines.put(None)


def _end(process: subprocess.Popen[str], patience: float = 5.0) -> None:
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
