"""A document printer that speaks IPP: ippeveprinter, with an engine that can be troubled."""

from __future__ import annotations

import json
import shlex
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

from drivers.errors import RemoteProtocolError
from drivers.printers.ipp_library import Attribute, Operation, Tag
from sandbox.devices import print_engine
from sandbox.devices.simulator import Actor, actor
from sandbox.devices.wrong_server import WRONG, WrongServer
from sandbox.ipp import HOST, EvePrinter, ask, fetch

SHEETS = {"paper-out": 0, "paper-low": 20}  # of 250
TONER = {"toner-out": 0, "toner-low": 5}  # percent
FULL, HALF = 200, 60
FAULTS = (*SHEETS, *TONER, "jam", "cover-open", "stuck-busy", "slow", "give-up")
PANEL_DOCUMENT = b"%PDF-"  # enough to be taken for one
SILENCE = "silence"
SETTLES = 5.0  # seconds until the printer says what was done to it


@dataclass(frozen=True, slots=True)
class Printed:
    """What came out of it: the document, and how it was to be printed, as IPP says it."""

    pdf: bytes
    how: Mapping[str, str]


class SimulatedDocumentPrinter:
    """A network printer with a tray of A4, black toner, and everything that can be wrong with them.

    Files go to `home`. Its paper and toner are those that ippeveprinter has on its web page; a jam
    and an open cover are said by its engine. All methods may be called from any thread.
    """

    name = "documents"

    @classmethod
    def at(cls, place: Path, baud: int | None) -> Self:
        """One with its files in a directory `place`; the network has no speed."""
        del baud
        return cls(place)

    def __init__(self, home: Path) -> None:
        self._home = home
        self._lock = threading.RLock()
        self._faults: set[str] = set()
        self._wrong: str | None = None
        self._running: EvePrinter | WrongServer | None = None
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            self.port: int = probe.getsockname()[1]

    @property
    def where(self) -> str:
        """Its URI."""
        return f"ipp://{HOST}:{self.port}/ipp/print"

    @property
    def printed(self) -> list[Printed]:
        """Everything that came out of it, the oldest first."""
        files = sorted((self._home / "printed").glob("*.pdf"))
        return [
            Printed(file.read_bytes(), json.loads(file.with_suffix(".json").read_text()))
            for file in files
        ]

    @property
    def actors(self) -> Mapping[str, Actor]:
        """`documents jam`, `documents paper-in`, `documents unplug` and more."""
        return {self.name: actor(self.name, self.deeds)}

    @property
    def deeds(self) -> Mapping[str, Callable[..., object]]:
        """What lines can do to it, by the word for it."""
        return {
            "unplug": self.unplug,
            "plug": self.plug,
            "behave": self.behave,
            SILENCE: partial(self.misbehave, SILENCE),
            "paper-in": partial(self.heal, *SHEETS),
            "toner-in": partial(self.heal, *TONER),
            "cover-shut": partial(self.heal, "cover-open"),
            "unjam": partial(self.heal, "jam"),
            **{wrong: partial(self.misbehave, wrong) for wrong in WRONG},
            **{fault: partial(self.fail, fault) for fault in FAULTS},
        }

    # --- the cable ---

    def plug(self) -> None:
        """Switch it on and connect it. OSError when its place or port can not be had."""
        with self._lock:
            if self._running is None:
                self._running = self._started()
                self._settle()
                if self._wrong == SILENCE and isinstance(self._running, EvePrinter):
                    self._running.fall_silent()

    def unplug(self) -> None:
        """Switch it off in the middle of whatever it does: its jobs are gone."""
        with self._lock:
            running, self._running = self._running, None
            if running is not None:
                running.kill()

    def __enter__(self) -> Self:
        self.plug()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.unplug()

    # --- what people and time do to it ---

    def fail(self, fault: str) -> None:
        """Have this fault too."""
        with self._lock:
            self._faults.add(fault)
            if self._wrong is None:
                self._settle()

    def heal(self, *faults: str) -> None:
        """Have these no more."""
        with self._lock:
            self._faults.difference_update(faults)
            if self._wrong is None:
                self._settle()

    def misbehave(self, wrong: str) -> None:
        """Answer nothing, or what no printer answers."""
        with self._lock:
            plugged = self._running is not None
            self.unplug()
            self._wrong = wrong
            if plugged:
                self.plug()

    def behave(self) -> None:
        """Be a good printer again."""
        with self._lock:
            self._faults.clear()
            if self._wrong is None:
                self._settle()
                return
            plugged = self._running is not None
            self.unplug()
            self._wrong = None
            if plugged:
                self.plug()

    # --- the printer ---

    def _started(self) -> EvePrinter | WrongServer:
        for directory in ("faults", "printed"):
            (self._home / directory).mkdir(parents=True, exist_ok=True)
        if self._wrong is not None and self._wrong in WRONG:
            return WrongServer(self.port, WRONG[self._wrong])
        engine = [sys.executable, "-I", "-S", print_engine.__file__, str(self._home)]
        command = self._home / "engine"
        command.write_text(f'#!/bin/sh\nexec {shlex.join(engine)} {self.port} "$1"\n')
        command.chmod(0o755)
        try:
            return EvePrinter(self._home, self.port, command)
        except RuntimeError as error:
            raise OSError(str(error)) from error

    def _settle(self) -> None:
        """Make it so: the files that the engine looks at, paper, toner, and what it says."""
        if not isinstance(self._running, EvePrinter):
            return
        faults = self._home / "faults"
        for fault in FAULTS:
            if fault in self._faults:
                (faults / fault).touch()
            else:
                (faults / fault).unlink(missing_ok=True)
        sheets = min([SHEETS[fault] for fault in self._faults & SHEETS.keys()], default=FULL)
        toner = min([TONER[fault] for fault in self._faults & TONER.keys()], default=HALF)
        with suppress(ConnectionError):  # the cable was pulled meanwhile
            self._show_states()
            self._load(sheets)
            fetch(self.port, f"/supplies?{urlencode({'supply0': 25, 'supply1': toner})}")

    def _load(self, sheets: int) -> None:
        paper = {"size1": "iso_a4_210x297mm", "type1": "stationery", "level1": sheets, "level3": -1}
        fetch(self.port, f"/media?{urlencode(paper)}")

    def _show_states(self) -> None:
        """Until it says a jam or an open cover, or says so no more: its engine has to run once."""
        states = print_engine.STATES
        wanted = {state for fault, state in states.items() if fault in self._faults}
        deadline = time.monotonic() + SETTLES
        name = Attribute("job-name", Tag.NAME, print_engine.PANEL)
        while self._states() & set(states.values()) != wanted and time.monotonic() < deadline:
            self._load(FULL)  # without paper no engine runs
            # While it prints the engine sees for itself, and this job is refused.
            ask(self.port, Operation.PRINT_JOB, [name], document=PANEL_DOCUMENT)
            time.sleep(print_engine.TURN)

    def _states(self) -> set[str]:
        """Its reasons, without how grave it finds them."""
        said = ["printer-state-reasons"]
        about = [Attribute("requested-attributes", Tag.KEYWORD, said)]
        with suppress(RemoteProtocolError):
            answer = ask(self.port, Operation.GET_PRINTER_ATTRIBUTES, about, wanted=said)
            for printer in answer.printers:
                reasons = printer["printer-state-reasons"]
                every = reasons if isinstance(reasons, list) else [reasons]
                return {reason.rpartition("-")[0] for reason in every}
        return set()
