"""One document's way through an IPP printer: sent once, followed to its end, or taken back."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from drivers.device import (
    Advice,
    Busy,
    Disconnected,
    Fault,
    HardwareError,
    PrintEvidence,
    PrintJob,
    PrintOutcome,
    Status,
    usable,
)
from drivers.errors import DeviceError
from drivers.printers.ipp_http import NotTakenError
from drivers.printers.ipp_library import Code, JobState
from drivers.printers.ipp_printer import Attributes, IppPrinter, RefusedError
from drivers.protocols.ipp_state import number, words
from drivers.worker import Stop, StoppedError

LOOK = 0.5  # seconds between two looks at a job

ENDED = frozenset({JobState.CANCELED, JobState.ABORTED, JobState.COMPLETED})
BUSY = frozenset({Code.ERROR_BUSY, Code.ERROR_TEMPORARY, Code.ERROR_TOO_MANY_JOBS})
FORGOTTEN = frozenset({Code.ERROR_NOT_FOUND, Code.ERROR_GONE})

STUCK = Fault("documents.stuck", Advice.TECHNICIAN_ACTS, "did not finish; switch it off and on")
ABORTED = Fault("documents.aborted", Advice.ATTENDANT_ACTS, "the printer gave the document up")
CANCELLED = Fault(
    "documents.cancelled", Advice.RETRY, "the document was cancelled at the printer or its queue"
)


@dataclass(frozen=True, slots=True)
class Way:
    """How a job reaches its printer.

    `open` gives the printer, connecting anew where it has to, and `drop` lets that connection go;
    `look` says how the printer is. `reports` says whether the end of a job is one that the printer
    itself reports. A job may take `printing` seconds, its printer be in trouble for `attention`.
    """

    where: str
    open: Callable[[], IppPrinter]
    drop: Callable[[], None]
    look: Callable[[Stop], Status]
    reports: bool
    printing: float
    attention: float


class IppJob:
    """A document under a name that no other has."""

    def __init__(self, way: Way, name: str) -> None:
        self._way = way
        self._name = name
        self._number: int | None = None
        self._lost: Status | None = None
        self._begun = time.monotonic()

    def resumed(self, stop: Stop) -> PrintOutcome | None:
        """How it ends, where the printer knows it from an earlier try; None where it does not.

        One that ended before anything of it was printed may be sent once more: that is None too.
        """
        job = self._way.open().named(self._name, stop)
        if job is None or (number(job, "job-state") in ENDED and _unprinted(job)):
            return None
        return self._to_its_end(job, stop)

    def printed(self, pdf: bytes, how: PrintJob, stop: Stop) -> PrintOutcome:
        """Send it, and how it ends."""
        try:
            job = self._sent(pdf, how, stop)
            return job if isinstance(job, PrintOutcome) else self._follow(job, stop)
        except StoppedError:
            self._withdraw()
            raise

    # --- sending ---

    def _sent(self, pdf: bytes, how: PrintJob, stop: Stop) -> Attributes | PrintOutcome:
        """The job it became; a printer that is still busy with another is asked again."""
        until = time.monotonic() + self._way.attention
        while True:
            try:
                return self._way.open().submit(pdf, self._name, how, stop)
            except NotTakenError as error:
                return PrintOutcome(PrintEvidence.NOT_STARTED, Disconnected(error.fault.detail))
            except RefusedError as error:
                if error.status not in BUSY:
                    return PrintOutcome(PrintEvidence.NOT_STARTED, HardwareError(error.fault))
                if time.monotonic() >= until:
                    return PrintOutcome(PrintEvidence.NOT_STARTED, Busy())
            except DeviceError as error:
                return self._found_again(Disconnected(error.fault.detail), stop)
            stop.pause(LOOK)

    def _found_again(self, lost: Status, stop: Stop) -> Attributes | PrintOutcome:
        """The job of a document whose reply was lost. It is looked for and never sent again."""
        until = time.monotonic() + self._way.attention
        self._lost = lost
        while True:
            try:
                found = self._way.open().named(self._name, stop)
                return found or PrintOutcome(PrintEvidence.UNKNOWN, lost)
            except DeviceError:
                self._way.drop()
                if time.monotonic() >= until:
                    return PrintOutcome(PrintEvidence.UNKNOWN, lost)
            stop.pause(LOOK)

    # --- following ---

    def _follow(self, job: Attributes, stop: Stop) -> PrintOutcome:
        """Look at it until it has ended, its printer stays in trouble, or it takes too long."""
        self._number = number(job, "job-id")
        until = time.monotonic() + self._way.printing
        well = time.monotonic()
        while number(job, "job-state") not in ENDED:
            status = self._status(stop)
            now = time.monotonic()
            well = now if usable(status) else well
            if now - well >= self._way.attention:
                return self._given_up(job, status, stop)
            if now >= until:
                return self._given_up(job, HardwareError(STUCK.at(self._way.where)), stop)
            stop.pause(LOOK)
            seen = self._seen(job, stop)
            if isinstance(seen, PrintOutcome):
                return seen
            job = seen
        return self._end(job, self._status(stop))

    def _to_its_end(self, job: Attributes, stop: Stop) -> PrintOutcome:
        try:
            return self._follow(job, stop)
        except StoppedError:
            self._withdraw()
            raise

    def _seen(self, job: Attributes, stop: Stop) -> Attributes | PrintOutcome:
        """How the job is now; as it was where nobody answers; its outcome where it is forgotten."""
        if self._number is None:
            return PrintOutcome(PrintEvidence.SENT, self._status(stop))
        try:
            return self._way.open().job(self._number, stop)
        except RefusedError as error:
            return self._forgotten(stop) if error.status in FORGOTTEN else job
        except DeviceError as error:
            self._way.drop()
            self._lost = Disconnected(error.fault.detail)
            return job

    def _forgotten(self, stop: Stop) -> PrintOutcome:
        """Printers may forget a job as soon as it is out; one that was restarted has lost it."""
        status = self._status(stop)
        with suppress(DeviceError):
            up = number(self._way.open().attributes(["printer-up-time"], stop), "printer-up-time")
            if up is not None and up <= time.monotonic() - self._begun + 1:  # it counts seconds
                self._lost = Disconnected(f"{self._way.where}: was restarted while it printed")
        if self._lost is not None:
            return PrintOutcome(PrintEvidence.UNKNOWN, self._lost)
        return PrintOutcome(PrintEvidence.SENT, status)

    def _status(self, stop: Stop) -> Status:
        try:
            return self._way.look(stop)
        except DeviceError as error:
            self._way.drop()
            self._lost = Disconnected(error.fault.detail)
            return self._lost

    # --- ending ---

    def _given_up(self, job: Attributes, why: Status, stop: Stop) -> PrintOutcome:
        """Take it back; it may have ended in that very moment."""
        with suppress(DeviceError):
            if self._number is not None:
                self._way.open().cancel(self._number, stop)
                job = self._way.open().job(self._number, stop)
        if number(job, "job-state") in ENDED:
            return self._end(job, why)
        return PrintOutcome(PrintEvidence.UNKNOWN, why)

    def _end(self, job: Attributes, status: Status) -> PrintOutcome:
        if number(job, "job-state") == JobState.COMPLETED:
            counted = number(job, "job-impressions-completed")
            certain = self._way.reports and counted != 0
            return PrintOutcome(PrintEvidence.CONFIRMED if certain else PrintEvidence.SENT, status)
        evidence = PrintEvidence.NOT_STARTED if _unprinted(job) else PrintEvidence.UNKNOWN
        if not usable(status):
            return PrintOutcome(evidence, status)
        fault = ABORTED if number(job, "job-state") == JobState.ABORTED else CANCELLED
        why = ", ".join(words(job, "job-state-reasons"))
        return PrintOutcome(evidence, HardwareError(fault.at(self._way.where).because(why)))

    def _withdraw(self) -> None:
        """Nobody waits for it any more: cancel it, so that nobody else finds it."""
        anew = Stop()
        with suppress(DeviceError):
            if self._number is None:
                job = self._way.open().named(self._name, anew)
                self._number = None if job is None else number(job, "job-id")
            if self._number is not None:
                self._way.open().cancel(self._number, anew)


def _unprinted(job: Attributes) -> bool:
    """Whether the printer says that it never began: where it does not say when, it may have."""
    return "time-at-processing" in job and number(job, "time-at-processing") is None
