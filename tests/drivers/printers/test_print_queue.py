"""Queues of a real CUPS: paused, resumed, emptied, and what their word is worth."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from drivers.device import (
    Disconnected,
    HardwareError,
    PaperOut,
    PrintEvidence,
    PrintJob,
    PrintOutcome,
    Ready,
    Status,
    slug,
)
from drivers.printers.document_printer import IppDocumentPrinter
from sandbox import cups, ipp
from sandbox.cups import Scheduler
from sandbox.devices.document_printer import SimulatedDocumentPrinter
from tests.drivers.documents import ONE_PAGE, TWO_PAGES

JOB = PrintJob("certificate")

# A printer on a cable: without paper it stops its queue, as CUPS' own backends do.
CABLE = """\
#!/bin/sh
[ $# -eq 0 ] && exit 0
if [ -e {home}/empty ]; then
  echo "STATE: +media-empty-error" >&2
  exit 4
fi
if [ -e {home}/slow ]; then sleep 1; fi
cat "${{6:--}}" > {home}/out/$1.pdf
"""

pytestmark = [pytest.mark.usefixtures("no_leaks"), pytest.mark.timeout(120)]


@pytest.fixture
def home() -> Iterator[Path]:
    """Where the printer on a cable has its paper, and where the user lp gets in."""
    with TemporaryDirectory(prefix="doorstep-queue-") as directory:
        home = Path(directory)
        home.chmod(0o711)
        (home / "out").mkdir()
        yield home


@pytest.fixture
def scheduler(home: Path) -> Iterator[Scheduler]:
    """A CUPS with a queue for a printer on a cable."""
    if why := cups.missing():
        pytest.skip(why)
    with Scheduler(home / "cups") as scheduler:
        scheduler.backend("cable", CABLE.format(home=home))
        scheduler.add("cable", "cable:/printer")
        yield scheduler


@pytest.fixture
def network(home: Path) -> Iterator[SimulatedDocumentPrinter]:
    """A printer on the network."""
    if why := ipp.missing():
        pytest.skip(why)
    with SimulatedDocumentPrinter(home / "device") as printer:
        yield printer


@pytest.fixture
async def cable(scheduler: Scheduler) -> AsyncIterator[IppDocumentPrinter]:
    """Our driver for the queue of the printer on a cable."""
    uri = scheduler.uri("cable")
    driver = IppDocumentPrinter(uri, scheduler=scheduler.socket, attention=1.0)
    yield driver
    await driver.close()


@pytest.fixture
async def queue(
    scheduler: Scheduler, network: SimulatedDocumentPrinter
) -> AsyncIterator[IppDocumentPrinter]:
    """Our driver for a queue of the printer on the network."""
    scheduler.add("net", network.where, "-m", "everywhere")
    driver = IppDocumentPrinter(
        scheduler.uri("net"), scheduler=scheduler.socket, attention=2.0, printing=60
    )
    yield driver
    await driver.close()


async def becomes(device: IppDocumentPrinter, state: str) -> Status:
    """Probe until it is so."""
    deadline = time.monotonic() + 20
    while slug(status := await device.probe()) != state:
        assert time.monotonic() < deadline, f"{state} did not come; it is {status}"
        await asyncio.sleep(0.05)
    return status


def until(true: Callable[[], object]) -> None:
    """Wait for it."""
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def paper(home: Path) -> list[bytes]:
    """What came out of the printer on a cable."""
    return [file.read_bytes() for file in sorted((home / "out").iterdir())]


def waiting(scheduler: Scheduler) -> str:
    """What still waits in the queues."""
    return scheduler.run("lpstat", "-o")


async def test_a_queue_that_only_sends_bytes_says_sent(
    home: Path, cable: IppDocumentPrinter
) -> None:
    """CUPS calls a job completed when the bytes are out; that is no evidence of a sheet."""
    outcome = await cable.print_document(ONE_PAGE, JOB)
    assert outcome == PrintOutcome(PrintEvidence.SENT, Ready())
    assert paper(home) == [ONE_PAGE]


async def test_a_queue_of_an_ipp_printer_confirms(
    network: SimulatedDocumentPrinter, queue: IppDocumentPrinter
) -> None:
    """Its job is completed when the printer itself has said so."""
    outcome = await queue.print_document(TWO_PAGES, PrintJob("certificate", copies=2))
    assert outcome.evidence is PrintEvidence.CONFIRMED
    assert [sheet.how["IPP_COPIES"] for sheet in network.printed] == ["2"]


async def test_a_paused_queue_is_emptied_before_it_is_resumed(
    home: Path, scheduler: Scheduler, cable: IppDocumentPrinter
) -> None:
    """After paper is loaded the next resident's print comes out, and nobody else's before it."""
    (home / "empty").touch()
    outcome = await cable.print_document(ONE_PAGE, JOB)
    assert outcome == PrintOutcome(PrintEvidence.UNKNOWN, PaperOut())
    assert waiting(scheduler) == ""
    scheduler.run("cupsdisable", "cable")
    scheduler.run("lp", "-d", "cable", "/etc/hostname")
    assert "cable-" in waiting(scheduler)
    (home / "empty").unlink()
    outcome = await cable.print_document(TWO_PAGES, JOB)
    assert outcome == PrintOutcome(PrintEvidence.SENT, Ready())
    assert paper(home) == [TWO_PAGES]
    assert waiting(scheduler) == ""


async def test_a_queue_that_takes_no_jobs_is_made_to(
    home: Path, scheduler: Scheduler, cable: IppDocumentPrinter
) -> None:
    """A queue that rejects jobs would stay so for ever: nobody is there to tell it otherwise."""
    scheduler.run("cupsreject", "cable")
    assert (await cable.print_document(ONE_PAGE, JOB)).evidence is PrintEvidence.SENT
    assert paper(home) == [ONE_PAGE]


async def test_a_paused_queue_stays_so_while_its_cause_is_there(
    scheduler: Scheduler, network: SimulatedDocumentPrinter, queue: IppDocumentPrinter
) -> None:
    """The printer behind the queue is asked: only it knows whether paper was loaded."""
    network.fail("paper-out")
    scheduler.run("cupsdisable", "net")
    assert await queue.probe() == PaperOut()
    assert "Paused" in scheduler.run("lpstat", "-p", "net")
    outcome = await queue.print_document(ONE_PAGE, JOB)
    assert outcome == PrintOutcome(PrintEvidence.NOT_STARTED, PaperOut())
    network.heal("paper-out")
    assert await queue.probe() == Ready()
    assert "Paused" not in scheduler.run("lpstat", "-p", "net")


async def test_a_queue_knows_when_its_printer_is_gone(
    network: SimulatedDocumentPrinter, queue: IppDocumentPrinter
) -> None:
    """An idle queue says Ready of a printer without power; the printer itself is asked."""
    assert await queue.probe() == Ready()
    network.unplug()
    status = await queue.probe()
    assert isinstance(status, Disconnected)
    assert network.where in status.reason
    network.plug()
    await becomes(queue, "ready")


async def test_a_printer_that_answers_its_queue_alone(
    scheduler: Scheduler, network: SimulatedDocumentPrinter
) -> None:
    """CUPS trusts a printer's own certificate and we do not: that is no fault of the queue."""
    scheduler.add("tls", network.where.replace("ipp:", "ipps:"))
    driver = IppDocumentPrinter(scheduler.uri("tls"), scheduler=scheduler.socket)
    try:
        assert await driver.probe() == Ready()
    finally:
        await driver.close()


async def test_who_may_not_resume_says_so(scheduler: Scheduler) -> None:
    """Over the network nobody is known: the queue stays paused, and staff reads what to do."""
    scheduler.run("cupsdisable", "cable")
    stranger = IppDocumentPrinter(scheduler.uri("cable"))
    try:
        status = await stranger.probe()
        assert isinstance(status, HardwareError)
        assert status.fault.code == "documents.paused"
    finally:
        await stranger.close()


async def test_a_print_nobody_waits_for_leaves_the_queue(
    home: Path, scheduler: Scheduler, cable: IppDocumentPrinter
) -> None:
    """A cancelled command cancels its job, wherever it is by then."""
    (home / "slow").touch()
    printing = asyncio.create_task(cable.print_document(ONE_PAGE, JOB))
    await asyncio.to_thread(until, lambda: waiting(scheduler))
    printing.cancel()
    await asyncio.gather(printing, return_exceptions=True)
    assert await cable.probe() is not None  # it comes after what is left of the print
    assert waiting(scheduler) == ""
    assert paper(home) == []


async def test_a_wrong_name_is_answered_with_the_right_ones(scheduler: Scheduler) -> None:
    """A technician who mistyped the queue reads which there are."""
    driver = IppDocumentPrinter(scheduler.uri("cabel"))
    try:
        status = await driver.probe()
        assert isinstance(status, Disconnected)
        assert "there are cable" in status.reason
    finally:
        await driver.close()
