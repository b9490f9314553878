"""What the cabinet around a terminal tells."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Power(StrEnum):
    """Where the terminal's power comes from."""

    MAINS = "mains"
    BATTERY = "battery"
    BATTERY_LOW = "battery_low"
    UNKNOWN = "unknown"  # no UPS, or one that does not say


class Lamp(StrEnum):
    """The lamps at the places where a resident acts, and the one above."""

    ID_CARD = "id_card"
    SOCIAL_CARD = "social_card"
    RECEIPT = "receipt"
    DOCUMENTS = "documents"
    SCANNER = "scanner"
    TOP = "top"


class LampMode(StrEnum):
    """How a lamp shines."""

    OFF = "off"
    ON = "on"
    BLINK = "blink"


@dataclass(frozen=True, slots=True)
class CabinetState:
    """How the cabinet is; None is said of what it has no sensor for, or a broken one.

    `tampered` stays until staff acknowledged it; `charge` is the battery's in percent.
    """

    door_open: bool | None
    tampered: bool | None
    power: Power
    presence: bool | None
    charge: int | None = None
