"""Printers of documents."""

from __future__ import annotations

from drivers.device import Device, DocumentPrinter, PrintJob
from drivers.printers.document_printer import IppDocumentPrinter
from sandbox import cups, ipp
from tests.drivers.contract.rig import Rig
from tests.drivers.documents import TWO_PAGES


async def print_two_pages(device: Device) -> None:
    """Print a document."""
    assert isinstance(device, DocumentPrinter)
    await device.print_document(TWO_PAGES, PrintJob("contract"))


RIGS = [
    Rig(
        name="IPP printer on the network",
        simulated="document-printer",
        driver=IppDocumentPrinter,
        faults={
            "silence": "disconnected",
            "garbage": "disconnected",
            "truncated": "disconnected",
            "broken-off": "disconnected",
            "web-page": "disconnected",
            "not-found": "disconnected",
            "password": "disconnected",
            "paper-out": "paper_out",
            "paper-low": "paper_low",
            "jam": "paper_jammed",
            "cover-open": "cover_open",
        },
        work=print_two_pages,
        missing=ipp.missing,
    ),
    Rig(
        name="queue of CUPS",
        simulated="print-queue",
        driver=IppDocumentPrinter,
        faults={
            "off": "disconnected",
            "silence": "disconnected",
            "paper-out": "paper_out",
            "jam": "paper_jammed",
            "cover-open": "cover_open",
            "pause": "hardware_error",
            "reject": "hardware_error",
        },
        work=print_two_pages,
        missing=lambda: ipp.missing() or cups.missing(),
    ),
]
