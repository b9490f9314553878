"""Every kind of wish as a durable intent, with the pages that belong to it."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator

import pytest

from drivers.device import Personal
from kiosk.core.cases import (
    Accepted,
    Application,
    Attachment,
    Complaint,
    Confirmation,
    FollowUp,
    Kept,
    Noted,
    Provided,
    Supplement,
    Way,
    Wish,
)
from kiosk.core.identity import Person
from kiosk.services.intents import Intents
from kiosk.services.store import BESIDE, DATABASE, Store
from sandbox.clock import VirtualClock
from tests.kiosk.services.paper_office import PaperOffice, Trouble, page, pages_of
from tests.kiosk.services.switched_on import PATIENCE, all_done, pages_kept, rows, terminal

SCANNED = 2  # pages that lie here; the third of the application is at the platform already


@pytest.fixture
async def intents(
    store: Store, platform: PaperOffice, clock: VirtualClock
) -> AsyncIterator[Intents]:
    """Intents that were just started, and a platform that has what came from the phone."""
    platform.files["0" * 64] = b"from a phone"
    intents = terminal(store, platform, clock)
    await intents.start()
    yield intents
    await intents.stop()


@pytest.fixture(params=["supplement", "complaint", "follow_up", "confirmation"])
def wish(request: pytest.FixtureRequest, applicant: Person) -> Wish:
    """A wish of each kind that is noted."""
    papers = (Provided("id_copy", Way.SCAN, (page(b"a paper"),)),)
    wishes: dict[str, Wish] = {
        "supplement": Supplement("CASE-7", applicant, papers),
        "complaint": Complaint("road", Personal("路灯坏了"), Personal("13900000000"), "CASE-7"),
        "follow_up": FollowUp("T-7", settled=False),
        "confirmation": Confirmation("winter_aid", applicant),
    }
    return wishes[request.param]


async def test_every_wish_is_answered_under_the_platforms_number(
    intents: Intents, store: Store, clock: VirtualClock, wish: Wish
) -> None:
    """The resident has the number, staff find it, and nothing personal is kept."""
    outcome = await clock.wait(intents.submit(wish))
    await clock.settle()
    assert isinstance(outcome, Noted)
    [row] = await rows(store)
    assert (row["outcome"], row["case_number"]) == ("noted", outcome.number)
    assert row["payload"] is None


async def test_every_wish_is_kept_with_a_number_while_the_platform_is_away(
    intents: Intents, platform: PaperOffice, store: Store, clock: VirtualClock, wish: Wish
) -> None:
    """It arrives later, once, as it was said."""
    platform.afterwards = Trouble.LOST
    kept = await clock.wait(intents.submit(wish))
    assert isinstance(kept, Kept)
    platform.afterwards = Trouble.NONE
    await clock.wait(all_done(intents, clock))
    [sending] = platform.sendings.values()
    assert sending.number == kept.number
    assert type(sending.wish) is type(wish)
    assert [row["number"] for row in await rows(store)] == [kept.number]


async def test_pages_are_handed_in_before_the_wish_and_erased_after_it(
    intents: Intents,
    platform: PaperOffice,
    store: Store,
    clock: VirtualClock,
    with_pages: Application,
) -> None:
    """Each page goes once, whole, and the terminal keeps none."""
    assert isinstance(await clock.wait(intents.submit(with_pages)), Accepted)
    await clock.settle()
    contents = {one.sha256: one.content for one in pages_of(with_pages) if one.content}
    assert platform.puts == sorted(contents)
    assert {digest: platform.files[digest] for digest in contents} == contents
    assert await pages_kept(store) == 0


async def test_pages_outlive_a_restart_and_are_not_held_in_memory(
    store: Store, platform: PaperOffice, clock: VirtualClock, with_pages: Application
) -> None:
    """What was written down is enough: the wish itself goes on without its contents."""
    platform.files["0" * 64] = b"from a phone"
    platform.afterwards = Trouble.LOST
    before = terminal(store, platform, clock)
    assert isinstance(await clock.wait(before.submit(with_pages)), Kept)
    await before.stop()
    assert await pages_kept(store) == SCANNED
    platform.afterwards = Trouble.NONE
    after = terminal(store, platform, clock)
    assert (await after.start()).pending == 1
    await clock.wait(all_done(after, clock))
    [sending] = platform.sendings.values()
    assert all(one.content is None for one in pages_of(sending.wish))
    assert len(platform.puts) == SCANNED
    await after.stop()


async def test_a_page_that_arrived_is_not_sent_again_while_its_wish_is_tried_again(
    intents: Intents, platform: PaperOffice, clock: VirtualClock, with_pages: Application
) -> None:
    """A bad line costs a village no page twice."""
    platform.troubles = deque([Trouble.NONE, Trouble.LOST, Trouble.NONE, Trouble.LOST])
    assert isinstance(await clock.wait(intents.submit(with_pages)), Accepted)
    assert len(platform.puts) == SCANNED


async def test_a_page_that_the_platform_lost_is_handed_in_anew(
    store: Store, clock: VirtualClock, with_pages: Application
) -> None:
    """A platform that does not know a page gets it once more, and then decides."""

    class Forgetful(PaperOffice):
        async def store_file(self, page: Attachment) -> None:
            await super().store_file(page)
            if len(self.puts) == SCANNED:
                del self.files[page.sha256]

    office = Forgetful(clock, files={"0" * 64: b"from a phone"})
    intents = terminal(store, office, clock)
    assert isinstance(await clock.wait(intents.submit(with_pages)), Accepted)
    assert len(office.puts) == 2 * SCANNED
    assert len(office.decisions) == 1
    await intents.stop()


async def test_a_resident_with_pages_waits_a_little_longer(
    intents: Intents, platform: PaperOffice, clock: VirtualClock, with_pages: Application
) -> None:
    """Pages take their time on a village's line, and are worth it."""
    platform.afterwards = Trouble.LOST
    await clock.wait(intents.submit(with_pages))
    assert clock.seconds == PATIENCE.resident + SCANNED * PATIENCE.page


async def test_a_wish_for_which_nobody_waits_is_written_down_before_anything_else(
    intents: Intents, platform: PaperOffice, store: Store, clock: VirtualClock
) -> None:
    """Whoever left it may go at once; it is there, pending."""
    platform.afterwards = Trouble.LOST
    await clock.wait(intents.send(FollowUp("T-7", settled=True)), longest=0.0)
    assert [(row["kind"], row["about"]) for row in await rows(store)] == [("follow_up", "T-7")]


async def test_neither_words_nor_pages_are_on_the_disk_in_the_open(
    intents: Intents,
    platform: PaperOffice,
    store: Store,
    clock: VirtualClock,
    with_pages: Application,
) -> None:
    """While it is pending everything is sealed; afterwards not even that is left."""
    platform.afterwards = Trouble.LOST
    said = Personal("路灯坏了三个月没有人来修")
    await clock.wait(intents.submit(with_pages))
    await clock.wait(intents.submit(Complaint("road", said)))
    assert b"the first page" not in on_disk(store)
    assert said.reveal().encode() not in on_disk(store)
    sealed = await store.run(
        lambda connection: [
            bytes(row["content"]) for row in connection.execute("SELECT content FROM pages")
        ]
    )
    assert all(content[-64:] in on_disk(store) for content in sealed)
    platform.afterwards = Trouble.NONE
    await clock.wait(all_done(intents, clock))
    assert not any(content[-64:] in on_disk(store) for content in sealed)


def on_disk(store: Store) -> bytes:
    """All that SQLite has of it."""
    files = [store.path.with_name(DATABASE + suffix) for suffix in ("", *BESIDE)]
    return b"".join(file.read_bytes() for file in files if file.exists())
