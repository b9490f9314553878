"""Printers of documents: IPP printers on the network, and queues of CUPS on this machine."""

from __future__ import annotations

import asyncio
import socket
import uuid
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from drivers.device import (
    Advice,
    DeviceKind,
    Disconnected,
    Fault,
    HardwareError,
    PaperLow,
    PrintEvidence,
    PrintJob,
    PrintOutcome,
    SelfTest,
    Sides,
    Status,
    Supply,
    Unknown,
    usable,
)
from drivers.errors import DeviceError, TransportError
from drivers.on_demand import OnDemandDevice
from drivers.printers.ipp_http import PASSWORD, PORT, UNTRUSTED, NotTakenError, PrinterAddress
from drivers.printers.ipp_job import IppJob, Way
from drivers.printers.ipp_library import Code
from drivers.printers.ipp_printer import (
    DESCRIPTION,
    STATE,
    SUPPLIES,
    Attributes,
    IppPrinter,
    RefusedError,
)
from drivers.protocols import ipp_state
from drivers.protocols.ipp_state import number, words
from drivers.worker import Stop

SCHEDULER = Path("/run/cups/cups.sock")  # where CUPS knows who asks by the user it runs as
PRINTING = 120.0  # seconds that a document may take
ATTENTION = 10.0  # seconds that a printer may be in trouble before its job is taken back
# Devices behind a queue whose jobs are completed when they say so; to others bytes are only sent.
REPORTING = frozenset({"ipp", "ipps", "dnssd", "implicitclass"})

# Why a printer may answer its queue and not us: CUPS trusts a certificate once, and has passwords.
UNASKED = frozenset({UNTRUSTED.code, PASSWORD.code})

NO_QUEUE = Fault("documents.no_such_queue", Advice.TECHNICIAN_ACTS, "no printer of that name")
NO_TRAY = Fault("documents.no_such_tray", Advice.TECHNICIAN_ACTS, "it has no such tray")
TOO_MANY = Fault("documents.copies", Advice.TECHNICIAN_ACTS, "it does not make so many copies")

FACTS = {
    "firmware": "printer-firmware-string-version",
    "serial number": "printer-serial-number",
    "device": "printer-device-id",
    "uuid": "printer-uuid",
    "pages printed": "printer-pages-completed",
    "sides printed": "printer-impressions-completed",
    "sheets printed": "printer-media-sheets-completed",
    "paper loaded": "media-ready",
}


class IppDocumentPrinter(OnDemandDevice[IppPrinter]):
    """An IPP printer or a queue of CUPS, at `ipp://…` or `ipps://…`; AddressError for another.

    A document is `confirmed` when the printer says that its job is completed. It is `sent` where
    the printer forgets jobs at once, counts no page, or is one that a queue only sends bytes to.
    A job that ends in any other way, or whose printer stays in trouble for `attention` seconds, is
    cancelled: nobody's paper waits for the next resident. Jobs that earlier visits left behind are
    cancelled too, and a queue that was paused is resumed once what stopped it is gone.

    `scheduler` is the socket of this machine's CUPS (not set: CUPS' own, for its own port).
    """

    kind = DeviceKind.DOCUMENT_PRINTER

    def __init__(
        self,
        uri: str,
        *,
        scheduler: Path | None = None,
        printing: float = PRINTING,
        attention: float = ATTENTION,
    ) -> None:
        self._address = PrinterAddress.parse(uri)
        super().__init__("documents", uri)
        self._user = f"doorstep@{socket.gethostname()}"
        if scheduler is None and self._address.local and self._address.port == PORT:
            scheduler = SCHEDULER
        self._scheduler = scheduler
        self._printing = printing
        self._attention = attention
        self._said: Attributes = {}

    async def probe(self) -> Status:
        """Ask for its state; put right what earlier prints left in its queue."""
        try:
            return await self._run(self._ready)
        except DeviceError as error:
            return _unreachable(error)

    async def self_test(self) -> SelfTest:
        """What it is, and its counters."""
        status = await self.probe()
        if isinstance(status, Disconnected):
            return SelfTest(status, self.where)
        try:
            described = await self._run(lambda stop: self._open().attributes(DESCRIPTION, stop))
        except DeviceError as error:
            return SelfTest(_unreachable(error), self.where)
        model = next(iter(words(described, "printer-make-and-model")), "")
        return SelfTest(status, self.where, model, dict(_facts(described)))

    async def supplies(self) -> tuple[Supply, ...]:
        """Trays, toner or ink; of a queue those of its printer, where that can be asked."""
        return await self._run(self._supplies)

    async def print_document(self, pdf: bytes, job: PrintJob) -> PrintOutcome:
        """Print a PDF; the outcome is what the printer itself said of the job."""
        return await self._run(lambda stop: self._print(pdf, job, stop), within=None)

    async def close(self) -> None:
        """Stop what runs, let the connection go and end the thread."""
        await self._worker.close()
        await asyncio.to_thread(self._drop)  # a connection's own loop can not end within another

    # --- on the worker's thread ---

    def _connect(self) -> IppPrinter:
        there = self._scheduler is not None and self._scheduler.exists()
        scheduler = self._scheduler if there else None
        return IppPrinter(self._address, self._user, scheduler)

    def _ready(self, stop: Stop, keep: str = "") -> Status:
        """How it is, once what earlier prints left is put right; the job named `keep` may stay."""
        try:
            said = self._open().attributes(STATE, stop)
        except RefusedError as error:
            if error.status >= Code.ERROR_INTERNAL:  # its trouble of the moment, says RFC 8011
                return Unknown()
            raise self._explained(error, stop) from None
        self._tidy(said, keep, stop)
        behind = self._behind(said, stop)
        if ipp_state.is_paused(said) and _may_resume(said, behind):
            said = self._resumed(said, stop)
        self._said = said
        return _together(said, behind)

    def _tidy(self, said: Attributes, keep: str, stop: Stop) -> None:
        """Cancel our jobs: nothing is being printed on this thread, so nobody waits for them."""
        if number(said, "queued-job-count") == 0:
            return
        with suppress(RefusedError):
            for job in self._open().jobs(stop):
                if job.get("job-name") != keep and (left := number(job, "job-id")) is not None:
                    self._open().cancel(left, stop)

    def _behind(self, said: Attributes, stop: Stop) -> Status | None:
        """How the printer behind a queue is; None where it is no queue or can not be asked."""
        uri = next(iter(words(said, "device-uri")), "")
        if not ipp_state.is_queue(said) or urlsplit(uri).scheme not in {"ipp", "ipps"}:
            return None
        with closing(IppPrinter(PrinterAddress.parse(uri), self._user)) as printer:
            try:
                return ipp_state.status(printer.attributes(STATE, stop))
            except DeviceError as error:
                ours = error.fault.code in UNASKED or not isinstance(error, TransportError)
                return None if ours else Disconnected(error.fault.detail)

    def _resumed(self, said: Attributes, stop: Stop) -> Attributes:
        """What it says once it is resumed; as before where we are not allowed to.

        What waits in a paused queue is from before: it is cancelled first, whoever sent it, lest
        the next resident find it in the tray.
        """
        queue = ipp_state.is_queue(said)
        try:
            for job in self._open().jobs(stop, mine=not queue):
                if (left := number(job, "job-id")) is not None:
                    self._open().cancel(left, stop)
            self._open().resume(stop)
            if queue and said.get("printer-is-accepting-jobs") is False:
                self._open().accept(stop)
        except (RefusedError, NotTakenError):
            return said
        return self._open().attributes(STATE, stop)

    def _explained(self, error: RefusedError, stop: Stop) -> DeviceError:
        """What a refusal to describe itself means: mostly that it has another name."""
        if error.status != Code.ERROR_NOT_FOUND:
            return error
        queues: list[str] = []
        with suppress(DeviceError):
            queues = self._open().queues(stop)
        others = f"; there are {', '.join(queues)}" if queues else "; check the path"
        return DeviceError(NO_QUEUE.at(self.where).because(error.answer + others))

    def _print(self, pdf: bytes, job: PrintJob, stop: Stop) -> PrintOutcome:
        name = f"{job.title} {job.key or uuid.uuid4().hex}"
        try:
            status = self._ready(stop, keep=name)
        except DeviceError as error:
            return PrintOutcome(PrintEvidence.NOT_STARTED, _unreachable(error))
        printing = IppJob(self._way(), name)
        if job.key and (outcome := printing.resumed(stop)):
            return outcome
        if not usable(status):
            return PrintOutcome(PrintEvidence.NOT_STARTED, status)
        if fault := _impossible(job, self._said):
            return PrintOutcome(PrintEvidence.NOT_STARTED, HardwareError(fault.at(self.where)))
        return printing.printed(pdf, _possible(job, self._said), stop)

    def _way(self) -> Way:
        device = urlsplit(next(iter(words(self._said, "device-uri")), "")).scheme
        return Way(
            where=self.where,
            open=self._open,
            drop=self._drop,
            look=self._look,
            reports=not ipp_state.is_queue(self._said) or device in REPORTING,
            printing=self._printing,
            attention=self._attention,
        )

    def _look(self, stop: Stop) -> Status:
        """How it is while it prints: a queue then knows itself how its printer is."""
        try:
            said = self._open().attributes(STATE, stop)
        except RefusedError:
            return Unknown()
        idle = number(said, "printer-state") == ipp_state.IDLE
        return _together(said, self._behind(said, stop) if idle else None)

    def _supplies(self, stop: Stop) -> tuple[Supply, ...]:
        wanted = (*SUPPLIES, "device-uri", "cups-version")
        said = self._open().attributes(wanted, stop)
        uri = next(iter(words(said, "device-uri")), "")
        if ipp_state.is_queue(said) and urlsplit(uri).scheme in {"ipp", "ipps"}:
            with closing(IppPrinter(PrinterAddress.parse(uri), self._user)) as printer:
                said = printer.attributes(SUPPLIES, stop)
        return ipp_state.supplies(said)


def _unreachable(error: DeviceError) -> Status:
    """What talks nonsense is no printer, or not the one that was meant."""
    return Disconnected(error.fault.detail)


def _may_resume(said: Attributes, behind: Status | None) -> bool:
    """Whether what stopped it is gone, as far as anybody can say."""
    if ipp_state.is_queue(said):
        return behind is None or usable(behind)
    return usable(ipp_state.status(ipp_state.without_pause(said)))


def _together(said: Attributes, behind: Status | None) -> Status:
    """How a printer is, or a queue together with the printer behind it."""
    if not ipp_state.is_queue(said):
        return ipp_state.status(said)
    if behind is None:
        idle = number(said, "printer-state") == ipp_state.IDLE
        return ipp_state.status(ipp_state.of_queue_alone(said) if idle else said)
    own = ipp_state.status(ipp_state.of_queue_alone(said))
    if not usable(behind) or (usable(own) and isinstance(behind, PaperLow)):
        return behind
    return own


def _impossible(job: PrintJob, said: Attributes) -> Fault | None:
    """Why a printer can not print a job as it is meant, if it says so beforehand."""
    trays = words(said, "media-source-supported")
    if job.tray is not None and trays and job.tray not in trays:
        return NO_TRAY.because(f"{job.tray}; there are {', '.join(trays)}")
    copies = said.get("copies-supported")
    most = copies[-1] if isinstance(copies, list) and copies else copies
    if isinstance(most, int) and job.copies > most:
        return TOO_MANY.because(f"{job.copies}; at most {most}")
    return None


def _possible(job: PrintJob, said: Attributes) -> PrintJob:
    """The job on one side of the sheets where a printer can not turn them."""
    sides = words(said, "sides-supported")
    return job if not sides or job.sides.value in sides else replace(job, sides=Sides.ONE)


def _facts(described: Attributes) -> Iterator[tuple[str, str]]:
    """What a technician wants to read, as far as the printer says it."""
    for fact, name in FACTS.items():
        if (value := described.get(name)) not in (None, "", []):
            yield fact, ", ".join(map(str, value)) if isinstance(value, list) else str(value)
