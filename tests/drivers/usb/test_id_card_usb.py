"""The ID-card reader over USB: the same driver and the same codec behind another cable."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from drivers.address import UsbAddress, parse
from drivers.cards.id_card import SamIdCardReader
from drivers.device import Disconnected, Ready
from drivers.errors import TransportError
from drivers.ports.discovery import find
from sandbox import residents
from sandbox.devices.sam_reader_usb import SimulatedBridgedSamReader, SimulatedUsbSamReader
from sandbox.devices.usb_bus import UsbBus

WANG = residents.find("wang").card

pytestmark = pytest.mark.usefixtures("no_leaks")


@pytest.fixture(params=[SimulatedUsbSamReader, SimulatedBridgedSamReader], ids=["bulk", "bridge"])
def simulated(
    bus: UsbBus, request: pytest.FixtureRequest
) -> Iterator[SimulatedUsbSamReader | SimulatedBridgedSamReader]:
    """A reader on the bus."""
    with request.param(bus.root) as device:
        yield device


@pytest.fixture
async def reader(
    simulated: SimulatedUsbSamReader | SimulatedBridgedSamReader,
) -> AsyncIterator[SamIdCardReader]:
    """Our driver, which knows vendor and product alone."""
    driver = SamIdCardReader(simulated.where)
    yield driver
    await driver.close()


def address_of(simulated: SimulatedUsbSamReader | SimulatedBridgedSamReader) -> UsbAddress:
    """Where it says that it is."""
    address = parse(simulated.where)
    assert isinstance(address, UsbAddress)
    return address


async def test_a_card_is_read_as_it_is(
    simulated: SimulatedUsbSamReader, reader: SamIdCardReader
) -> None:
    """Every field and the photo, over packets of 64 bytes."""
    assert await reader.probe() == Ready()
    simulated.lay(WANG)
    assert await reader.wait_for_card(5)
    card = await reader.read_card()
    assert (card.name, card.id_number, card.address) == (WANG.name, WANG.id_number, WANG.address)
    assert card.photo is not None
    assert len(card.photo) == 1024


async def test_unplugged_in_the_photo_and_plugged_in_elsewhere(
    simulated: SimulatedUsbSamReader, reader: SamIdCardReader
) -> None:
    """It comes back under other numbers, as on any terminal, and the next read works."""
    assert await reader.probe() == Ready()
    before = find(address_of(simulated))
    simulated.lay(WANG)
    simulated.cut_after = 640
    with pytest.raises(TransportError):
        await reader.read_card()
    assert isinstance(await reader.probe(), Disconnected)
    simulated.plug()
    after = find(address_of(simulated))
    assert (after.number, after.nodes) != (before.number, before.nodes)
    assert (after.node("tty") is None) or after.node("tty") != before.node("tty")
    simulated.lay(WANG)
    assert (await reader.read_card()).name == WANG.name
