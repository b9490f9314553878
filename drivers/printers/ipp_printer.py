"""What can be asked of an IPP printer or of a queue of CUPS: each operation as one call."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from drivers.device import Advice, Fault, PrintJob
from drivers.errors import DeviceError, RemoteProtocolError
from drivers.printers.ipp_http import IppHttp, PrinterAddress
from drivers.printers.ipp_library import (
    Answer,
    Attribute,
    Code,
    Operation,
    Tag,
    collection,
    decode,
    encode,
)
from drivers.protocols.ipp_state import words
from drivers.worker import Stop

Attributes = Mapping[str, Any]

ANSWER = 5.0  # seconds until a printer that answers at all has answered a question
TAKING = 60.0  # seconds that taking a document may last: some printers read it page by page
LONGEST_NAME = 255  # bytes (RFC 8011, 5.1.3)

GARBAGE = Fault(
    "documents.garbage", Advice.TECHNICIAN_ACTS, "its answer is not to be understood; update it"
)
REFUSES = Fault("documents.refused", Advice.TECHNICIAN_ACTS, "it refuses what it is asked")

STATE = (
    "printer-state",
    "printer-state-reasons",
    "printer-state-message",
    "printer-is-accepting-jobs",
    "printer-input-tray",
    "queued-job-count",
    "document-format-supported",
    "media-source-supported",
    "copies-supported",
    "sides-supported",
    "cups-version",
    "device-uri",
)
SUPPLIES = (
    "marker-names",
    "marker-types",
    "marker-levels",
    "marker-low-levels",
    "marker-high-levels",
    "printer-supply",
    "printer-supply-description",
    "printer-input-tray",
)
DESCRIPTION = (
    "printer-make-and-model",
    "printer-firmware-string-version",
    "printer-device-id",
    "printer-serial-number",
    "printer-uuid",
    "printer-impressions-completed",
    "printer-media-sheets-completed",
    "printer-pages-completed",
    "media-ready",
)
JOB = (
    "job-id",
    "job-name",
    "job-state",
    "job-state-reasons",
    "job-impressions-completed",
    "time-at-processing",
)


class RefusedError(DeviceError):
    """The printer understood and said no; `status` is IPP's code for why, `answer` its words."""

    def __init__(self, fault: Fault, answer: Answer) -> None:
        super().__init__(fault)
        self.status = answer.status
        self.answer = answer.words


class IppPrinter:
    """One printer or queue. Every question may raise DeviceError; `user` is who it knows us as.

    Answers are attributes by their names in RFC 8011; what a printer leaves out is not there.
    """

    def __init__(self, address: PrinterAddress, user: str, scheduler: Path | None = None) -> None:
        self._uri = address.uri
        self._user = user
        self._http = IppHttp(address, scheduler)
        self._ids = itertools.count(1)

    def close(self) -> None:
        """Let the connection go."""
        self._http.close()

    def attributes(self, wanted: Sequence[str], stop: Stop) -> Attributes:
        """How the printer is, or what it is."""
        about = [Attribute("requested-attributes", Tag.KEYWORD, list(wanted))]
        answer = self._ask(Operation.GET_PRINTER_ATTRIBUTES, about, stop, wanted=wanted)
        return next(iter(answer.printers), {})

    def queues(self, stop: Stop) -> list[str]:
        """The names of the queues that CUPS has there; none where it is no CUPS."""
        wanted = ["printer-name"]
        about = [Attribute("requested-attributes", Tag.KEYWORD, wanted)]
        answer = self._ask(Operation.CUPS_GET_PRINTERS, about, stop, wanted=wanted, path="/")
        return sorted(name for queue in answer.printers for name in words(queue, "printer-name"))

    def submit(self, pdf: bytes, name: str, job: PrintJob, stop: Stop) -> Attributes:
        """Print a document; the job it became."""
        about = [
            Attribute("job-name", Tag.NAME, _fitting(name)),
            Attribute("document-format", Tag.MIME_TYPE, "application/pdf"),
        ]
        template = _template(job)
        answer = self._ask(
            Operation.PRINT_JOB, about, stop, wanted=JOB, template=template, document=pdf
        )
        return next(iter(answer.jobs), {})

    def job(self, number: int, stop: Stop) -> Attributes:
        """How a job is."""
        about = [
            Attribute("job-id", Tag.INTEGER, number),
            Attribute("requested-attributes", Tag.KEYWORD, list(JOB)),
        ]
        answer = self._ask(Operation.GET_JOB_ATTRIBUTES, about, stop, wanted=JOB)
        return next(iter(answer.jobs), {})

    def jobs(self, stop: Stop, *, completed: bool = False, mine: bool = True) -> list[Attributes]:
        """The jobs that are still to be printed, or that have been; ours or everybody's."""
        about = [
            Attribute("which-jobs", Tag.KEYWORD, "completed" if completed else "not-completed"),
            Attribute("my-jobs", Tag.BOOLEAN, mine),
            Attribute("requested-attributes", Tag.KEYWORD, list(JOB)),
        ]
        return list(self._ask(Operation.GET_JOBS, about, stop, wanted=JOB).jobs)

    def named(self, name: str, stop: Stop) -> Attributes | None:
        """Our job of that name, in whatever state, if the printer knows of it."""
        known = (*self.jobs(stop), *self.jobs(stop, completed=True))
        return next((job for job in known if job.get("job-name") == _fitting(name)), None)

    def cancel(self, number: int, stop: Stop) -> None:
        """Cancel a job; one that has ended already is no error."""
        try:
            self._ask(Operation.CANCEL_JOB, [Attribute("job-id", Tag.INTEGER, number)], stop)
        except RefusedError as error:
            if error.status not in {Code.ERROR_NOT_POSSIBLE, Code.ERROR_NOT_FOUND, Code.ERROR_GONE}:
                raise

    def resume(self, stop: Stop) -> None:
        """Let it print what it is sent, and accept it."""
        self._ask(Operation.RESUME_PRINTER, [], stop)

    def accept(self, stop: Stop) -> None:
        """Let a queue of CUPS take jobs again."""
        self._ask(Operation.CUPS_ACCEPT_JOBS, [], stop)

    def _ask(
        self,
        operation: Operation,
        about: Sequence[Attribute],
        stop: Stop,
        *,
        wanted: Sequence[str] = (),
        path: str | None = None,
        template: bytes = b"",
        document: bytes = b"",
    ) -> Answer:
        first = [  # in this order (RFC 8011, 4.1.4)
            Attribute("attributes-charset", Tag.CHARSET, "utf-8"),
            Attribute("attributes-natural-language", Tag.LANGUAGE, "en"),
            Attribute("printer-uri", Tag.URI, self._uri),
            Attribute("requesting-user-name", Tag.NAME, self._user),
        ]
        message = encode(operation, next(self._ids), [*first, *about], template) + document
        within = TAKING if document else ANSWER
        try:
            answer = decode(self._http.ask(message, within, stop, path), wanted)
        except RemoteProtocolError as error:
            raise DeviceError(GARBAGE.at(self._uri).because(error)) from None
        if not answer.good:
            asked = operation.name.replace("_", "-").title()
            refusal = REFUSES.at(self._uri).because(f"{asked}: {answer.words}")
            raise RefusedError(refusal, answer)
        return answer


def _template(job: PrintJob) -> bytes:
    """How a job is to be printed, as job template attributes (RFC 8011 5.2, PWG 5100.13)."""
    colour = "color" if job.colour else "monochrome"
    parts = [
        Attribute("copies", Tag.INTEGER, job.copies).to_bytes(),
        Attribute("sides", Tag.KEYWORD, job.sides.value).to_bytes(),
        Attribute("print-color-mode", Tag.KEYWORD, colour).to_bytes(),
    ]
    if job.tray is not None:
        source = Attribute("media-source", Tag.KEYWORD, job.tray)
        parts.append(collection("media-col", [source]))
    return b"".join(parts)


def _fitting(name: str) -> str:
    """As much of a name as a printer takes."""
    return name.encode()[:LONGEST_NAME].decode(errors="ignore")
