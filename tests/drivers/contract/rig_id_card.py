"""Readers of ID cards."""

from __future__ import annotations

from drivers.cards.id_card import SamIdCardReader
from drivers.device import Device, IdCardReader
from tests.drivers.contract.rig import Rig


async def wait(device: Device) -> None:
    """Wait for a card."""
    assert isinstance(device, IdCardReader)
    await device.wait_for_card(60)


RIGS = [
    Rig(
        name="SAM reader on a serial port",
        simulated="id-card",
        driver=SamIdCardReader,
        faults={
            "silence": "disconnected",
            "garbage": "disconnected",
            "bad-checksum": "disconnected",
            "truncated": "disconnected",
            "not-authorised": "hardware_error",
        },
        work=wait,
    ),
]
