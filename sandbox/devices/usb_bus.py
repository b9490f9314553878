"""A USB bus without hardware: what the kernel and udev would show of devices that are plugged in.

The bus is a directory that umockdev's library puts in the place of /sys and /dev for a program:

    UMOCKDEV_DIR=DIRECTORY umockdev-wrapper PROGRAM

So that program's own libudev and libusb read it as they would read a machine's. They are told of
plugging and pulling as udevd tells them.
"""

from __future__ import annotations

import shutil
import socket
import struct
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

HOST = "devices/pci0000:00/0000:00:14.0/usb1"
_LONGEST_SOCKET = 107  # bytes of a Unix socket's path
_LONGEST_BELOW = len("/ioctl//dev/bus/usb/001/000")
_UDEV_MAGIC = 0xFEEDCAFE


@dataclass(frozen=True, slots=True)
class UsbEndpoint:
    """One way through an interface; the top bit of the address says that it leads to the host."""

    address: int
    kind: int = 2  # bulk
    packet: int = 64
    interval: int = 0

    def to_bytes(self) -> bytes:
        """The descriptor (USB 2.0, table 9-13)."""
        return struct.pack("<BBBBHB", 7, 5, self.address, self.kind, self.packet, self.interval)


@dataclass(frozen=True, slots=True)
class UsbInterface:
    """One function of a device, and the kernel's driver that takes it when it is plugged in."""

    usb_class: int = 0xFF
    subclass: int = 0
    protocol: int = 0
    endpoints: tuple[UsbEndpoint, ...] = ()
    driver: str = ""

    def to_bytes(self, number: int) -> bytes:
        """The descriptors (USB 2.0, table 9-12)."""
        codes = (self.usb_class, self.subclass, self.protocol, 0)
        head = struct.pack("<9B", 9, 4, number, 0, len(self.endpoints), *codes)
        return head + b"".join(endpoint.to_bytes() for endpoint in self.endpoints)


@dataclass(frozen=True, slots=True)
class UsbDescription:
    """What a device says of itself."""

    vendor: int
    product: int
    serial: str = ""
    maker: str = ""
    model: str = ""
    usb_class: int = 0
    interfaces: tuple[UsbInterface, ...] = (UsbInterface(),)

    def to_bytes(self) -> bytes:
        """Device and configuration descriptors (USB 2.0, tables 9-8 and 9-10)."""
        parts = [one.to_bytes(number) for number, one in enumerate(self.interfaces)]
        length = 9 + sum(map(len, parts))
        configuration = struct.pack("<BBHBBBBB", 9, 2, length, len(parts), 1, 0, 0x80, 50)
        ids = (self.vendor, self.product, 0x0100)
        device = struct.pack(
            "<BBHBBBBHHHBBBB", 18, 1, 0x0200, self.usb_class, 0, 0, 64, *ids, 0, 0, 0, 1
        )
        return device + configuration + b"".join(parts)


@dataclass(frozen=True, slots=True)
class UsbNode:
    """A device file that the kernel's driver makes for an interface ("tty", "ttyUSB0").

    `properties` are udev's (ID_INPUT_TOUCHSCREEN), `attributes` the kernel's (index).
    """

    subsystem: str
    name: str
    interface: int = 0
    properties: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)


class UsbBus:
    """The bus in a directory; several simulators may share one, each with sockets of its own."""

    def __init__(self, root: Path) -> None:
        if len(str(root)) + _LONGEST_BELOW > _LONGEST_SOCKET:
            raise OSError(f"{root}: the path is too long for the sockets of a USB bus")
        self.root = root
        self._sys = root / "sys"

    def plug(
        self, socket_name: str, number: int, what: UsbDescription, nodes: tuple[UsbNode, ...] = ()
    ) -> None:
        """Show a device in a socket ("1-1.4"), under its number on the bus, and tell of it."""
        device = self._device(socket_name)
        self._make(device, _device_attributes(what, number), _uevent(number))
        (device / "descriptors").write_bytes(what.to_bytes())
        for index, interface in enumerate(what.interfaces):
            self._make_interface(device / f"{socket_name}:1.{index}", index, interface)
        for node in nodes:
            self._make_node(device / f"{socket_name}:1.{node.interface}", node)
        for name in self._interfaces(socket_name):
            self._link("bus/usb/devices", name, device / name)
        self._link("bus/usb/devices", socket_name, device)  # last: now it is there for everybody
        self._tell("add", socket_name, number)

    def pull(self, socket_name: str, number: int) -> None:
        """Show it no more, with all its files, and tell of it."""
        for name in [socket_name, *self._interfaces(socket_name)]:
            (self._sys / "bus/usb/devices" / name).unlink(missing_ok=True)
        for link in self._sys.glob("class/*/*"):
            if f"/{socket_name}/" in str(link.readlink()):
                link.unlink()
        shutil.rmtree(self._device(socket_name), ignore_errors=True)
        self._tell("remove", socket_name, number)

    def file(self, number: int) -> Path:
        """The device file for libusb, made by whoever answers at it."""
        return self.root / f"dev/bus/usb/001/{number:03d}"

    def answers_at(self, number: int) -> Path:
        """The Unix socket at which the calls to that file are answered."""
        return self.root / f"ioctl/dev/bus/usb/001/{number:03d}"

    def bind(self, socket_name: str, interface: int, driver: str) -> None:
        """Let the kernel's driver have an interface, or ("") none."""
        link = self._device(socket_name) / f"{socket_name}:1.{interface}" / "driver"
        link.unlink(missing_ok=True)
        if driver and link.parent.is_dir():
            (self._sys / "bus/usb/drivers" / driver).mkdir(parents=True, exist_ok=True)
            link.symlink_to(_up(link.parent, self._sys) / "bus/usb/drivers" / driver)

    # --- files ---

    def _make(self, device: Path, attributes: Mapping[str, str], uevent: str) -> None:
        device.mkdir(parents=True)
        for name, value in attributes.items():
            (device / name).write_text(f"{value}\n", encoding="utf-8")
        (device / "subsystem").symlink_to(_up(device, self._sys) / "bus/usb")
        (device / "uevent").write_text(uevent, encoding="utf-8")

    def _make_interface(self, path: Path, index: int, interface: UsbInterface) -> None:
        attributes = {
            "bInterfaceNumber": f"{index:02x}",
            "bInterfaceClass": f"{interface.usb_class:02x}",
            "bInterfaceSubClass": f"{interface.subclass:02x}",
            "bInterfaceProtocol": f"{interface.protocol:02x}",
        }
        self._make(path, attributes, "DEVTYPE=usb_interface\n")
        self.bind(path.parent.name, index, interface.driver)

    def _make_node(self, interface: Path, node: UsbNode) -> None:
        device = interface / node.subsystem / node.name.rpartition("/")[2]
        said = {"DEVNAME": node.name, "MAJOR": "188", "MINOR": "0", **node.properties}
        uevent = "".join(f"{key}={value}\n" for key, value in said.items())
        self._make(device, node.attributes, uevent)
        (device / "subsystem").unlink()
        (device / "subsystem").symlink_to(_up(device, self._sys) / "class" / node.subsystem)
        self._link(f"class/{node.subsystem}", device.name, device)

    def _link(self, directory: str, name: str, target: Path) -> None:
        folder = self._sys / directory
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to(_up(folder, self._sys) / target.relative_to(self._sys))

    def _interfaces(self, socket_name: str) -> list[str]:
        return sorted(path.name for path in self._device(socket_name).glob(f"{socket_name}:1.*"))

    def _device(self, socket_name: str) -> Path:
        """Its directory, below those of the hubs on the way: 1-1.4 is in 1-1."""
        parts = socket_name.split(".")
        hubs = [".".join(parts[: n + 1]) for n in range(len(parts))]
        return self._sys.joinpath(HOST, *hubs)

    # --- events ---

    def _tell(self, action: str, socket_name: str, number: int) -> None:
        """Send what udevd sends, to every program that listens on this bus."""
        path = f"/{self._device(socket_name).relative_to(self._sys)}"
        message = _event(action, path, number)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            for listener in self._listeners():
                with suppress(ConnectionRefusedError, FileNotFoundError):  # it went away
                    sender.sendto(message, str(listener))

    def _listeners(self) -> Iterator[Path]:
        return self.root.glob("event[0-9]*")


def _device_attributes(what: UsbDescription, number: int) -> dict[str, str]:
    attributes = {
        "idVendor": f"{what.vendor:04x}",
        "idProduct": f"{what.product:04x}",
        "bDeviceClass": f"{what.usb_class:02x}",
        "bConfigurationValue": "1",
        "busnum": "1",
        "devnum": str(number),
        "speed": "12",
    }
    texts = {"serial": what.serial, "manufacturer": what.maker, "product": what.model}
    return attributes | {name: text for name, text in texts.items() if text}


def _uevent(number: int) -> str:
    return (
        f"MAJOR=189\nMINOR={number - 1}\nDEVNAME=bus/usb/001/{number:03d}\n"
        f"DEVTYPE=usb_device\nBUSNUM=001\nDEVNUM={number:03d}\n"
    )


def _up(path: Path, top: Path) -> Path:
    """The way from a directory up to another."""
    return Path(*[".."] * len(path.relative_to(top).parts))


def _event(action: str, path: str, number: int) -> bytes:
    """A message of udevd (systemd's device-monitor.c: a header, then properties)."""
    said = f"ACTION={action}\nDEVPATH={path}\nSUBSYSTEM=usb\nSEQNUM=1\n{_uevent(number)}"
    properties = said.replace("\n", "\0").encode()
    header = struct.pack("=8s", b"libudev") + struct.pack("!I", _UDEV_MAGIC)
    sizes = struct.pack("=III", 40, 40, len(properties))
    hashes = struct.pack("!IIII", _murmur(b"usb"), _murmur(b"usb_device"), 0, 0)
    return header + sizes + hashes + properties


def _murmur(data: bytes) -> int:
    """MurmurHash2 with the length as seed: what udev's listeners filter by."""
    m, mask = 0x5BD1E995, 0xFFFFFFFF
    h = len(data)
    while len(data) >= 4:
        k = int.from_bytes(data[:4], "little") * m & mask
        h = (h * m ^ (k ^ k >> 24) * m) & mask
        data = data[4:]
    if data:
        h = (h ^ int.from_bytes(data, "little")) * m & mask
    h = (h ^ h >> 13) * m & mask
    return h ^ h >> 15
