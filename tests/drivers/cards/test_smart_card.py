"""The social security card reader in a real smart-card service, with all that goes wrong in one."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Callable, Iterator
from enum import StrEnum

import pytest
from smartcard import scard

from drivers.cards import pcsc
from drivers.cards.smart_card import LEFT, PcscSocialCardReader
from drivers.device import (
    Advice,
    Disconnected,
    Ready,
    SocialCardReader,
    SocialSecurityCard,
    UserError,
)
from drivers.errors import CardError, DeviceError, TransportError
from sandbox import pcsc as service
from sandbox import residents
from sandbox.devices.chip import BankChip, Chip, Habit, SocialSecurityChip
from sandbox.devices.simulator import WireFault
from sandbox.devices.social_card import SimulatedSocialCardReader

SOON = 10.0  # seconds within which a reader notices a card, at the very latest

pytestmark = [
    pytest.mark.usefixtures("no_leaks"),
    pytest.mark.skipif(bool(service.missing()), reason=service.missing() or "nothing is missing"),
]


@pytest.fixture
def simulated() -> Iterator[SimulatedSocialCardReader]:
    """A reader behind a service of its own, which this process looks for."""
    with SimulatedSocialCardReader(service.own_address()) as device:
        yield device


@pytest.fixture
async def reader(simulated: SimulatedSocialCardReader) -> AsyncIterator[PcscSocialCardReader]:
    """Our driver."""
    driver = PcscSocialCardReader(simulated.where)
    yield driver
    await driver.close()


def card_of(key: str) -> SocialSecurityCard:
    """The card of a resident."""
    card = residents.find(key).social_card
    assert card is not None
    return card


class Tampered(SocialSecurityChip):
    """The card of Wang; something happens at its n-th command."""

    def __init__(self, after: int, happens: Callable[[], object]) -> None:
        super().__init__(card_of("wang"))
        self._left = after
        self._happens = happens

    def answer(self, command: bytes) -> bytes:
        """What it says; at the n-th command it happens first."""
        self._left -= 1
        if self._left == 0:
            self._happens()
        return super().answer(command)


async def refusal(reader: PcscSocialCardReader) -> DeviceError:
    """What a read is refused with."""
    with pytest.raises(DeviceError) as caught:
        await reader.read_card()
    return caught.value


async def inserted(simulated: SimulatedSocialCardReader, reader: PcscSocialCardReader) -> None:
    """The card of Wang is in the slot, and noticed."""
    simulated.insert_card_of("wang")
    assert await reader.wait_for_card(SOON)


def test_it_is_a_social_card_reader(reader: PcscSocialCardReader) -> None:
    """The driver has the capability it claims."""
    assert isinstance(reader, SocialCardReader)


@pytest.mark.parametrize("key", ["wang", "chan", "li"])
async def test_a_card_of_each_version_is_read_as_it_is(
    simulated: SimulatedSocialCardReader, reader: PcscSocialCardReader, key: str
) -> None:
    """A card put in while somebody waits is found and read with every field: 1.00, 2.00, 3.00."""
    waiting = asyncio.create_task(reader.wait_for_card(SOON))
    await asyncio.sleep(0)
    simulated.insert_card_of(key)
    assert await waiting
    assert await reader.read_card() == card_of(key)
    assert await reader.read_card() == card_of(key)
    assert await reader.probe() == Ready()


@pytest.mark.parametrize("habit", list(Habit))
async def test_cards_may_have_habits(
    simulated: SimulatedSocialCardReader, reader: PcscSocialCardReader, habit: Habit
) -> None:
    """Old commands, records by tag only, 61xx for everything, 6Cxx: the card is read."""
    simulated.faults.begin(habit)
    await inserted(simulated, reader)
    assert await reader.read_card() == card_of("wang")


async def test_no_card_is_no_fault(reader: PcscSocialCardReader) -> None:
    """Waiting for a card that does not come ends with False, in time; an empty slot is ready."""
    assert not await reader.wait_for_card(0.05)
    assert await reader.wait_for_removal(0.05)
    assert await reader.probe() == Ready()


async def test_a_read_without_a_card_says_so(reader: PcscSocialCardReader) -> None:
    """A card that is not there is the resident's to put in."""
    error = await refusal(reader)
    assert (error.fault.code, error.fault.advice) == ("card.removed", Advice.RESIDENT_ACTS)


async def test_nothing_of_a_bank_card_is_read_or_said(
    simulated: SimulatedSocialCardReader,
    reader: PcscSocialCardReader,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """It is refused by its name; it was never asked for anything but its name."""
    asked: list[bytes] = []

    class Bank(BankChip):
        def answer(self, command: bytes) -> bytes:
            asked.append(command)
            return super().answer(command)

    caplog.set_level(logging.DEBUG)
    simulated.insert(Bank())
    assert await reader.wait_for_card(SOON)
    error = await refusal(reader)
    assert error.fault.code == "card.bank"
    assert "bank card" in error.fault.for_resident
    assert {command[1] for command in asked} == {0xA4}
    assert "6299" not in f"{caplog.text}{error!r}{error.fault}"


async def test_an_unknown_card_is_named_so(
    simulated: SimulatedSocialCardReader, reader: PcscSocialCardReader
) -> None:
    """A card of another trade is refused as what it is, and the reader is well."""
    simulated.insert(Chip())
    assert await reader.wait_for_card(SOON)
    assert (await refusal(reader)).fault.code == "card.unknown"
    assert await reader.probe() == Ready()


@pytest.mark.parametrize("after", [0, 1, 9])
async def test_a_card_taken_out_during_the_read(
    simulated: SimulatedSocialCardReader, reader: PcscSocialCardReader, after: int
) -> None:
    """It is `card.removed` whenever that was, and the next card is read."""
    await inserted(simulated, reader)
    simulated.leave_after = after
    error = await refusal(reader)
    assert isinstance(error, CardError)
    assert error.fault.code == "card.removed"
    simulated.insert_card_of("li")
    assert await reader.wait_for_card(SOON)
    assert await reader.read_card() == card_of("li")


@pytest.mark.parametrize("fault", [WireFault.SILENCE, WireFault.TRUNCATED])
async def test_a_bad_contact_is_tried_again(
    simulated: SimulatedSocialCardReader, reader: PcscSocialCardReader, fault: StrEnum
) -> None:
    """An answer that failed once is not the resident's problem."""
    await inserted(simulated, reader)
    simulated.faults.begin(fault, times=1)
    assert await reader.read_card() == card_of("wang")


async def test_a_slow_card_is_waited_for(
    simulated: SimulatedSocialCardReader, reader: PcscSocialCardReader
) -> None:
    """A card that thinks before each answer is read."""
    await inserted(simulated, reader)
    simulated.faults.begin(WireFault.SLOW, times=5)
    assert await reader.read_card() == card_of("wang")


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (WireFault.SILENCE, "card.silent"),
        (WireFault.TRUNCATED, "card.unreadable"),
        (WireFault.GARBAGE, "card."),
    ],
)
async def test_a_card_that_goes_on_misbehaving_is_named(
    simulated: SimulatedSocialCardReader, reader: PcscSocialCardReader, fault: StrEnum, code: str
) -> None:
    """Each way of going wrong is the card's, not the reader's; a good card is read afterwards."""
    await inserted(simulated, reader)
    simulated.faults.begin(fault)
    error = await refusal(reader)
    assert isinstance(error, CardError)
    assert error.fault.code.startswith(code)
    assert error.fault.for_resident.startswith("T")  # This card ..., The card ...
    simulated.behave()
    simulated.remove()
    assert await reader.wait_for_removal(SOON)
    await inserted(simulated, reader)
    assert await reader.read_card() == card_of("wang")


async def test_a_worn_card_names_what_can_not_be_read(
    simulated: SimulatedSocialCardReader, reader: PcscSocialCardReader
) -> None:
    """Staff reads which item is missing, and nothing of the card."""
    await inserted(simulated, reader)
    simulated.wear()
    error = await refusal(reader)
    assert error.fault.code == "card.unreadable"
    assert "card_number is empty" in error.fault.detail


async def test_a_card_put_in_upside_down(
    simulated: SimulatedSocialCardReader, reader: PcscSocialCardReader
) -> None:
    """It is noticed, the resident is told how to put it in, and probes say what is in the way."""
    simulated.insert(Chip(), mute=True)
    assert await reader.wait_for_card(SOON)
    error = await refusal(reader)
    assert error.fault.code == "card.mute"
    assert "chip" in error.fault.for_resident
    assert await reader.probe() == UserError(pcsc.MUTE)
    simulated.remove()
    assert await reader.wait_for_removal(SOON)
    await inserted(simulated, reader)
    assert await reader.read_card() == card_of("wang")


async def test_a_card_left_behind_is_nobodys(
    simulated: SimulatedSocialCardReader, reader: PcscSocialCardReader
) -> None:
    """Whoever comes next neither finds nor reads it; once it is taken out all is well."""
    await inserted(simulated, reader)
    assert not await reader.wait_for_removal(0.05)
    assert await reader.probe() == UserError(LEFT)
    assert not await reader.wait_for_card(0.05)
    assert (await refusal(reader)).fault == LEFT
    simulated.remove()
    assert await reader.wait_for_removal(SOON)
    assert await reader.probe() == Ready()
    await inserted(simulated, reader)
    assert await reader.read_card() == card_of("wang")


async def test_a_card_left_behind_stays_so_through_a_restart(
    simulated: SimulatedSocialCardReader, reader: PcscSocialCardReader
) -> None:
    """A service that comes back sees a card as if it were new; to us it is not."""
    await inserted(simulated, reader)
    assert not await reader.wait_for_removal(0.05)
    simulated.unplug()
    assert isinstance(await reader.probe(), Disconnected)
    simulated.plug()
    other = PcscSocialCardReader()
    assert await other.wait_for_card(SOON)
    await other.close()
    assert await reader.probe() == UserError(LEFT)
    assert (await refusal(reader)).fault == LEFT


async def test_a_card_exchanged_while_nobody_looked(
    simulated: SimulatedSocialCardReader, reader: PcscSocialCardReader
) -> None:
    """The service counts: the card that is in now is not the one that was left behind."""
    await inserted(simulated, reader)
    assert not await reader.wait_for_removal(0.05)
    simulated.remove()
    other = PcscSocialCardReader()
    assert await other.wait_for_removal(SOON)
    simulated.insert_card_of("li")
    assert await other.wait_for_card(SOON)
    await other.close()
    assert await reader.wait_for_card(0.05)
    assert await reader.read_card() == card_of("li")


async def test_a_card_that_another_program_has_to_itself(
    simulated: SimulatedSocialCardReader, reader: PcscSocialCardReader
) -> None:
    """It is said, not waited for; once the other program lets go the card is read."""
    await inserted(simulated, reader)
    _, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
    result, card, _ = scard.SCardConnect(
        context, simulated.where, scard.SCARD_SHARE_EXCLUSIVE, pcsc.PROTOCOLS
    )
    assert result == scard.SCARD_S_SUCCESS
    assert (await refusal(reader)).fault.code == "smartcard.in_use"
    scard.SCardDisconnect(card, scard.SCARD_LEAVE_CARD)
    scard.SCardReleaseContext(context)
    assert await reader.read_card() == card_of("wang")


async def test_a_service_that_does_not_run_says_what_to_do() -> None:
    """Nobody at the address: the reason names the service and how to look at it."""
    service.own_address()
    driver = PcscSocialCardReader()
    status = await driver.probe()
    await driver.close()
    assert isinstance(status, Disconnected)
    assert "systemctl status pcscd" in status.reason


async def test_no_reader_and_a_reader_of_another_name(
    simulated: SimulatedSocialCardReader,
) -> None:
    """The reason names what was looked for and what there is."""
    driver = PcscSocialCardReader("ACS")
    status = await driver.probe()
    assert isinstance(status, Disconnected)
    assert status.reason.startswith("ACS: ")
    assert simulated.where in status.reason
    simulated.unplug()
    status = await driver.probe()
    assert isinstance(status, Disconnected)
    assert "there is none" in status.reason
    await driver.close()


async def test_unplugged_in_the_middle_of_a_read_and_plugged_in_again(
    simulated: SimulatedSocialCardReader, reader: PcscSocialCardReader
) -> None:
    """A cable pulled between two answers is a lost reader; plugged in, the card is read."""
    simulated.insert(Tampered(6, simulated.unplug))
    assert await reader.wait_for_card(SOON)
    assert isinstance(await refusal(reader), TransportError)
    assert isinstance(await reader.probe(), Disconnected)
    simulated.plug()
    assert await reader.probe() == Ready()
    assert await reader.wait_for_card(SOON)
    assert await reader.read_card() == card_of("wang")


async def test_a_service_that_ends_while_somebody_waits(
    simulated: SimulatedSocialCardReader, reader: PcscSocialCardReader
) -> None:
    """The wait ends at once; once the service is back, so is the reader."""
    waiting = asyncio.create_task(reader.wait_for_card(60))
    await asyncio.sleep(0.05)
    simulated.stop_service()
    with pytest.raises(TransportError, match=r"smartcard\.(no_service|denied)"):
        await waiting
    assert isinstance(await reader.probe(), Disconnected)
    simulated.behave()
    assert await reader.probe() == Ready()


async def test_a_service_that_was_restarted_is_not_noticed(
    simulated: SimulatedSocialCardReader, reader: PcscSocialCardReader
) -> None:
    """An update of the machine's packages costs no resident a read."""
    await inserted(simulated, reader)
    simulated.stop_service()
    simulated.behave()
    assert await reader.wait_for_card(SOON)
    assert await reader.read_card() == card_of("wang")


async def test_a_pulled_cable_is_told_from_a_service_that_ended(
    simulated: SimulatedSocialCardReader, reader: PcscSocialCardReader
) -> None:
    """The reason names the reader, though the connection broke too."""
    assert await reader.probe() == Ready()
    simulated.unplug()
    status = await reader.probe()
    assert isinstance(status, Disconnected)
    assert "there is none" in status.reason


async def test_a_service_that_hangs_is_let_go(
    simulated: SimulatedSocialCardReader, reader: PcscSocialCardReader
) -> None:
    """A probe ends and says so, each time anew; and the reader is back when the service is."""
    assert await reader.probe() == Ready()
    simulated.hang()
    for _ in range(2):
        status = await reader.probe()
        assert isinstance(status, Disconnected)
        assert "hangs" in status.reason
    simulated.behave()
    assert await reader.probe() == Ready()


async def test_closing_ends_a_read_that_hangs(simulated: SimulatedSocialCardReader) -> None:
    """A terminal that is switched off does not wait for a service that hangs."""
    driver = PcscSocialCardReader()
    hung = asyncio.Event()
    loop = asyncio.get_running_loop()

    def hang() -> None:
        simulated.hang()
        loop.call_soon_threadsafe(hung.set)

    simulated.insert(Tampered(6, hang))
    assert await driver.wait_for_card(SOON)
    reading = asyncio.create_task(driver.read_card())
    await hung.wait()
    async with asyncio.timeout(SOON):
        await driver.close()
    with pytest.raises(DeviceError):
        await reading


async def test_a_cancelled_wait_frees_the_reader_at_once(
    simulated: SimulatedSocialCardReader, reader: PcscSocialCardReader
) -> None:
    """Nobody waits any more: the next command is served without waiting out the old one."""
    waiting = asyncio.create_task(reader.wait_for_card(60))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    waiting.cancel()
    async with asyncio.timeout(SOON):
        await inserted(simulated, reader)
        assert await reader.read_card() == card_of("wang")


async def test_a_probe_during_a_long_wait_is_busy(
    simulated: SimulatedSocialCardReader, reader: PcscSocialCardReader
) -> None:
    """A reader that waits for a card is not lost, and its wait goes on."""
    waiting = asyncio.create_task(reader.wait_for_card(SOON))
    await asyncio.sleep(0)
    probing = asyncio.create_task(reader.probe())
    simulated.insert_card_of("wang")
    assert await waiting
    assert await probing == Ready()


def test_a_hang_up_leaves_other_files_alone() -> None:
    """Only connections to the service are shut, and no descriptor is left open."""
    ours, theirs = os.pipe()
    pcsc.hang_up()
    os.write(theirs, b"x")
    assert os.read(ours, 1) == b"x"
    os.close(ours)
    os.close(theirs)
