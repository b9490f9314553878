"""From the sections of a configuration to drivers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from device_config import devices
from device_config.devices import DeviceSection
from drivers.device import (
    BarcodeScanner,
    Cabinet,
    Device,
    DeviceKind,
    DocumentCamera,
    DocumentPrinter,
    FaceCamera,
    HardwareError,
    IdCardReader,
    NotFitted,
    ReceiptPrinter,
    SocialCardReader,
)
from drivers.printers.receipt_presenter import PresentingReceiptPrinter
from drivers.unavailable import UnavailableDevice
from kiosk.fitting import Fitted, equipment, fitted, not_fitted, the
from sandbox.stage import config_of

pytestmark = pytest.mark.usefixtures("no_leaks")

NOBODY = "http://127.0.0.1:9/camera"
SECTIONS: dict[str, DeviceSection] = {
    "social_card_reader": devices.SocialCardReader(fitted=True),
    "document_printer": devices.DocumentPrinter(fitted=True, uri="ipp://127.0.0.1:9/ipp/print"),
    "face_camera": devices.FaceCamera(fitted=True, source=NOBODY),
    "document_camera": devices.DocumentCamera(fitted=True, source=NOBODY),
    "barcode_scanner": devices.BarcodeScanner(fitted=True, family="camera"),
    "signature_pad": devices.SignaturePad(fitted=True),
    "cabinet": devices.Cabinet(fitted=True, port="/dev/none"),
    "touch_panel": devices.TouchPanel(fitted=True),
}
CAPABILITIES: dict[DeviceKind, type[Device]] = {
    DeviceKind.ID_CARD_READER: IdCardReader,
    DeviceKind.SOCIAL_CARD_READER: SocialCardReader,
    DeviceKind.RECEIPT_PRINTER: ReceiptPrinter,
    DeviceKind.DOCUMENT_PRINTER: DocumentPrinter,
    DeviceKind.FACE_CAMERA: FaceCamera,
    DeviceKind.DOCUMENT_CAMERA: DocumentCamera,
    DeviceKind.BARCODE_SCANNER: BarcodeScanner,
    DeviceKind.SIGNATURE_PAD: Device,
    DeviceKind.CABINET: Cabinet,
    DeviceKind.TOUCH_PANEL: Device,
}


async def closed(made: Fitted) -> None:
    """Let them all go."""
    for device in made.values():
        await device.close()


@pytest.fixture
async def everything(tmp_path: Path) -> AsyncIterator[Fitted]:
    """A terminal with every device there is."""
    made = fitted(config_of(tmp_path, "http://127.0.0.1:9", **SECTIONS))
    yield made
    await closed(made)


@pytest.mark.parametrize("kind", DeviceKind)
async def test_every_kind_of_device_can_be_fitted(everything: Fitted, kind: DeviceKind) -> None:
    """Each section makes a device of its kind that can do what such devices do."""
    assert everything[kind].kind is kind
    assert the(everything, kind, CAPABILITIES[kind]) is everything[kind]


async def test_what_is_not_fitted_is_not_built(tmp_path: Path) -> None:
    """A section left out is a device that is not there."""
    made = fitted(config_of(tmp_path, "http://127.0.0.1:9"))
    assert set(made) == {DeviceKind.ID_CARD_READER, DeviceKind.RECEIPT_PRINTER}
    assert the(made, DeviceKind.CABINET, Cabinet) is None
    await closed(made)


@pytest.mark.parametrize(
    ("family", "driver"),
    [
        ("newland", "NewlandScanner"),
        ("honeywell", "HoneywellScanner"),
        ("zebra_ssi", "SsiScanner"),
        ("hid", "HidScanner"),
    ],
)
async def test_a_scanner_speaks_what_its_family_speaks(
    tmp_path: Path, family: str, driver: str
) -> None:
    """The family in the configuration chooses the driver."""
    section = devices.BarcodeScanner.model_validate(
        {"fitted": True, "family": family, "port": "/dev/none"}
    )
    made = fitted(config_of(tmp_path, "http://127.0.0.1:9", barcode_scanner=section))
    assert type(made[DeviceKind.BARCODE_SCANNER]).__name__ == driver
    await closed(made)


async def test_a_printer_with_a_presenter(tmp_path: Path) -> None:
    """`presenter` makes a printer that holds receipts out until they are taken."""
    section = devices.ReceiptPrinter(fitted=True, port="/dev/none", presenter=True)
    made = fitted(config_of(tmp_path, "http://127.0.0.1:9", receipt_printer=section))
    assert isinstance(made[DeviceKind.RECEIPT_PRINTER], PresentingReceiptPrinter)
    await closed(made)


async def test_a_driver_that_can_not_be_loaded_is_a_device_that_does_not_work() -> None:
    """It says what is missing, and can do nothing."""
    device = UnavailableDevice(DeviceKind.CABINET, ImportError("libfoo.so: no such file"))
    status = await device.probe()
    assert isinstance(status, HardwareError)
    assert "libfoo.so" in status.fault.detail
    assert the({DeviceKind.CABINET: device}, DeviceKind.CABINET, Cabinet) is None


async def test_what_is_not_fitted_is_said_from_the_start(everything: Fitted) -> None:
    """Nothing is offered that needs a device which this terminal does not have."""
    assert not_fitted(everything) == {}
    card_reader = {DeviceKind.ID_CARD_READER: everything[DeviceKind.ID_CARD_READER]}
    assert set(not_fitted(card_reader)) == set(DeviceKind) - {DeviceKind.ID_CARD_READER}
    assert not_fitted(card_reader)[DeviceKind.CABINET] == NotFitted()


async def test_the_hands_get_every_device_that_acts_for_residents(everything: Fitted) -> None:
    """Each in its own place; one whose driver is missing is not there."""
    kit = equipment(everything)
    assert kit.id_cards is not None
    assert kit.id_cards.reader is everything[DeviceKind.ID_CARD_READER]
    assert kit.social_cards is everything[DeviceKind.SOCIAL_CARD_READER]
    assert kit.codes is everything[DeviceKind.BARCODE_SCANNER]
    assert kit.face_camera is everything[DeviceKind.FACE_CAMERA]
    assert kit.document_camera is everything[DeviceKind.DOCUMENT_CAMERA]
    assert kit.receipt_printer is everything[DeviceKind.RECEIPT_PRINTER]
    assert kit.document_printer is everything[DeviceKind.DOCUMENT_PRINTER]
    assert kit.cabinet is everything[DeviceKind.CABINET]
    missing = UnavailableDevice(DeviceKind.CABINET, ImportError("no driver"))
    assert equipment({DeviceKind.CABINET: missing}).cabinet is None
    await missing.close()
