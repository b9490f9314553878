"""Printers of receipts."""

from __future__ import annotations

from drivers.device import Device, ReceiptPrinter
from drivers.receipt_printer import EscPosReceiptPrinter
from tests.drivers.contract.rig import Rig


async def print_much(device: Device) -> None:
    """Print a long receipt."""
    assert isinstance(device, ReceiptPrinter)
    await device.print_receipt(b"receipt\n" * 2000)


RIGS = [
    Rig(
        name="ESC/POS printer on a serial port",
        simulated="receipt-printer",
        driver=EscPosReceiptPrinter,
        faults={
            "paper-out": "paper_out",
            "cover-open": "cover_open",
            "jam": "hardware_error",
            "near-end": "paper_low",
        },
        work=print_much,
    ),
]
