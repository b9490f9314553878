"""The statuses a device can have, and what each says to whom."""

from __future__ import annotations

from typing import get_args

import pytest

from drivers.device import (
    Advice,
    Busy,
    Disconnected,
    Fault,
    HardwareError,
    NotFitted,
    NotSupported,
    PaperLow,
    Ready,
    Status,
    SuspectedTampering,
    Unknown,
    UserError,
    fault_of,
    slug,
    usable,
)

FAULT = Fault("printer.cutter", Advice.ATTENDANT_ACTS, "the cutter is stuck")
CARRYING = (UserError, HardwareError, SuspectedTampering)
NOTHING_WRONG = (Unknown, NotFitted, NotSupported, Ready, Busy)


def made(kind: type[Status]) -> Status:
    """One status of that kind."""
    if kind in CARRYING:
        return kind(FAULT)
    return Disconnected("/dev/x: gone") if kind is Disconnected else kind()  # type: ignore[call-arg] # the others carry nothing


ALL = [made(kind) for kind in get_args(Status)]


@pytest.mark.parametrize("status", ALL, ids=slug)
def test_whatever_is_wrong_says_who_acts_and_two_texts(status: Status) -> None:
    """A fault has a code, an advised action, words for staff and words for the resident."""
    fault = fault_of(status)
    assert (fault is None) == isinstance(status, NOTHING_WRONG)
    if fault is not None:
        assert fault.code
        assert fault.advice in Advice
        assert fault.detail
        assert fault.for_resident.endswith(".")


@pytest.mark.parametrize("status", ALL, ids=slug)
def test_only_what_can_work_is_given_work(status: Status) -> None:
    """Low paper still prints and a failed query stops no print; whatever else is wrong does."""
    works = isinstance(status, Ready | Busy | PaperLow | Unknown)
    assert usable(status) is works


def test_a_fault_says_where_and_why_without_losing_what() -> None:
    """Place and the device's own words stand around what staff has to read."""
    assert FAULT.at("/dev/x").because("40").detail == "/dev/x: the cutter is stuck (40)"
    assert Fault("x.y", Advice.WAIT).at("/dev/x").detail == "/dev/x"
