"""What is plugged in, as the real libudev reads it from a simulated bus."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.address import UsbAddress, parse
from drivers.device import DeviceKind
from drivers.ports.discovery import DiscoveryError, connected, find
from sandbox.devices.usb_bus import UsbBus, UsbDescription, UsbInterface, UsbNode

CH340 = UsbDescription(0x1A86, 0x7523, model="USB Serial", interfaces=(UsbInterface(),))
CAMERA = UsbDescription(
    0x32E4,
    0x9230,
    "2023",
    "HD",
    "Camera",
    interfaces=(UsbInterface(0x0E, 1), UsbInterface(0x0E, 2)),
)
HUB = UsbDescription(0x05E3, 0x0608, model="USB2.0 Hub", usb_class=0x09)
STRANGE = UsbDescription(0xF055, 0x0001, "A:1")


def refused(text: str) -> str:
    """What the search for an address says when it fails."""
    address = parse(text)
    assert isinstance(address, UsbAddress)
    with pytest.raises(DiscoveryError) as caught:
        find(address)
    return str(caught.value)


def found_tty(text: str) -> str | None:
    """The serial port of the device at that address."""
    address = parse(text)
    assert isinstance(address, UsbAddress)
    return find(address).node("tty")


def test_an_empty_bus_is_an_empty_list(bus: UsbBus) -> None:
    """Nothing plugged in is no error, and an address says that there is nothing."""
    del bus
    assert connected() == ()
    assert refused("usb:1a86:7523") == (
        "nothing fits usb:1a86:7523, no USB device is plugged in; check cable and power"
    )


def test_a_device_is_found_by_all_it_says(bus: UsbBus) -> None:
    """Vendor and product, serial number, socket: alone and together."""
    bus.plug("1-1.4", 14, CAMERA)
    for text in ("usb:32e4:9230", "usb:32e4:9230:2023", "usb@1-1.4", "usb:32E4:9230:2023@1-1.4"):
        address = parse(text)
        assert isinstance(address, UsbAddress)
        found = find(address)
        assert (found.model, found.socket, found.raw) == ("Camera", "1-1.4", "/dev/bus/usb/001/014")
    assert "nothing fits usb:32e4:9230@1-2" in refused("usb:32e4:9230@1-2")


def test_a_new_tty_number_is_the_same_device(bus: UsbBus) -> None:
    """Plugged in again it is another tty on another bus number, and found all the same."""
    bus.plug("1-2", 12, CH340, (UsbNode("tty", "ttyUSB0"),))
    assert found_tty("usb:1a86:7523") == "/dev/ttyUSB0"
    bus.pull("1-2", 12)
    bus.plug("1-2", 13, CH340, (UsbNode("tty", "ttyUSB1"),))
    assert found_tty("usb:1a86:7523") == "/dev/ttyUSB1"


def test_two_alike_ask_for_what_tells_them_apart(bus: UsbBus) -> None:
    """With serial numbers that differ either will do; without, only the socket."""
    bus.plug("1-1", 11, CH340)
    bus.plug("1-2", 12, CH340)
    assert refused("usb:1a86:7523") == (
        "two devices fit usb:1a86:7523: add @SOCKET: "
        "usb:1a86:7523@1-1 (USB Serial), usb:1a86:7523@1-2 (USB Serial)"
    )
    bus.pull("1-2", 12)
    bus.pull("1-1", 11)
    for port, serial in ((1, "A1"), (2, "A2"), (3, "A3")):
        bus.plug(f"1-{port}", port, UsbDescription(0x0403, 0x6001, serial))
    assert refused("usb:0403:6001") == (
        "three devices fit usb:0403:6001: add a serial number or @SOCKET: "
        "usb:0403:6001:A1 in 1-1, usb:0403:6001:A2 in 1-2, usb:0403:6001:A3 in 1-3"
    )
    assert [one.where for one in connected()] == [
        "usb:0403:6001:A1",
        "usb:0403:6001:A2",
        "usb:0403:6001:A3",
    ]


def test_a_wrong_address_names_what_is_near(bus: UsbBus) -> None:
    """First what hangs in that socket, then what is of that maker, then the rest; never hubs."""
    bus.plug("1-1", 11, HUB)
    bus.plug("1-1.1", 12, CAMERA)
    bus.plug("1-2", 13, CH340)
    assert refused("usb:1a86:55d4").endswith(
        "plugged in: usb:1a86:7523@1-2 (USB Serial), usb:32e4:9230:2023 (HD Camera) in 1-1.1"
    )
    assert "plugged in: usb:32e4:9230:2023 (HD Camera) in 1-1.1" in refused("usb:0400:c35a@1-1.1")
    assert "nothing fits usb@1-1;" in refused("usb@1-1")


def test_the_picture_is_the_first_of_a_cameras_files(bus: UsbBus) -> None:
    """A camera has a second file for what it knows about its pictures."""
    files = (
        UsbNode("video4linux", "video3", attributes={"index": "1"}),
        UsbNode("video4linux", "video10", attributes={"index": "0"}),
    )
    bus.plug("1-1", 11, CAMERA, files)
    assert find(UsbAddress(0x32E4, 0x9230)).node("video4linux") == "/dev/video10"


def test_a_role_chooses_among_event_devices(bus: UsbBus) -> None:
    """A touch panel that is a mouse too is asked for by what it has to do."""
    touch = {"ID_INPUT": "1", "ID_INPUT_TOUCHSCREEN": "1"}
    files = (
        UsbNode("input", "input/mouse1"),
        UsbNode("input", "input/event4", properties={"ID_INPUT": "1", "ID_INPUT_MOUSE": "1"}),
        UsbNode("input", "input/event11", properties=touch),
        UsbNode("hidraw", "hidraw2"),
    )
    bus.plug("1-1", 11, UsbDescription(0x0EEF, 0x0001, interfaces=(UsbInterface(3),)), files)
    found = find(UsbAddress(0x0EEF, 0x0001))
    assert found.node("input", "touchscreen") == "/dev/input/event11"
    assert found.node("input", "keyboard") == "/dev/input/event4"
    assert found.node("hidraw") == "/dev/hidraw2"
    assert found.node("tty") is None


def test_the_files_behind_a_hub_are_not_the_hubs(bus: UsbBus) -> None:
    """A device has its own interfaces and files, whatever hangs below it."""
    bus.plug("1-1", 11, HUB)
    bus.plug("1-1.2", 12, CH340, (UsbNode("tty", "ttyUSB0"),))
    (only,) = connected()
    assert only.usb is not None
    assert (only.usb.socket, len(only.usb.interfaces)) == ("1-1.2", 1)


def test_what_is_not_known_is_listed_too(bus: UsbBus) -> None:
    """Known by product, known by class, not known: all three are there, with what to write."""
    bus.plug("1-1", 11, CH340, (UsbNode("tty", "ttyUSB0"),))
    bus.plug("1-2", 12, CAMERA)
    bus.plug("1-10", 20, STRANGE)
    bridge, camera, strange = connected()
    assert (bridge.where, [node.path for node in bridge.nodes]) == (
        "usb:1a86:7523",
        ["/dev/ttyUSB0"],
    )
    assert bridge.known is not None
    assert bridge.known.words == "serial bridge WCH CH340"
    assert camera.known is not None
    assert DeviceKind.FACE_CAMERA in camera.known.serves
    assert (strange.where, strange.known) == ("usb:f055:0001", None)


def test_a_serial_number_that_can_not_be_written_gives_way_to_the_socket(bus: UsbBus) -> None:
    """An address that is shown can be copied into the configuration."""
    bus.plug("1-3", 13, STRANGE)
    found = find(UsbAddress(socket="1-3"))
    assert (found.serial, str(found.address)) == ("A:1", "usb:f055:0001@1-3")


def test_the_kernels_driver_is_named(bus: UsbBus) -> None:
    """Each interface says who has it."""
    printer = UsbDescription(0x04B8, 0x0202, interfaces=(UsbInterface(7, 1, 2, driver="usblp"),))
    bus.plug("1-4", 14, printer, (UsbNode("usbmisc", "usb/lp0"),))
    found = find(UsbAddress(0x04B8, 0x0202))
    assert found.interfaces[0].driver == "usblp"
    assert found.node("usbmisc") == "/dev/usb/lp0"


def test_a_serial_port_without_usb_is_listed(bus: UsbBus) -> None:
    """Ports of the machine itself count, where there is hardware behind them."""
    for name, kind in (("ttyS0", "4"), ("ttyS1", "0")):
        port = bus.root / "sys/devices/platform/serial8250/tty" / name
        port.mkdir(parents=True)
        (port / "type").write_text(f"{kind}\n")
        (port / "uevent").write_text(f"MAJOR=4\nMINOR=64\nDEVNAME={name}\n")
        (port / "subsystem").symlink_to(Path("../../../../../class/tty"))
        (bus.root / "sys/class/tty").mkdir(parents=True, exist_ok=True)
        (bus.root / "sys/class/tty" / name).symlink_to(
            Path("../../devices/platform/serial8250/tty", name)
        )
    assert [one.where for one in connected()] == ["/dev/ttyS0"]
