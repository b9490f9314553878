"""What is known of a print, and of what a printer still has to print with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from drivers.device.status import Status


class PrintEvidence(StrEnum):
    """What is known of a print, named by its evidence.

    "Printed" is said only when the device confirmed it.
    """

    CONFIRMED = "confirmed"
    SENT = "sent"  # all bytes went out; the device does not report
    UNKNOWN = "unknown"  # bytes went out, then the device was lost
    NOT_STARTED = "not_started"  # nothing went out


@dataclass(frozen=True, slots=True)
class PrintOutcome:
    """How a print ended, with the status that ended it when it did not end well."""

    evidence: PrintEvidence
    status: Status


class Level(StrEnum):
    """How much there is of a supply (XFS4IoT's paper and toner states)."""

    FULL = "full"
    LOW = "low"
    OUT = "out"
    JAMMED = "jammed"
    UNKNOWN = "unknown"
    NOT_SUPPORTED = "not_supported"  # the device has no sensor for it


@dataclass(frozen=True, slots=True)
class Supply:
    """One thing that runs out: a roll, a tray, a toner, a bin that fills up.

    `name` is the device's own word for it; `percent` and `centimetres` are left where the device
    counts them.
    """

    name: str
    level: Level
    percent: int | None = None
    centimetres: int | None = None


class Slot(StrEnum):
    """What is in the slot from which a resident takes a receipt."""

    EMPTY = "empty"
    WAITING = "waiting"  # a receipt is there and was not taken yet
    UNKNOWN = "unknown"  # the printer did not say
    NOT_SUPPORTED = "not_supported"  # receipts hang out or fall; no sensor looks at them


class Sides(StrEnum):
    """On which sides of a sheet a document is printed (IPP's `sides`)."""

    ONE = "one-sided"
    LONG_EDGE = "two-sided-long-edge"
    SHORT_EDGE = "two-sided-short-edge"


@dataclass(frozen=True, slots=True)
class PrintJob:
    """How a document is printed. `tray` is the printer's own word; None leaves it to the printer.

    `title` is what queues and logs show: never a person's name. `key` is the same in every try of
    one print and in no other: what was tried before a crash is then found at the printer, and not
    printed again.
    """

    title: str
    copies: int = 1
    sides: Sides = Sides.ONE
    tray: str | None = None
    colour: bool = False
    key: str = ""
