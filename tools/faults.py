"""Every fault that a driver can name, gathered from the modules that declare them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping

import drivers
from drivers.device import Advice, Fault

PAGE = """\
<!-- Made by ./run docs from the faults that drivers/ declares: change them there. -->

# Faults

What `kiosk doctor`, the log and the fleet page call a trouble of a device, who has to act, and its
two texts: one for staff, one for whoever stands before the terminal. Where it happened is put in
front, and in brackets what the device says of itself.

| code | who acts | for staff | for the resident |
|---|---|---|---|
"""

ELSEWHERE = "what was wrong with the bytes, and where"

WHO = {
    Advice.RETRY: "try again",
    Advice.WAIT: "wait",
    Advice.RESIDENT_ACTS: "the resident",
    Advice.ATTENDANT_ACTS: "an attendant",
    Advice.TECHNICIAN_ACTS: "a technician",
    Advice.REPLACE: "replace it",
}


def page() -> str:
    """docs/reference/faults.md."""
    rows = {
        f"| `{f.code}` | {WHO[f.advice]} | {f.detail or ELSEWHERE} | {f.for_resident} |"
        for f in declared()
    }
    return PAGE + "".join(f"{row}\n" for row in sorted(rows))


def declared() -> Iterator[Fault]:
    """The faults among the constants of every module of drivers/."""
    for module in pkgutil.walk_packages(drivers.__path__, "drivers."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if not name.startswith("__"):
                yield from _faults(value)


def _faults(value: object) -> Iterator[Fault]:
    match value:
        case Fault():
            yield value
        case Mapping():
            for inner in value.values():
                yield from _faults(inner)
        case tuple():
            for inner in value:
                yield from _faults(inner)
        case _:
            pass  # some other constant
