"""How a device is, and what is wrong with it: after XFS4IoT's vocabulary, as tagged values.

"Not fitted", "not supported", "unknown" and "disconnected" are four different things.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Advice(StrEnum):
    """Who has to do what before the device works again."""

    RETRY = "retry"
    WAIT = "wait"
    RESIDENT_ACTS = "resident_acts"
    ATTENDANT_ACTS = "attendant_acts"
    TECHNICIAN_ACTS = "technician_acts"
    REPLACE = "replace"


# What a resident is told where a fault has no words of its own. The screens translate these.
TO_RESIDENTS = {
    Advice.RETRY: "Please try again.",
    Advice.WAIT: "Please wait a moment.",
    Advice.RESIDENT_ACTS: "Please look at the device: something is in its way.",
    Advice.ATTENDANT_ACTS: "This device needs somebody to look after it.",
    Advice.TECHNICIAN_ACTS: "This device does not work at the moment.",
    Advice.REPLACE: "This device does not work at the moment.",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that went wrong with a device, and what to do about it.

    `code` is stable and in dotted lower case ("reader.checksum"); `detail` is for staff: what,
    where and what to do, and nothing of a card's contents; `resident` is one plain sentence for
    whoever stands before it. Faults that a module knows beforehand are its constants: the
    list of all faults in docs/reference is made from them.
    """

    code: str
    advice: Advice
    detail: str = ""
    resident: str = ""

    @property
    def for_resident(self) -> str:
        """What a resident is told: in English, which the screens translate."""
        return self.resident or TO_RESIDENTS[self.advice]

    def at(self, where: object) -> Fault:
        """The same fault, with where it happened before what staff reads."""
        return replace(self, detail=f"{where}: {self.detail}" if self.detail else str(where))

    def because(self, why: object) -> Fault:
        """The same fault, with what the device said behind what staff reads."""
        return replace(self, detail=f"{self.detail} ({why})" if self.detail else str(why))


@dataclass(frozen=True, slots=True)
class Unknown:
    """Not asked yet, or the answer was inconclusive."""


@dataclass(frozen=True, slots=True)
class NotFitted:
    """The configuration says this terminal has no such device."""


@dataclass(frozen=True, slots=True)
class NotSupported:
    """The device is there and can not tell, or the software can not ask it."""


@dataclass(frozen=True, slots=True)
class Ready:
    """Answers and can work."""


@dataclass(frozen=True, slots=True)
class Busy:
    """Works on something; what is asked now waits its turn."""


@dataclass(frozen=True, slots=True)
class PaperLow:
    """Works; the paper is near its end."""


@dataclass(frozen=True, slots=True)
class PaperOut:
    """Cannot print until somebody loads paper."""


@dataclass(frozen=True, slots=True)
class PaperJammed:
    """Cannot print until somebody takes out the paper that is stuck."""


@dataclass(frozen=True, slots=True)
class CoverOpen:
    """Cannot print until somebody closes the cover."""


@dataclass(frozen=True, slots=True)
class PoweredOff:
    """Connected, and says or shows that it has no power."""


@dataclass(frozen=True, slots=True)
class Disconnected:
    """Does not answer: unplugged, powered off or the wrong port. `reason` is for staff."""

    reason: str


@dataclass(frozen=True, slots=True)
class UserError:
    """Waits for a person to put something right: a card left inside, a slip in the way."""

    fault: Fault


@dataclass(frozen=True, slots=True)
class HardwareError:
    """Answers, and says that it cannot work."""

    fault: Fault


@dataclass(frozen=True, slots=True)
class SuspectedTampering:
    """Somebody may have opened or changed it; not to be used until staff has looked."""

    fault: Fault


Status = (
    Unknown
    | NotFitted
    | NotSupported
    | Ready
    | Busy
    | PaperLow
    | PaperOut
    | PaperJammed
    | CoverOpen
    | PoweredOff
    | Disconnected
    | UserError
    | HardwareError
    | SuspectedTampering
)


def usable(status: Status) -> bool:
    """Whether work may be given to a device.

    Unknown counts as usable, since a failed query must not stop a print; busy too, since devices
    take their work in turn.
    """
    return isinstance(status, Ready | Busy | PaperLow | Unknown)


# The faults of statuses that carry none of their own.
_OF_PAPER: dict[type[object], Fault] = {
    PaperLow: Fault(
        "paper.low", Advice.ATTENDANT_ACTS, "the paper is near its end: have more at hand"
    ),
    PaperOut: Fault(
        "paper.out", Advice.ATTENDANT_ACTS, "no paper: load it", "The paper has run out."
    ),
    PaperJammed: Fault(
        "paper.jammed",
        Advice.ATTENDANT_ACTS,
        "paper is stuck: take it out, then shut the cover",
        "Paper is stuck in the printer.",
    ),
    CoverOpen: Fault(
        "cover.open", Advice.ATTENDANT_ACTS, "the cover is open: shut it", "The printer is open."
    ),
    PoweredOff: Fault("power.off", Advice.TECHNICIAN_ACTS, "it has no power: switch it on"),
}


def fault_of(status: Status) -> Fault | None:
    """What is wrong, who has to act and what is said to whom; None where nothing is wrong."""
    match status:
        case UserError(fault) | HardwareError(fault) | SuspectedTampering(fault):
            return fault
        case Disconnected(reason):
            return Fault("device.disconnected", Advice.TECHNICIAN_ACTS, reason)
        case _:
            return _OF_PAPER.get(type(status))


def slug(status: Status) -> str:
    """The status as one stable word for telemetry and logs: `paper_out`, `not_fitted`."""
    name = type(status).__name__
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).removeprefix("_")
