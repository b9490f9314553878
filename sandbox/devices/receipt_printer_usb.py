"""A receipt printer on USB, of the printer class: the kernel's usblp takes it first."""

from __future__ import annotations

from sandbox.devices.receipt_printer import PrinterMechanism
from sandbox.devices.usb_bus import UsbDescription, UsbEndpoint, UsbInterface
from sandbox.devices.usb_device import SimulatedUsbDevice


class SimulatedUsbReceiptPrinter(PrinterMechanism, SimulatedUsbDevice):
    """An Epson TM on its USB interface card: class 7, both ways."""

    port = 5
    description = UsbDescription(
        0x04B8,
        0x0202,
        "J1",
        "EPSON",
        "TM-T88V",
        interfaces=(UsbInterface(7, 1, 2, (UsbEndpoint(0x01), UsbEndpoint(0x82)), "usblp"),),
    )
