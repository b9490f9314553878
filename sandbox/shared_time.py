"""The time that terminal and platform of a demonstration share, and that can be moved on.

Both processes are given another wall clock by moved_clock.c; how long something takes is measured
by a clock that nobody moves. (libfaketime 0.9.10 breaks every `time.sleep` of Python 3.11.)
"""

from __future__ import annotations

import struct
import subprocess
from datetime import datetime, time, timedelta
from pathlib import Path

from kiosk.core.legal_time import BEIJING
from sandbox.devices.simulator import Actor, actor

SOURCE = Path(__file__).with_name("moved_clock.c")
FARTHEST = 3650.0  # days


class SharedTime:
    """How far the wall clock is moved on for every process that was given `environment`.

    Two files are left in `directory`; the one is compiled, for which gcc has to be there.
    """

    def __init__(self, directory: Path) -> None:
        self._file = directory / "seconds-ahead"
        self._library = directory / "moved_clock.so"
        build = ["gcc", "-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror"]
        subprocess.run([*build, "-o", self._library, SOURCE], check=True)
        self._ahead = timedelta(0)
        self._file.write_bytes(self._seconds())

    @property
    def environment(self) -> dict[str, str]:
        """What a process has to be started with."""
        return {"LD_PRELOAD": str(self._library), "MOVED_CLOCK": str(self._file)}

    def now(self) -> datetime:
        """What their clocks show, in Beijing's zone."""
        return datetime.now(BEIJING) + self._ahead

    @property
    def actor(self) -> Actor:
        """What acts on it."""
        return actor("time", {"jump": self.jump, "at": self.at})

    def jump(self, days: str) -> str:
        """Move on by so many days, never back: what has happened would lie ahead."""
        return self._move(timedelta(days=min(float(days), FARTHEST + 1)))

    def at(self, clock: str) -> str:
        """Move on to when it is next so late: HH:MM."""
        now = self.now()
        then = datetime.combine(now, time.fromisoformat(clock), BEIJING)
        return self._move(then - now + timedelta(days=then <= now))

    def _move(self, by: timedelta) -> str:
        if not timedelta(0) <= by <= timedelta(days=FARTHEST) - self._ahead:
            raise ValueError("time goes on, and not for ever")
        self._ahead += by
        with self._file.open("r+b") as file:  # the same file: it is mapped
            file.write(self._seconds())
        return f"terminal and platform: {self.now():%Y-%m-%d %H:%M}; the fleet keeps real time"

    def _seconds(self) -> bytes:
        return struct.pack("@q", round(self._ahead.total_seconds()))
