"""USB ports over the real libusb, with a device that does everything wrong that one can."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import usb.core

from drivers.address import UsbAddress
from drivers.device import Advice, Fault
from drivers.errors import TransportError
from drivers.ports.discovery import find
from drivers.ports.transport import Transport
from drivers.ports.usb_port import UsbPort
from sandbox.devices.sam_reader_usb import SimulatedBridgedSamReader
from sandbox.devices.usb_bus import UsbBus, UsbDescription, UsbEndpoint, UsbInterface
from sandbox.devices.usb_device import SimulatedUsbDevice

OUT, BACK = UsbEndpoint(0x02), UsbEndpoint(0x81)
PRINTER = UsbAddress(0x04B8, 0x0202)
AN_HOUR = time.monotonic() + 3600  # no test waits so long

pytestmark = pytest.mark.usefixtures("no_leaks")


class Echo(SimulatedUsbDevice):
    """Says what it hears; the kernel has a driver for it."""

    port = 1
    description = UsbDescription(
        0x04B8,
        0x0202,
        interfaces=(UsbInterface(7, 1, 2, (OUT, BACK), driver="usblp"),),
    )

    heard = b""
    full = False

    @property
    def takes(self) -> bool:
        """Whether there is room."""
        return not self.full

    def received(self, data: bytes) -> None:
        """Send it back."""
        self.heard += data
        self.send(data)


@pytest.fixture
def device(bus: UsbBus) -> Iterator[Echo]:
    """A device on the bus."""
    with Echo(bus.root) as plugged:
        yield plugged


@pytest.fixture
def transport(device: Echo) -> Iterator[Transport]:
    """It, open."""
    del device
    opened = UsbPort("printer", PRINTER).open()
    yield opened
    opened.close()


def heard(transport: Transport, count: int) -> bytes:
    """So many bytes from the device."""
    data = b""
    while len(data) < count:
        data += transport.read(time.monotonic() + 0.1)
    return data


def trouble(address: UsbAddress) -> str:
    """What opening that address says."""
    with pytest.raises(TransportError) as caught:
        UsbPort("printer", address).open()
    fault = caught.value.fault
    assert (fault.code, fault.advice) == ("printer.disconnected", Advice.TECHNICIAN_ACTS)
    return fault.detail


def test_what_is_written_is_answered(transport: Transport) -> None:
    """Bytes go both ways, and a read returns with what there is, long before its deadline."""
    transport.write(b"hello")
    assert transport.read(AN_HOUR) == b"hello"


def test_silence_is_no_error(transport: Transport) -> None:
    """A read whose time is over brings nothing."""
    assert transport.read(time.monotonic()) == b""


@pytest.mark.parametrize("size", [64, 4096, 10_007])
def test_whatever_the_size_all_of_it_arrives(transport: Transport, size: int) -> None:
    """Whole packets, whole pieces and what is neither; a last packet may be a full one."""
    data = os.urandom(size)
    transport.write(data)
    assert heard(transport, size) == data


def test_what_nobody_asked_for_is_forgotten(device: Echo, transport: Transport) -> None:
    """Old noise is not taken for an answer."""
    device.send(b"noise")
    transport.forget_input()
    transport.write(b"asked")
    assert transport.read(AN_HOUR) == b"asked"


def test_a_device_that_never_stops_does_not_hold_us(device: Echo, transport: Transport) -> None:
    """Dropping what came ends, however much comes."""
    device.send(bytes(64 * 64 * 70))
    transport.forget_input()
    assert transport.read(AN_HOUR)


@pytest.mark.parametrize(
    "act",
    [
        lambda transport: transport.read(AN_HOUR),
        lambda transport: transport.write(b"x"),
        lambda transport: transport.forget_input(),
    ],
    ids=["read", "write", "forget_input"],
)
def test_a_pulled_plug_is_a_transport_error(
    device: Echo, transport: Transport, act: Callable[[Transport], None]
) -> None:
    """Whatever is being done when the device goes: no error of libusb comes through."""
    device.unplug()
    with pytest.raises(TransportError) as caught:
        act(transport)
    assert caught.value.fault == Fault(
        "printer.disconnected",
        Advice.TECHNICIAN_ACTS,
        "usb:04b8:0202: the device is gone; check cable and power",
    )


def test_pulled_within_an_answer(device: Echo, transport: Transport) -> None:
    """An answer that is cut off is a device that is gone, not a short answer."""
    device.cut_after = 2
    transport.write(b"hello")
    with pytest.raises(TransportError, match="the device is gone"):
        heard(transport, 5)


def test_a_stall_is_cleared(device: Echo, transport: Transport) -> None:
    """A device that refused once goes on after the host cleared it, for writes and for reads."""
    device.stall()
    transport.write(b"on")
    assert transport.read(AN_HOUR) == b"on"
    device.stall()
    device.send(b"more")
    assert transport.read(AN_HOUR) == b"more"


def test_one_that_takes_nothing_is_given_up(device: Echo, transport: Transport) -> None:
    """A full buffer that stays full ends a write, with what to do."""
    device.full = True
    with pytest.raises(TransportError, match="it takes no data; switch it off and on"):
        transport.write(b"x")


def test_a_port_in_use_is_left_alone(transport: Transport) -> None:
    """Two programs on one device would mix their bytes: the second is refused."""
    del transport
    assert trouble(PRINTER) == ("usb:04b8:0202: another program has it open; close that program")


def test_the_kernels_driver_gets_it_back(device: Echo) -> None:
    """The driver of the kernel makes way while we have it, and is there again afterwards."""
    del device
    assert find(PRINTER).interfaces[0].driver == "usblp"
    transport = UsbPort("printer", PRINTER).open()
    assert find(PRINTER).interfaces[0].driver == ""
    transport.close()
    assert find(PRINTER).interfaces[0].driver == "usblp"


def test_what_is_closed_stays_closed(device: Echo) -> None:
    """Closing once more does nothing to whoever has it now."""
    del device
    transport = UsbPort("printer", PRINTER).open()
    transport.close()
    other = UsbPort("printer", PRINTER).open()
    transport.close()
    assert find(PRINTER).interfaces[0].driver == ""
    other.write(b"hello")
    assert other.read(AN_HOUR) == b"hello"
    other.close()


def test_what_is_not_there_is_said(bus: UsbBus) -> None:
    """The reason of the search is the reason of the port."""
    del bus
    assert trouble(PRINTER) == (
        "usb:04b8:0202: nothing fits usb:04b8:0202, no USB device is plugged in; "
        "check cable and power"
    )


def test_one_that_libusb_does_not_know_yet(bus: UsbBus) -> None:
    """Between the kernel and udev there is a moment in which it can not be opened."""

    class Slow(UsbBus):
        def _tell(self, action: str, socket_name: str, number: int) -> None:
            """Say nothing yet."""

    Slow(bus.root).plug("1-2", 21, Echo.description)
    assert "the system is still setting it up" in trouble(PRINTER)


@pytest.mark.parametrize(
    ("interfaces", "words"),
    [
        ((UsbInterface(3, 0, 0, (UsbEndpoint(0x81, 3),), "usbhid"),), "it speaks HID"),
        ((UsbInterface(0xFF, 0, 0, (BACK,)),), "neither a serial port nor bulk transfers"),
        ((UsbInterface(0xFF),), "neither a serial port nor bulk transfers"),
    ],
)
def test_a_device_that_can_not_be_spoken_to(
    bus: UsbBus, interfaces: tuple[UsbInterface, ...], words: str
) -> None:
    """What is missing is named, not a traceback."""

    class Mute(Echo):
        description = UsbDescription(0x04B8, 0x0202, interfaces=interfaces)

    with Mute(bus.root):
        assert words in trouble(PRINTER)


def test_the_interface_with_both_directions_is_used(bus: UsbBus) -> None:
    """Whatever else a device has: keyboards, other endpoints, ways out without one back."""
    others = (
        UsbInterface(3, 1, 1, (UsbEndpoint(0x83, 3),)),
        UsbInterface(0xFF, 0, 0, (UsbEndpoint(0x04),)),
    )

    class Many(Echo):
        description = UsbDescription(
            0x04B8, 0x0202, interfaces=(*others, UsbInterface(0xFF, 0, 0, (OUT, BACK)))
        )

    with Many(bus.root):
        transport = UsbPort("printer", PRINTER).open()
        transport.write(b"hello")
        assert transport.read(AN_HOUR) == b"hello"
        transport.close()


def test_interrupt_endpoints_carry_bytes_too(bus: UsbBus) -> None:
    """Slow devices have them in the place of bulk endpoints."""

    class Slow(Echo):
        description = UsbDescription(
            0x04B8,
            0x0202,
            interfaces=(UsbInterface(0xFF, 0, 0, (UsbEndpoint(2, 3), UsbEndpoint(0x81, 3))),),
        )

    with Slow(bus.root):
        transport = UsbPort("printer", PRINTER).open()
        transport.write(b"hello")
        assert transport.read(AN_HOUR) == b"hello"
        transport.close()


def test_a_printer_without_a_way_back_still_prints(bus: UsbBus) -> None:
    """What it is sent arrives, and it is silent."""

    class OneWay(Echo):
        description = UsbDescription(0x04B8, 0x0202, interfaces=(UsbInterface(7, 1, 1, (OUT,)),))

    with OneWay(bus.root) as device:
        transport = UsbPort("printer", PRINTER).open()
        transport.forget_input()
        transport.write(b"receipt")
        assert transport.read(time.monotonic() + 0.01) == b""
        transport.close()
        device.unplug()  # its thread has ended, so all that came was heard
        assert device.heard == b"receipt"


def test_a_bridge_is_a_serial_port(bus: UsbBus) -> None:
    """The speed counts, and faults name the address and the port it is today."""
    port = UsbPort("reader", UsbAddress(0x10C4, 0xEA60), 9600)
    assert port.wire_time(960) == 0
    with SimulatedBridgedSamReader(bus.root) as device:
        transport = port.open()
        assert port.wire_time(960) == pytest.approx(1)
        assert "usb:10c4:ea60 (/dev/ttyUSB40): no answer" in str(port.silent())
        assert "baud rate (9600)" in str(port.silent())
        device.unplug()
        with pytest.raises(TransportError, match=r"usb:10c4:ea60 \(/dev/ttyUSB40\): the device is"):
            transport.write(b"x")


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.EACCES, "install Doorstep's udev rules"), (None, "the transfer failed")],
)
def test_every_other_error_says_what_to_do(number: int | None, words: str) -> None:
    """Without the right to open it: rules; what libusb does not explain: power."""
    error = usb.core.USBError("", None, number)
    assert words in UsbPort("printer", PRINTER).fault(error).fault.detail


def test_a_silent_device_is_not_a_missing_one(device: Echo) -> None:
    """It is open and says nothing: what to look at is something else."""
    del device
    port = UsbPort("printer", PRINTER)
    port.open().close()
    assert port.silent().fault.code == "printer.silent"


def test_a_path_too_long_for_sockets_is_refused(tmp_path: Path) -> None:
    """A simulated bus says at once that its directory can not be used."""
    with pytest.raises(OSError, match="too long"):
        UsbBus(tmp_path / ("x" * 100))
