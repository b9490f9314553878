"""Scanners of bar and QR codes: three families on a serial port, and codes before a camera."""

from __future__ import annotations

from drivers.device import BarcodeScanner, Device
from drivers.scanners.barcode_scanner import barcode_scanner
from tests.drivers.contract.rig import Rig


async def scan(device: Device) -> None:
    """Wait for a code that nobody shows."""
    assert isinstance(device, BarcodeScanner)
    await device.scan(60)


WIRE = {
    "silence": "disconnected",
    "garbage": "disconnected",
    "truncated": "disconnected",
    "babble": "disconnected",
    "stuck-busy": "hardware_error",
    "slow": "ready",
}

RIGS = [
    Rig(
        name="Newland scanner on a serial port",
        simulated="barcode-newland",
        driver=lambda where: barcode_scanner("newland", where, 9600),
        faults={**WIRE, "broken": "hardware_error"},
        work=scan,
    ),
    Rig(
        name="Honeywell scanner on a serial port",
        simulated="barcode-honeywell",
        driver=lambda where: barcode_scanner("honeywell", where, 115200),
        faults=WIRE,
        work=scan,
    ),
    Rig(
        name="SSI scanner on a serial port",
        simulated="barcode-ssi",
        driver=lambda where: barcode_scanner("zebra_ssi", where, 9600),
        faults={**WIRE, "bad-checksum": "disconnected"},
        work=scan,
    ),
    Rig(
        name="codes before a camera",
        simulated="barcode-camera",
        driver=lambda where: barcode_scanner("camera", where),
        faults={"silence": "disconnected", "frozen": "hardware_error", "black": "user_error"},
        work=scan,
    ),
]
