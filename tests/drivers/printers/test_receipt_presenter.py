"""A printer that holds receipts out: taken, not taken, pulled back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from drivers.device import (
    CoverOpen,
    Level,
    PaperJammed,
    PrintEvidence,
    PrintOutcome,
    Ready,
    ReceiptPrinter,
    Slot,
    Status,
    Supply,
    UserError,
)
from drivers.printers.receipt_presenter import NOT_TAKEN, PresentingReceiptPrinter
from sandbox.devices.receipt_presenter import SimulatedPresenter
from sandbox.devices.receipt_printer import PrinterFault
from sandbox.devices.simulator import WireFault
from sandbox.lines import Lines

RECEIPT = b"\x1b@" + b"receipt\n" * 40 + b"\x1dVB\x00"
CONFIRMED = PrintOutcome(PrintEvidence.CONFIRMED, Ready())
AN_AGE = 3600.0

pytestmark = pytest.mark.usefixtures("no_leaks")


@pytest.fixture
def simulated(tmp_path: Path) -> Iterator[SimulatedPresenter]:
    """A kiosk printer on a serial port."""
    with SimulatedPresenter(tmp_path / "printer", expects=115200) as device:
        yield device


@pytest.fixture
async def printer(simulated: SimulatedPresenter) -> AsyncIterator[PresentingReceiptPrinter]:
    """Our driver; nothing is said to be left behind before an hour."""
    driver = PresentingReceiptPrinter(simulated.where, patience=AN_AGE)
    yield driver
    await driver.close()


@pytest.fixture
async def hasty(simulated: SimulatedPresenter) -> AsyncIterator[PresentingReceiptPrinter]:
    """Our driver; whatever waits was waiting too long, and is pulled back a little later."""
    driver = PresentingReceiptPrinter(simulated.where, patience=0.3)
    yield driver
    await driver.close()


def test_it_is_a_receipt_printer(printer: PresentingReceiptPrinter) -> None:
    """The driver has the capability it claims."""
    assert isinstance(printer, ReceiptPrinter)


async def test_a_receipt_is_held_out_until_it_is_taken(
    simulated: SimulatedPresenter, printer: PresentingReceiptPrinter
) -> None:
    """The slot is empty, then a receipt waits in it, then it is empty again; all that is ready."""
    assert await printer.slot() is Slot.EMPTY
    assert await printer.print_receipt(RECEIPT) == CONFIRMED
    assert await printer.slot() is Slot.WAITING
    assert await printer.probe() == Ready()
    assert simulated.take() == RECEIPT
    assert await printer.slot() is Slot.EMPTY


async def test_a_receipt_is_pulled_back_on_demand(
    simulated: SimulatedPresenter, printer: PresentingReceiptPrinter
) -> None:
    """What a resident leaves behind can be taken out of the next one's sight."""
    await printer.print_receipt(RECEIPT)
    assert await printer.retract() is Slot.EMPTY
    assert simulated.retracted == RECEIPT
    assert await printer.retract() is Slot.EMPTY
    assert simulated.retracted == RECEIPT


async def becomes(printer: PresentingReceiptPrinter, wanted: Status) -> None:
    """Probe until the printer is so, as the terminal does."""
    async with asyncio.timeout(20):
        while await printer.probe() != wanted:
            pass


async def test_a_receipt_not_taken_is_said_and_then_pulled_back(
    simulated: SimulatedPresenter, hasty: PresentingReceiptPrinter
) -> None:
    """The resident is told first; then the printer is ready for the next one by itself."""
    await hasty.print_receipt(RECEIPT)
    await becomes(hasty, UserError(NOT_TAKEN))
    assert NOT_TAKEN.code == "printer.not_taken"
    await becomes(hasty, Ready())
    assert simulated.retracted == RECEIPT
    assert await hasty.slot() is Slot.EMPTY


async def test_taking_it_late_is_as_good(
    simulated: SimulatedPresenter, hasty: PresentingReceiptPrinter
) -> None:
    """A receipt that is taken after all leaves no trouble, and nothing is pulled back."""
    await hasty.print_receipt(RECEIPT)
    await becomes(hasty, UserError(NOT_TAKEN))
    simulated.take()
    await becomes(hasty, Ready())
    assert simulated.retracted == b""


async def test_the_next_receipt_never_meets_the_last_one(
    simulated: SimulatedPresenter, printer: PresentingReceiptPrinter
) -> None:
    """What still hangs in the slot is pulled back before anything is printed."""
    await printer.print_receipt(b"first\n")
    assert await printer.print_receipt(b"second\n") == CONFIRMED
    assert simulated.retracted == b"first\n"
    assert simulated.take() == b"second\n"


async def test_a_receipt_from_before_the_start_is_pulled_back_too(
    simulated: SimulatedPresenter, printer: PresentingReceiptPrinter
) -> None:
    """A terminal that was switched off with a receipt in the slot does not hand it on."""
    await printer.print_receipt(b"first\n")
    other = PresentingReceiptPrinter(simulated.where)
    await printer.close()
    assert await other.print_receipt(b"second\n") == CONFIRMED
    await other.close()
    assert simulated.retracted == b"first\n"


async def test_the_roll_has_a_length(
    simulated: SimulatedPresenter, printer: PresentingReceiptPrinter
) -> None:
    """The centimetres are the printer's own count, and printing uses them up."""
    simulated.centimetres = 510
    assert await printer.supplies() == (Supply("roll", Level.FULL, centimetres=510),)
    await printer.print_receipt(RECEIPT)
    (roll,) = await printer.supplies()
    assert roll.centimetres == 493
    assert (await printer.self_test()).facts["roll_centimetres"] == "493"


async def test_a_length_that_is_told_late_confirms_nothing(simulated: SimulatedPresenter) -> None:
    """The letters of "510cm" look like answers to GS r, and are none."""
    simulated.confirms = False
    driver = PresentingReceiptPrinter(simulated.where, printing=1.0)
    printing = asyncio.create_task(driver.print_receipt(RECEIPT))
    assert await asyncio.to_thread(simulated.wait_for_ink, len(RECEIPT), 10)
    simulated.send(b"510cm")
    assert (await printing).evidence is PrintEvidence.SENT
    await driver.close()


async def test_a_status_cut_short_is_asked_for_again(
    simulated: SimulatedPresenter, printer: PresentingReceiptPrinter
) -> None:
    """Half of a status is never put together with half of the next."""
    assert await printer.probe() == Ready()
    simulated.faults.begin(WireFault.TRUNCATED, times=1)
    assert await printer.print_receipt(RECEIPT) == CONFIRMED
    assert simulated.take() == RECEIPT


@pytest.mark.parametrize(
    ("fault", "status"),
    [(PrinterFault.JAM, PaperJammed()), (PrinterFault.COVER_OPEN, CoverOpen())],
)
async def test_trouble_while_it_presents_is_unknown(
    simulated: SimulatedPresenter,
    printer: PresentingReceiptPrinter,
    fault: PrinterFault,
    status: Status,
) -> None:
    """A receipt that sticks on its way out is not called printed."""
    simulated.pace = len(RECEIPT)
    printing = asyncio.create_task(printer.print_receipt(RECEIPT))
    assert await asyncio.to_thread(simulated.wait_for_ink, len(RECEIPT) // 4, 10)
    simulated.begin(fault)
    assert await printing == PrintOutcome(PrintEvidence.UNKNOWN, status)


async def test_lines_take_a_receipt(
    simulated: SimulatedPresenter, printer: PresentingReceiptPrinter
) -> None:
    """`printer take` is a resident's hand."""
    await printer.print_receipt(RECEIPT)
    said = Lines(simulated.actors).act("printer take")
    assert said == f"printer: {len(RECEIPT)} bytes of print were taken"
    assert await printer.slot() is Slot.EMPTY
