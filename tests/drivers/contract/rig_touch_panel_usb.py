"""Touch panels: where there is a bus (tests/drivers/test_usb_bus.py brings one)."""

from __future__ import annotations

import os

from drivers.device import Device, Ready
from drivers.panels.touch_panel import TouchPanel
from tests.drivers.contract.rig import Rig


async def watch(device: Device) -> None:
    """Probe it as long as it is well."""
    while isinstance(await device.probe(), Ready):
        pass


RIGS = []
if "UMOCKDEV_DIR" in os.environ:
    RIGS = [
        Rig(
            name="touch panel on USB",
            simulated="touch-panel",
            driver=TouchPanel,
            faults={"dead": "disconnected", "mouse": "hardware_error"},
            work=watch,
        )
    ]
