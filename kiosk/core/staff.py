"""Those who look after a terminal, and what it tells them of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from drivers.device import DeviceKind

HOLDS_PAPER: Final = (DeviceKind.RECEIPT_PRINTER, DeviceKind.DOCUMENT_PRINTER)


class Role(StrEnum):
    """Who looks after a terminal, by the PIN they know."""

    ATTENDANT = "attendant"  # works where it stands: fills paper, helps, closes it for the night
    TECHNICIAN = "technician"  # comes with a key and a laptop


@dataclass(frozen=True, slots=True)
class Line:
    """Whether the other end of a line answers, and since when it does or does not (aware time)."""

    up: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class Inside:
    """What a technician sees that no resident does.

    `pending` requests wait for the platform. `fleet` is None where the terminal reports to nobody.
    """

    terminal: str
    software: str
    started_at: datetime
    pending: int
    platform: Line | None = None  # not known yet
    fleet: Line | None = None
