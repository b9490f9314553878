"""What devices can do, as small Protocols: the faces that drivers show to the terminal.

A trouble of a probe or a self-test is a status, of a print an outcome; everything else raises
DeviceError (CardError where the device works and what lies on it does not). Every method may be
cancelled, and then leaves the device closed: the next command opens it again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, runtime_checkable

from drivers.device.cabinet import CabinetState, Lamp, LampMode
from drivers.device.cards import IdCard, SocialSecurityCard
from drivers.device.codes import ScannedCode
from drivers.device.pictures import FacePhoto, FaceView, Page, PageMode, PageView
from drivers.device.prints import PrintJob, PrintOutcome, Slot, Supply
from drivers.device.status import NotSupported, Status


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
        """True as soon as a card lies there, False after `timeout` seconds."""
        ...

    async def read_card(self) -> IdCard:
        """Find, select and read the card that lies on the reader."""
        ...


@runtime_checkable
class SocialCardReader(Device, Protocol):
    """Reads social security cards, which are put into a slot and may be forgotten there."""

    async def wait_for_card(self, timeout: float) -> bool:
        """True as soon as a card is in the slot, False after `timeout` seconds."""
        ...

    async def read_card(self) -> SocialSecurityCard:
        """Read what the card says freely. A bank card is refused, and nothing of it is kept."""
        ...

    async def wait_for_removal(self, timeout: float) -> bool:
        """True as soon as the slot is empty, False after `timeout` seconds: a card left behind."""
        ...


@runtime_checkable
class ReceiptPrinter(Device, Protocol):
    """Prints receipts on a roll."""

    async def print_receipt(self, data: bytes) -> PrintOutcome:
        """Send ESC/POS bytes, say with what evidence they were printed; trouble is an outcome.

        A receipt that somebody before left in the slot is pulled back first.
        """
        ...

    async def supplies(self) -> tuple[Supply, ...]:
        """The roll, as far as the printer knows."""
        ...

    async def slot(self) -> Slot:
        """Whether a receipt waits to be taken."""
        ...

    async def retract(self) -> Slot:
        """Pull back a receipt that nobody took; the slot afterwards."""
        ...

    async def recover(self) -> Status:
        """Try again after an error whose cause is gone: what was not printed yet is forgotten."""
        ...


@runtime_checkable
class DocumentPrinter(Device, Protocol):
    """Prints documents on sheets."""

    async def print_document(self, pdf: bytes, job: PrintJob) -> PrintOutcome:
        """Print a PDF; the outcome is what the printer itself said of the job."""
        ...

    async def supplies(self) -> tuple[Supply, ...]:
        """Trays, toner or ink, in the printer's own words."""
        ...


@runtime_checkable
class FaceCamera(Device, Protocol):
    """Takes a picture of the resident's face."""

    async def capture(self, show: Callable[[FaceView], None], timeout: float) -> FacePhoto:
        """The best picture of one face within `timeout` seconds.

        `show` is told what the camera sees and what the resident should do, for every picture the
        camera gives and on the device's own thread. DeviceError `face.none` when no good one came.
        """
        ...

    async def compare(self, photo: bytes, other: bytes) -> float | NotSupported:
        """How alike the faces in two JPEGs are, -1 to 1; NotSupported: ask the platform."""
        ...


@runtime_checkable
class DocumentCamera(Device, Protocol):
    """Takes pictures of papers."""

    async def preview(self, show: Callable[[PageView], None], timeout: float) -> bool:
        """Show what the camera sees until a page lies still and whole: True, or False in time.

        `show` is called on the device's own thread for every picture that is looked at.
        """
        ...

    async def scan(self, mode: PageMode = PageMode.COLOUR) -> Page:
        """The page that lies there, straightened and evenly lit; CardError `page.…` why not."""
        ...


@runtime_checkable
class BarcodeScanner(Device, Protocol):
    """Scans bar and QR codes."""

    async def scan(self, timeout: float) -> ScannedCode | None:
        """The first code shown within `timeout` seconds; the same one again within 2 s is none."""
        ...


@runtime_checkable
class Cabinet(Device, Protocol):
    """The box around the terminal."""

    async def state(self) -> CabinetState:
        """Door, tamper switch, power, and whether somebody stands before it."""
        ...

    async def wait_for_change(self, timeout: float) -> CabinetState | None:
        """The next state that differs from the last one told; None after `timeout` seconds."""
        ...

    async def light(self, lamp: Lamp, mode: LampMode) -> None:
        """Switch a lamp: the one at the slot where a resident should act, say."""
        ...

    async def beep(self, milliseconds: int) -> None:
        """Sound the beeper."""
        ...

    async def acknowledge_tampering(self) -> None:
        """Staff has looked: what was told of tampering is over, unless there was more since."""
        ...


@runtime_checkable
class TouchScreen(Device, Protocol):
    """The touch panel, whose input device may go and come again behind the screens' back."""

    @property
    def generation(self) -> int:
        """How often it came: 1 since it was found, one more each time it was lost."""
        ...
