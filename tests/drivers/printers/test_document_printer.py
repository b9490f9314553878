"""The document printer against a real IPP printer, and against those that behave like no other."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from drivers.address import AddressError
from drivers.device import (
    CoverOpen,
    Disconnected,
    DocumentPrinter,
    HardwareError,
    Level,
    PaperJammed,
    PaperOut,
    PrintEvidence,
    PrintJob,
    PrintOutcome,
    Ready,
    Sides,
    Unknown,
    fault_of,
    slug,
)
from drivers.errors import DeviceError
from drivers.printers.document_printer import IppDocumentPrinter
from drivers.printers.ipp_library import Attribute, JobState, Operation, Tag
from sandbox import ipp
from sandbox.devices.document_printer import SimulatedDocumentPrinter
from tests.drivers.documents import ONE_PAGE, TWO_PAGES
from tests.drivers.ipp_servers import READY, Relay, ScriptedPrinter, answer, job, serving

JOB = PrintJob("certificate")
CONFIRMED = PrintOutcome(PrintEvidence.CONFIRMED, Ready())

pytestmark = [pytest.mark.usefixtures("no_leaks"), pytest.mark.timeout(120)]


@pytest.fixture
def simulated(tmp_path: Path) -> Iterator[SimulatedDocumentPrinter]:
    """A printer on the network."""
    if why := ipp.missing():
        pytest.skip(why)
    with SimulatedDocumentPrinter(tmp_path / "device") as device:
        yield device


@pytest.fixture
async def printer(simulated: SimulatedDocumentPrinter) -> AsyncIterator[IppDocumentPrinter]:
    """Our driver for it, which waits no longer than a second for what is wrong."""
    driver = IppDocumentPrinter(simulated.where, attention=1.0)
    yield driver
    await driver.close()


async def until(true: Callable[[], object]) -> None:
    """Wait for it."""
    deadline = time.monotonic() + 20
    while not true():  # another process does it, and tells nobody
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)


def at_work(simulated: SimulatedDocumentPrinter) -> bool:
    """Whether it has a job and works on it."""
    said = ["queued-job-count"]
    asked = [Attribute("requested-attributes", Tag.KEYWORD, said)]
    found = ipp.ask(simulated.port, Operation.GET_PRINTER_ATTRIBUTES, asked, wanted=said)
    return bool(found.printers[0]["queued-job-count"])


# --- a real printer ---


def test_it_is_a_document_printer(printer: IppDocumentPrinter) -> None:
    """The driver has the capability it claims."""
    assert isinstance(printer, DocumentPrinter)


async def test_a_document_comes_out_as_it_was_meant(
    simulated: SimulatedDocumentPrinter, printer: IppDocumentPrinter
) -> None:
    """The same bytes, so many copies, on both sides, from that tray: and the printer says so."""
    job = PrintJob("certificate", copies=3, sides=Sides.LONG_EDGE, tray="main")
    assert await printer.print_document(TWO_PAGES, job) == CONFIRMED
    (sheet,) = simulated.printed
    assert sheet.pdf == TWO_PAGES
    assert sheet.how["IPP_COPIES"] == "3"
    assert sheet.how["IPP_SIDES"] == "two-sided-long-edge"
    assert sheet.how["IPP_MEDIA_COL"] == "{media-source=main}"
    assert sheet.how["IPP_PRINT_COLOR_MODE"] == "monochrome"


async def test_a_self_test_says_what_it_is(printer: IppDocumentPrinter) -> None:
    """A technician reads the model and what paper is loaded."""
    result = await printer.self_test()
    assert result.status == Ready()
    assert result.model == "Doorstep Eve"
    assert result.facts["paper loaded"] == "iso_a4_210x297mm"


async def test_supplies_are_told(
    simulated: SimulatedDocumentPrinter, printer: IppDocumentPrinter
) -> None:
    """Trays and toner in the printer's own words, with how much there is."""
    simulated.fail("toner-low")
    simulated.fail("paper-low")
    found = {supply.name: supply for supply in await printer.supplies()}
    assert found["Black Toner"].level is Level.LOW
    assert found["main"].level is Level.LOW
    assert found["main"].percent == 8


@pytest.mark.parametrize(
    ("fault", "status"),
    [("paper-out", PaperOut()), ("jam", PaperJammed()), ("cover-open", CoverOpen())],
)
async def test_what_is_in_the_way_beforehand_starts_nothing(
    simulated: SimulatedDocumentPrinter, printer: IppDocumentPrinter, fault: str, status: object
) -> None:
    """No job is made for a printer that can not print, so none waits in it."""
    simulated.fail(fault)
    outcome = await printer.print_document(ONE_PAGE, JOB)
    assert outcome == PrintOutcome(PrintEvidence.NOT_STARTED, status)  # type: ignore[arg-type]
    simulated.heal(fault)
    assert await printer.print_document(ONE_PAGE, JOB) == CONFIRMED
    assert len(simulated.printed) == 1


@pytest.mark.parametrize(
    ("fault", "status"),
    [("paper-out", PaperOut()), ("jam", PaperJammed()), ("cover-open", CoverOpen())],
)
async def test_what_comes_in_the_middle_ends_the_job(
    simulated: SimulatedDocumentPrinter, printer: IppDocumentPrinter, fault: str, status: object
) -> None:
    """The job is taken back: what it held does not come out for the next resident."""
    simulated.fail("stuck-busy")
    printing = asyncio.create_task(printer.print_document(ONE_PAGE, JOB))
    await until(lambda: at_work(simulated))
    simulated.fail(fault)
    outcome = await printing
    assert outcome == PrintOutcome(PrintEvidence.UNKNOWN, status)  # type: ignore[arg-type]
    simulated.behave()
    assert await printer.print_document(TWO_PAGES, JOB) == CONFIRMED
    assert [sheet.pdf for sheet in simulated.printed] == [TWO_PAGES]


async def test_a_printer_that_never_finishes(simulated: SimulatedDocumentPrinter) -> None:
    """A job that takes too long is taken back, and the printer is named as stuck."""
    simulated.fail("stuck-busy")
    printer = IppDocumentPrinter(simulated.where, printing=1.0)
    try:
        outcome = await printer.print_document(ONE_PAGE, JOB)
        assert outcome.evidence is PrintEvidence.UNKNOWN
        fault = fault_of(outcome.status)
        assert fault is not None
        assert fault.code == "documents.stuck"
        simulated.behave()
        await until(lambda: not at_work(simulated))
        assert simulated.printed == []
    finally:
        await printer.close()


async def test_nobody_waits_and_nothing_is_printed(
    simulated: SimulatedDocumentPrinter, printer: IppDocumentPrinter
) -> None:
    """A cancelled command cancels its job at the printer."""
    simulated.fail("stuck-busy")
    printing = asyncio.create_task(printer.print_document(ONE_PAGE, JOB))
    await until(lambda: at_work(simulated))
    printing.cancel()
    await asyncio.gather(printing, return_exceptions=True)
    await until(lambda: not at_work(simulated))
    simulated.behave()
    assert await printer.probe() == Ready()
    assert simulated.printed == []


async def test_a_printer_lost_in_the_middle(
    simulated: SimulatedDocumentPrinter, printer: IppDocumentPrinter
) -> None:
    """Nobody knows what came out of it, and the words say what was in the way."""
    simulated.fail("stuck-busy")
    printing = asyncio.create_task(printer.print_document(ONE_PAGE, JOB))
    await until(lambda: at_work(simulated))
    simulated.unplug()
    outcome = await printing
    assert outcome.evidence is PrintEvidence.UNKNOWN
    assert isinstance(outcome.status, Disconnected)


async def test_a_printer_restarted_in_the_middle(
    simulated: SimulatedDocumentPrinter, printer: IppDocumentPrinter
) -> None:
    """A printer that was off for a moment has lost its job, which is not the same as printed."""
    simulated.fail("stuck-busy")
    printing = asyncio.create_task(printer.print_document(ONE_PAGE, JOB))
    await until(lambda: at_work(simulated))
    simulated.unplug()
    simulated.plug()
    outcome = await printing
    assert outcome.evidence is PrintEvidence.UNKNOWN
    assert isinstance(outcome.status, Disconnected)


async def test_one_that_gives_up_says_why(
    simulated: SimulatedDocumentPrinter, printer: IppDocumentPrinter
) -> None:
    """An aborted job is no print, and the printer's own reason is there for staff."""
    simulated.fail("give-up")
    outcome = await printer.print_document(ONE_PAGE, JOB)
    assert outcome.evidence is PrintEvidence.UNKNOWN
    fault = fault_of(outcome.status)
    assert fault is not None
    assert fault.code == "documents.aborted"
    assert "aborted-by-system" in fault.detail


async def test_the_same_print_is_not_printed_twice(
    simulated: SimulatedDocumentPrinter, printer: IppDocumentPrinter
) -> None:
    """After a crash the same key finds what was printed before it, and does not print again."""
    keyed = PrintJob("certificate", key="5f3c")
    assert await printer.print_document(ONE_PAGE, keyed) == CONFIRMED
    other = IppDocumentPrinter(simulated.where)
    try:
        assert await other.print_document(ONE_PAGE, keyed) == CONFIRMED
        assert len(simulated.printed) == 1
        again = PrintJob("certificate", key="5f3d")
        assert await other.print_document(ONE_PAGE, again) == CONFIRMED
        assert len(simulated.printed) == 2
    finally:
        await other.close()


async def test_a_lost_reply_is_looked_up_and_not_repeated(
    simulated: SimulatedDocumentPrinter,
) -> None:
    """The document went out and the answer was lost: its job is found by name and followed."""
    relay = Relay(simulated.port)
    printer = IppDocumentPrinter(relay.uri, attention=2.0)
    try:
        await printer.probe()
        relay.lose_next_reply = True
        assert (await printer.print_document(ONE_PAGE, JOB)).evidence is PrintEvidence.CONFIRMED
        assert len(simulated.printed) == 1
    finally:
        await printer.close()
        relay.close()


async def test_what_a_crash_left_behind_is_cancelled(
    simulated: SimulatedDocumentPrinter, printer: IppDocumentPrinter
) -> None:
    """A terminal that starts anew finds its old job in the printer and takes it back."""
    simulated.fail("stuck-busy")
    printing = asyncio.create_task(printer.print_document(ONE_PAGE, JOB))
    await until(lambda: at_work(simulated))
    other = IppDocumentPrinter(simulated.where)
    try:
        await other.probe()
        await until(lambda: not at_work(simulated))
        assert (await printing).evidence is PrintEvidence.UNKNOWN
        assert simulated.printed == []
    finally:
        await other.close()


async def test_a_busy_printer_is_asked_again(simulated: SimulatedDocumentPrinter) -> None:
    """A printer that works for somebody else takes ours as soon as it can."""
    simulated.fail("slow")
    pdf = Attribute("document-format", Tag.MIME_TYPE, "application/pdf")
    ipp.ask(simulated.port, Operation.PRINT_JOB, [pdf], document=TWO_PAGES)
    patient = IppDocumentPrinter(simulated.where)
    try:
        assert (await patient.print_document(ONE_PAGE, JOB)).evidence is PrintEvidence.CONFIRMED
        assert [sheet.pdf for sheet in simulated.printed] == [TWO_PAGES, ONE_PAGE]
    finally:
        await patient.close()


@pytest.mark.parametrize(
    ("job", "code", "words"),
    [
        (PrintJob("x", tray="tray-9"), "documents.no_such_tray", "there are auto, main"),
        (PrintJob("x", copies=1000), "documents.copies", "at most 999"),
    ],
)
async def test_what_it_can_not_do_is_not_begun(
    printer: IppDocumentPrinter, job: PrintJob, code: str, words: str
) -> None:
    """Certificates' own paper in another tray is not plain paper: nothing is printed instead."""
    outcome = await printer.print_document(ONE_PAGE, job)
    assert outcome.evidence is PrintEvidence.NOT_STARTED
    fault = fault_of(outcome.status)
    assert fault is not None
    assert fault.code == code
    assert words in fault.detail


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("silence", "no answer"),
        ("garbage", "no IPP printer"),
        ("truncated", "IPP answer"),
        ("broken-off", "closed the connection"),
        ("web-page", "web page"),
        ("not-found", "/ipp/print (HTTP 404)"),
        ("password", "password"),
    ],
)
async def test_what_answers_wrongly_is_named(
    simulated: SimulatedDocumentPrinter, printer: IppDocumentPrinter, wrong: str, words: str
) -> None:
    """Each has its own words, nothing is printed, and afterwards all is well."""
    simulated.misbehave(wrong)
    outcome = await printer.print_document(ONE_PAGE, JOB)
    assert outcome.evidence is PrintEvidence.NOT_STARTED
    assert isinstance(outcome.status, Disconnected)
    assert words in outcome.status.reason
    assert simulated.where in outcome.status.reason
    with pytest.raises(DeviceError):
        await printer.supplies()
    simulated.behave()
    assert await printer.probe() == Ready()


async def test_a_certificate_nobody_vouches_for(simulated: SimulatedDocumentPrinter) -> None:
    """An encrypted printer is believed only by the system's own store of certificates."""
    printer = IppDocumentPrinter(simulated.where.replace("ipp://", "ipps://"))
    try:
        status = await printer.probe()
        assert isinstance(status, Disconnected)
        assert "certificate is not trusted" in status.reason
    finally:
        await printer.close()


@pytest.mark.parametrize(
    ("uri", "words"),
    [
        ("ipp://127.0.0.1:1/ipp/print", "takes no connection"),
        ("ipp://printer.invalid/ipp/print", "no such host"),
    ],
)
async def test_a_wrong_address_is_named(uri: str, words: str) -> None:
    """A technician reads what is wrong with what they wrote."""
    printer = IppDocumentPrinter(uri)
    try:
        status = await printer.probe()
        assert isinstance(status, Disconnected)
        assert words in status.reason
        assert slug((await printer.self_test()).status) == "disconnected"
    finally:
        await printer.close()


@pytest.mark.parametrize("uri", ["http://printer/", "ipp:", "ipp://host:99999/x", "/dev/lp0"])
def test_what_is_no_address_is_refused(uri: str) -> None:
    """What no printer can be found at is refused with what to write."""
    with pytest.raises(AddressError, match="write ipp://"):
        IppDocumentPrinter(uri)


# --- printers like no other ---


async def printed_by(scripted: ScriptedPrinter, *, printing: float = 5.0) -> PrintOutcome:
    """How a print ends there."""
    with serving(scripted) as uri:
        printer = IppDocumentPrinter(uri, attention=1.0, printing=printing)
        try:
            return await printer.print_document(ONE_PAGE, JOB)
        finally:
            await printer.close()


def state(*reasons: str, printer_state: int = 3) -> Callable[[], bytes]:
    """A printer that gives these reasons."""
    said = [
        Attribute("printer-state", Tag.ENUM, printer_state),
        Attribute("printer-state-reasons", Tag.KEYWORD, list(reasons)),
    ]
    return lambda: answer(printer=[*said, *READY[2:]])


async def test_one_that_forgets_at_once_is_trusted() -> None:
    """A printer that knows the job no more has all its bytes, and no evidence of a sheet."""
    forgetful = ScriptedPrinter({Operation.GET_JOB_ATTRIBUTES: lambda: answer(0x0406)})
    assert await printed_by(forgetful) == PrintOutcome(PrintEvidence.SENT, Ready())


async def test_one_that_counts_no_page_is_not_believed() -> None:
    """A job completed without a single page is no evidence that a page came out."""
    none = Attribute("job-impressions-completed", Tag.INTEGER, 0)
    blank = ScriptedPrinter(
        {Operation.GET_JOB_ATTRIBUTES: lambda: answer(jobs=[job(JobState.COMPLETED, none)])}
    )
    assert await printed_by(blank) == PrintOutcome(PrintEvidence.SENT, Ready())


async def test_one_that_does_not_count_is_believed() -> None:
    """Where pages are not counted, completed is the printer's word."""
    plain = ScriptedPrinter(
        {Operation.GET_JOB_ATTRIBUTES: lambda: answer(jobs=[job(JobState.COMPLETED)])}
    )
    assert await printed_by(plain) == CONFIRMED


async def test_a_state_query_that_fails_stops_no_print() -> None:
    """A printer that can not say how it is may print all the same."""
    dumb = ScriptedPrinter(
        {
            Operation.GET_PRINTER_ATTRIBUTES: lambda: answer(0x0500),
            Operation.GET_JOB_ATTRIBUTES: lambda: answer(jobs=[job(JobState.COMPLETED)]),
        }
    )
    assert await printed_by(dumb) == PrintOutcome(PrintEvidence.CONFIRMED, Unknown())


async def test_warnings_stop_no_print() -> None:
    """Low toner and an empty second tray are for staff, not for the resident."""
    grumbling = ScriptedPrinter(
        {
            Operation.GET_PRINTER_ATTRIBUTES: state(
                "toner-empty-warning", "marker-waste-full-report"
            ),
            Operation.GET_JOB_ATTRIBUTES: lambda: answer(jobs=[job(JobState.COMPLETED)]),
        }
    )
    assert (await printed_by(grumbling)).evidence is PrintEvidence.CONFIRMED


async def test_a_job_cancelled_at_the_panel() -> None:
    """Somebody pressed cancel: it did not begin, so nothing is out, and it may be tried again."""
    never = Attribute("time-at-processing", Tag.NO_VALUE, "")
    why = Attribute("job-state-reasons", Tag.KEYWORD, "job-canceled-at-device")
    cancelled = ScriptedPrinter(
        {Operation.GET_JOB_ATTRIBUTES: lambda: answer(jobs=[job(JobState.CANCELED, never, why)])}
    )
    outcome = await printed_by(cancelled)
    assert outcome.evidence is PrintEvidence.NOT_STARTED
    fault = fault_of(outcome.status)
    assert fault is not None
    assert fault.code == "documents.cancelled"
    assert "job-canceled-at-device" in fault.detail


async def test_a_refused_document_says_why() -> None:
    """The printer's own words for a refusal, and that nothing went out."""
    picky = ScriptedPrinter({Operation.PRINT_JOB: lambda: answer(0x040A)})
    outcome = await printed_by(picky)
    assert outcome.evidence is PrintEvidence.NOT_STARTED
    assert isinstance(outcome.status, HardwareError)
    assert "Print-Job: document-format-not-supported" in outcome.status.fault.detail


async def test_a_printer_busy_for_too_long() -> None:
    """What never takes the document has not begun, and is busy."""
    busy = ScriptedPrinter({Operation.PRINT_JOB: lambda: answer(0x0507)})
    outcome = await printed_by(busy)
    assert (outcome.evidence, slug(outcome.status)) == (PrintEvidence.NOT_STARTED, "busy")
    assert busy.asked.count(Operation.PRINT_JOB) > 1


async def test_a_held_job_is_taken_back() -> None:
    """A job that its printer holds for ever is cancelled, and said to be stuck."""
    holding = ScriptedPrinter(
        {Operation.GET_JOB_ATTRIBUTES: lambda: answer(jobs=[job(JobState.HELD)])}
    )
    outcome = await printed_by(holding, printing=1.0)
    assert outcome.evidence is PrintEvidence.UNKNOWN
    assert Operation.CANCEL_JOB in holding.asked


async def test_a_printer_at_its_panel_paused_is_resumed() -> None:
    """A paused printer without another trouble is let print again, after our old jobs are gone."""
    states = iter([state("paused", printer_state=5)(), answer(printer=READY)])
    paused = ScriptedPrinter(
        {
            Operation.GET_PRINTER_ATTRIBUTES: lambda: next(states, answer(printer=READY)),
            Operation.GET_JOBS: lambda: answer(jobs=[job(JobState.PENDING, number=3)]),
            Operation.GET_JOB_ATTRIBUTES: lambda: answer(jobs=[job(JobState.COMPLETED)]),
        }
    )
    assert await printed_by(paused) == CONFIRMED
    order = [Operation.CANCEL_JOB, Operation.RESUME_PRINTER, Operation.PRINT_JOB]
    assert [asked for asked in paused.asked if asked in order] == order


async def test_a_paused_printer_without_paper_is_left_alone() -> None:
    """It is resumed only once what stopped it is gone."""
    empty = ScriptedPrinter(
        {Operation.GET_PRINTER_ATTRIBUTES: state("paused", "media-empty-error", printer_state=5)}
    )
    assert await printed_by(empty) == PrintOutcome(PrintEvidence.NOT_STARTED, PaperOut())
    assert Operation.RESUME_PRINTER not in empty.asked
