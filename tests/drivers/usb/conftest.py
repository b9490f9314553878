"""These tests need a USB bus; tests/drivers/test_usb_bus.py runs them on a simulated one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import usb.core

from drivers.ports.discovery import connected
from sandbox.devices.usb_bus import UsbBus

if "UMOCKDEV_DIR" in os.environ:
    # What libusb and libudev keep open is open from the start: no test leaks it.
    usb.core.find()
    connected()
else:
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture
def bus() -> Iterator[UsbBus]:
    """The bus of this process, with nothing plugged in."""
    made = UsbBus(Path(os.environ["UMOCKDEV_DIR"]))
    yield made
    for number in made.root.glob("sys/bus/usb/devices/*/devnum"):
        made.pull(number.parent.name, int(number.read_text()))
    for part in ("sys", "dev", "ioctl"):
        shutil.rmtree(made.root / part, ignore_errors=True)
