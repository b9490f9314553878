"""From an address to the port behind it."""

from __future__ import annotations

from drivers import address
from drivers.address import DevicePath, TcpAddress, UsbAddress
from drivers.ports.serial_port import SerialPort
from drivers.ports.tcp_port import TcpPort
from drivers.ports.transport import Port


def port_at(name: str, where: str, baud: int = 115200) -> Port:
    """The port of an address; `name` begins its fault codes. AddressError for no address.

    `baud` is the speed of serial ports and means nothing to others.
    """
    match address.parse(where):
        case DevicePath(path):
            return SerialPort(name, path, baud)
        case TcpAddress(host, port):
            return TcpPort(name, host, port)
        case UsbAddress() as usb:
            # libusb and libudev are needed only where a device hangs there
            from drivers.ports.usb_port import UsbPort  # noqa: PLC0415

            return UsbPort(name, usb, baud)
