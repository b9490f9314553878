"""What a technician sees of a terminal from inside, gathered from whoever knows it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from kiosk.core.staff import Inside, Line


class Insight:
    """The terminal's own facts; `now` gives aware time.

    `pending` counts requests that wait; `fleet` says how the line to the fleet is, None where there
    is none.
    """

    def __init__(
        self,
        terminal: str,
        software: str,
        *,
        pending: Callable[[], int],
        fleet: Callable[[], Line | None],
        now: Callable[[], datetime],
    ) -> None:
        self._terminal = terminal
        self._software = software
        self._pending = pending
        self._fleet = fleet
        self._now = now
        self._started_at = now()
        self._platform: Line | None = None

    def platform(self, *, reachable: bool) -> None:
        """The platform answers, or does not."""
        if self._platform is None or self._platform.up is not reachable:
            self._platform = Line(reachable, self._now())

    def look(self) -> Inside:
        """How it is now."""
        return Inside(
            self._terminal,
            self._software,
            self._started_at,
            self._pending(),
            self._platform,
            self._fleet(),
        )
