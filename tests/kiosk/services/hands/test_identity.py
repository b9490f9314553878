"""Everything that says who is there, on the real drivers of simulated readers."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from drivers.device import (
    NO_BIRTH_DATE,
    DeviceKind,
    Disconnected,
    Personal,
    Ready,
    ScannedCode,
    SelfTest,
    SocialSecurityCard,
    Status,
)
from drivers.errors import CardError
from kiosk.core import events
from kiosk.core.effects import EndVisit, ReadIdentity, StopReading
from kiosk.core.identity import Document, Means
from kiosk.services.hands import identity
from sandbox import pcsc, residents
from sandbox.devices.barcode_scanner import ScannerFault, SimulatedNewland
from tests.kiosk.services.hands.bench import Bench, bench

pytestmark = pytest.mark.usefixtures("no_leaks")

WANG = residents.WANG
ALL = frozenset(Means)


@pytest.fixture
async def counter(tmp_path: Path) -> AsyncIterator[Bench]:
    """A reader of ID cards and a scanner."""
    async with bench(tmp_path, "barcode-newland") as one:
        yield one


def scanner(counter: Bench) -> SimulatedNewland:
    """The scanner."""
    found = counter.world.devices["barcode-newland"]
    assert isinstance(found, SimulatedNewland)
    return found


async def test_an_id_card_says_who_is_there(counter: Bench) -> None:
    """First that a card lies there, then whose it is."""
    counter.carry_out(ReadIdentity(1, ALL))
    counter.world.act("card wang")
    assert await counter.come(events.CardPlaced) == events.CardPlaced(1, Means.ID_CARD)
    person = (await counter.come(events.Identified)).person
    assert (person.name, person.id_number) == (WANG.card.name, WANG.card.id_number)
    assert (person.document, person.address) == (Document.RESIDENT, WANG.card.address)


async def test_a_code_is_handed_on_as_it_was_shown(counter: Bench) -> None:
    """The first reader that has something ends the others, and is as good as before after it."""
    for visit in (1, 2):
        counter.carry_out(ReadIdentity(visit, ALL))
        scanner(counter).show(f"990000-{visit}")
        assert (await counter.come(events.CardPlaced)).means is Means.CODE
        shown = await counter.come(events.CodeShown)
        assert (shown.visit, shown.code) == (visit, Personal(f"990000-{visit}"))


async def test_only_what_was_asked_for_is_read(counter: Bench) -> None:
    """A code that is shown where only a card is waited for is nobody's."""
    scanner(counter).show("990000-1")
    counter.carry_out(ReadIdentity(1, frozenset({Means.ID_CARD})))
    counter.world.act("card li")
    assert (await counter.come(events.CardPlaced)).means is Means.ID_CARD
    await counter.come(events.Identified)
    assert scanner(counter).triggers == 0


@pytest.mark.parametrize("stop", [StopReading(), EndVisit(1)])
async def test_nobody_is_read_who_was_not_waited_for(
    counter: Bench, stop: StopReading | EndVisit
) -> None:
    """What is laid down after the waiting ended is told to the next visit alone."""
    counter.carry_out(ReadIdentity(1, ALL))
    counter.carry_out(stop)
    counter.world.act("card wang")
    counter.carry_out(ReadIdentity(2, ALL))
    assert (await counter.come(events.CardPlaced)).visit == 2
    assert (await counter.come(events.Identified)).visit == 2


async def test_asked_again_it_waits_once(counter: Bench) -> None:
    """Waiting anew, as for other means, takes the place of the waiting before."""
    for _ in range(3):
        counter.carry_out(ReadIdentity(1, ALL))
    counter.world.act("card wang")
    await counter.come(events.CardPlaced)
    await counter.come(events.Identified)
    await counter.hands.settle()
    assert counter.events.empty()


async def test_a_reader_that_is_lost_while_others_wait_is_noted(counter: Bench) -> None:
    """The others go on waiting; whoever watches the devices knows at once."""
    counter.carry_out(ReadIdentity(1, ALL))
    scanner(counter).unplug()
    counter.world.act("card wang")
    await counter.come(events.CardPlaced)
    await counter.come(events.Identified)
    counter.carry_out(ReadIdentity(2, frozenset({Means.CODE})))
    failed = await counter.come(events.ReadFailed)
    assert (failed.means, failed.fault.code) == (Means.CODE, "scanner.disconnected")
    kind, status = counter.statuses[-1]
    assert kind is DeviceKind.BARCODE_SCANNER
    assert isinstance(status, Disconnected)


async def test_the_last_reader_that_is_lost_is_told(counter: Bench) -> None:
    """Where nobody waits any more the resident hears of it."""
    counter.world.act("reader unplug")
    scanner(counter).unplug()
    counter.carry_out(ReadIdentity(1, ALL))
    failed = await counter.come(events.ReadFailed)
    assert failed.fault.code in {"reader.disconnected", "scanner.disconnected"}
    assert {kind for kind, _ in counter.statuses} == {
        DeviceKind.ID_CARD_READER,
        DeviceKind.BARCODE_SCANNER,
    }


async def test_noise_of_one_reader_is_no_end_for_the_others(counter: Bench) -> None:
    """A scanner that babbles keeps no card from being read."""
    scanner(counter).faults.begin(ScannerFault.BABBLE)
    counter.carry_out(ReadIdentity(1, ALL))
    counter.world.act("card wang")
    assert (await counter.come(events.CardPlaced)).means is Means.ID_CARD
    await counter.come(events.Identified)


async def test_a_card_that_is_taken_away_is_told(counter: Bench) -> None:
    """A card was there, and is gone before it said everything."""
    counter.world.reader.leave_after = 0.0
    counter.carry_out(ReadIdentity(1, ALL))
    counter.world.act("card wang")
    await counter.come(events.CardPlaced)
    assert (await counter.come(events.ReadFailed)).fault.code == "card.removed"


# --- social security cards ------------------------------------------------------------------------


with_slot = pytest.mark.skipif(bool(pcsc.missing()), reason=pcsc.missing() or "nothing is missing")


@with_slot
@pytest.mark.parametrize("resident", [r for r in residents.RESIDENTS if r.social_card])
async def test_a_social_security_card_says_who_is_there(
    tmp_path: Path, resident: residents.Resident
) -> None:
    """Whatever the card's version: name, number, sex, date of birth and until when it counts."""
    async with bench(tmp_path, "social-card") as counter:
        counter.carry_out(ReadIdentity(1, ALL))
        counter.world.act(f"social-card insert {resident.key}")
        assert (await counter.come(events.CardPlaced)).means is Means.SOCIAL_CARD
        person = (await counter.come(events.Identified)).person
    card = resident.card
    said = (person.name, person.id_number, person.sex, person.birth_date)
    assert said == (card.name, card.id_number, card.sex, card.birth_date)
    assert person.document is Document.SOCIAL_CARD


@with_slot
async def test_a_bank_card_is_nobodys(tmp_path: Path) -> None:
    """It is refused once, however long it stays there; an ID card is read beside it."""
    async with bench(tmp_path, "social-card") as counter:
        counter.carry_out(ReadIdentity(1, ALL))
        counter.world.act("social-card insert bank")
        await counter.come(events.CardPlaced)
        failed = await counter.come(events.ReadFailed)
        assert (failed.means, failed.fault.code) == (Means.SOCIAL_CARD, "card.bank")
        counter.carry_out(ReadIdentity(1, ALL))
        counter.world.act("card wang")
        assert (await counter.come(events.CardPlaced)).means is Means.ID_CARD
        await counter.come(events.Identified)


@with_slot
async def test_another_card_is_read_once_the_one_that_was_no_good_is_out(tmp_path: Path) -> None:
    """The slot is as good as before once it was empty."""
    async with bench(tmp_path, "social-card") as counter:
        counter.carry_out(ReadIdentity(1, ALL))
        counter.world.act("social-card insert unknown")
        await counter.come(events.CardPlaced)
        await counter.come(events.ReadFailed)
        counter.carry_out(ReadIdentity(1, ALL))
        counter.world.act("social-card remove")
        counter.world.act("social-card insert wang")
        await counter.come(events.CardPlaced)
        assert (await counter.come(events.Identified)).person.document is Document.SOCIAL_CARD


def social_card(number: str) -> SocialSecurityCard:
    """A card that says its holder's number and no date of birth."""
    card = WANG.social_card
    assert card is not None
    return replace(card, birth_date=None, social_security_number=Personal(number))


def test_a_date_of_birth_that_a_card_lacks_is_in_its_number() -> None:
    """A citizen's number has it."""
    number = WANG.card.id_number.reveal()
    assert identity.of_social_card(social_card(number)).birth_date == WANG.card.birth_date


@pytest.mark.parametrize("number", ["HKG990000001", "990000195213070025", ""])
def test_nobody_is_taken_for_born_on_a_day_that_is_guessed(number: str) -> None:
    """A number without a date is told, and the number stands in no message."""
    with pytest.raises(CardError) as caught:
        identity.of_social_card(social_card(number))
    assert caught.value.fault is NO_BIRTH_DATE
    assert not number or number not in str(caught.value)


# --- codes that are too old -----------------------------------------------------------------------


class SlowScanner:
    """A scanner that hands on one code too late, and then one in time."""

    kind = DeviceKind.BARCODE_SCANNER

    def __init__(self) -> None:
        now = time.monotonic()
        self._codes = [
            ScannedCode(Personal("too old"), seen_at=now - 3600),
            None,
            ScannedCode(Personal("in time"), seen_at=now),
        ]

    async def scan(self, timeout: float) -> ScannedCode | None:
        """The next of them."""
        del timeout
        return self._codes.pop(0)

    async def probe(self) -> Status:
        """Well."""
        return Ready()

    async def self_test(self) -> SelfTest:
        """Well."""
        return SelfTest(Ready(), "nowhere")

    async def close(self) -> None:
        """Nothing is open."""


async def test_a_code_that_is_too_old_is_dropped() -> None:
    """Codes change within a minute: an old one is never sent."""
    read = await identity.Codes(SlowScanner()).wait()
    assert await read() == Personal("in time")


def test_birth_dates_are_dates() -> None:
    """The date within a number is read as the day it names."""
    assert identity.of_social_card(social_card("99000020000229001X")).birth_date == date(
        2000, 2, 29
    )
