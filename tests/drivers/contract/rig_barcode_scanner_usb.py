"""Scanners that are keyboards: where there is a bus (tests/drivers/test_usb_bus.py brings one)."""

from __future__ import annotations

import os

from drivers.device import BarcodeScanner, Device
from drivers.scanners.barcode_scanner import barcode_scanner
from tests.drivers.contract.rig import Rig


async def scan(device: Device) -> None:
    """Wait for a code that nobody shows."""
    assert isinstance(device, BarcodeScanner)
    await device.scan(60)


RIGS = []
if "UMOCKDEV_DIR" in os.environ:
    RIGS = [
        Rig(
            name="scanner that types on USB",
            simulated="barcode-hid",
            driver=lambda where: barcode_scanner("hid", where),
            faults={},
            work=scan,
        )
    ]
