"""Everything around one terminal: its devices, and the faults of its platform."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

import httpx

from sandbox.control import ControlError
from sandbox.devices.receipt_printer import SimulatedReceiptPrinter
from sandbox.devices.registry import KINDS
from sandbox.devices.sam_reader import SimulatedSamReader
from sandbox.devices.simulator import Actor, Simulator, actor
from sandbox.lines import Lines
from sandbox.platform.faults import Mode

VISIT = ("id-card", "receipt-printer")  # what a visit can not do without


class World:
    """Simulated devices below `directory`, each under its own name there, and a platform.

    `devices` are names of `KINDS`; reader and receipt printer are always among them. `baud` paces
    the serial ones. One in `places` is there instead. `around` is what else lines act on.
    """

    def __init__(
        self,
        directory: Path,
        *,
        platform: str | None = None,
        baud: int | None = 115200,
        devices: Iterable[str] = (),
        places: Mapping[str, Path] = MappingProxyType({}),
        around: Mapping[str, Actor] = MappingProxyType({}),
    ) -> None:
        names = dict.fromkeys((*VISIT, *devices))
        self.devices: Mapping[str, Simulator] = {
            name: KINDS[name].at(places.get(name, directory / name), baud) for name in names
        }
        self._platform = platform
        self._stack = ExitStack()
        actors = {word: a for d in self.devices.values() for word, a in d.actors.items()}
        actors["platform"] = actor("platform", self._platform_deeds())
        self._lines = Lines({**actors, **around})

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

    # --- the platform ---

    def _platform_deeds(self) -> dict[str, Callable[..., str]]:
        return {
            **{mode.value: partial(self._platform_fault, mode) for mode in Mode},
            "jump": self._platform_jump,
        }

    def _platform_fault(self, mode: Mode, *seconds: str) -> str:
        """Have this be wrong; `seconds` is how slow, or how far its clock is off."""
        fault: dict[str, object] = {"mode": mode.value}
        if seconds and mode in {Mode.SLOW, Mode.SKEW}:
            seconds, fault["seconds"] = seconds[1:], float(seconds[0])
        if seconds:
            raise ValueError("more words than mean anything")
        self._tell_platform("PUT", "/sandbox/faults", fault)
        return f"platform faults: {mode.value}"

    def _platform_jump(self, days: str) -> str:
        """Move its time on."""
        told = self._tell_platform("POST", "/sandbox/clock", {"days": float(days)})
        return f"the platform's time: {told.json()['now']}"

    def _tell_platform(self, method: str, path: str, body: dict[str, object]) -> httpx.Response:
        if self._platform is None:
            raise ValueError("there is no platform")
        try:
            return httpx.request(method, self._platform + path, json=body).raise_for_status()
        except httpx.HTTPStatusError as error:
            raise ValueError(f"it does not take {body}") from error
        except httpx.HTTPError as error:
            raise ControlError(f"the platform does not answer: {type(error).__name__}") from error
