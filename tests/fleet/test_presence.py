"""Presence: verdicts from births, deaths, heartbeats and silence, for any order of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fleet import presence
from fleet.presence import GONE, STALE, STUCK, Presence, Verdict


def alive(screen: str = "attract", at: float = 100.0) -> Presence:
    """A terminal that was born and spoke."""
    return presence.spoke(presence.born(Presence(), "s1", at), screen, at, at)


def test_nothing_is_known_of_a_terminal_that_never_spoke() -> None:
    """Unknown is not down."""
    assert presence.judge(Presence(), 100) is Verdict.UNKNOWN


def test_a_terminal_that_speaks_is_present_then_stale_then_down() -> None:
    """Silence makes stale after three heartbeats and down after five minutes."""
    known = alive()
    assert presence.judge(known, 100 + STALE) is Verdict.PRESENT
    assert presence.judge(known, 101 + STALE) is Verdict.STALE
    assert presence.judge(known, 101 + GONE) is Verdict.DOWN


def test_its_own_will_takes_a_terminal_down() -> None:
    """A will of the current session is believed."""
    assert presence.judge(presence.died(alive(), "s1"), 100) is Verdict.DOWN


def test_a_late_will_of_an_earlier_session_is_no_flap() -> None:
    """After a takeover the old will may come after the new birth; nothing happens."""
    known = presence.born(alive(), "s2", 101)
    assert presence.died(known, "s1") == known


def test_a_disconnect_makes_nobody_active() -> None:
    """A death is not a sign of life (thingsboard#13710)."""
    assert presence.died(alive(), "s1").last_seen == 100


def test_the_same_busy_screen_for_seven_minutes_is_stuck_and_idle_is_not() -> None:
    """A terminal that lives but does not move is another alarm than one that is down."""
    busy, idle = alive("read_card"), alive()
    for at in range(100, int(102 + STUCK), 15):
        busy = presence.spoke(busy, "read_card", at, at)
        idle = presence.spoke(idle, "attract", at, at)
    assert presence.judge(busy, 102 + STUCK) is Verdict.STUCK
    assert presence.judge(idle, 102 + STUCK) is Verdict.PRESENT


def test_the_clock_offset_is_the_least_delay_seen() -> None:
    """A slow message does not make a wrong clock; a wrong clock shows in every message."""
    known = Presence()
    for delay in (0.2, 5.0, 0.1):
        known = presence.spoke(known, "attract", 100, 100 + delay)
    assert known.clock_offset is not None
    assert round(known.clock_offset, 6) == 0.1


steps = st.one_of(
    st.tuples(st.just("born"), st.sampled_from("abc")),
    st.tuples(st.just("died"), st.sampled_from("abc")),
    st.tuples(st.just("spoke"), st.sampled_from(["attract", "home"])),
)


@given(st.lists(st.tuples(steps, st.floats(0, 1000)), max_size=40), st.floats(0, 5000))
def test_for_any_history_the_promises_hold(
    history: list[tuple[tuple[str, str], float]], later: float
) -> None:
    """Deaths never make anybody seen, seen never goes back, and there is always a verdict."""
    known, now = Presence(), 0.0
    for (what, value), wait in history:
        now += wait
        before = known
        match what:
            case "born":
                known = presence.born(known, value, now)
            case "died":
                known = presence.died(known, value)
                assert known.last_seen == before.last_seen
                assert (known == before) or value == before.session_id
            case _:
                known = presence.spoke(known, value, now, now)
        assert known.last_seen >= before.last_seen
        assert len(known.offsets) <= presence.OFFSETS
    verdict = presence.judge(known, now + later)
    if verdict is Verdict.PRESENT:
        assert known.online
        assert now + later - known.last_seen <= STALE


def test_a_broker_that_can_not_be_heard_is_no_terminals_fault() -> None:
    """While nothing can be heard a terminal is unknown; only a death that was heard stands."""
    assert presence.judge(alive(), 10_000, None) is Verdict.UNKNOWN
    assert presence.judge(presence.died(alive(), "s1"), 10_000, None) is Verdict.DOWN


def test_silence_counts_from_when_we_could_hear() -> None:
    """After an outage a terminal is unknown until it had three heartbeats' time to speak."""
    back = 10_000.0
    assert presence.judge(alive(), back + STALE, back) is Verdict.UNKNOWN
    assert presence.judge(alive(), back + STALE + 1, back) is Verdict.STALE
    assert presence.judge(alive(), back + GONE + 1, back) is Verdict.DOWN
    spoke = presence.spoke(alive(), "attract", back + 5, back + 5)
    assert presence.judge(spoke, back + 6, back) is Verdict.PRESENT


def test_a_birth_from_the_brokers_memory_makes_nobody_seen() -> None:
    """It may be days old: the session is believed, the presence is not."""
    known = presence.recalled(Presence(), "s1")
    assert known.last_seen == 0
    assert presence.judge(known, 1000, 990) is Verdict.UNKNOWN
    assert presence.judge(known, 2000, 990) is Verdict.DOWN
    assert presence.recalled(alive(), "s1") == alive()


@given(now=st.floats(0, 5000), hearing_since=st.none() | st.floats(0, 5000), dead=st.booleans())
def test_only_who_spoke_while_we_heard_is_present(
    now: float, hearing_since: float | None, *, dead: bool
) -> None:
    """Present means: alive, and heard of lately on a connection that stands."""
    known = presence.died(alive(), "s1") if dead else alive()
    if presence.judge(known, now, hearing_since) is Verdict.PRESENT:
        assert not dead
        assert hearing_since is not None
        assert hearing_since <= known.last_seen
        assert now - known.last_seen <= STALE
