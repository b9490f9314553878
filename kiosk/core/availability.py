"""What can be offered now, and why something cannot."""

from __future__ import annotations

from collections.abc import Mapping

from drivers.device import DeviceKind, Status, Unknown, usable
from kiosk.core import troubles
from kiosk.core.catalogue import IdentityLevel
from kiosk.core.identity import Means
from kiosk.core.matter import Matter
from kiosk.core.troubles import Trouble

Devices = Mapping[DeviceKind, Status]

READERS = {
    Means.ID_CARD: DeviceKind.ID_CARD_READER,
    Means.SOCIAL_CARD: DeviceKind.SOCIAL_CARD_READER,
    Means.CODE: DeviceKind.BARCODE_SCANNER,
}


def status_of(devices: Devices, kind: DeviceKind) -> Status:
    """The last known status; Unknown before the first probe."""
    return devices.get(kind, Unknown())


def means(devices: Devices, *, reachable: bool) -> tuple[Means, ...]:
    """What residents may show now; a code needs the platform to say whose it is."""
    return tuple(
        one
        for one, kind in READERS.items()
        if usable(status_of(devices, kind)) and (reachable or one is not Means.CODE)
    )


def why_no_identity(devices: Devices, *, reachable: bool) -> Trouble | None:
    """What keeps anybody from saying who they are, or None."""
    return None if means(devices, reachable=reachable) else Trouble.READER_UNAVAILABLE


def why_not(matter: Matter, devices: Devices, *, reachable: bool) -> Trouble | None:
    """What keeps the matter from being offered, or None.

    An unreachable platform keeps little: requests are written down and sent later. Only a face
    can not be compared without it.
    """
    if matter.identity is IdentityLevel.NONE:
        return None
    if trouble := why_no_identity(devices, reachable=reachable):
        return trouble
    if matter.identity is IdentityLevel.FACE:
        return why_no_face(devices, reachable=reachable)
    return None


def why_no_face(devices: Devices, *, reachable: bool) -> Trouble | None:
    """What keeps a face from being compared, or None."""
    if not usable(status_of(devices, DeviceKind.FACE_CAMERA)):
        return Trouble.FACE_UNAVAILABLE
    return None if reachable else Trouble.PLATFORM_AWAY


def why_no_print(devices: Devices) -> Trouble | None:
    """What keeps receipts from being printed, or None."""
    return troubles.of_printer(status_of(devices, DeviceKind.RECEIPT_PRINTER))


def why_no_sheets(devices: Devices) -> Trouble | None:
    """What keeps documents from being printed, or None."""
    return troubles.of_document_printer(status_of(devices, DeviceKind.DOCUMENT_PRINTER))


def why_no_scan(devices: Devices) -> Trouble | None:
    """What keeps pages from being scanned, or None."""
    camera = status_of(devices, DeviceKind.DOCUMENT_CAMERA)
    return None if usable(camera) else Trouble.SCANNER_UNAVAILABLE
