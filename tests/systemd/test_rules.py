"""The udev rules, read by udev itself: which names and rights devices get on a simulated bus."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from drivers.device import DeviceKind
from drivers.ports.usb_ids import PRODUCTS
from sandbox.devices.usb_bus import HOST, UsbBus, UsbDescription, UsbEndpoint, UsbInterface, UsbNode

SYSTEMD = Path(__file__).parents[2] / "systemd"
RULES = SYSTEMD / "99-doorstep.rules"
UNIT = (SYSTEMD / "doorstep-kiosk.service").read_text(encoding="utf-8")

# udev makes links and writes down what it found: all in places of this process alone.
ASK = """
set -eu
mount --bind "$1/sys" /sys
mount -t tmpfs none /run
mount -t tmpfs none /dev
mknod /dev/null c 1 3
mkdir -p /run/udev/rules.d
cp "$3" /run/udev/rules.d/
SYSTEMD_DEVICE_VERIFY_SYSFS=0 udevadm test --action=add "$2"
"""

SERIAL = UsbInterface(endpoints=(UsbEndpoint(0x02), UsbEndpoint(0x81)))
TOUCH = {"ID_INPUT": "1", "ID_INPUT_TOUCHSCREEN": "1"}
KEYS = {"ID_INPUT": "1", "ID_INPUT_KEY": "1", "ID_INPUT_KEYBOARD": "1"}


def asked(vendor: int, product: int, node: UsbNode | None = None, model: str = "") -> str:
    """What udev says of a device, or of its file."""
    if shutil.which("udevadm") is None:
        pytest.skip("optional: udevadm is not on this machine")
    if os.geteuid() != 0:
        pytest.skip("optional: only root may put another /sys in the place of this one")
    with TemporaryDirectory(prefix="usb-") as directory:
        device = UsbDescription(vendor, product, model=model, interfaces=(SERIAL,))
        UsbBus(Path(directory)).plug("1-1", 11, device, (node,) if node else ())
        path = f"/sys/{HOST}/1-1"
        if node:
            path += f"/1-1:1.0/{node.subsystem}/{node.name.rpartition('/')[2]}"
        command = ["unshare", "--mount", "sh", "-c", ASK, "sh", directory, path, str(RULES)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not re.search(r"99-doorstep.rules:\d+ (Invalid|Failed|Unknown key)", done.stderr)
    return done.stderr + done.stdout


@pytest.mark.parametrize(
    ("vendor", "product", "name"),
    [
        (0x10C4, 0xEA60, "id-card-reader"),
        (0x0403, 0x6001, "id-card-reader"),
        (0x1A86, 0x7523, "receipt-printer"),
        (0x0403, 0x6015, "cabinet"),
        (0x0C2E, 0x0CAA, "barcode-scanner"),
    ],
)
def test_a_serial_device_gets_its_name(vendor: int, product: int, name: str) -> None:
    """Whatever its number: the name stays, the group may open it, and no modem manager does."""
    said = asked(vendor, product, UsbNode("tty", "ttyUSB7"))
    assert f"/dev/doorstep/{name}" in said
    assert "99-doorstep.rules" in said
    assert "MODE 0660" in said
    assert "ID_MM_DEVICE_IGNORE=1" in said


@pytest.mark.parametrize(
    ("node", "model", "name"),
    [
        (UsbNode("video4linux", "video2", attributes={"index": "0"}), "HD Cam", "face-camera"),
        (UsbNode("video4linux", "video2", attributes={"index": "0"}), "DocCam", "document-camera"),
        (UsbNode("input", "input/event9", properties=TOUCH), "", "touch-panel"),
    ],
)
def test_cameras_and_the_touch_panel_get_names(node: UsbNode, model: str, name: str) -> None:
    """They are known by what they are, whoever made them."""
    assert f"/dev/doorstep/{name}" in asked(0xF055, 0x0001, node, model)


def test_a_scanner_that_types_gets_its_name() -> None:
    """A keyboard of a maker of scanners is a scanner; other keyboards are left alone."""
    keyboard = UsbNode("input", "input/event9", properties=KEYS)
    assert "/dev/doorstep/barcode-scanner" in asked(0x1EAB, 0x0003, keyboard)
    assert "/dev/doorstep" not in asked(0x046D, 0xC31C, keyboard)


def test_a_cameras_second_file_has_no_name() -> None:
    """There are no pictures in it."""
    node = UsbNode("video4linux", "video3", attributes={"index": "1"})
    assert "/dev/doorstep" not in asked(0xF055, 0x0001, node)


def test_a_reader_without_a_serial_port_may_be_opened() -> None:
    """The raw device belongs to the terminal's group, and to nobody else."""
    assert re.search(r"99-doorstep.rules:\d+ MODE 0660", asked(0x0400, 0xC35A))
    assert not re.search(r"99-doorstep.rules:\d+ MODE", asked(0xF055, 0x0001))


def test_rules_and_the_table_of_products_agree() -> None:
    """What the rules take a device for, kiosk doctor takes it for too."""
    named = re.findall(
        r'VENDOR_ID}=="(\w{4})", ENV{ID_MODEL_ID}=="(\w{4})", ENV{DOORSTEP_DEVICE}="([a-z-]+)"',
        RULES.read_text(encoding="utf-8"),
    )
    assert len(named) >= 6
    for vendor, product, name in named:
        known = PRODUCTS[int(vendor, 16), int(product, 16)]
        assert DeviceKind(name.replace("-", "_")) in known.serves


def test_the_terminal_is_in_the_groups_that_the_rules_name() -> None:
    """A device that belongs to a group is of use only to who is in it."""
    groups = set(re.findall(r'GROUP="(\w+)"', RULES.read_text(encoding="utf-8")))
    (line,) = re.findall(r"^SupplementaryGroups=(.+)$", UNIT, re.MULTILINE)
    assert groups <= set(line.split())


@pytest.mark.parametrize(
    "allowed",
    [
        "char-usb_device rw",
        "char-video4linux rw",
        "char-input r",
        "char-ttyUSB rw",
        "char-ttyACM rw",
        "char-ttyS rw",
    ],
)
def test_the_terminal_may_open_every_class_of_device(allowed: str) -> None:
    """The sandbox of the unit lets through what the drivers open."""
    assert f"DeviceAllow={allowed}" in UNIT.splitlines()
