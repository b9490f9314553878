"""The receipt printer on a real serial port: evidence, and everything that empties or jams."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from drivers.device import (
    CoverOpen,
    Disconnected,
    HardwareError,
    PaperLow,
    PaperOut,
    PrintEvidence,
    PrintOutcome,
    Ready,
    ReceiptPrinter,
    Status,
    Unknown,
)
from drivers.receipt_printer import EscPosReceiptPrinter
from sandbox.devices.receipt_printer import SimulatedReceiptPrinter

RECEIPT = b"\x1b@\x1c&" + "受理回执\n".encode("gb18030") * 40 + b"\x1dVB\x00"

ALL = frozenset({1, 2, 3, 4})

pytestmark = pytest.mark.usefixtures("no_leaks")


@pytest.fixture
def simulated(tmp_path: Path) -> Iterator[SimulatedReceiptPrinter]:
    """A printer on a pty."""
    with SimulatedReceiptPrinter(tmp_path / "printer", expects=115200) as device:
        yield device


@pytest.fixture
async def printer(simulated: SimulatedReceiptPrinter) -> AsyncIterator[EscPosReceiptPrinter]:
    """Our driver at the other end."""
    driver = EscPosReceiptPrinter(str(simulated.link))
    yield driver
    await driver.close()


def test_it_is_a_receipt_printer(printer: EscPosReceiptPrinter) -> None:
    """The driver has the capability it claims."""
    assert isinstance(printer, ReceiptPrinter)


async def test_a_receipt_is_confirmed_by_the_printer_itself(
    simulated: SimulatedReceiptPrinter, printer: EscPosReceiptPrinter
) -> None:
    """Every byte reaches the paper once, and the printer's own answer is the evidence."""
    outcome = await printer.print_receipt(RECEIPT)
    assert outcome == PrintOutcome(PrintEvidence.CONFIRMED, Ready())
    assert simulated.take().replace(b"\x1da\x00", b"") == RECEIPT


async def test_no_paper_before_the_receipt(
    simulated: SimulatedReceiptPrinter, printer: EscPosReceiptPrinter
) -> None:
    """An empty printer gets not one byte of the receipt."""
    simulated.paper_out()
    outcome = await printer.print_receipt(RECEIPT)
    assert outcome == PrintOutcome(PrintEvidence.NOT_STARTED, PaperOut())
    simulated.load_paper()
    assert b"\x1dV" not in simulated.take()


async def test_no_paper_during_the_receipt(
    simulated: SimulatedReceiptPrinter, printer: EscPosReceiptPrinter
) -> None:
    """Paper that ends in the middle leaves the outcome unknown and says why."""
    simulated.paper_out(after=100)
    outcome = await printer.print_receipt(RECEIPT)
    assert outcome == PrintOutcome(PrintEvidence.UNKNOWN, PaperOut())


async def test_an_open_cover_starts_nothing(
    simulated: SimulatedReceiptPrinter, printer: EscPosReceiptPrinter
) -> None:
    """An open cover is said before the first byte, and forgotten once it is shut."""
    simulated.cover(is_open=True)
    outcome = await printer.print_receipt(RECEIPT)
    assert outcome == PrintOutcome(PrintEvidence.NOT_STARTED, CoverOpen())
    simulated.cover(is_open=False)
    assert (await printer.print_receipt(RECEIPT)).evidence is PrintEvidence.CONFIRMED


async def test_a_printer_that_never_answers_still_prints(
    simulated: SimulatedReceiptPrinter, printer: EscPosReceiptPrinter
) -> None:
    """A status query that fails does not stop a print; it is called sent, not printed."""
    simulated.answers, simulated.confirms = frozenset(), False
    assert await printer.probe() == Unknown()
    outcome = await printer.print_receipt(RECEIPT)
    assert outcome == PrintOutcome(PrintEvidence.SENT, Unknown())
    assert simulated.take().endswith(RECEIPT)


async def test_a_printer_that_cannot_confirm_is_not_waited_for_twice(
    simulated: SimulatedReceiptPrinter,
) -> None:
    """Some answer DLE EOT and not GS r: their receipts are sent; one that learns it is believed."""
    simulated.confirms = False
    driver = EscPosReceiptPrinter(str(simulated.link), printing=1.0)
    for _ in range(2):
        assert await driver.print_receipt(RECEIPT) == PrintOutcome(PrintEvidence.SENT, Ready())
    simulated.confirms = True
    assert (await driver.print_receipt(RECEIPT)).evidence is PrintEvidence.CONFIRMED
    await driver.close()


async def test_a_printer_that_falls_silent_is_lost(
    simulated: SimulatedReceiptPrinter, printer: EscPosReceiptPrinter
) -> None:
    """One that used to answer and does not any more is switched off: connected is not talking."""
    assert await printer.probe() == Ready()
    simulated.answers = frozenset()
    status = await printer.probe()
    assert isinstance(status, Disconnected)
    assert "no answer" in status.reason
    simulated.answers = ALL
    assert await printer.probe() == Ready()


async def test_what_was_not_asked_for_answers_nothing(
    simulated: SimulatedReceiptPrinter, printer: EscPosReceiptPrinter
) -> None:
    """Answers look alike: late ones (16: an open drawer, or a cover) are not taken for new ones."""
    assert await printer.probe() == Ready()
    simulated.send(bytes.fromhex("161616"))
    assert await printer.probe() == Ready()


async def test_the_roll_that_ends_soon_is_seen(
    simulated: SimulatedReceiptPrinter, printer: EscPosReceiptPrinter
) -> None:
    """Near the end it still prints, and says so."""
    simulated.near_end()
    assert await printer.probe() == PaperLow()
    assert await printer.print_receipt(RECEIPT) == PrintOutcome(PrintEvidence.CONFIRMED, PaperLow())


async def test_a_stuck_cutter_is_the_attendants(
    simulated: SimulatedReceiptPrinter, printer: EscPosReceiptPrinter
) -> None:
    """A cutter error is a hardware error with its cause."""
    simulated.jam_cutter(is_jammed=True)
    status = await printer.probe()
    assert isinstance(status, HardwareError)
    assert status.fault.code == "printer.cutter"


async def test_unplugged_and_plugged_in_again(
    simulated: SimulatedReceiptPrinter, printer: EscPosReceiptPrinter
) -> None:
    """Pulled: nothing was started. Plugged in: the same driver prints again."""
    assert await printer.probe() == Ready()
    simulated.unplug()
    outcome = await printer.print_receipt(RECEIPT)
    assert outcome.evidence is PrintEvidence.NOT_STARTED
    assert isinstance(outcome.status, Disconnected)
    simulated.plug()
    assert (await printer.print_receipt(RECEIPT)).evidence is PrintEvidence.CONFIRMED


async def test_a_printer_that_knows_only_two_questions_is_understood(
    simulated: SimulatedReceiptPrinter, printer: EscPosReceiptPrinter
) -> None:
    """Many answer only DLE EOT 1 and 4: paper is still seen."""
    simulated.answers = frozenset({1, 4})
    assert await printer.probe() == Ready()
    simulated.paper_out()
    assert await printer.probe() == PaperOut()


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[SimulatedReceiptPrinter]:
    """A printer whose head takes a second for a receipt."""
    with SimulatedReceiptPrinter(tmp_path / "slow", speed=len(RECEIPT)) as device:
        yield device


async def test_a_slow_printer_is_waited_for(slow: SimulatedReceiptPrinter) -> None:
    """Confirmed is said when the last line is on the paper, not when the last byte was sent."""
    driver = EscPosReceiptPrinter(str(slow.link))
    outcome = await driver.print_receipt(RECEIPT)
    await driver.close()
    assert outcome == PrintOutcome(PrintEvidence.CONFIRMED, Ready())
    assert slow.take().endswith(RECEIPT)


@pytest.mark.parametrize(
    ("what", "status"),
    [
        (SimulatedReceiptPrinter.unplug, Disconnected),
        (SimulatedReceiptPrinter.paper_out, PaperOut),
        (lambda printer: printer.cover(is_open=True), CoverOpen),
        (lambda printer: printer.jam_cutter(is_jammed=True), HardwareError),
    ],
    ids=["unplugged", "paper out", "cover open", "jam"],
)
async def test_trouble_in_the_middle_is_unknown_and_says_why(
    slow: SimulatedReceiptPrinter,
    what: Callable[[SimulatedReceiptPrinter], None],
    status: type[Status],
) -> None:
    """With ink on the paper and the rest missing, nobody says that it was printed."""
    driver = EscPosReceiptPrinter(str(slow.link))
    printing = asyncio.create_task(driver.print_receipt(RECEIPT))
    assert await asyncio.to_thread(slow.wait_for_ink, len(RECEIPT) // 4, 10)
    what(slow)
    outcome = await printing
    await driver.close()
    assert outcome.evidence is PrintEvidence.UNKNOWN
    assert isinstance(outcome.status, status)


async def test_pulling_and_plugging_leaves_nothing_behind(
    simulated: SimulatedReceiptPrinter, printer: EscPosReceiptPrinter
) -> None:
    """Fifty times unplugged and plugged in: the printer is back each time."""
    for _ in range(50):
        simulated.unplug()
        assert isinstance(await printer.probe(), Disconnected)
        simulated.plug()
        assert await printer.probe() == Ready()
