"""What a device is to the rest of the terminal: capabilities, status, faults. Plain data, no I/O.

The vocabulary follows XFS4IoT where it has a word. Status is one tagged value, never a set of
booleans: "not fitted", "unknown" and "disconnected" are three different things.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, final, runtime_checkable


@final
class Personal:
    """A text about a person that shows itself only when asked: no log or f-string holds it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself; call it only where a person or their case needs to see it."""
        return self._text

    def masked(self, head: int = 0, tail: int = 0) -> str:
        """The text with all but the first `head` and last `tail` characters as asterisks."""
        hidden = max(len(self._text) - head - tail, 0)
        if hidden == 0:
            return "*" * len(self._text)
        return self._text[:head] + "*" * hidden + self._text[len(self._text) - tail :]

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Personal) and other._text == self._text

    def __hash__(self) -> int:
        return hash((Personal, self._text))

    def __repr__(self) -> str:
        return "<personal>"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return format("<personal>", spec)


class Advice(StrEnum):
    """Who has to do what before the device works again."""

    RETRY = "retry"
    WAIT = "wait"
    RESIDENT_ACTS = "resident_acts"
    ATTENDANT_ACTS = "attendant_acts"
    TECHNICIAN_ACTS = "technician_acts"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that went wrong with a device, and what to do about it.

    `code` is stable and in dotted lower case ("reader.checksum"); `detail` is for staff and holds
    no card contents.
    """

    code: str
    advice: Advice
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Not asked yet, or the answer was inconclusive."""


@dataclass(frozen=True, slots=True)
class NotFitted:
    """The configuration says this terminal has no such device."""


@dataclass(frozen=True, slots=True)
class Ready:
    """Answers and can work."""


@dataclass(frozen=True, slots=True)
class PaperLow:
    """Works; the roll is near its end."""


@dataclass(frozen=True, slots=True)
class PaperOut:
    """Cannot print until somebody loads paper."""


@dataclass(frozen=True, slots=True)
class CoverOpen:
    """Cannot print until somebody closes the cover."""


@dataclass(frozen=True, slots=True)
class Disconnected:
    """Does not answer: unplugged, powered off or the wrong port. `reason` is for staff."""

    reason: str


@dataclass(frozen=True, slots=True)
class HardwareError:
    """Answers, and says that it cannot work."""

    fault: Fault


Status = (
    Unknown | NotFitted | Ready | PaperLow | PaperOut | CoverOpen | Disconnected | HardwareError
)


def usable(status: Status) -> bool:
    """Whether work may be given to a device.

    Unknown counts as usable, since a failed query must not stop a print.
    """
    return isinstance(status, Ready | PaperLow | Unknown)


def slug(status: Status) -> str:
    """The status as one stable word for telemetry and logs: `paper_out`, `not_fitted`."""
    name = type(status).__name__
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).removeprefix("_")


class DeviceKind(StrEnum):
    """The needs a device can serve."""

    ID_CARD_READER = "id_card_reader"
    RECEIPT_PRINTER = "receipt_printer"


class CardKind(StrEnum):
    """The cards an ID-card reader reads (GA 450, GA/T 467, residence permits of 2017 and 2023)."""

    RESIDENT = "resident"  # 居民身份证
    HMT_RESIDENCE = "hmt_residence"  # 港澳台居民居住证, type J
    FOREIGNER_2017 = "foreigner_2017"  # 外国人永久居留身份证, type I
    FOREIGNER_2023 = "foreigner_2023"  # 外国人永久居留身份证, type Y


class Sex(StrEnum):
    """GB/T 2261.1."""

    UNKNOWN = "unknown"
    MALE = "male"
    FEMALE = "female"
    UNSPECIFIED = "unspecified"


@dataclass(frozen=True, slots=True)
class IdCard:
    """What an ID card says of its holder, whichever of the four layouts it has.

    Fields a layout lacks are None. `valid_until` None means 长期 (for life).
    """

    kind: CardKind
    name: Personal
    id_number: Personal
    sex: Sex
    birth_date: date
    issuer: str
    valid_from: date
    valid_until: date | None
    nation: str | None = None  # 汉, 回 …: residents only
    address: Personal | None = None
    english_name: Personal | None = None
    nationality: str | None = None  # ISO 3166-1 alpha-3
    pass_number: Personal | None = None  # 通行证号码, type J
    issue_count: int | None = None  # type J
    version: str | None = None  # type I
    renewals: int | None = None  # type Y
    old_number_link: str | None = None  # type Y
    photo: bytes | None = None  # WLT, 1024 bytes; repr is hidden below

    def __repr__(self) -> str:
        return f"<{self.kind} card>"


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


@runtime_checkable
class Device(Protocol):
    """What every device can do."""

    kind: DeviceKind

    async def probe(self) -> Status:
        """Open when needed, ask once, say how the device is; its own trouble is a status."""
        ...

    async def close(self) -> None:
        """Drop the handle and end the worker thread; the device can not be used again."""
        ...


@runtime_checkable
class IdCardReader(Device, Protocol):
    """Reads ID cards."""

    async def wait_for_card(self, timeout: float) -> bool:
        """True as soon as a card lies there, False after `timeout` seconds. Raises DeviceError."""
        ...

    async def read_card(self) -> IdCard:
        """Find, select and read the card that lies on the reader. Raises DeviceError."""
        ...


@runtime_checkable
class ReceiptPrinter(Device, Protocol):
    """Prints receipts on a roll."""

    async def print_receipt(self, data: bytes) -> PrintOutcome:
        """Send ESC/POS bytes, say with what evidence they were printed; trouble is an outcome."""
        ...
