"""What can be offered now, and why something cannot."""

from __future__ import annotations

from collections.abc import Mapping

from drivers.device import DeviceKind, Status, Unknown
from kiosk.core import troubles
from kiosk.core.catalogue import IdentityLevel, ServiceItem
from kiosk.core.troubles import Trouble

Devices = Mapping[DeviceKind, Status]


def status_of(devices: Devices, kind: DeviceKind) -> Status:
    """The last known status; Unknown before the first probe."""
    return devices.get(kind, Unknown())


def why_not(item: ServiceItem, devices: Devices) -> Trouble | None:
    """What keeps the item from being offered, or None.

    An unreachable platform keeps nothing: requests are written down and sent later.
    """
    if item.identity is IdentityLevel.ID_CARD:
        return troubles.of_reader(status_of(devices, DeviceKind.ID_CARD_READER))
    return None


def why_no_print(devices: Devices) -> Trouble | None:
    """What keeps receipts from being printed, or None."""
    return troubles.of_printer(status_of(devices, DeviceKind.RECEIPT_PRINTER))
