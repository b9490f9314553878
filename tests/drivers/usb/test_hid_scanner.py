"""A scanner that types, read by the real evdev from a node on a simulated bus."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from drivers.device import BarcodeScanner, Disconnected, HardwareError, Ready, ScannedCode
from drivers.errors import DeviceError, TransportError
from drivers.scanners.barcode_scanner import barcode_scanner
from drivers.scanners.hid_scanner import HidScanner
from sandbox.devices.hid_scanner import SimulatedHidScanner
from sandbox.devices.usb_bus import UsbBus

SHOWN = "SBX0123:aZ~{}"
PATIENCE = 10.0

pytestmark = pytest.mark.usefixtures("no_leaks")


@pytest.fixture
def simulated(bus: UsbBus) -> Iterator[SimulatedHidScanner]:
    """A scanner on the bus."""
    with SimulatedHidScanner(bus.root) as device:
        yield device


@pytest.fixture
async def scanner(simulated: SimulatedHidScanner) -> AsyncIterator[BarcodeScanner]:
    """Our driver, which knows vendor and product alone."""
    driver = barcode_scanner("hid", simulated.where)
    yield driver
    await driver.close()


async def until(condition: Callable[[], object]) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.005)


async def shown(
    simulated: SimulatedHidScanner, scanner: BarcodeScanner, *deeds: Callable[[], object]
) -> ScannedCode | None:
    """What a scan delivers while somebody does these things, again until it ends."""
    scanning = asyncio.ensure_future(scanner.scan(PATIENCE))
    await until(lambda: simulated.held)
    while not scanning.done():
        for deed in deeds:
            await asyncio.to_thread(deed)
        await asyncio.wait([scanning], timeout=0.2)
    return scanning.result()


def payload(code: ScannedCode | None) -> str:
    """What was delivered."""
    assert code is not None
    return code.payload.reveal()


async def test_a_code_is_read_and_never_comes_to_the_screen(
    simulated: SimulatedHidScanner, scanner: BarcodeScanner
) -> None:
    """The driver finds it by vendor and product and holds its keys from the first probe on."""
    simulated.show("before")
    assert simulated.screen == "before"
    assert await scanner.probe() == Ready()
    simulated.show("after")
    assert simulated.screen == "before"
    code = await shown(simulated, scanner, lambda: simulated.show(SHOWN))
    assert payload(code) == SHOWN
    assert simulated.screen == "before"


async def test_what_was_typed_before_is_never_delivered(
    simulated: SimulatedHidScanner, scanner: BarcodeScanner
) -> None:
    """Keys that wait since the last resident are thrown away."""
    await scanner.probe()
    simulated.show(SHOWN)
    assert await scanner.scan(0.3) is None


async def test_the_end_of_a_code_is_no_code(
    simulated: SimulatedHidScanner, scanner: BarcodeScanner
) -> None:
    """A code that is being typed when a scan begins is thrown away whole."""
    await scanner.probe()
    typing = asyncio.ensure_future(asyncio.to_thread(simulated.show, "x" * 300))
    scanning = asyncio.ensure_future(scanner.scan(1.0))
    await typing
    assert await scanning is None


async def test_the_same_code_again_is_none(
    simulated: SimulatedHidScanner, scanner: BarcodeScanner
) -> None:
    """A code still held up counts once; another one is delivered."""
    first = await shown(simulated, scanner, lambda: simulated.show(SHOWN))
    second = await shown(
        simulated, scanner, lambda: simulated.show(SHOWN), lambda: simulated.show("another")
    )
    assert (payload(first), payload(second)) == (SHOWN, "another")


@pytest.mark.parametrize("wrong", ["lossy", "function_key"])
async def test_a_mutilated_code_is_not_delivered(
    simulated: SimulatedHidScanner, scanner: BarcodeScanner, wrong: str
) -> None:
    """Keys that were dropped or mean nothing spoil their code; shown again it is read."""
    code = await shown(
        simulated, scanner, getattr(simulated, wrong), lambda: simulated.show("whole")
    )
    assert payload(code) == "whole"


async def test_a_scanner_without_enter_is_told_what_to_set(
    simulated: SimulatedHidScanner, scanner: BarcodeScanner
) -> None:
    """Codes that never end are an error with words for a technician, and nothing of the code."""
    scanning = asyncio.ensure_future(scanner.scan(PATIENCE))
    await until(lambda: simulated.held)
    while not scanning.done():
        await asyncio.to_thread(simulated.partial, SHOWN)
        await asyncio.wait([scanning], timeout=1.3)
    with pytest.raises(DeviceError) as caught:
        scanning.result()
    assert caught.value.fault.code == "scanner.garbage"
    assert "Enter" in caught.value.fault.detail
    assert "SBX" not in str(caught.value)


async def test_a_scanner_pulled_during_a_scan(
    simulated: SimulatedHidScanner, scanner: BarcodeScanner
) -> None:
    """It is an error at once; back at another node it is found by the same address."""
    scanning = asyncio.ensure_future(scanner.scan(PATIENCE))
    await until(lambda: simulated.held)
    before = simulated.node
    simulated.unplug()
    with pytest.raises(TransportError) as caught:
        await scanning
    assert caught.value.fault.code == "scanner.disconnected"
    simulated.plug()
    assert simulated.node != before
    code = await shown(simulated, scanner, lambda: simulated.show(SHOWN))
    assert payload(code) == SHOWN


async def test_keys_that_another_program_holds(
    simulated: SimulatedHidScanner, scanner: BarcodeScanner
) -> None:
    """Two programs can not both hold them: the second is told which trouble it is."""
    assert await scanner.probe() == Ready()
    second = HidScanner(simulated.where)
    status = await second.probe()
    assert isinstance(status, HardwareError)
    assert status.fault.code == "scanner.in_use"
    await second.close()


async def test_its_node_by_name(simulated: SimulatedHidScanner, tmp_path: Path) -> None:
    """A path is opened as it is, and what is no input device is said to be none."""
    driver = HidScanner(simulated.node)
    assert await driver.probe() == Ready()
    assert (await driver.self_test()).model.endswith("Bar Code Scanner")
    await driver.close()
    (tmp_path / "file").write_text("no keys")
    wrong = HidScanner(str(tmp_path / "file"))
    status = await wrong.probe()
    assert isinstance(status, Disconnected)
    assert "not an input device" in status.reason
    await wrong.close()


async def test_a_cancelled_scan_keeps_the_keys_from_the_screen_until_it_is_closed(
    simulated: SimulatedHidScanner, scanner: BarcodeScanner
) -> None:
    """After a scan that was broken off the next probe holds the keys again."""
    scanning = asyncio.ensure_future(scanner.scan(PATIENCE))
    await until(lambda: simulated.held)
    scanning.cancel()
    await asyncio.gather(scanning, return_exceptions=True)
    assert await scanner.probe() == Ready()
    await until(lambda: simulated.held)
    await scanner.close()
    await until(lambda: not simulated.held)
