"""ID cards that are left on the reader, on a simulated one and on a whole terminal."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from drivers.cards.id_card import SamIdCardReader
from drivers.errors import CardError, DeviceError
from kiosk.core import events, views
from kiosk.core.identity import Person
from kiosk.core.troubles import Trouble
from kiosk.services.card_rest import LEFT, CardRest
from kiosk.services.hands.identity import IdCards
from sandbox import residents
from sandbox.devices.sam_reader import SamModule, SimulatedSamReader
from sandbox.devices.simulator import WireFault
from sandbox.stage import Stage

pytestmark = pytest.mark.usefixtures("no_leaks")


def asked_often(module: SamModule) -> None:
    """Wait until the reader was asked a few more times: by then nobody overlooks what is gone."""
    module.faults.begin(WireFault.SLOW, times=6)
    deadline = time.monotonic() + 30
    while module.faults.has(WireFault.SLOW):
        assert time.monotonic() < deadline, "nobody asks"
        time.sleep(0.01)


@pytest.fixture
def module(tmp_path: Path) -> Iterator[SimulatedSamReader]:
    """A simulated reader."""
    with SimulatedSamReader(tmp_path / "reader") as one:
        yield one


@pytest.fixture
async def rest(module: SimulatedSamReader) -> AsyncIterator[CardRest]:
    """Where cards are laid on it."""
    reader = SamIdCardReader(module.where)
    yield CardRest(reader)
    await reader.close()


async def test_a_card_that_was_left_is_refused_once_and_read_once_it_was_lifted(
    module: SimulatedSamReader, rest: CardRest
) -> None:
    """Its holder may go on with it: they are told, lift it and lay it down again."""
    cards = IdCards(rest)
    module.card_of("wang")
    assert not await rest.wait_for_removal(0)
    with pytest.raises(CardError) as refused:
        await cards.wait()
    assert refused.value.fault is LEFT
    waiting = asyncio.create_task(cards.wait())
    module.lift()
    assert await rest.lifted(30)
    module.card_of("wang")
    person = await (await waiting)()
    assert isinstance(person, Person)
    assert person.name == residents.WANG.card.name


async def test_whoever_asks_again_is_told_again(module: SimulatedSamReader, rest: CardRest) -> None:
    """Somebody who went elsewhere meanwhile does not stand before a reader that waits for ever."""
    cards = IdCards(rest)
    module.card_of("wang")
    assert not await rest.wait_for_removal(0)
    for _ in range(2):
        with pytest.raises(CardError):
            await cards.wait()
        waiting = asyncio.create_task(cards.wait())
        await asyncio.sleep(0)  # it has begun
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)


async def test_a_card_that_is_laid_down_between_two_visits_is_read(
    module: SimulatedSamReader, rest: CardRest
) -> None:
    """The reader was empty when the visit before ended: the card is the next person's."""
    assert await rest.wait_for_removal(0)
    module.card_of("li")
    await IdCards(rest).wait()


async def test_a_reader_that_was_away_at_the_end_gives_nobody_s_card(
    module: SimulatedSamReader, rest: CardRest
) -> None:
    """What nobody could look at counts as left behind."""
    module.card_of("wang")
    module.unplug()
    with pytest.raises(DeviceError):
        await rest.wait_for_removal(0)
    module.plug()
    with pytest.raises(CardError):
        await IdCards(rest).wait()


@pytest.mark.parametrize("restart", [False, True])
def test_the_next_person_does_not_see_whose_card_was_left(tmp_path: Path, *, restart: bool) -> None:
    """They are told to lift it, and then go on with their own, also where the power was out."""
    with Stage(tmp_path) as stage:
        stage.touch(events.Start())
        stage.see(views.HomeView)
        stage.world.act("card wang")
        if restart:
            stage.restart()
        else:
            stage.touch(events.Leave())
        stage.see(views.AttractView, lambda attract: attract.closed is None)
        stage.go_to_reader()
        stage.see(views.IdentifyView, lambda v: v.trouble is Trouble.CARD_LEFT)
        stage.world.act("card lift")
        asked_often(stage.world.reader)
        stage.world.act("card li")
        assert stage.see(views.ReviewView).name == residents.find("li").card.name
