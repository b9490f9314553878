"""Printers of receipts."""

from __future__ import annotations

from drivers.device import Device, ReceiptPrinter
from drivers.printers.receipt_presenter import PresentingReceiptPrinter
from drivers.printers.receipt_printer import EscPosReceiptPrinter
from tests.drivers.contract.rig import Rig


async def print_much(device: Device) -> None:
    """Print a long receipt."""
    assert isinstance(device, ReceiptPrinter)
    await device.print_receipt(b"receipt\n" * 2000)


FAULTS = {
    "paper-out": "paper_out",
    "cover-open": "cover_open",
    "jam": "paper_jammed",
    "cutter": "hardware_error",
    "unrecoverable": "hardware_error",
    "recoverable": "hardware_error",
    "near-end": "paper_low",
    "silence": "disconnected",
    "garbage": "disconnected",
    "truncated": "disconnected",
    "stuck-busy": "disconnected",
    "slow": "ready",
    "chatty": "ready",
}

RIGS = [
    Rig(
        name="ESC/POS printer on a serial port",
        simulated="receipt-printer",
        driver=EscPosReceiptPrinter,
        faults=FAULTS,
        work=print_much,
    ),
    Rig(
        name="ESC/POS printer on the network",
        simulated="receipt-printer-tcp",
        driver=EscPosReceiptPrinter,
        faults=FAULTS,
        work=print_much,
    ),
    Rig(
        name="kiosk printer with a presenter",
        simulated="receipt-presenter",
        driver=PresentingReceiptPrinter,
        faults=FAULTS,
        work=print_much,
    ),
]
