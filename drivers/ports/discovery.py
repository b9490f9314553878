"""What is plugged in now: from the stable name of a USB device to the files the kernel made for it.

    found = find(UsbAddress(0x1A86, 0x7523))
    found.node("tty")                    /dev/ttyUSB1, today
    found.node("video4linux")            the device file with pictures
    found.node("input", "touchscreen")   the event device of a touch screen
    found.raw                            /dev/bus/usb/001/004, for libusb

Everything comes from udev and sysfs. Where a machine has neither, nothing is plugged in.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import pyudev

from drivers.address import AddressError, UsbAddress, parse
from drivers.ports import usb_ids

NEARBY = 6  # devices that a message names at most

_HUB = 0x09
_INPUT = "input"
_NO_UART = frozenset({"", "0"})  # a serial port without hardware behind it has the type "unknown"


class DiscoveryError(LookupError):
    """No device fits an address, or several do; the message says what is there and what to do."""


@dataclass(frozen=True, slots=True)
class Node:
    """A device file of a USB device.

    `subsystem` is the kernel's word: tty, video4linux, input, hidraw, usbmisc (usblp).
    `roles` are udev's words for what can be done with it: touchscreen, keyboard, mouse, capture.
    `links` are the names that stay (/dev/doorstep/…, /dev/input/by-id/…).
    """

    path: str
    subsystem: str
    roles: frozenset[str] = frozenset()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Interface:
    """One function of a USB device: its class codes, and the kernel's driver ("" for none)."""

    number: int
    usb_class: int
    subclass: int
    protocol: int
    driver: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A USB device that is plugged in; `socket` is where ("1-1.4"), `number` changes each time."""

    vendor: int
    product: int
    serial: str
    socket: str
    bus: int
    number: int
    maker: str = ""
    model: str = ""
    usb_class: int = 0
    interfaces: tuple[Interface, ...] = ()
    nodes: tuple[Node, ...] = ()

    @property
    def raw(self) -> str:
        """The device file that libusb opens."""
        return f"/dev/bus/usb/{self.bus:03d}/{self.number:03d}"

    @property
    def address(self) -> UsbAddress:
        """How to write it so that no other device fits: by serial number, else by socket."""
        by_serial = UsbAddress(self.vendor, self.product, self.serial or None)
        if self.serial and _can_be_written(by_serial):
            return by_serial
        return UsbAddress(self.vendor, self.product, socket=self.socket)

    def node(self, subsystem: str, role: str = "") -> str | None:
        """The first device file of a subsystem; where several have one, one that has the role."""
        fitting = [node for node in self.nodes if node.subsystem == subsystem]
        if role and len(fitting) > 1:
            fitting = [node for node in fitting if role in node.roles] or fitting
        return fitting[0].path if fitting else None

    def __str__(self) -> str:
        name = " ".join(filter(None, (self.maker, self.model)))
        return f"{self.address}{f' ({name})' if name else ''}"


@dataclass(frozen=True, slots=True)
class Connected:
    """One thing that is plugged in, as `kiosk doctor` lists it.

    `where` is what to write in the configuration. `known` is None for what this program does not
    know: it may work none the less. `usb` is None for a serial port of the machine itself.
    """

    where: str
    known: usb_ids.Known | None
    nodes: tuple[Node, ...]
    usb: Found | None = None


def find(address: UsbAddress) -> Found:
    """The one device that fits all that the address says, as it is plugged in now.

    DiscoveryError names what is there instead, or what to add where several fit.
    """
    present = [device for device in _usb_devices() if device.usb_class != _HUB]
    fitting = [device for device in present if _fits(device, address)]
    match fitting:
        case [device]:
            return device
        case []:
            raise DiscoveryError(_nothing_fits(address, present))
        case _:
            raise DiscoveryError(_several_fit(address, fitting))


def connected() -> tuple[Connected, ...]:
    """Everything that is plugged in, known or not: USB devices without hubs, then serial ports."""
    devices = [device for device in _usb_devices() if device.usb_class != _HUB]
    listed = [
        Connected(_where(device, devices), _known(device), device.nodes, device)
        for device in devices
    ]
    ports = [Connected(node.path, usb_ids.SERIAL_PORT, (node,)) for node in _serial_ports()]
    return (*listed, *ports)


def inputs() -> tuple[Node, ...]:
    """The event nodes of all input devices, of the machine itself too, in the kernel's order."""
    with _one_at_a_time:
        return tuple(_nodes(list(_udev().list_devices(subsystem=_INPUT))))


# --- what fits ---


def _fits(device: Found, address: UsbAddress) -> bool:
    wanted = (address.vendor, address.product, address.serial, address.socket)
    has = (device.vendor, device.product, device.serial, device.socket)
    return all(want is None or want == have for want, have in zip(wanted, has, strict=True))


def _nothing_fits(address: UsbAddress, present: Sequence[Found]) -> str:
    alike = [d for d in present if address.vendor and d.vendor == address.vendor]
    there = [d for d in present if address.socket and d.socket == address.socket]
    near = list(dict.fromkeys([*there, *alike, *present]))[:NEARBY]
    if not near:
        return f"nothing fits {address}, no USB device is plugged in; check cable and power"
    return (
        f"nothing fits {address}; check cable and power, or the address in the configuration; "
        f"plugged in: {_list(near)}"
    )


def _several_fit(address: UsbAddress, fitting: Sequence[Found]) -> str:
    apart = len({device.serial for device in fitting}) == len(fitting)
    add = "a serial number or @SOCKET" if apart and address.serial is None else "@SOCKET"
    count = {2: "two", 3: "three"}.get(len(fitting), str(len(fitting)))
    return f"{count} devices fit {address}: add {add}: {_list(fitting)}"


def _list(devices: Sequence[Found]) -> str:
    return ", ".join(
        str(device) if device.address.socket else f"{device} in {device.socket}"
        for device in devices
    )


def _where(device: Found, devices: Sequence[Found]) -> str:
    """The shortest address that fits this device alone."""
    short = UsbAddress(device.vendor, device.product)
    for address in (short, device.address):
        if sum(_fits(other, address) for other in devices) == 1:
            return str(address)
    return str(UsbAddress(device.vendor, device.product, socket=device.socket))


def _can_be_written(address: UsbAddress) -> bool:
    try:
        return parse(str(address)) == address
    except AddressError:
        return False


def _known(device: Found) -> usb_ids.Known | None:
    return usb_ids.known(
        device.vendor, device.product, [interface.usb_class for interface in device.interfaces]
    )


# --- what udev says ---

# libudev is not made for several threads, and making a context starts a program (ldconfig).
_one_at_a_time = threading.Lock()


@cache
def _udev() -> pyudev.Context:
    return pyudev.Context()


def _usb_devices() -> list[Found]:
    """Every USB device, hubs too, in the order of their sockets."""
    with _one_at_a_time:
        devices = _udev().list_devices(subsystem="usb", DEVTYPE="usb_device")
        found = [made for device in devices if (made := _usb_device(device)) is not None]
    return sorted(found, key=lambda device: _natural(device.socket))


def _usb_device(device: pyudev.Device) -> Found | None:
    """One device, or None when it was pulled out while it was looked at."""
    try:
        inside = [d for d in device.children if d.find_parent("usb", "usb_device") == device]
        return Found(
            vendor=int(_attribute(device, "idVendor"), 16),
            product=int(_attribute(device, "idProduct"), 16),
            serial=_attribute(device, "serial"),
            socket=device.sys_name,
            bus=int(_attribute(device, "busnum")),
            number=int(_attribute(device, "devnum")),
            maker=_attribute(device, "manufacturer"),
            model=_attribute(device, "product"),
            usb_class=int(_attribute(device, "bDeviceClass"), 16),
            interfaces=tuple(_interfaces(inside)),
            nodes=tuple(_nodes(inside)),
        )
    except (ValueError, OSError, pyudev.DeviceNotFoundError):
        return None


def _interfaces(inside: Sequence[pyudev.Device]) -> Iterator[Interface]:
    for device in inside:
        if device.device_type == "usb_interface":
            yield Interface(
                number=int(_attribute(device, "bInterfaceNumber"), 16),
                usb_class=int(_attribute(device, "bInterfaceClass"), 16),
                subclass=int(_attribute(device, "bInterfaceSubClass"), 16),
                protocol=int(_attribute(device, "bInterfaceProtocol"), 16),
                driver=device.driver or "",
            )


def _nodes(inside: Sequence[pyudev.Device]) -> list[Node]:
    """The device files: of cameras the one with pictures first, of inputs the event devices."""
    with_files = [d for d in inside if d.device_node and d.subsystem != "usb"]
    events = [d for d in with_files if d.subsystem != _INPUT or d.sys_name.startswith("event")]
    events.sort(key=lambda d: (d.subsystem, _index(d), _natural(d.sys_name)))
    return [_node(device) for device in events]


def _node(device: pyudev.Device) -> Node:
    said = device.properties
    roles = {
        key.removeprefix("ID_INPUT_").lower()
        for key, value in said.items()
        if key.startswith("ID_INPUT_") and value == "1"
    }
    roles |= set(filter(None, said.get("ID_V4L_CAPABILITIES", "").split(":")))
    return Node(
        device.device_node, device.subsystem, frozenset(roles), tuple(sorted(device.device_links))
    )


def _serial_ports() -> list[Node]:
    """Serial ports that the machine has without USB, and with hardware behind them."""
    with _one_at_a_time:
        ports = [
            device
            for device in _udev().list_devices(subsystem="tty")
            if device.device_node
            and device.find_parent("usb") is None
            and _attribute(device, "type") not in _NO_UART
        ]
        return [_node(device) for device in sorted(ports, key=lambda d: _natural(d.sys_name))]


def _attribute(device: pyudev.Device, name: str) -> str:
    value: bytes = device.attributes.get(name, b"")
    return value.decode("utf-8", "replace").strip()


def _index(device: pyudev.Device) -> int:
    """Which of a camera's files it is; pictures come from the lowest."""
    return int(_attribute(device, "index") or 0)


def _natural(name: str) -> list[int]:
    """The numbers in a name: 1-10 comes after 1-9."""
    digits = "".join(c if c.isdigit() else " " for c in name)
    return [int(number) for number in digits.split()]
