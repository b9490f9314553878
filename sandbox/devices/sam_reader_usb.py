"""An ID-card reader on USB: its bytes in bulk transfers, or through a serial bridge."""

from __future__ import annotations

from sandbox.devices.sam_reader import SamModule
from sandbox.devices.usb_bridge import SimulatedUsbBridge
from sandbox.devices.usb_bus import UsbDescription, UsbEndpoint, UsbInterface
from sandbox.devices.usb_device import SimulatedUsbDevice


class SimulatedUsbSamReader(SamModule, SimulatedUsbDevice):
    """0400:c35a with one vendor-specific interface, bulk out and bulk in."""

    port = 3
    description = UsbDescription(
        0x0400,
        0xC35A,
        model="SAM",
        interfaces=(UsbInterface(endpoints=(UsbEndpoint(0x02), UsbEndpoint(0x81))),),
    )


class SimulatedBridgedSamReader(SamModule, SimulatedUsbBridge):
    """A reader with a CP210x before it, as most have."""

    port = 4
    description = UsbDescription(
        0x10C4,
        0xEA60,
        "0001",
        "Silicon Labs",
        "CP2102 USB to UART Bridge Controller",
        interfaces=(UsbInterface(driver="cp210x"),),
    )
