"""A queue of a real CUPS, with a document printer on the network behind it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from sandbox.cups import Scheduler
from sandbox.devices.document_printer import SimulatedDocumentPrinter
from sandbox.devices.simulator import Actor, actor

QUEUE = "documents"


class SimulatedPrintQueue:
    """CUPS with one queue; `printer` is the one behind it, and has the files in `place`.

    CUPS keeps its files, and with them its jobs, through unplugging and until the block is left:
    in a directory of their own, since its filters run as another user. All methods may be called
    from any thread.
    """

    name = "documents"

    @classmethod
    def at(cls, place: Path, baud: int | None) -> Self:
        """One whose printer has its files in a directory `place`; the network has no speed."""
        del baud
        return cls(place)

    def __init__(self, place: Path) -> None:
        self.printer = SimulatedDocumentPrinter(place)
        self._lock = threading.RLock()
        self._files = TemporaryDirectory(prefix="doorstep-cups-")
        self.scheduler = Scheduler(Path(self._files.name))
        self._running = False
        self._known = False

    @property
    def where(self) -> str:
        """The queue's URI."""
        return self.scheduler.uri(QUEUE)

    @property
    def actors(self) -> Mapping[str, Actor]:
        """The printer's words, with `plug` and `unplug` for both; `pause` and `reject`; `off`."""
        deeds: dict[str, Callable[..., object]] = {
            **self.printer.deeds,
            "plug": self.plug,
            "unplug": self.unplug,
            "behave": self.behave,
            "pause": partial(self._tell, "cupsdisable"),
            "reject": partial(self._tell, "cupsreject"),
            "off": self.printer.unplug,
        }
        return {self.name: actor(self.name, deeds)}

    def plug(self) -> None:
        """Switch the printer on and start CUPS. OSError when that can not be done."""
        with self._lock:
            self.printer.plug()
            if self._running:
                return
            try:
                self.scheduler.start()
                if not self._known:
                    self.scheduler.add(QUEUE, self.printer.where, "-m", "everywhere")
            except RuntimeError as error:
                self.scheduler.stop()
                raise OSError(str(error)) from error
            self._running = self._known = True

    def unplug(self) -> None:
        """Stop CUPS and switch the printer off, in the middle of whatever they do."""
        with self._lock:
            self._running = False
            self.scheduler.stop()
            self.printer.unplug()

    def behave(self) -> None:
        """A good printer behind a queue that prints and accepts."""
        with self._lock:
            self.printer.behave()
            if self._running:
                self.printer.plug()
                self._tell("cupsenable")
                self._tell("cupsaccept")

    def _tell(self, program: str) -> None:
        with self._lock, suppress(RuntimeError):  # CUPS is not there: it keeps what it was told
            self.scheduler.run(program, QUEUE)

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
        self._files.cleanup()
