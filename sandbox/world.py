"""Everything around one terminal: its devices, and the faults of its platform."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

import httpx

from sandbox.control import ControlError
from sandbox.devices.receipt_printer import SimulatedReceiptPrinter
from sandbox.devices.registry import KINDS
from sandbox.devices.sam_reader import SimulatedSamReader
from sandbox.devices.simulator import Actor, Simulator
from sandbox.lines import Lines

PLATFORM_FAULTS = ("off", "slow", "error", "drop_before", "drop_after")
VISIT = ("id-card", "receipt-printer")  # what a visit can not do without


class World:
    """Simulated devices below `directory`, each under its own name there, and a platform.

    `devices` are names of `KINDS`; reader and receipt printer are always among them. `baud` paces
    the serial ones. One in `places` is there instead.
    """

    def __init__(
        self,
        directory: Path,
        *,
        platform: str | None = None,
        baud: int | None = 115200,
        devices: Iterable[str] = (),
        places: Mapping[str, Path] = MappingProxyType({}),
    ) -> None:
        names = dict.fromkeys((*VISIT, *devices))
        self.devices: Mapping[str, Simulator] = {
            name: KINDS[name].at(places.get(name, directory / name), baud) for name in names
        }
        self._platform = platform
        self._stack = ExitStack()
        actors = {word: a for d in self.devices.values() for word, a in d.actors.items()}
        actors["platform"] = Actor("|".join(PLATFORM_FAULTS), self._platform_fault)
        self._lines = Lines(actors)

    @property
    def reader(self) -> SimulatedSamReader:
        """The ID-card reader."""
        reader = self.devices["id-card"]
        assert isinstance(reader, SimulatedSamReader)  # noqa: S101 # as KINDS makes it
        return reader

    @property
    def printer(self) -> SimulatedReceiptPrinter:
        """The receipt printer."""
        printer = self.devices["receipt-printer"]
        assert isinstance(printer, SimulatedReceiptPrinter)  # noqa: S101 # as KINDS makes it
        return printer

    def __enter__(self) -> Self:
        for device in self.devices.values():
            self._stack.enter_context(device)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stack.close()

    def act(self, line: str) -> str:
        """Do what a line says and say what is so now; ControlError says what could be said."""
        return self._lines.act(line)

    def _platform_fault(self, words: Sequence[str]) -> str:
        fault: dict[str, object] | None = None
        match list(words):
            case ["slow", seconds] if seconds.isdigit():
                fault = {"mode": "slow", "seconds": int(seconds)}
            case [mode] if mode in PLATFORM_FAULTS:
                fault = {"mode": mode}
        said = " ".join(words)
        if fault is None or self._platform is None:
            known = "|".join(PLATFORM_FAULTS)
            raise ControlError(f'"platform {said}" is not understood; there is: platform {known}')
        httpx.put(f"{self._platform}/sandbox/faults", json=fault).raise_for_status()
        return f"platform faults: {said}"
