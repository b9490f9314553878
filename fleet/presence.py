"""Who is there: pure functions from what a terminal said, and when, to a verdict.

The traps it is built around: a will that comes late is of an earlier session; a disconnect makes
nobody active; keep-alives alone say nothing of the terminal behind them; and a terminal that stands
on the same busy screen for minutes is stuck, which is another alarm than down.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

STALE = 45.0  # seconds without a word: three heartbeats
GONE = 300.0  # seconds after which nobody waits for a word any more
STUCK = 420.0  # seconds on the same screen in a visit
IDLE_SCREENS = frozenset({"attract", "attendant", "technician", ""})  # nobody is kept waiting
OFFSETS = 20  # live messages over which the clock offset is taken


class Verdict(StrEnum):
    """What an operator is told of a terminal, worst first."""

    DOWN = "down"
    STUCK = "stuck"
    STALE = "stale"
    UNKNOWN = "unknown"
    PRESENT = "present"


@dataclass(frozen=True, slots=True)
class Presence:
    """What is known of one terminal; times are the server's, seconds since 1970.

    `offsets` are received minus sent of the newest live messages: their minimum is the terminal's
    clock error, give or take the fastest journey.
    """

    online: bool | None = None
    session_id: str = ""
    last_seen: float = 0.0
    screen: str = ""
    screen_since: float = 0.0
    offsets: tuple[float, ...] = ()

    @property
    def clock_offset(self) -> float | None:
        """Seconds the terminal's clock is behind ours, or None before the first live message."""
        return min(self.offsets) if self.offsets else None


def born(known: Presence, session_id: str, now: float) -> Presence:
    """A birth: the terminal is there, under a new session."""
    return replace(known, online=True, session_id=session_id, last_seen=max(known.last_seen, now))


def recalled(known: Presence, session_id: str) -> Presence:
    """A birth that the broker had kept: how old it is nobody knows, so it makes nobody seen."""
    if session_id == known.session_id:
        return known
    return replace(known, online=True, session_id=session_id)


def died(known: Presence, session_id: str) -> Presence:
    """A death or a will; one of an earlier session changes nothing, and none makes it seen."""
    if session_id != known.session_id:
        return known
    return replace(known, online=False)


def spoke(known: Presence, screen: str, sent_at: float, now: float) -> Presence:
    """A heartbeat or a change."""
    moved = screen != known.screen
    return replace(
        known,
        online=True,
        last_seen=max(known.last_seen, now),
        screen=screen,
        screen_since=now if moved else known.screen_since,
        offsets=(*known.offsets, now - sent_at)[-OFFSETS:],
    )


def judge(known: Presence, now: float, hearing_since: float | None = 0.0) -> Verdict:
    """What an operator is told at a time.

    Silence counts only while the broker could be heard: `hearing_since` says since when without a
    break, None that it can not. What is broken between broker and monitor is no terminal's fault.
    """
    if known.online is False:
        return Verdict.DOWN
    if known.online is None or hearing_since is None:
        return Verdict.UNKNOWN
    silence = now - max(known.last_seen, hearing_since)
    if silence > GONE:
        return Verdict.DOWN
    if silence > STALE:
        return Verdict.STALE
    if known.last_seen < hearing_since:
        return Verdict.UNKNOWN  # its next heartbeat tells
    if known.screen not in IDLE_SCREENS and now - known.screen_since > STUCK:
        return Verdict.STUCK
    return Verdict.PRESENT
