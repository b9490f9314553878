"""Which section of a terminal's configuration fits a simulated device."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from device_config.effective import toml
from sandbox import ipp, pcsc
from sandbox.devices.serial_port import SimulatedSerialDevice
from sandbox.devices.simulator import Simulator


@dataclass(frozen=True, slots=True)
class Section:
    """A section, the setting in it that holds the device's address, and what else it needs."""

    name: str
    place: str = "port"
    more: Mapping[str, Any] = field(default_factory=dict)


SECTIONS = {
    "id-card": Section("id_card_reader"),
    "id-card-usb": Section("id_card_reader"),
    "id-card-bridge": Section("id_card_reader"),
    "social-card": Section("social_card_reader", "reader"),
    "receipt-printer": Section("receipt_printer"),
    "receipt-printer-tcp": Section("receipt_printer"),
    "receipt-presenter": Section("receipt_printer", more={"presenter": True}),
    "document-printer": Section("document_printer", "uri"),
    "face-camera": Section("face_camera", "source"),
    "document-camera": Section("document_camera", "source"),
    "barcode-newland": Section("barcode_scanner", more={"family": "newland"}),
    "barcode-honeywell": Section("barcode_scanner", more={"family": "honeywell"}),
    "barcode-ssi": Section("barcode_scanner", more={"family": "zebra_ssi"}),
    "cabinet": Section("cabinet"),
}
"""By the device's name on the command line; one that is not here has no section of its own."""


MISSING = {"social-card": pcsc.missing, "document-printer": ipp.missing}
"""What needs programs of this machine, and what says which of them are not here."""

WHOLE = (
    "social-card",
    "document-printer",
    "face-camera",
    "document-camera",
    "barcode-newland",
    "cabinet",
)
"""What a whole terminal has beside an ID-card reader and a receipt printer."""


def at_hand() -> list[str]:
    """Those devices of a whole terminal that can be simulated on this machine."""
    return [name for name in WHOLE if name not in MISSING or not MISSING[name]()]


def sections(devices: Mapping[str, Simulator]) -> dict[str, dict[str, Any]]:
    """The sections of a configuration that has these devices, once they are plugged in."""
    found = {}
    for name, device in devices.items():
        if name in SECTIONS:
            section = SECTIONS[name]
            found[section.name] = {"fitted": True, section.place: device.where, **section.more}
            if isinstance(device, SimulatedSerialDevice) and device.expects:
                found[section.name]["baud"] = device.expects
    return found


def as_toml(devices: Mapping[str, Simulator]) -> str:
    """The same as a technician would write it."""
    lines = []
    for name, settings in sections(devices).items():
        lines += [f"[{name}]", *(f"{key} = {toml(value)}" for key, value in settings.items()), ""]
    return "\n".join(lines)


def environment(devices: Mapping[str, Simulator]) -> dict[str, str]:
    """What a terminal's environment has to hold, so that it finds all of them."""
    found: dict[str, str] = {}
    for device in devices.values():
        found |= getattr(device, "environment", {})
    return found


def places(devices: Iterable[str]) -> dict[str, Path]:
    """Where devices have to be that are to be found by this very program."""
    return {"social-card": pcsc.own_address()} if "social-card" in devices else {}
