"""Printers of receipts on USB."""

from __future__ import annotations

import os

from drivers.printers.receipt_printer import EscPosReceiptPrinter
from tests.drivers.contract.rig import Rig
from tests.drivers.contract.rig_receipt_printer import FAULTS, print_much

RIGS = []
if "UMOCKDEV_DIR" in os.environ:
    RIGS = [
        Rig(
            name="ESC/POS printer on USB",
            simulated="receipt-printer-usb",
            driver=EscPosReceiptPrinter,
            faults=FAULTS,
            work=print_much,
        ),
    ]
