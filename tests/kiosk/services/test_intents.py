"""Durable intents: what a resident is told, what is sent later, and what is kept of it."""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
from collections import deque
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random
from typing import TypeVar

import pytest

from kiosk.core.cases import (
    Application,
    Decision,
    Grade,
    Issued,
    Kept,
    Rating,
)
from kiosk.services.intents import LANES, MEMORY, Intents
from kiosk.services.platform import Sending
from kiosk.services.receipt_number import is_whole
from kiosk.services.store import KEY, Store, Work
from sandbox.clock import VirtualClock
from sandbox.stepped_store import SteppedStore
from tests.kiosk.services.paper_office import PaperOffice, Trouble
from tests.kiosk.services.switched_on import PATIENCE, all_done, rows, terminal

T = TypeVar("T")

DAY = 86_400.0


@pytest.fixture
async def intents(
    store: Store, platform: PaperOffice, clock: VirtualClock
) -> AsyncIterator[Intents]:
    """Intents that were just started."""
    intents = terminal(store, platform, clock)
    await intents.start()
    yield intents
    await intents.stop()


async def test_a_platform_that_answers_decides_at_once(
    intents: Intents, store: Store, clock: VirtualClock, application: Application
) -> None:
    """The resident has the decision, and of the resident nothing is kept."""
    outcome = await clock.wait(intents.submit(application))
    await clock.settle()
    assert isinstance(outcome, Issued)
    assert clock.seconds == 0
    assert intents.pending() == 0
    [row] = await rows(store)
    assert (row["outcome"], row["case_number"]) == ("issued", outcome.case_number)
    assert row["payload"] is None


async def test_short_trouble_is_waited_out(
    intents: Intents, platform: PaperOffice, clock: VirtualClock, application: Application
) -> None:
    """Within the resident's patience it is tried again, always with the same key."""
    platform.troubles = deque([Trouble.LOST, Trouble.UNANSWERED, Trouble.NONSENSE])
    assert isinstance(await clock.wait(intents.submit(application)), Issued)
    assert clock.seconds < PATIENCE.resident
    assert len(platform.asked) == 4
    assert len({key for _, key in platform.asked}) == 1
    assert len(platform.decisions) == 1


async def test_a_request_that_is_not_answered_in_time_is_kept_and_sent_later(
    intents: Intents,
    platform: PaperOffice,
    store: Store,
    clock: VirtualClock,
    application: Application,
) -> None:
    """The resident leaves with a number after the patience, and the number finds the case."""
    platform.afterwards = Trouble.LOST
    outcome = await clock.wait(intents.submit(application))
    assert isinstance(outcome, Kept)
    assert is_whole(outcome.number)
    assert clock.seconds == PATIENCE.resident
    assert intents.pending() == 1

    platform.afterwards = Trouble.NONE
    await clock.wait(all_done(intents, clock))
    [row] = await rows(store)
    assert (row["number"], row["outcome"], row["payload"]) == (outcome.number, "issued", None)
    assert len(platform.decisions) == 1


async def test_a_late_refusal_is_recorded_too(
    intents: Intents,
    platform: PaperOffice,
    store: Store,
    clock: VirtualClock,
    refused: Application,
) -> None:
    """Staff can tell a resident why nothing came of a kept request."""
    platform.troubles = deque([Trouble.LATE])
    assert isinstance(await clock.wait(intents.submit(refused)), Kept)
    await clock.wait(all_done(intents, clock))
    [row] = await rows(store)
    assert (row["outcome"], row["reason"]) == ("refused", "item_withdrawn")


async def test_it_is_tried_less_and_less_often_and_never_given_up(
    intents: Intents, platform: PaperOffice, clock: VirtualClock, application: Application
) -> None:
    """Pauses double up to the longest; each is shortened at random, by half at most."""
    platform.afterwards = Trouble.LOST
    await clock.wait(intents.submit(application))
    await clock.wait(clock.sleep(DAY))
    times = [when for when, _ in platform.asked]
    pauses = [later - earlier for earlier, later in itertools.pairwise(times)]
    for number, pause in enumerate(pauses):
        longest = min(PATIENCE.first_retry * 2**number, PATIENCE.longest_retry)
        assert longest / 2 <= pause <= longest
    assert len({round(pause, 3) for pause in pauses}) > len(pauses) / 2
    assert len({key for _, key in platform.asked}) == 1
    assert intents.pending() == 1


async def test_when_the_platform_is_back_nothing_waits_for_its_turn(
    intents: Intents, platform: PaperOffice, clock: VirtualClock, application: Application
) -> None:
    """One answer wakes all that pause; no request waits for minutes after the trouble is over."""
    platform.afterwards = Trouble.LOST
    for _ in range(5):
        await clock.wait(intents.submit(application))
    await clock.wait(clock.sleep(DAY))
    platform.afterwards = Trouble.NONE
    assert isinstance(await clock.wait(intents.submit(application)), Issued)
    before = clock.seconds
    await clock.settle()
    assert intents.pending() == 0
    assert clock.seconds == before
    assert len(platform.decisions) == 6


async def test_a_resident_does_not_queue_behind_what_nobody_waits_for(
    intents: Intents, platform: PaperOffice, clock: VirtualClock, application: Application
) -> None:
    """With every lane taken by requests that hang, the next resident is served at once."""
    platform.afterwards = Trouble.LATE
    for _ in range(LANES + 1):
        await clock.wait(intents.submit(application))
    platform.troubles = deque()
    platform.afterwards = Trouble.NONE
    assert isinstance(await clock.wait(intents.submit(application), longest=0.1), Issued)


async def test_a_mistake_of_ours_does_not_drop_a_request(
    store: Store, clock: VirtualClock, application: Application
) -> None:
    """Even what nobody thought of leaves the request pending, and says nothing personal."""

    class Broken(PaperOffice):
        async def deliver(self, sending: Sending, key: str) -> Decision:
            raise LookupError(application.applicant.name.reveal(), sending, key)

    intents = terminal(store, Broken(clock), clock)
    assert isinstance(await clock.wait(intents.submit(application)), Kept)
    assert intents.pending() == 1
    [row] = await rows(store)
    assert row["trouble"] == "a mistake of ours: LookupError"
    await intents.stop()


async def test_a_full_disk_does_not_keep_the_decision_from_the_resident(
    tmp_path: Path, platform: PaperOffice, clock: VirtualClock, application: Application
) -> None:
    """The resident has the decision; it is written down once there is room again."""
    room = False

    class FullStore(SteppedStore):
        async def run(self, work: Work[T]) -> T:
            if platform.asked and not room:
                raise sqlite3.OperationalError("database or disk is full")
            return await super().run(work)

    store = FullStore(tmp_path / "state", now=clock.now)
    intents = terminal(store, platform, clock)
    assert isinstance(await clock.wait(intents.submit(application)), Issued)
    assert intents.pending() == 1
    room = True
    await clock.wait(all_done(intents, clock))
    assert [row["outcome"] for row in await rows(store)] == ["issued"]
    assert len(platform.decisions) == 1
    await intents.stop()
    await store.aclose()


async def test_a_rating_is_written_down_and_sent(
    intents: Intents,
    platform: PaperOffice,
    store: Store,
    clock: VirtualClock,
    application: Application,
) -> None:
    """The resident does not wait for it, and it counts once."""
    issued = await clock.wait(intents.submit(application))
    assert isinstance(issued, Issued)
    platform.troubles = deque([Trouble.UNANSWERED, Trouble.LOST])
    rating = Rating(issued.case_number, application.code, Grade.VERY_SATISFIED)
    await clock.wait(intents.send(rating), longest=0.0)
    await clock.wait(all_done(intents, clock))
    assert [sending.wish for sending in platform.sendings.values()] == [application, rating]
    assert [row["outcome"] for row in await rows(store)] == ["issued", "noted"]


async def test_what_is_pending_outlives_a_restart(
    store: Store, platform: PaperOffice, clock: VirtualClock, application: Application
) -> None:
    """The next start sends what the last could not, with the key and in the words of the first."""
    platform.afterwards = Trouble.UNANSWERED
    before = terminal(store, platform, clock)
    kept = await clock.wait(before.submit(application))
    await before.stop()
    platform.afterwards = Trouble.NONE
    after = terminal(store, platform, clock)
    recovered = await after.start()
    assert recovered.pending == 1
    await clock.wait(all_done(after, clock))
    [row] = await rows(store)
    assert isinstance(kept, Kept)
    assert (row["number"], row["outcome"]) == (kept.number, "issued")
    assert len(platform.decisions) == 1


async def test_a_terminal_with_another_name_sends_what_it_kept_in_the_words_of_then(
    store: Store, platform: PaperOffice, clock: VirtualClock, application: Application
) -> None:
    """The platform knows a key by what was sent with it, the terminal's name included."""
    platform.afterwards = Trouble.UNANSWERED
    before = terminal(store, platform, clock)
    await clock.wait(before.submit(application))
    await before.stop()
    platform.afterwards = Trouble.NONE
    after = terminal(store, platform, clock, name="HY0002")
    await after.start()
    await clock.wait(clock.sleep(PATIENCE.resident))
    assert [row["outcome"] for row in await rows(store)] == ["issued"]
    assert len(platform.decisions) == 1
    await after.stop()


async def test_what_ended_long_ago_is_dropped(
    intents: Intents,
    store: Store,
    platform: PaperOffice,
    clock: VirtualClock,
    application: Application,
) -> None:
    """The file of a terminal does not grow for ever; what is pending stays, however old."""
    await clock.wait(intents.submit(application))
    platform.afterwards = Trouble.LOST
    await clock.wait(intents.submit(application))
    await intents.stop()
    clock.seconds += MEMORY.total_seconds() + 1
    later = terminal(store, platform, clock)
    assert (await later.start()).pending == 1
    assert [row["outcome"] for row in await rows(store)] == [None]
    await later.stop()


async def test_a_request_that_no_longer_opens_is_recorded_and_does_not_stop_the_terminal(
    tmp_path: Path, platform: PaperOffice, clock: VirtualClock, application: Application
) -> None:
    """With its key file lost the terminal says so, by number, and goes on."""
    platform.afterwards = Trouble.LOST
    store = SteppedStore(tmp_path / "state", now=clock.now)
    before = terminal(store, platform, clock)
    await clock.wait(before.submit(application))
    await before.stop()
    await store.aclose()
    (tmp_path / "state" / KEY).unlink()
    store = SteppedStore(tmp_path / "state", now=clock.now)
    after = terminal(store, platform, clock)
    assert (await after.start()).pending == 0
    assert [row["outcome"] for row in await rows(store)] == ["unreadable"]
    await after.stop()
    await store.aclose()


async def test_while_it_is_pending_it_is_sealed(
    intents: Intents,
    platform: PaperOffice,
    store: Store,
    clock: VirtualClock,
    application: Application,
) -> None:
    """No file of the terminal holds a name or an ID number in the open, at any time."""
    platform.afterwards = Trouble.LOST
    await clock.wait(intents.submit(application))
    secrets = [application.applicant.name.reveal(), application.applicant.id_number.reveal()]
    files = [path for path in store.path.parent.iterdir() if path.is_file()]
    assert len(files) >= 2
    for path in files:
        for secret in secrets:
            assert secret.encode() not in path.read_bytes()


async def test_many_at_once_are_each_decided_once(
    tmp_path: Path, platform: PaperOffice, clock: VirtualClock, application: Application
) -> None:
    """On the real worker thread, with real time, numbers and cases stay apart."""
    store = Store(tmp_path / "state", now=clock.now)
    intents = Intents(
        store,
        platform,
        terminal="HY0001",
        now=clock.now,
        rng=Random(3),  # noqa: S311 - the same each time
    )
    outcomes = await asyncio.gather(*(intents.submit(application) for _ in range(20)))
    assert len({o.case_number for o in outcomes if isinstance(o, Issued)}) == 20
    await intents.stop()
    await store.aclose()
