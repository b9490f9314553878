"""The time that terminal and platform of a demonstration share, and that can be moved on.

Both processes are given another wall clock by libfaketime; how long something takes is measured
by a clock that nobody moves.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path

from kiosk.core.legal_time import BEIJING
from sandbox.control import ControlError
from sandbox.devices.simulator import Actor, actor

FARTHEST = 3650.0  # days


class SharedTime:
    """How far the wall clock is moved on for every process that was given `environment`."""

    def __init__(self, file: Path, library: Path | None) -> None:
        self._file = file
        self._library = library
        self._ahead = timedelta(0)
        self._tell()

    @property
    def environment(self) -> dict[str, str]:
        """What a process has to be started with; nothing where there is no libfaketime."""
        if self._library is None:
            return {}
        return {
            "LD_PRELOAD": str(self._library),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_CACHE_DURATION": "1",  # seconds until it looks into the file again
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",  # the times of files stay those of the disk
        }

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
        if self._library is None:
            raise ControlError("time can not be moved without the Debian package faketime")
        self._ahead += by
        self._tell()
        return f"terminal and platform: {self.now():%Y-%m-%d %H:%M}; the fleet keeps real time"

    def _tell(self) -> None:
        part = self._file.with_suffix(".part")
        part.write_text(f"+{self._ahead.total_seconds():.0f}\n")
        part.replace(self._file)


def library() -> Path | None:
    """Where Debian keeps the libfaketime for programs with threads, or None."""
    return next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
