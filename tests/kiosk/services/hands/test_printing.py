"""Receipts, certificates and copies on simulated printers, with the platform's leave."""

from __future__ import annotations

import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from drivers.device import NotFitted, PrintEvidence, PrintOutcome, Unknown
from kiosk.core import events
from kiosk.core.cases import (
    Accepted,
    Application,
    Attachment,
    Certificate,
    Issued,
    Kept,
    Noted,
)
from kiosk.core.catalogue import Language, Text
from kiosk.core.effects import (
    DrawCertificate,
    EndVisit,
    PrintCertificate,
    PrintPages,
    PrintReceipt,
    Submit,
)
from kiosk.core.inquiries import OpenCertificate, OpenedCertificate
from kiosk.core.troubles import Trouble
from sandbox import ipp
from sandbox.devices.document_printer import SimulatedDocumentPrinter
from sandbox.platform.certificates.prints import QUOTA
from sandbox.platform.faults import Mode
from sandbox.platform.offer import PROOF_CODE
from tests.kiosk.services.hands.bench import Bench, bench
from tests.kiosk.services.hands.people import WANG, jpeg
from tests.kiosk.services.paper_office import certificate
from tests.kiosk.services.scripted import says

pytestmark = pytest.mark.usefixtures("no_leaks")
with_sheets = pytest.mark.skipif(bool(ipp.missing()), reason=ipp.missing() or "nothing is missing")

SUBJECT = Text("养老保险参保证明", "Proof of pension insurance")
KEPT = Kept("test-0001-261123-48017-K")
CHINESE = Language.CHINESE


def receipt(outcome: Issued | Accepted | Noted | Kept) -> PrintReceipt:
    """The first receipt of it."""
    return PrintReceipt(1, SUBJECT, WANG, outcome, CHINESE, copy=0)


async def issued(counter: Bench) -> Issued:
    """A certificate that the platform just issued."""
    counter.carry_out(Submit(1, Application(PROOF_CODE, (PROOF_CODE,), WANG)))
    outcome = (await counter.come(events.Decided)).outcome
    assert isinstance(outcome, Issued)
    return outcome


# --- receipts ---


@pytest.mark.parametrize(
    "outcome",
    [
        Accepted("990000-20261123-000018", date(2026, 12, 20), date(2027, 2, 1)),
        Noted("990000-20261123-000019", date(2026, 12, 8)),
        KEPT,
    ],
)
async def test_a_receipt_comes_out(tmp_path: Path, outcome: Accepted | Noted | Kept) -> None:
    """The printer confirms it, and the number by which it is found is on it."""
    async with bench(tmp_path) as counter:
        counter.carry_out(receipt(outcome))
        ended = await counter.come(events.PrintEnded)
        assert ended.outcome.evidence is PrintEvidence.CONFIRMED
        number = outcome.case_number if isinstance(outcome, Accepted) else outcome.number
        assert number.encode() in counter.world.printer.printed
        assert counter.report.told == ["print_confirmed"]


async def test_a_second_receipt_of_the_same_is_a_copy(tmp_path: Path) -> None:
    """Whoever asks for it, and though the visit that printed the first is over."""
    async with bench(tmp_path) as counter:
        for mark in (False, True):
            counter.carry_out(receipt(KEPT))
            await counter.come(events.PrintEnded)
            assert ("补打".encode("gb18030") in counter.world.printer.printed) is mark
            counter.world.printer.take()
            counter.carry_out(EndVisit(1))


async def test_a_receipt_is_finished_though_its_visit_ended(tmp_path: Path) -> None:
    """What is being printed is not broken off."""
    async with bench(tmp_path) as counter:
        counter.carry_out(receipt(KEPT))
        counter.carry_out(EndVisit(1))
        await counter.hands.settle()
        assert (await counter.come(events.PrintEnded)).outcome.evidence is PrintEvidence.CONFIRMED


# --- certificates on the screen ---


async def test_a_certificate_is_drawn(tmp_path: Path) -> None:
    """As a PNG; of two that are asked for, only the second: the first is looked at no more."""
    async with bench(tmp_path) as counter:
        certificate = (await issued(counter)).certificate
        counter.carry_out(DrawCertificate(1, certificate, CHINESE))
        counter.carry_out(DrawCertificate(2, certificate, CHINESE))
        drawn = await counter.come(events.CertificateDrawn)
        assert drawn.visit == 2
        assert drawn.picture is not None
        assert drawn.picture.startswith(b"\x89PNG")
        await counter.hands.settle()
        assert counter.events.empty()


async def test_a_mistake_of_ours_keeps_nobody_waiting(tmp_path: Path) -> None:
    """What can not be typeset is told; its contents stand in no log."""
    broken = Certificate.__new__(Certificate)
    async with bench(tmp_path) as counter:
        counter.carry_out(DrawCertificate(7, broken, CHINESE))
        assert (await counter.come(events.EffectFailed)).visit == 7


# --- certificates on paper ---


@asynccontextmanager
async def with_printer(home: Path) -> AsyncIterator[tuple[Bench, SimulatedDocumentPrinter]]:
    """Hands with a document printer."""
    async with bench(home, "document-printer") as counter:
        printer = counter.world.devices["document-printer"]
        assert isinstance(printer, SimulatedDocumentPrinter)
        yield counter, printer


def words(pdf: bytes) -> str:
    """All text of a PDF as it was set, without blanks."""
    command = ["pdftotext", "-raw", "-", "-"]
    found = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return "".join(found.stdout.decode().split())


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has."""
    found = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True)
    return int(found.stdout.decode().partition("Pages:")[2].split()[0])


async def left(counter: Bench, certificate: Certificate) -> int:
    """How often it may still be printed today."""
    opened = await counter.platform.consult(OpenCertificate(WANG, certificate.number))
    assert isinstance(opened, OpenedCertificate)
    return opened.left


@with_sheets
async def test_a_certificate_is_printed_with_the_platforms_watermark(tmp_path: Path) -> None:
    """What comes out says that it is a print, of which terminal, and can be verified."""
    async with with_printer(tmp_path) as (counter, printer):
        certificate = (await issued(counter)).certificate
        counter.carry_out(PrintCertificate(1, WANG, certificate, CHINESE))
        ended = await counter.come(events.SheetsEnded)
        assert ended.sheets == 1
        assert ended.outcome is not None
        assert ended.outcome.evidence is PrintEvidence.CONFIRMED
        [printed] = printer.printed
        text = words(printed.pdf)
        assert "由test-0001号终端打印" in text
        assert text.count(certificate.check_code) > 3
        assert await left(counter, certificate) == QUOTA - 1


@with_sheets
async def test_the_platform_allows_so_many_prints_a_day(tmp_path: Path) -> None:
    """The next one is not begun, and the resident hears why."""
    async with with_printer(tmp_path) as (counter, printer):
        certificate = (await issued(counter)).certificate
        for _ in range(QUOTA):
            counter.carry_out(PrintCertificate(1, WANG, certificate, CHINESE))
            assert (await counter.come(events.SheetsEnded)).outcome is not None
        counter.carry_out(PrintCertificate(1, WANG, certificate, CHINESE))
        ended = await counter.come(events.SheetsEnded)
        assert ended.refused is Trouble.QUOTA_USED
        assert ended.outcome.evidence is PrintEvidence.NOT_STARTED
        assert len(printer.printed) == QUOTA
        assert counter.report.told[-1] == "sheets_refused"


@with_sheets
async def test_what_was_not_printed_does_not_count(tmp_path: Path) -> None:
    """A printer that is off costs the resident none of their prints."""
    async with with_printer(tmp_path) as (counter, printer):
        certificate = (await issued(counter)).certificate
        printer.unplug()
        counter.carry_out(PrintCertificate(1, WANG, certificate, CHINESE))
        ended = await counter.come(events.SheetsEnded)
        assert ended.outcome is not None
        assert ended.outcome.evidence is PrintEvidence.NOT_STARTED
        await counter.hands.settle()
        assert await left(counter, certificate) == QUOTA


@with_sheets
async def test_a_leave_whose_answer_is_lost_is_given_back_once_the_platform_answers(
    tmp_path: Path,
) -> None:
    """It may have been given: it is given back again and again until the platform says so."""
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            counter.server.faults(Mode.OFF)

    async with bench(tmp_path, "document-printer", sleep=sleep) as counter:
        certificate = (await issued(counter)).certificate
        counter.server.faults(Mode.DROP_AFTER)
        counter.carry_out(PrintCertificate(1, WANG, certificate, CHINESE))
        ended = await counter.come(events.SheetsEnded)
        assert ended.outcome == PrintOutcome(PrintEvidence.NOT_STARTED, Unknown())
        await counter.hands.settle()
        assert len(pauses) == 3
        assert await left(counter, certificate) == QUOTA


@with_sheets
async def test_leave_against_the_contract_is_none_and_staff_hears_of_it(tmp_path: Path) -> None:
    """Nothing is printed, and the resident is told that it is not their fault."""
    nonsense = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n[]"

    async def sleep(_seconds: float) -> None:
        """Nothing is to be given back that anybody knows of."""

    async with (
        says(nonsense) as script,
        bench(tmp_path, "document-printer", sleep=sleep, platform=script.platform) as counter,
    ):
        counter.carry_out(PrintCertificate(1, WANG, certificate(WANG, "CB1"), CHINESE))
        ended = await counter.come(events.SheetsEnded)
        assert ended.refused is Trouble.UNEXPECTED
        assert counter.report.told == ["platform_odd", "sheets_refused"]
        await counter.hands.settle()


async def test_without_a_printer_nothing_is_asked_for(tmp_path: Path) -> None:
    """Neither the platform's leave nor paper."""
    async with bench(tmp_path) as counter:
        certificate = (await issued(counter)).certificate
        counter.carry_out(PrintCertificate(1, WANG, certificate, CHINESE))
        ended = await counter.come(events.SheetsEnded)
        assert ended.outcome == PrintOutcome(PrintEvidence.NOT_STARTED, NotFitted())
        assert await left(counter, certificate) == QUOTA


# --- copies ---


@with_sheets
async def test_copies_come_out_so_many_times(tmp_path: Path) -> None:
    """Each page on a sheet of its own, the whole as often as was asked."""
    pages = tuple(
        Attachment(sha256(content).hexdigest(), content=content)
        for content in (jpeg(), jpeg(337, 213))
    )
    async with with_printer(tmp_path) as (counter, printer):
        counter.carry_out(PrintPages(1, pages, 3))
        ended = await counter.come(events.SheetsEnded)
        assert ended.outcome is not None
        assert (ended.outcome.evidence, ended.sheets) == (PrintEvidence.CONFIRMED, 6)
        [printed] = printer.printed
        assert pages_of(printed.pdf) == len(pages)
        assert printed.how["IPP_COPIES"] == "3"
