"""Where a device is, as a technician writes it: a port of this machine, USB, or the network.

    /dev/doorstep/printer      a serial port, by a name that stays
    usb:1a86:7523              the USB device of that vendor and product
    usb:1a86:7523:A10KX2       ... and serial number, where several are alike
    usb:1a86:7523@1-1.4        ... and socket, where they have no serial numbers
    usb@1-1.4                  whatever hangs in that socket
    tcp://192.0.2.7:9100       a printer or a serial server on the network

A tty number is never needed: it changes with the order in which things are plugged in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_USB = re.compile(
    r"usb(?::(?P<vendor>[0-9a-f]{4}):(?P<product>[0-9a-f]{4})(?::(?P<serial>[^\s:@]+))?)?"
    r"(?:@(?P<socket>[0-9]+-[0-9]+(?:\.[0-9]+)*))?",
    re.IGNORECASE,
)
_TCP = re.compile(
    r"tcp://(?P<host>\[[0-9a-f:]+\]|[a-z0-9._-]+):(?P<port>[0-9]{1,5})", re.IGNORECASE
)


class AddressError(ValueError):
    """Not an address; the message says what to write."""


@dataclass(frozen=True, slots=True)
class DevicePath:
    """A device file."""

    path: str

    def __str__(self) -> str:
        return self.path


@dataclass(frozen=True, slots=True)
class UsbAddress:
    """A USB device by what it says of itself, or by where it hangs; all that is given must fit.

    `socket` is the kernel's name for a port and the hubs on the way to it ("1-1.4").
    """

    vendor: int | None = None
    product: int | None = None
    serial: str | None = None
    socket: str | None = None

    def __str__(self) -> str:
        ids = "" if self.vendor is None else f":{self.vendor:04x}:{self.product:04x}"
        serial = f":{self.serial}" if self.serial else ""
        return f"usb{ids}{serial}" + (f"@{self.socket}" if self.socket else "")


@dataclass(frozen=True, slots=True)
class TcpAddress:
    """A port on the network."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"tcp://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"


Address = DevicePath | UsbAddress | TcpAddress


def parse(text: str) -> Address:
    """The address that a text means; AddressError says what could be written."""
    if text.startswith("/") and "\0" not in text:
        return DevicePath(text)
    if found := _TCP.fullmatch(text):
        if 1 <= (port := int(found["port"])) <= 65535:
            return TcpAddress(found["host"].strip("[]"), port)
        raise AddressError("a TCP port is a number from 1 to 65535")
    if (found := _USB.fullmatch(text)) and (found["vendor"] or found["socket"]):
        return UsbAddress(_hex(found["vendor"]), _hex(found["product"]), *found.group(3, 4))
    raise AddressError("write /dev/…, usb:VENDOR:PRODUCT, usb@SOCKET or tcp://HOST:PORT")


def _hex(digits: str | None) -> int | None:
    return None if digits is None else int(digits, 16)
