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

from kiosk.core.cases import Application, Decision, Grade, Issued, Kept, Rating
from kiosk.services.intents import LANES, MEMORY, Intents, Patience
from kiosk.services.platform import Submission
from kiosk.services.receipt_number import is_whole
from kiosk.services.store import KEY, Store, Work
from sandbox.clock import VirtualClock
from sandbox.platform.direct import DirectPlatform, Trouble
from sandbox.platform.office import Office
from sandbox.platform.registry import Registry
from sandbox.stepped_store import SteppedStore

T = TypeVar("T")

SEEDS = itertools.count()  # a terminal that starts again draws other numbers
DAY = 86_400.0
PATIENCE = Patience(resident=8.0, first_retry=1.0, longest_retry=300.0)


@pytest.fixture
def platform(tmp_path: Path, clock: VirtualClock) -> DirectPlatform:
    """The reference platform, asked directly."""
    office = Office(Registry(tmp_path / "platform.db"), "http://127.0.0.1", now=clock.now)
    return DirectPlatform(office, clock)


@pytest.fixture
async def store(tmp_path: Path, clock: VirtualClock) -> AsyncIterator[Store]:
    """A store whose work takes none of the clock's time."""
    store = SteppedStore(tmp_path / "state", now=clock.now)
    yield store
    await store.aclose()


@pytest.fixture
async def intents(
    store: Store, platform: DirectPlatform, clock: VirtualClock
) -> AsyncIterator[Intents]:
    """Intents that were just started."""
    intents = terminal(store, platform, clock)
    await intents.start()
    yield intents
    await intents.stop()


def terminal(
    store: Store, platform: DirectPlatform, clock: VirtualClock, name: str = "HY0001"
) -> Intents:
    """The intents of a terminal that was just switched on."""
    return Intents(
        store,
        platform,
        terminal=name,
        now=clock.now,
        rng=Random(next(SEEDS)),  # noqa: S311 - nothing is secret here
        sleep=clock.sleep,
        patience=PATIENCE,
    )


async def rows(store: Store) -> list[dict[str, object]]:
    """The submissions and ratings as they are written down."""
    return await store.run(
        lambda connection: [
            dict(row) for row in connection.execute("SELECT * FROM intents ORDER BY made_at")
        ]
    )


async def all_done(intents: Intents, clock: VirtualClock) -> None:
    """Until nothing is pending."""
    while intents.pending():
        await clock.sleep(1.0)


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
    intents: Intents, platform: DirectPlatform, clock: VirtualClock, application: Application
) -> None:
    """Within the resident's patience it is tried again, always with the same key."""
    platform.troubles = deque([Trouble.LOST, Trouble.UNANSWERED, Trouble.NONSENSE])
    assert isinstance(await clock.wait(intents.submit(application)), Issued)
    assert clock.seconds < PATIENCE.resident
    assert len(platform.asked) == 4
    assert len({key for _, key in platform.asked}) == 1
    assert platform.office.registry.counts().cases == 1


async def test_a_request_that_is_not_answered_in_time_is_kept_and_sent_later(
    intents: Intents,
    platform: DirectPlatform,
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
    assert platform.office.registry.counts().cases == 1


async def test_a_late_refusal_is_recorded_too(
    intents: Intents,
    platform: DirectPlatform,
    store: Store,
    clock: VirtualClock,
    uninsured: Application,
) -> None:
    """Staff can tell a resident why nothing came of a kept request."""
    platform.troubles = deque([Trouble.LATE])
    assert isinstance(await clock.wait(intents.submit(uninsured)), Kept)
    await clock.wait(all_done(intents, clock))
    [row] = await rows(store)
    assert (row["outcome"], row["reason"]) == ("refused", "not_insured")


async def test_it_is_tried_less_and_less_often_and_never_given_up(
    intents: Intents, platform: DirectPlatform, clock: VirtualClock, application: Application
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
    intents: Intents, platform: DirectPlatform, clock: VirtualClock, application: Application
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
    assert platform.office.registry.counts().cases == 6


async def test_a_resident_does_not_queue_behind_what_nobody_waits_for(
    intents: Intents, platform: DirectPlatform, clock: VirtualClock, application: Application
) -> None:
    """With every lane taken by requests that hang, the next resident is served at once."""
    platform.afterwards = Trouble.LATE
    for _ in range(LANES + 1):
        await clock.wait(intents.submit(application))
    platform.troubles = deque()
    platform.afterwards = Trouble.NONE
    assert isinstance(await clock.wait(intents.submit(application), longest=0.1), Issued)


async def test_a_mistake_of_ours_does_not_drop_a_request(
    store: Store, platform: DirectPlatform, clock: VirtualClock, application: Application
) -> None:
    """Even what nobody thought of leaves the request pending, and says nothing personal."""

    class Broken(DirectPlatform):
        async def submit(self, submission: Submission, key: str) -> Decision:
            raise LookupError(submission.application.applicant.name.reveal(), key)

    intents = terminal(store, Broken(platform.office, clock), clock)
    assert isinstance(await clock.wait(intents.submit(application)), Kept)
    assert intents.pending() == 1
    [row] = await rows(store)
    assert row["trouble"] == "a mistake of ours: LookupError"
    await intents.stop()


async def test_a_full_disk_does_not_keep_the_decision_from_the_resident(
    tmp_path: Path, platform: DirectPlatform, clock: VirtualClock, application: Application
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
    assert platform.office.registry.counts().cases == 1
    await intents.stop()
    await store.aclose()


async def test_a_rating_is_written_down_and_sent(
    intents: Intents,
    platform: DirectPlatform,
    store: Store,
    clock: VirtualClock,
    application: Application,
) -> None:
    """The resident does not wait for it, and it counts once."""
    issued = await clock.wait(intents.submit(application))
    assert isinstance(issued, Issued)
    platform.troubles = deque([Trouble.UNANSWERED, Trouble.LOST])
    rating = Rating(issued.case_number, application.item_code, Grade.VERY_SATISFIED)
    await clock.wait(intents.rate(rating), longest=0.0)
    await clock.wait(all_done(intents, clock))
    assert platform.office.registry.counts().ratings == 1
    assert [row["outcome"] for row in await rows(store)] == ["issued", "rated"]


async def test_what_is_pending_outlives_a_restart(
    store: Store, platform: DirectPlatform, clock: VirtualClock, application: Application
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
    assert platform.office.registry.counts().cases == 1


async def test_a_terminal_with_another_name_sends_what_it_kept_in_the_words_of_then(
    store: Store, platform: DirectPlatform, clock: VirtualClock, application: Application
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
    assert platform.office.registry.counts().cases == 1
    await after.stop()


async def test_what_ended_long_ago_is_dropped(
    intents: Intents,
    store: Store,
    platform: DirectPlatform,
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
    tmp_path: Path, platform: DirectPlatform, clock: VirtualClock, application: Application
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
    platform: DirectPlatform,
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
    tmp_path: Path, platform: DirectPlatform, clock: VirtualClock, application: Application
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
