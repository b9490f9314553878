"""The devices that a configuration says are fitted, built; for the terminal and for `doctor`.

Each brings libraries of its own, which are loaded only where the device is fitted. One that can
not be loaded is a device that does not work, never a terminal that does not start.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from device_config.schema import TerminalConfig
from drivers.device import Device, DeviceKind
from drivers.unavailable import UnavailableDevice

D = TypeVar("D")

Fitted = dict[DeviceKind, Device]


def fitted(config: TerminalConfig) -> Fitted:
    """A driver for each fitted device; nothing is opened yet."""
    return {
        kind: _built(kind, build, config)
        for kind, build in BUILDERS.items()
        if getattr(config, kind.value).fitted
    }


def the(devices: Fitted, kind: DeviceKind, capability: type[D]) -> D | None:
    """The device of a kind, if there is one and its driver could be loaded."""
    device = devices.get(kind)
    return device if isinstance(device, capability) else None


def _built(
    kind: DeviceKind, build: Callable[[TerminalConfig], Device], config: TerminalConfig
) -> Device:
    try:
        return build(config)
    except ImportError as error:
        return UnavailableDevice(kind, error)


def _id_card_reader(config: TerminalConfig) -> Device:
    from drivers.id_card import SamIdCardReader  # noqa: PLC0415 # its libraries, where it is fitted

    section = config.id_card_reader
    return SamIdCardReader(section.port or "", section.baud)


def _receipt_printer(config: TerminalConfig) -> Device:
    from drivers.receipt_printer import EscPosReceiptPrinter  # noqa: PLC0415 # likewise

    section = config.receipt_printer
    return EscPosReceiptPrinter(section.port or "", section.baud)


BUILDERS: dict[DeviceKind, Callable[[TerminalConfig], Device]] = {
    DeviceKind.ID_CARD_READER: _id_card_reader,
    DeviceKind.RECEIPT_PRINTER: _receipt_printer,
}
