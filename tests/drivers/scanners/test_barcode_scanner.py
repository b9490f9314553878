"""Scanners on a real serial port, each family with everything that goes wrong on one."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import AsyncIterator, Callable, Iterator
from enum import StrEnum
from pathlib import Path

import pytest

from drivers.device import BarcodeScanner, Disconnected, HardwareError, Personal, ScannedCode
from drivers.errors import DeviceError, TransportError
from drivers.scanners.barcode_scanner import FAMILIES, barcode_scanner
from sandbox.devices.barcode_scanner import (
    ScannerFault,
    SimulatedHoneywell,
    SimulatedNewland,
    SimulatedScanner,
    dynamic_code,
)
from sandbox.devices.simulator import WireFault
from sandbox.devices.ssi_scanner import SimulatedSsi

SPEED = 9600
SIMULATED: dict[str, type[SimulatedScanner]] = {
    "newland": SimulatedNewland,
    "honeywell": SimulatedHoneywell,
    "zebra_ssi": SimulatedSsi,
}
SHOWN = "SBX0123456789abcdef"
PATIENCE = 10.0

pytestmark = pytest.mark.usefixtures("no_leaks")


@pytest.fixture(params=SIMULATED)
def family(request: pytest.FixtureRequest) -> str:
    """Each family's word in the configuration."""
    word: str = request.param
    return word


@pytest.fixture
def simulated(family: str, tmp_path: Path) -> Iterator[SimulatedScanner]:
    """A scanner of that family on a pty at the right speed."""
    with SIMULATED[family](tmp_path / "scanner", expects=SPEED) as device:
        yield device


@pytest.fixture
async def scanner(family: str, simulated: SimulatedScanner) -> AsyncIterator[BarcodeScanner]:
    """Our driver at the other end."""
    driver = barcode_scanner(family, simulated.where, SPEED)
    yield driver
    await driver.close()


only_newland = pytest.mark.parametrize("family", ["newland"], indirect=True)
only_ssi = pytest.mark.parametrize("family", ["zebra_ssi"], indirect=True)


async def until(condition: Callable[[], object]) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.005)


async def triggered(scanner: BarcodeScanner, simulated: SimulatedScanner) -> asyncio.Task[object]:
    """A scan that has begun: the light is on."""
    scanning: asyncio.Task[object] = asyncio.ensure_future(scanner.scan(PATIENCE))
    await until(lambda: simulated.lit or scanning.done())
    return scanning


def holds(root: object, text: str) -> bool:
    """Whether the text is in anything that hangs on an object, as far as that is plain data."""
    found, waiting = {id(root)}, [root]
    while waiting:
        for inner in gc.get_referents(waiting.pop()):
            if isinstance(inner, bytes | bytearray) and text.encode() in inner:
                return True
            if isinstance(inner, str) and text in inner:
                return True
            ours = type(inner).__module__.startswith("drivers.")
            if (ours or isinstance(inner, dict | list | tuple | set)) and id(inner) not in found:
                found.add(id(inner))
                waiting.append(inner)
    return False


def payload(code: object) -> str:
    """What was delivered."""
    assert isinstance(code, ScannedCode)
    return code.payload.reveal()


def test_every_family_has_its_driver(tmp_path: Path) -> None:
    """The words of the configuration are the families there are."""
    assert set(FAMILIES) == {"newland", "honeywell", "zebra_ssi", "hid", "camera"}
    with pytest.raises(KeyError):
        barcode_scanner("symbol", str(tmp_path))


async def test_it_is_a_barcode_scanner(scanner: BarcodeScanner) -> None:
    """The driver has the capability it claims."""
    assert isinstance(scanner, BarcodeScanner)


async def test_a_code_shown_while_somebody_waits(
    simulated: SimulatedScanner, scanner: BarcodeScanner
) -> None:
    """It is delivered as it was shown, and the light is off afterwards."""
    scanning = await triggered(scanner, simulated)
    assert simulated.lit
    simulated.show(SHOWN)
    code = await scanning
    assert isinstance(code, ScannedCode)
    assert code.payload == Personal(SHOWN)
    assert code.symbology in {"", "QR Code"}
    await until(lambda: not simulated.lit)


@pytest.mark.parametrize(
    "text", ["电子社保卡 0123", "a", "x" * 2953, "two\nlines", "]C1010690\x1d21"]
)
async def test_any_text_is_delivered_whole(
    simulated: SimulatedScanner, scanner: BarcodeScanner, text: str
) -> None:
    """Short, long, Chinese, of two lines, with GS1 separators: nothing is parsed or lost."""
    simulated.hold(text.encode())
    assert payload(await scanner.scan(PATIENCE)) == text


async def test_no_code_is_none_and_the_light_goes_off(
    simulated: SimulatedScanner, scanner: BarcodeScanner
) -> None:
    """Nobody shows anything: None, and the trigger was switched on and off."""
    assert await scanner.scan(0.2) is None
    assert simulated.triggers == 1
    await until(lambda: not simulated.lit)


async def test_a_cancelled_scan_switches_the_light_off(
    simulated: SimulatedScanner, scanner: BarcodeScanner
) -> None:
    """Whoever goes away does not leave the scanner reading."""
    simulated.session = 60.0
    scanning = await triggered(scanner, simulated)
    scanning.cancel()
    await asyncio.gather(scanning, return_exceptions=True)
    await until(lambda: not simulated.lit)
    simulated.show(SHOWN)
    assert payload(await scanner.scan(PATIENCE)) == SHOWN


async def test_the_same_code_again_within_two_seconds_is_none(
    simulated: SimulatedScanner, scanner: BarcodeScanner
) -> None:
    """A code still held up counts once; another one is delivered at once."""
    simulated.show(SHOWN)
    assert await scanner.scan(PATIENCE)
    simulated.show(SHOWN)
    assert await scanner.scan(0.5) is None
    scanning = await triggered(scanner, simulated)
    simulated.show(SHOWN)
    await until(lambda: simulated.wait_until_read(0))
    simulated.show("another")
    assert payload(await scanning) == "another"


async def test_nothing_of_a_delivered_code_stays_in_the_driver(
    simulated: SimulatedScanner, scanner: BarcodeScanner
) -> None:
    """When a scan has ended the driver holds no byte of what was shown."""
    simulated.show(SHOWN)
    assert await scanner.scan(PATIENCE)
    assert not holds(scanner, SHOWN)


async def test_nothing_of_half_a_code_stays_in_the_driver(
    simulated: SimulatedScanner, scanner: BarcodeScanner
) -> None:
    """A scan that is broken off while a code comes leaves none of it behind."""
    scanning = await triggered(scanner, simulated)
    simulated.faults.begin(WireFault.SLOW, times=1)
    simulated.show(SHOWN * 10)
    await until(lambda: holds(scanner, SHOWN))
    scanning.cancel()
    await asyncio.gather(scanning, return_exceptions=True)
    await until(lambda: not holds(scanner, SHOWN))


async def test_a_code_sent_twice_is_one(
    simulated: SimulatedScanner, scanner: BarcodeScanner
) -> None:
    """The second copy reaches neither this resident nor the next one."""
    simulated.double()
    simulated.show(SHOWN)
    assert payload(await scanner.scan(PATIENCE)) == SHOWN
    assert await scanner.scan(0.3) is None


async def test_what_came_before_is_never_delivered(
    simulated: SimulatedScanner, scanner: BarcodeScanner
) -> None:
    """A code that lies in the buffer since the last resident is dropped."""
    await scanner.probe()
    simulated.faults.begin(ScannerFault.ALWAYS_ON)
    simulated.show(SHOWN)
    await until(lambda: simulated.wait_until_read(0))
    simulated.faults.end()
    assert await scanner.scan(0.3) is None


async def test_a_code_on_its_way_when_a_scan_begins_is_dropped_whole(
    simulated: SimulatedScanner, scanner: BarcodeScanner
) -> None:
    """Not even its end is taken for a code of the one who comes next."""
    await scanner.probe()
    simulated.faults.begin(ScannerFault.ALWAYS_ON)
    simulated.faults.begin(WireFault.SLOW, times=1)
    simulated.read_at = 0.0
    simulated.show(SHOWN * 10)
    await until(lambda: simulated.read_at)
    simulated.faults._left.pop(ScannerFault.ALWAYS_ON)
    assert await scanner.scan(0.3) is None


async def test_half_a_code_is_no_code(simulated: SimulatedScanner, scanner: BarcodeScanner) -> None:
    """What breaks off is not delivered; shown again it is, in the same scan."""
    scanning = await triggered(scanner, simulated)
    simulated.partial()
    simulated.show(SHOWN)
    await until(lambda: simulated.wait_until_read(0))
    simulated.show(SHOWN)
    assert payload(await scanning) == SHOWN


@pytest.mark.parametrize("fault", [WireFault.BAD_CHECKSUM, WireFault.TRUNCATED, WireFault.GARBAGE])
async def test_one_garbled_code_is_not_delivered(
    simulated: SimulatedScanner, scanner: BarcodeScanner, fault: StrEnum
) -> None:
    """Noise over a code is heard; the code is sent or shown again."""
    scanning = await triggered(scanner, simulated)
    simulated.faults.begin(fault, times=1)
    simulated.show(SHOWN)
    await until(lambda: simulated.wait_until_read(0))
    simulated.show("another")
    assert payload(await scanning) in {SHOWN, "another"}


@pytest.mark.parametrize("family", ["newland", "honeywell"], indirect=True)
async def test_nothing_but_noise_is_an_error_that_shows_no_code(
    simulated: SimulatedScanner, scanner: BarcodeScanner
) -> None:
    """A scanner that sends what is no code is a fault with words for staff, not for ever."""
    scanning = await triggered(scanner, simulated)
    for _ in range(20):
        simulated.faults.begin(WireFault.TRUNCATED, times=1)
        simulated.show(SHOWN)
        await until(lambda: simulated.wait_until_read(0) or scanning.done())
        await until(lambda: simulated.lit or scanning.done())
        if scanning.done():
            break
    with pytest.raises(DeviceError) as caught:
        await scanning
    assert caught.value.fault.code == "scanner.garbage"
    assert simulated.where in caught.value.fault.detail
    assert SHOWN[:6] not in str(caught.value)
    simulated.behave()
    simulated.show(SHOWN)
    assert payload(await scanner.scan(PATIENCE)) == SHOWN


async def test_a_cable_pulled_during_a_scan(
    simulated: SimulatedScanner, scanner: BarcodeScanner
) -> None:
    """It is an error at once, and the scanner works when it is back."""
    scanning = await triggered(scanner, simulated)
    simulated.unplug()
    with pytest.raises(TransportError) as caught:
        await scanning
    assert caught.value.fault.code == "scanner.disconnected"
    simulated.plug()
    simulated.show(SHOWN)
    assert payload(await scanner.scan(PATIENCE)) == SHOWN


@pytest.mark.parametrize("family", ["newland", "zebra_ssi"], indirect=True)
async def test_a_scanner_that_dies_during_a_scan(
    simulated: SimulatedScanner, scanner: BarcodeScanner
) -> None:
    """Where the trigger is answered, silence is not taken for nobody showing anything."""
    scanning = await triggered(scanner, simulated)
    simulated.faults.begin(WireFault.SILENCE)
    with pytest.raises(TransportError) as caught:
        await scanning
    assert caught.value.fault.code == "scanner.silent"


async def test_the_light_is_kept_on(simulated: SimulatedScanner, scanner: BarcodeScanner) -> None:
    """Triggers end by themselves; a resident who takes longer is still read."""
    simulated.session = 0.2
    scanning = await triggered(scanner, simulated)
    await until(lambda: simulated.triggers >= 2)
    simulated.show(SHOWN)
    assert payload(await scanning) == SHOWN


async def test_a_scanner_that_refuses(simulated: SimulatedScanner, scanner: BarcodeScanner) -> None:
    """One that answers no to everything needs a technician, and nobody waits for it."""
    simulated.faults.begin(ScannerFault.STUCK_BUSY)
    status = await scanner.probe()
    assert isinstance(status, HardwareError)
    assert status.fault.code == "scanner.refused"
    assert (await scanner.self_test()).status == status


async def test_another_speed_is_silence(family: str, simulated: SimulatedScanner) -> None:
    """A scanner set to another speed does not answer, and the reason names the speed."""
    driver = barcode_scanner(family, simulated.where, 19200)
    status = await driver.probe()
    assert isinstance(status, Disconnected)
    assert "19200" in status.reason
    await driver.close()


async def test_what_a_scanner_says_of_itself(family: str, scanner: BarcodeScanner) -> None:
    """A technician reads the model and what else it tells."""
    result = await scanner.self_test()
    models = {"newland": "NLS-EM20-80", "honeywell": "N3680", "zebra_ssi": "PAABLS00-001-R01"}
    assert result.model == models[family]
    assert result.facts


async def test_a_code_grows_old(simulated: SimulatedScanner, scanner: BarcodeScanner) -> None:
    """A dynamic code is fresh when it was just shown, and too old a minute later."""
    simulated.show_qr("wang")
    code = await scanner.scan(PATIENCE)
    assert code is not None
    assert not code.expired(time.monotonic())
    assert code.expired(code.seen_at + 60.5)
    assert dynamic_code("wang", 0) != dynamic_code("wang", 60)
    assert code.payload.reveal() not in repr(code)


@only_ssi
async def test_nothing_but_broken_packets_is_an_error(
    simulated: SimulatedScanner, scanner: BarcodeScanner
) -> None:
    """What can not be sent again either is a fault, and the scanner works when it is over."""
    scanning = await triggered(scanner, simulated)
    simulated.faults.begin(WireFault.BAD_CHECKSUM)
    simulated.show(SHOWN)
    with pytest.raises(DeviceError) as caught:
        await scanning
    assert caught.value.fault.code == "scanner.garbage"
    simulated.behave()
    simulated.show(SHOWN)
    assert payload(await scanner.scan(PATIENCE)) == SHOWN


@only_newland
async def test_a_module_without_a_suffix(
    simulated: SimulatedScanner, scanner: BarcodeScanner
) -> None:
    """One that can not be told to send CR is read by the silence behind a code."""
    assert isinstance(simulated, SimulatedNewland)
    simulated.knows_suffixes = False
    simulated.show(SHOWN)
    assert payload(await scanner.scan(PATIENCE)) == SHOWN


@only_newland
async def test_a_module_that_says_it_is_broken(
    simulated: SimulatedScanner, scanner: BarcodeScanner
) -> None:
    """What the module knows of itself reaches staff."""
    simulated.faults.begin(ScannerFault.BROKEN)
    status = await scanner.probe()
    assert isinstance(status, HardwareError)
    assert (status.fault.code, "DEVQRY5" in status.fault.detail) == ("scanner.unhealthy", True)


@only_ssi
@pytest.mark.parametrize("lost", [1, 2])
async def test_lost_acknowledgements_double_nothing(
    simulated: SimulatedScanner, scanner: BarcodeScanner, lost: int
) -> None:
    """A packet that comes again is the same part of the code."""
    assert isinstance(simulated, SimulatedSsi)
    simulated.deaf_to_acks = lost
    text = "".join(chr(32 + i % 90) for i in range(600))
    simulated.show(text)
    assert payload(await scanner.scan(PATIENCE)) == text
    assert await scanner.scan(0.5) is None


@only_ssi
async def test_a_broken_packet_is_sent_again(
    simulated: SimulatedScanner, scanner: BarcodeScanner
) -> None:
    """What the line spoiled is refused and comes again: nobody has to show it twice."""
    scanning = await triggered(scanner, simulated)
    simulated.faults.begin(WireFault.BAD_CHECKSUM, times=1)
    simulated.show(SHOWN)
    code = await scanning
    assert payload(code) == SHOWN
    assert isinstance(code, ScannedCode)
    assert code.symbology == "QR Code"
