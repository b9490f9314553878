"""What devices can do, as small Protocols: the faces that drivers show to the terminal."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, runtime_checkable

from drivers.device.cards import IdCard
from drivers.device.prints import PrintOutcome
from drivers.device.status import Status


class DeviceKind(StrEnum):
    """The needs a device can serve."""

    ID_CARD_READER = "id_card_reader"
    SOCIAL_CARD_READER = "social_card_reader"
    RECEIPT_PRINTER = "receipt_printer"
    DOCUMENT_PRINTER = "document_printer"
    FACE_CAMERA = "face_camera"
    DOCUMENT_CAMERA = "document_camera"
    BARCODE_SCANNER = "barcode_scanner"
    SIGNATURE_PAD = "signature_pad"
    CABINET = "cabinet"
    TOUCH_PANEL = "touch_panel"


@dataclass(frozen=True, slots=True)
class SelfTest:
    """What a device found out about itself.

    `where` is the port or address it was asked at, `model` what it calls itself ("" where it can
    not say), `facts` whatever else a technician wants to read: serial number, firmware, counters.
    """

    status: Status
    where: str
    model: str = ""
    facts: dict[str, str] = field(default_factory=dict)


@runtime_checkable
class Device(Protocol):
    """What every device can do."""

    kind: DeviceKind

    async def probe(self) -> Status:
        """Open when needed, ask once, say how the device is; its own trouble is a status."""
        ...

    async def self_test(self) -> SelfTest:
        """Ask the device all it can say of itself without a resident; trouble is a status."""
        ...

    async def close(self) -> None:
        """Drop the handle and end the worker thread; the device can not be used again."""
        ...


@runtime_checkable
class IdCardReader(Device, Protocol):
    """Reads ID cards."""

    async def wait_for_card(self, timeout: float) -> bool:
        """True as soon as a card lies there, False after `timeout` seconds. Raises DeviceError."""
        ...

    async def read_card(self) -> IdCard:
        """Find, select and read the card that lies on the reader. Raises DeviceError."""
        ...


@runtime_checkable
class ReceiptPrinter(Device, Protocol):
    """Prints receipts on a roll."""

    async def print_receipt(self, data: bytes) -> PrintOutcome:
        """Send ESC/POS bytes, say with what evidence they were printed; trouble is an outcome."""
        ...
