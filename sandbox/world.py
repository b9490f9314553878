"""Everything around one terminal, and lines that act on it: `card wang`, `printer paper-out`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from sandbox import residents
from sandbox.control import ControlError
from sandbox.devices.receipt_printer import SimulatedReceiptPrinter
from sandbox.devices.sam_reader import ReaderFault, SimulatedSamReader

PLATFORM_FAULTS = ("off", "slow", "error", "drop_before", "drop_after")

Act = Callable[[Sequence[str]], str]


@dataclass(frozen=True, slots=True)
class Actor:
    """One thing that can be acted on: what may follow its name, and who does it."""

    words: str
    act: Act


class World:
    """A card reader and a receipt printer on ptys below `directory`, and the platform's faults."""

    def __init__(
        self, directory: Path, *, platform: str | None = None, baud: int | None = 115200
    ) -> None:
        self.reader = SimulatedSamReader(directory / "id-card-reader", baud=baud, expects=115200)
        self.printer = SimulatedReceiptPrinter(directory / "receipt-printer", expects=115200)
        self._platform = platform
        self._stack = ExitStack()
        people = "|".join(resident.key for resident in residents.RESIDENTS)
        self.actors: Mapping[str, Actor] = {
            "card": Actor(f"{people}|lift", self._card),
            "reader": Actor("unplug|plug|behave|" + "|".join(ReaderFault), self._reader),
            "printer": Actor(
                "unplug|plug|paper-out [BYTES]|paper-in|near-end|cover-open|cover-shut|jam|clear",
                self._printer,
            ),
            "platform": Actor("|".join(PLATFORM_FAULTS), self._platform_fault),
        }

    def __enter__(self) -> Self:
        self._stack.enter_context(self.reader)
        self._stack.enter_context(self.printer)
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
        name, *words = line.split() or [""]
        if name not in self.actors or not words:
            raise ControlError(self._usage(line))
        return self.actors[name].act(words)

    def _usage(self, line: str) -> str:
        known = "; ".join(f"{name} {actor.words}" for name, actor in self.actors.items())
        return f'"{line}" is not understood; there is: {known}'

    def _card(self, words: Sequence[str]) -> str:
        if words[0] == "lift":
            self.reader.lift()
            return "no card lies on the reader"
        try:
            resident = residents.find(words[0])
        except LookupError as error:
            raise ControlError(str(error)) from None
        self.reader.lay(resident.card)
        return f"the card of {words[0]} lies on the reader"

    def _reader(self, words: Sequence[str]) -> str:
        match words[0]:
            case "unplug":
                self.reader.unplug()
            case "plug":
                self.reader.plug()
            case "behave":
                self.reader.behave()
            case fault if fault in set(ReaderFault):
                self.reader.misbehave(ReaderFault(fault))
            case _:
                raise ControlError(self._usage(f"reader {words[0]}"))
        return f"reader: {words[0]}"

    def _printer(self, words: Sequence[str]) -> str:
        match list(words):
            case ["unplug"]:
                self.printer.unplug()
            case ["plug"]:
                self.printer.plug()
            case ["paper-out"]:
                self.printer.paper_out()
            case ["paper-out", after] if after.isdigit():
                self.printer.paper_out(int(after))
            case ["paper-in"]:
                self.printer.load_paper()
            case ["near-end"]:
                self.printer.near_end()
            case ["cover-open" | "cover-shut" as what]:
                self.printer.cover(is_open=what == "cover-open")
            case ["jam" | "clear" as what]:
                self.printer.jam_cutter(is_jammed=what == "jam")
            case _:
                raise ControlError(self._usage("printer " + " ".join(words)))
        return f"printer: {' '.join(words)}"

    def _platform_fault(self, words: Sequence[str]) -> str:
        fault: dict[str, object] | None = None
        match list(words):
            case ["slow", seconds] if seconds.isdigit():
                fault = {"mode": "slow", "seconds": int(seconds)}
            case [mode] if mode in PLATFORM_FAULTS:
                fault = {"mode": mode}
        said = " ".join(words)
        if fault is None or self._platform is None:
            raise ControlError(self._usage(f"platform {said}"))
        httpx.put(f"{self._platform}/sandbox/faults", json=fault).raise_for_status()
        return f"platform faults: {said}"
