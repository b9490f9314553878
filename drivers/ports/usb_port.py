"""A device on USB, wherever it is plugged in: its serial port where it has one, else transfers."""

from __future__ import annotations

import errno
import time
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType

import usb.core
import usb.util

from drivers.address import UsbAddress
from drivers.errors import TransportError
from drivers.ports import discovery, transport
from drivers.ports.discovery import DiscoveryError, Found
from drivers.ports.serial_port import SerialPort
from drivers.ports.transport import Transport

WRITE = 5.0  # seconds in which a device has to take something of what is sent
PIECE = 4096  # bytes: a multiple of every packet's size, as a read must be
FLOOD = 64  # reads after which a device that does not stop talking is left to the decoder

_HID = 0x03
_GONE = "the device is gone; check cable and power"
_ADVICE = MappingProxyType(
    {
        errno.ENODEV: _GONE,
        errno.ENOENT: _GONE,
        errno.EACCES: "not allowed to open it; install Doorstep's udev rules and plug it in again",
        errno.EBUSY: "another program has it open; close that program",
        errno.EPIPE: "it refuses what is sent; switch it off and on",
        errno.EIO: "the transfer broke; check the cable, use another socket",
        errno.EOVERFLOW: "it sends more than it may; switch it off and on",
    }
)
_FAILED = "the transfer failed; switch it off and on"
_NOT_YET = "the system is still setting it up; if this stays, plug it in again"
_NO_LIBUSB = "the library libusb is missing; install libusb-1.0-0"
_HID_ONLY = (
    "it speaks HID, whose reports for this device are not published; "
    "set it to serial or bulk mode, or use its serial socket"
)
_NO_WAY = "it has neither a serial port nor bulk transfers; check the address in the configuration"
_TAKES_NOTHING = "it takes no data; switch it off and on"


class UsbPort:
    """The USB device that fits an address; `name` goes into fault codes (`reader`).

    It is looked for on each `open`, so neither a tty's number nor the bus's means anything. `baud`
    is for devices with a serial bridge.
    """

    def __init__(self, name: str, address: UsbAddress, baud: int = 115200) -> None:
        self.name = name
        self.where = str(address)
        self._address = address
        self._baud = baud
        self._serial: SerialPort | None = None

    def open(self) -> Transport:
        """Open it for us alone. TransportError says what is in the way, and what to do."""
        try:
            found = discovery.find(self._address)
        except DiscoveryError as error:
            raise transport.disconnected(self.name, self.where, str(error)) from None
        if tty := found.node("tty"):
            self._serial = SerialBridge(self.name, tty, self._baud, self.where)
            return self._serial.open()
        self._serial = None
        return self._open_raw(found)

    def silent(self) -> TransportError:
        """It is open and nobody answers."""
        if self._serial is not None:
            return self._serial.silent()
        return transport.silent(self.name, self.where, "its power, and whether it is that device")

    def wire_time(self, count: int) -> float:
        """What a serial bridge takes; USB itself is faster than any device on it."""
        return 0.0 if self._serial is None else self._serial.wire_time(count)

    def fault(self, error: usb.core.USBError) -> TransportError:
        """What an error of libusb means here."""
        return self.trouble(_ADVICE.get(error.errno, _FAILED))

    def trouble(self, words: str) -> TransportError:
        """It is of no use now: `words` say what is in the way and what to do."""
        return transport.disconnected(self.name, self.where, words)

    def _open_raw(self, found: Found) -> UsbTransport:
        try:
            device = usb.core.find(
                bus=found.bus,
                address=found.number,
                idVendor=found.vendor,
                idProduct=found.product,
            )
        except usb.core.NoBackendError:
            raise self.trouble(_NO_LIBUSB) from None
        if device is None:  # libusb hears of it from udev, and may do so after us
            raise self.trouble(_NOT_YET)
        try:
            return UsbTransport(self, device, self._way(device))
        except (usb.core.USBError, TransportError) as error:
            usb.util.dispose_resources(device)
            raise (self.fault(error) if isinstance(error, OSError) else error) from None

    def _way(self, device: usb.core.Device) -> Way:
        """Where bytes go: an interface with both directions, else one that takes them."""
        interfaces = list(_configuration(device))
        raw = [interface for interface in interfaces if interface.bInterfaceClass != _HID]
        ways = [way for interface in raw if (way := _way_through(interface)) is not None]
        if not ways:
            raise self.trouble(_NO_WAY if raw else _HID_ONLY)
        return min(ways, key=lambda way: way.back is None)


@dataclass(frozen=True, slots=True)
class SerialBridge(SerialPort):
    """A serial port that is found over USB; `usb` is how a technician wrote it."""

    usb: str = ""

    @property
    def where(self) -> str:
        """The address, and the port it is today."""
        return f"{self.usb} ({self.path})"


@dataclass(frozen=True, slots=True)
class Way:
    """An interface, its endpoint for what we send, and the one back; some printers have none."""

    interface: int
    out: int
    back: int | None


def _configuration(device: usb.core.Device) -> usb.core.Configuration:
    try:
        return device.get_active_configuration()
    except usb.core.USBError:
        device.set_configuration()
        return device.get_active_configuration()


def _way_through(interface: usb.core.Interface) -> Way | None:
    """Bulk endpoints where it has them, else interrupt endpoints."""
    for kind in (usb.util.ENDPOINT_TYPE_BULK, usb.util.ENDPOINT_TYPE_INTR):
        ends = [
            e.bEndpointAddress for e in interface if usb.util.endpoint_type(e.bmAttributes) == kind
        ]
        out = [end for end in ends if not end & usb.util.ENDPOINT_IN]
        back = [end for end in ends if end & usb.util.ENDPOINT_IN]
        if out:
            return Way(interface.bInterfaceNumber, out[0], next(iter(back), None))
    return None


class UsbTransport:
    """A claimed interface. After a TransportError it is closed and of no more use.

    The kernel's own driver for it (usblp) gets it back when it is closed.
    """

    def __init__(self, port: UsbPort, device: usb.core.Device, way: Way) -> None:
        self._port = port
        self._device = device
        self._way = way
        self._closed = False
        self._had_driver = bool(device.is_kernel_driver_active(way.interface))
        if self._had_driver:
            device.detach_kernel_driver(way.interface)
        usb.util.claim_interface(device, way.interface)

    def write(self, data: bytes) -> None:
        """Send it all, and return when the device has it all."""
        while data:
            try:
                sent = self._put(data[:PIECE])
            except usb.core.USBTimeoutError:
                self.close()
                raise self._port.trouble(_TAKES_NOTHING) from None
            except usb.core.USBError as error:
                raise self._lost(error) from None
            data = data[sent:]

    def read(self, deadline: float) -> bytes:
        """What is there now, or what comes first before `deadline` (time.monotonic); may be b""."""
        left = max(deadline - time.monotonic(), 0)
        if self._way.back is None:
            time.sleep(left)
            return b""
        try:
            return self._get(self._way.back, left)
        except usb.core.USBTimeoutError:
            return b""
        except usb.core.USBError as error:
            raise self._lost(error) from None

    def forget_input(self) -> None:
        """Drop what came and nobody asked for."""
        if self._way.back is not None:
            for _ in range(FLOOD):
                if not self.read(time.monotonic()):
                    return

    def close(self) -> None:
        """Let it go, and give it back to the kernel's driver."""
        if self._closed:
            return  # pyusb would open it once more
        self._closed = True
        with suppress(usb.core.USBError):  # what is gone needs no release
            usb.util.release_interface(self._device, self._way.interface)
            if self._had_driver:
                self._device.attach_kernel_driver(self._way.interface)
        usb.util.dispose_resources(self._device)

    def _put(self, piece: bytes) -> int:
        """Write, clearing a stall once: how many bytes went."""
        try:
            sent: int = self._device.write(self._way.out, piece, _milliseconds(WRITE))
        except usb.core.USBError as error:
            if error.errno != errno.EPIPE:
                raise
            self._device.clear_halt(self._way.out)
            sent = self._device.write(self._way.out, piece, _milliseconds(WRITE))
        return sent

    def _get(self, end: int, seconds: float) -> bytes:
        """Read, clearing a stall once."""
        try:
            data = self._device.read(end, PIECE, _milliseconds(seconds))
        except usb.core.USBError as error:
            if error.errno != errno.EPIPE:
                raise
            self._device.clear_halt(end)
            data = self._device.read(end, PIECE, _milliseconds(seconds))
        return bytes(data)

    def _lost(self, error: usb.core.USBError) -> TransportError:
        self.close()
        return self._port.fault(error)


def _milliseconds(seconds: float) -> int:
    """A time as libusb takes it, to which 0 means for ever."""
    return max(round(seconds * 1000), 1)
