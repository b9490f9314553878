"""Cards that are left in the slot, in a real smart-card service."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from drivers.cabinets.cabinet import SerialCabinet
from drivers.cards.smart_card import LEFT, PcscSocialCardReader
from drivers.device import Ready, UserError
from kiosk.core import views
from kiosk.core.catalogue import Language
from kiosk.core.views import Body, Frame, View
from kiosk.services.left_cards import LeftCards
from sandbox import pcsc
from sandbox.devices.cabinet import SimulatedCabinet
from sandbox.devices.social_card import SimulatedSocialCardReader

pytestmark = [
    pytest.mark.usefixtures("no_leaks"),
    pytest.mark.skipif(bool(pcsc.missing()), reason=pcsc.missing() or "nothing is missing"),
]

FRAME = Frame(Language.CHINESE, "柳湖村", "12345", None, 0, can_go_back=False, can_leave=True)
HOME = views.HomeView((), (), bundles=False, services=(), platform_reachable=True)
FAREWELL = views.FarewellView(with_receipt=False, with_card=True)
ATTRACT = views.AttractView(None)


class Counter:
    """A slot, a cabinet, and who looks after both."""

    def __init__(self, home: Path) -> None:
        self.slot = SimulatedSocialCardReader(pcsc.own_address())
        self.cabinet = SimulatedCabinet(home / "cabinet")

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[LeftCards]:
        """The slot while somebody watches it."""
        with self.slot, self.cabinet:
            self.reader = PcscSocialCardReader(self.slot.where)
            box = SerialCabinet(self.cabinet.where)
            left = LeftCards(self.reader, box)
            task = asyncio.create_task(left.run())
            try:
                yield left
            finally:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
                await self.reader.close()
                await box.close()


def show(left: LeftCards, *bodies: Body) -> None:
    """Screens, one after the other."""
    for body in bodies:
        left.show(View(FRAME, body))


async def eventually_beeps(cabinet: SimulatedCabinet, more_than: int) -> None:
    """Wait until it has beeped more often than that."""
    async with asyncio.timeout(30):
        while len(cabinet.beeps) <= more_than:  # noqa: ASYNC110 # beeps are the device's own
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("end", [(FAREWELL, ATTRACT), (ATTRACT,)])
async def test_a_card_that_is_left_is_beeped_for_until_it_is_taken(
    tmp_path: Path, end: tuple[Body, ...]
) -> None:
    """However the visit ended; meanwhile nobody else is taken for the card's holder."""
    counter = Counter(tmp_path)
    async with counter.watched() as left:
        counter.slot.insert_card_of("wang")
        assert await counter.reader.wait_for_card(20)
        show(left, HOME, *end)
        await eventually_beeps(counter.cabinet, 1)
        assert await counter.reader.probe() == UserError(LEFT)
        assert not await counter.reader.wait_for_card(0)
        counter.slot.remove()
        assert await counter.reader.wait_for_removal(20)
        beeps = len(counter.cabinet.beeps)
        assert await counter.reader.probe() == Ready()
        show(left, HOME, ATTRACT)  # the next visit ends with an empty slot
        assert await counter.reader.wait_for_removal(0)
        assert len(counter.cabinet.beeps) == beeps


async def test_the_next_visit_is_not_beeped_at(tmp_path: Path) -> None:
    """Whoever comes next did not leave the card, and has nothing to do with it."""
    counter = Counter(tmp_path)
    async with counter.watched() as left:
        counter.slot.insert_card_of("wang")
        assert await counter.reader.wait_for_card(20)
        show(left, HOME, ATTRACT)
        await eventually_beeps(counter.cabinet, 0)
        show(left, HOME)
        beeps = len(counter.cabinet.beeps)
        for _ in range(60):  # six seconds, in which two or three more would come
            assert not await counter.reader.wait_for_removal(0.1)
        assert len(counter.cabinet.beeps) == beeps


async def test_nobody_is_beeped_at_who_has_taken_the_card(tmp_path: Path) -> None:
    """An empty slot is no left card, nor is one that is filled for the next visit."""
    counter = Counter(tmp_path)
    async with counter.watched() as left:
        show(left, HOME, FAREWELL, ATTRACT)
        assert await counter.reader.wait_for_removal(20)
        counter.slot.insert_card_of("wang")
        assert await counter.reader.wait_for_card(20)
        assert counter.cabinet.beeps == []
