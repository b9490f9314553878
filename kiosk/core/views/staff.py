"""What is shown to those who look after a terminal; nothing here is about a resident."""

from __future__ import annotations

from dataclasses import dataclass

from drivers.device import Advice, DeviceKind, SelfTest
from kiosk.core.staff import Inside
from kiosk.core.views.answering import PrintState


@dataclass(frozen=True, slots=True)
class StaffPinView:
    """Who is there? `wrong`: that PIN was none; `wait` seconds before another one is looked at."""

    checking: bool = False
    wrong: bool = False
    wait: int = 0


@dataclass(frozen=True, slots=True)
class FittedView:
    """One fitted device: its state as `slug` has it, and what is wrong with it where anything is.

    `detail` is what its driver says of the fault. `refilled`: somebody said so since they came in;
    None where there is no paper. `tested` is what came of its self-test.
    """

    kind: DeviceKind
    state: str
    fault: str | None = None
    advice: Advice | None = None
    detail: str = ""
    refilled: bool | None = None
    testing: bool = False
    tested: SelfTest | None = None


@dataclass(frozen=True, slots=True)
class AttendantView:
    """What is wrong, what to do about it, and what an attendant may set.

    `receipt` is how the test receipt went, None where none can be printed; `technician_phone` is
    whom to call for the rest.
    """

    fitted: tuple[FittedView, ...]
    out_of_service: bool
    platform_reachable: bool
    receipt: PrintState | None
    technician_phone: str | None


@dataclass(frozen=True, slots=True)
class TechnicianView:
    """The terminal from inside; `busy` while a self-test is under way. Days are ISO dates."""

    fitted: tuple[FittedView, ...]
    out_of_service: bool
    platform_reachable: bool
    receipt: PrintState | None
    inside: Inside | None
    serial: int  # of the catalogue in force
    version: str
    issued_on: str | None
    busy: bool = False
