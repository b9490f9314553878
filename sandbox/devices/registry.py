"""Every simulated device there is, by its name on the command line."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from sandbox.devices.simulator import Simulator


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of simulated device; `made_by` is imported only when one is made."""

    made_by: str  # module:class
    what: str

    def at(self, place: Path, baud: int | None = None) -> Simulator:
        """One that uses `place` for its link, socket or files."""
        module, _, name = self.made_by.partition(":")
        made: Simulator = getattr(import_module(module), name).at(place, baud)
        return made


KINDS = {
    "id-card": Kind("sandbox.devices.sam_reader:SimulatedSamReader", "an ID-card reader"),
    "id-card-usb": Kind(
        "sandbox.devices.sam_reader_usb:SimulatedUsbSamReader", "an ID-card reader on USB"
    ),
    "id-card-bridge": Kind(
        "sandbox.devices.sam_reader_usb:SimulatedBridgedSamReader",
        "an ID-card reader behind a USB serial bridge",
    ),
    "receipt-printer": Kind(
        "sandbox.devices.receipt_printer:SimulatedReceiptPrinter", "a receipt printer"
    ),
    "social-card": Kind(
        "sandbox.devices.social_card:SimulatedSocialCardReader",
        "a reader of social security cards",
    ),
    "receipt-printer-tcp": Kind(
        "sandbox.devices.receipt_printer:SimulatedTcpReceiptPrinter",
        "a receipt printer on the network",
    ),
    "receipt-printer-usb": Kind(
        "sandbox.devices.receipt_printer_usb:SimulatedUsbReceiptPrinter",
        "a receipt printer on USB",
    ),
    "receipt-presenter": Kind(
        "sandbox.devices.receipt_presenter:SimulatedPresenter",
        "a kiosk printer that holds receipts until they are taken",
    ),
    "document-printer": Kind(
        "sandbox.devices.document_printer:SimulatedDocumentPrinter",
        "a document printer on the network (IPP)",
    ),
    "print-queue": Kind(
        "sandbox.devices.print_queue:SimulatedPrintQueue",
        "a queue of CUPS with a document printer behind it",
    ),
    "cabinet": Kind("sandbox.devices.cabinet:SimulatedCabinet", "a cabinet's controller"),
    "touch-panel": Kind("sandbox.devices.touch_panel:SimulatedTouchPanel", "a touch panel on USB"),
    "barcode-newland": Kind(
        "sandbox.devices.barcode_scanner:SimulatedNewland", "a Newland barcode scanner"
    ),
    "barcode-honeywell": Kind(
        "sandbox.devices.barcode_scanner:SimulatedHoneywell", "a Honeywell barcode scanner"
    ),
    "barcode-ssi": Kind("sandbox.devices.ssi_scanner:SimulatedSsi", "a Zebra SSI barcode scanner"),
    "face-camera": Kind(
        "sandbox.devices.face_camera:SimulatedFaceCamera",
        "a face camera, and whoever stands before it",
    ),
    "barcode-hid": Kind(
        "sandbox.devices.hid_scanner:SimulatedHidScanner",
        "a barcode scanner that types, on USB",
    ),
    "barcode-camera": Kind(
        "sandbox.devices.barcode_camera:SimulatedBarcodeCamera",
        "a camera that codes are held before",
    ),
    "document-camera": Kind(
        "sandbox.devices.document_camera:SimulatedDocumentCamera",
        "a camera over a table that papers are laid on",
    ),
}
