"""The ID-card reader on a real serial port, with everything that goes wrong on one."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest

from drivers.cards.id_card import SamIdCardReader
from drivers.device import (
    Advice,
    CardKind,
    Disconnected,
    HardwareError,
    IdCard,
    IdCardReader,
    Personal,
    Ready,
    Sex,
)
from drivers.errors import CardError, DeviceError, TransportError
from sandbox.devices.sam_reader import ReaderFault, SimulatedSamReader
from sandbox.devices.simulator import WireFault

CARD = IdCard(
    kind=CardKind.RESIDENT,
    name=Personal("王秀英"),
    id_number=Personal("990000195203070028"),
    sex=Sex.FEMALE,
    birth_date=date(1952, 3, 7),
    issuer="某市公安局",
    valid_from=date(2015, 3, 1),
    valid_until=None,
    nation="汉",
    address=Personal("某区某镇"),
    photo=bytes(1024),
)

pytestmark = pytest.mark.usefixtures("no_leaks")


@pytest.fixture
def simulated(tmp_path: Path) -> Iterator[SimulatedSamReader]:
    """A reader on a pty at the right speed."""
    with SimulatedSamReader(tmp_path / "reader", expects=115200) as device:
        yield device


@pytest.fixture
async def reader(simulated: SimulatedSamReader) -> AsyncIterator[SamIdCardReader]:
    """Our driver at the other end."""
    driver = SamIdCardReader(str(simulated.link))
    yield driver
    await driver.close()


def test_it_is_an_id_card_reader(reader: SamIdCardReader) -> None:
    """The driver has the capability it claims."""
    assert isinstance(reader, IdCardReader)


async def test_a_card_is_read_as_it_is(
    simulated: SimulatedSamReader, reader: SamIdCardReader
) -> None:
    """A card laid down while somebody waits is found and read with every field and its photo."""
    waiting = asyncio.create_task(reader.wait_for_card(5))
    await asyncio.sleep(0)
    simulated.lay(CARD)
    assert await waiting
    assert await reader.read_card() == CARD
    assert await reader.probe() == Ready()


async def test_the_newest_address_is_the_address(
    simulated: SimulatedSamReader, reader: SamIdCardReader
) -> None:
    """A card whose holder moved says where they live now."""
    simulated.newest_address = "新址路一号"
    simulated.lay(CARD)
    assert (await reader.read_card()).address == Personal("新址路一号")


async def test_a_card_gone_before_it_said_its_newest_address(
    simulated: SimulatedSamReader, reader: SamIdCardReader
) -> None:
    """What is printed on the card may be outdated: a read is whole or it is none."""
    simulated.lay(CARD)
    simulated.leave_before_address = True
    with pytest.raises(CardError) as caught:
        await reader.read_card()
    assert caught.value.fault.code == "card.removed"


async def test_what_talks_nonsense_is_not_a_reader(
    simulated: SimulatedSamReader, reader: SamIdCardReader
) -> None:
    """Another device on the port is as good as none, and the reason says what was heard."""
    simulated.faults.begin(WireFault.GARBAGE)
    status = await reader.probe()
    assert isinstance(status, Disconnected)
    assert "SAM frame" in status.reason


async def test_no_card_is_no_fault(reader: SamIdCardReader) -> None:
    """Waiting for a card that does not come ends with False, in time."""
    assert not await reader.wait_for_card(0.05)


async def test_a_read_without_a_card_says_so(reader: SamIdCardReader) -> None:
    """A card that is not there is the resident's to lay down."""
    with pytest.raises(CardError) as caught:
        await reader.read_card()
    assert (caught.value.fault.code, caught.value.fault.advice) == (
        "card.removed",
        Advice.RESIDENT_ACTS,
    )


async def test_a_card_taken_away_during_the_read(
    simulated: SimulatedSamReader, reader: SamIdCardReader
) -> None:
    """A card lifted while the module reads is `card.removed`, and the next read works."""
    simulated.leave_after = 0.0
    simulated.lay(CARD)
    with pytest.raises(CardError) as caught:
        await reader.read_card()
    assert caught.value.fault.code == "card.removed"
    simulated.lay(CARD)
    assert await reader.read_card() == CARD


@pytest.mark.parametrize("fault", [WireFault.BAD_CHECKSUM, WireFault.GARBAGE, WireFault.TRUNCATED])
async def test_one_broken_frame_is_asked_for_again(
    simulated: SimulatedSamReader, reader: SamIdCardReader, fault: StrEnum
) -> None:
    """A frame broken once on the wire is not the resident's problem."""
    simulated.lay(CARD)
    simulated.faults.begin(fault, times=1)
    assert await reader.read_card() == CARD


@pytest.mark.parametrize(
    ("fault", "code", "words"),
    [
        (WireFault.BAD_CHECKSUM, "reader.checksum", "bad checksum in SAM frame: expected"),
        (WireFault.GARBAGE, "reader.garbage", "SAM frame"),
        (WireFault.TRUNCATED, "reader.garbage", "no whole SAM frame in"),
        (ReaderFault.BABBLE, "reader.garbage", "no whole SAM frame in"),
        (WireFault.SILENCE, "reader.silent", "no answer"),
        (ReaderFault.NOT_AUTHORISED, "reader.not_authorised", "not authorised"),
        (ReaderFault.REJECTED, "card.rejected", "does not accept the card"),
        (ReaderFault.UNREADABLE, "card.unreadable", "is empty"),
    ],
)
async def test_a_reader_that_goes_on_misbehaving_is_named(
    simulated: SimulatedSamReader,
    reader: SamIdCardReader,
    fault: StrEnum,
    code: str,
    words: str,
) -> None:
    """Each way of going wrong has its own code and says what was seen; afterwards all is well."""
    simulated.lay(CARD)
    simulated.faults.begin(fault)
    with pytest.raises(DeviceError) as caught:
        await reader.read_card()
    assert caught.value.fault.code == code
    assert words in caught.value.fault.detail
    simulated.behave()
    simulated.lay(CARD)
    assert await reader.read_card() == CARD


async def test_a_reader_that_cannot_look_for_cards_says_so(
    simulated: SimulatedSamReader, reader: SamIdCardReader
) -> None:
    """Nobody is left waiting for a card before a reader that will never find one."""
    simulated.faults.begin(ReaderFault.NOT_AUTHORISED)
    with pytest.raises(DeviceError, match=r"reader\.not_authorised"):
        await reader.wait_for_card(60)


async def test_slow_bytes_are_waited_for(
    simulated: SimulatedSamReader, reader: SamIdCardReader
) -> None:
    """A reply that trickles in byte by byte is one reply."""
    simulated.faults.begin(WireFault.SLOW, times=1)
    assert await reader.probe() == Ready()


async def test_probing_an_unauthorised_module_says_what_it_says(
    simulated: SimulatedSamReader, reader: SamIdCardReader
) -> None:
    """A module that answers that it cannot work is a hardware error, not a lost one."""
    simulated.faults.begin(ReaderFault.NOT_AUTHORISED)
    status = await reader.probe()
    assert isinstance(status, HardwareError)
    assert status.fault.advice is Advice.TECHNICIAN_ACTS


async def test_unplugged_in_the_middle_and_plugged_in_again(
    simulated: SimulatedSamReader, reader: SamIdCardReader
) -> None:
    """A cable pulled within the photo is a lost reader; plugged in, the next read works."""
    simulated.lay(CARD)
    simulated.cut_after = 640
    with pytest.raises(TransportError) as caught:
        await reader.read_card()
    assert caught.value.fault.code == "reader.disconnected"
    assert isinstance(await reader.probe(), Disconnected)
    simulated.plug()
    simulated.lay(CARD)
    assert await reader.read_card() == CARD


async def test_no_reader_says_where_and_what_to_do(tmp_path: Path) -> None:
    """A port that is not there is named, with what a technician checks first."""
    driver = SamIdCardReader(str(tmp_path / "nowhere"))
    status = await driver.probe()
    await driver.close()
    assert status == Disconnected(
        f"{tmp_path / 'nowhere'}: no such device; "
        "check cable and power, or the port in the configuration"
    )


async def test_the_wrong_speed_is_silence_that_names_the_speed(tmp_path: Path) -> None:
    """A reader set to another speed hears noise: the fault names the speed we tried."""
    with SimulatedSamReader(tmp_path / "reader", expects=9600) as device:
        driver = SamIdCardReader(str(device.link), baud=115200)
        status = await driver.probe()
        await driver.close()
    assert isinstance(status, Disconnected)
    assert "baud rate (115200)" in status.reason


async def test_pulling_and_plugging_leaves_nothing_behind(
    simulated: SimulatedSamReader, reader: SamIdCardReader
) -> None:
    """Fifty times unplugged and plugged in: the reader is back each time, with the same thread."""
    assert await reader.probe() == Ready()
    threads = threading.active_count()
    for _ in range(50):
        simulated.unplug()
        assert isinstance(await reader.probe(), Disconnected)
        simulated.plug()
        assert await reader.probe() == Ready()
    assert threading.active_count() == threads


async def test_a_cancelled_wait_frees_the_reader_at_once(
    simulated: SimulatedSamReader, reader: SamIdCardReader
) -> None:
    """Nobody waits any more: the next command is served without waiting out the old one."""
    waiting = asyncio.create_task(reader.wait_for_card(60))
    assert await reader_busy(waiting)
    waiting.cancel()
    simulated.lay(CARD)
    async with asyncio.timeout(5):
        assert await reader.read_card() == CARD


async def reader_busy(task: asyncio.Task[bool]) -> bool:
    """Let the task begin."""
    await asyncio.sleep(0.05)
    return not task.done()
