"""The devices that a configuration says are fitted, built; for the terminal and for `doctor`.

Each brings libraries of its own, which are loaded only where the device is fitted. One that can
not be loaded is a device that does not work, never a terminal that does not start.
"""
# ruff: noqa: PLC0415 # that is why every driver is imported where it is built

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from device_config.devices import Camera, PortSection
from device_config.schema import Speech, TerminalConfig
from drivers.device import (
    BarcodeScanner,
    Cabinet,
    Device,
    DeviceKind,
    DocumentCamera,
    DocumentPrinter,
    FaceCamera,
    IdCardReader,
    NotFitted,
    Page,
    ReceiptPrinter,
    SocialCardReader,
    Status,
)
from drivers.unavailable import UnavailableDevice

if TYPE_CHECKING:
    from drivers.cameras.camera import FrameSource
    from drivers.speech.dispatcher import SpeechDispatcher
    from kiosk.services.hands import Equipment

D = TypeVar("D")

LARGEST_PAGE = 1_500_000  # bytes of a page's file: a village's line takes a minute for some of them

Fitted = dict[DeviceKind, Device]


def fitted(config: TerminalConfig) -> Fitted:
    """A driver for each fitted device; nothing is opened yet."""
    workshop = _Workshop(config)
    return {kind: workshop.build(kind) for kind in DeviceKind if getattr(config, kind).fitted}


def the(devices: Fitted, kind: DeviceKind, capability: type[D]) -> D | None:
    """The device of a kind, if there is one and its driver could be loaded."""
    device = devices.get(kind)
    return device if isinstance(device, capability) else None


def not_fitted(devices: Fitted) -> dict[DeviceKind, Status]:
    """Which kinds of devices this terminal does not have."""
    return {kind: NotFitted() for kind in DeviceKind if kind not in devices}


def equipment(devices: Fitted) -> Equipment:
    """The devices as the hands work with them."""
    from kiosk.services.card_rest import CardRest
    from kiosk.services.hands import Equipment

    id_cards = the(devices, DeviceKind.ID_CARD_READER, IdCardReader)
    return Equipment(
        id_cards=CardRest(id_cards) if id_cards is not None else None,
        social_cards=the(devices, DeviceKind.SOCIAL_CARD_READER, SocialCardReader),
        codes=the(devices, DeviceKind.BARCODE_SCANNER, BarcodeScanner),
        face_camera=the(devices, DeviceKind.FACE_CAMERA, FaceCamera),
        document_camera=the(devices, DeviceKind.DOCUMENT_CAMERA, DocumentCamera),
        receipt_printer=the(devices, DeviceKind.RECEIPT_PRINTER, ReceiptPrinter),
        document_printer=the(devices, DeviceKind.DOCUMENT_PRINTER, DocumentPrinter),
        cabinet=the(devices, DeviceKind.CABINET, Cabinet),
    )


def voice(section: Speech) -> SpeechDispatcher:
    """The spoken voice; nothing is opened yet."""
    from drivers.speech.dispatcher import SpeechDispatcher, Voice
    from kiosk.core.catalogue import Language

    languages = {Language.CHINESE: section.zh, Language.ENGLISH: section.en}
    voices = {tag.value: Voice(one.module, one.name) for tag, one in languages.items()}
    return SpeechDispatcher(voices, section.socket)


def as_jpeg(page: Page) -> bytes:
    """A scanned page as the platform takes it. DeviceError `page.too_large`."""
    from drivers.cameras.paper import to_jpeg

    return to_jpeg(page, LARGEST_PAGE)


class _Workshop:
    """Builds each device; what two of them share is built once."""

    def __init__(self, config: TerminalConfig) -> None:
        self._config = config
        self._sources: dict[str, FrameSource] = {}
        self._panel: Device | None = None

    def build(self, kind: DeviceKind) -> Device:
        """The device of that kind."""
        try:
            device: Device = getattr(self, f"_{kind.value}")()
        except ImportError as error:
            return UnavailableDevice(kind, error)
        return device

    def _id_card_reader(self) -> Device:
        from drivers.cards.id_card import SamIdCardReader

        return SamIdCardReader(*_port(self._config.id_card_reader))

    def _social_card_reader(self) -> Device:
        from drivers.cards.smart_card import PcscSocialCardReader

        return PcscSocialCardReader(self._config.social_card_reader.reader)

    def _receipt_printer(self) -> Device:
        from drivers.printers.receipt_presenter import PresentingReceiptPrinter
        from drivers.printers.receipt_printer import EscPosReceiptPrinter

        section = self._config.receipt_printer
        driver = PresentingReceiptPrinter if section.presenter else EscPosReceiptPrinter
        return driver(*_port(section))

    def _document_printer(self) -> Device:
        from drivers.printers.document_printer import IppDocumentPrinter

        return IppDocumentPrinter(self._config.document_printer.uri or "")

    def _face_camera(self) -> Device:
        from drivers.cameras.face_camera import CvFaceCamera

        section = self._config.face_camera
        return CvFaceCamera(self._source(section), section.detector, section.recogniser)

    def _document_camera(self) -> Device:
        from drivers.cameras.camera import FrameSource
        from drivers.cameras.document_camera import LARGEST, CvDocumentCamera

        section = self._config.document_camera
        return CvDocumentCamera(FrameSource(section.source or "", LARGEST), section.sees_mm)

    def _barcode_scanner(self) -> Device:
        from drivers.scanners.barcode_scanner import barcode_scanner

        section = self._config.barcode_scanner
        where, baud = _port(section)
        if section.family == "camera":
            return barcode_scanner(section.family, self._source(self._config.face_camera))
        return barcode_scanner(section.family, where, baud)

    def _signature_pad(self) -> Device:
        from drivers.panels.signature_pad import SignaturePad

        return SignaturePad(self._touch_panel())

    def _cabinet(self) -> Device:
        from drivers.cabinets.cabinet import SerialCabinet

        return SerialCabinet(*_port(self._config.cabinet))

    def _touch_panel(self) -> Device:
        from drivers.panels.touch_panel import TouchPanel

        if self._panel is None:
            self._panel = TouchPanel(self._config.touch_panel.input)
        return self._panel

    def _source(self, section: Camera) -> FrameSource:
        """One for each camera, so that whoever looks through it takes turns."""
        from drivers.cameras.camera import FrameSource

        where = section.source or ""
        return self._sources.setdefault(where, FrameSource(where))


def _port(section: PortSection) -> tuple[str, int]:
    """Address and speed; the schema has no fitted device without an address."""
    return section.port or "", section.baud
