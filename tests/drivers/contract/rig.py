"""A rig: one driver and the simulated device it talks to, as every contract test wants them."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from drivers.device import Device
from sandbox.devices.registry import KINDS
from sandbox.devices.simulator import Simulator


@dataclass(frozen=True, slots=True)
class Rig:
    """How a driver is made for the address of a simulated device.

    `simulated` is its name in KINDS. `faults` are the words that `sandbox device --fault` knows
    for it and that a probe has to notice: word to the status's name ("paper_out"). `work` is
    something the driver can be asked to do for longer than a moment, to be cancelled.
    `missing` says why the device can not be simulated on this machine, where it can not.
    """

    name: str
    simulated: str
    driver: Callable[[str], Device]
    faults: dict[str, str]
    work: Callable[[Device], object]
    missing: Callable[[], str] = lambda: ""

    def simulator(self, place: Path) -> Simulator:
        """A device of its own, not yet plugged in."""
        return KINDS[self.simulated].at(place)


def rigs() -> list[Rig]:
    """Every rig_NAME.py beside this file has RIGS."""
    files = sorted(Path(__file__).parent.glob("rig_*.py"))
    modules = [importlib.import_module(f"tests.drivers.contract.{file.stem}") for file in files]
    return [rig for module in modules for rig in module.RIGS]
