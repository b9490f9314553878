"""Controllers of cabinets."""

from __future__ import annotations

from drivers.cabinets.cabinet import SerialCabinet
from drivers.device import Cabinet, Device
from tests.drivers.contract.rig import Rig


async def wait(device: Device) -> None:
    """Wait for something to happen."""
    assert isinstance(device, Cabinet)
    await device.state()
    await device.wait_for_change(60)


RIGS = [
    Rig(
        name="cabinet on a serial port",
        simulated="cabinet",
        driver=SerialCabinet,
        faults={
            "silence": "disconnected",
            "garbage": "disconnected",
            "bad-checksum": "disconnected",
            "truncated": "disconnected",
            "babble": "disconnected",
            "stuck-busy": "hardware_error",
            "new-version": "hardware_error",
            "sensor-broken": "hardware_error",
            "battery-low": "hardware_error",
            "door-open": "user_error",
            "tamper": "suspected_tampering",
        },
        work=wait,
    ),
]
