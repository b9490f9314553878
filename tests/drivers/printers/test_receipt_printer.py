"""The receipt printer on real ports: evidence, and everything that empties, jams or babbles."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from drivers.device import (
    CoverOpen,
    Disconnected,
    HardwareError,
    Level,
    PaperJammed,
    PaperLow,
    PaperOut,
    PrintEvidence,
    PrintOutcome,
    Ready,
    ReceiptPrinter,
    Slot,
    Status,
    Supply,
    Unknown,
)
from drivers.printers.receipt_printer import EscPosReceiptPrinter
from drivers.protocols.escpos_status import CUTTER_STUCK, HOT, LASTING
from sandbox.devices.receipt_printer import (
    PrinterFault,
    PrinterMechanism,
    SimulatedReceiptPrinter,
    SimulatedTcpReceiptPrinter,
)
from sandbox.devices.simulator import WireFault

RECEIPT = b"\x1b@\x1c&" + "受理回执\n".encode("gb18030") * 40 + b"\x1dVB\x00"

ALL = frozenset({1, 2, 3, 4})
CONFIRMED = PrintOutcome(PrintEvidence.CONFIRMED, Ready())

pytestmark = pytest.mark.usefixtures("no_leaks")


@pytest.fixture(params=[SimulatedReceiptPrinter, SimulatedTcpReceiptPrinter])
def simulated(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[PrinterMechanism]:
    """A printer on a serial port, and one on the network."""
    made: type[PrinterMechanism] = request.param
    with made(tmp_path / "printer", expects=115200) as device:
        yield device


@pytest.fixture
async def printer(simulated: PrinterMechanism) -> AsyncIterator[EscPosReceiptPrinter]:
    """Our driver at the other end."""
    driver = EscPosReceiptPrinter(simulated.where)
    yield driver
    await driver.close()


def test_it_is_a_receipt_printer(printer: EscPosReceiptPrinter) -> None:
    """The driver has the capability it claims."""
    assert isinstance(printer, ReceiptPrinter)


async def test_a_receipt_is_confirmed_by_the_printer_itself(
    simulated: PrinterMechanism, printer: EscPosReceiptPrinter
) -> None:
    """Every byte reaches the paper once, and the printer's own answer is the evidence."""
    assert await printer.print_receipt(RECEIPT) == CONFIRMED
    assert simulated.take() == RECEIPT


async def test_no_paper_before_the_receipt(
    simulated: PrinterMechanism, printer: EscPosReceiptPrinter
) -> None:
    """An empty printer gets not one byte of the receipt."""
    simulated.paper_out()
    outcome = await printer.print_receipt(RECEIPT)
    assert outcome == PrintOutcome(PrintEvidence.NOT_STARTED, PaperOut())
    simulated.load_paper()
    assert simulated.take() == b""


async def test_no_paper_during_the_receipt(
    simulated: PrinterMechanism, printer: EscPosReceiptPrinter
) -> None:
    """Paper that ends in the middle leaves the outcome unknown and says why."""
    simulated.paper_out(after=100)
    outcome = await printer.print_receipt(RECEIPT)
    assert outcome == PrintOutcome(PrintEvidence.UNKNOWN, PaperOut())


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (PrinterFault.COVER_OPEN, CoverOpen()),
        (PrinterFault.JAM, PaperJammed()),
        (PrinterFault.CUTTER, HardwareError(CUTTER_STUCK)),
        (PrinterFault.UNRECOVERABLE, HardwareError(LASTING)),
        (PrinterFault.RECOVERABLE, HardwareError(HOT)),
    ],
)
async def test_what_stops_a_printer_starts_nothing(
    simulated: PrinterMechanism, printer: EscPosReceiptPrinter, fault: PrinterFault, status: Status
) -> None:
    """Each trouble is said before the first byte, and forgotten once it is over."""
    simulated.begin(fault)
    assert await printer.probe() == status
    outcome = await printer.print_receipt(RECEIPT)
    assert outcome == PrintOutcome(PrintEvidence.NOT_STARTED, status)
    simulated.end(fault)
    assert simulated.take() == b""
    assert await printer.print_receipt(RECEIPT) == CONFIRMED


async def test_a_printer_that_never_answers_still_prints(
    simulated: PrinterMechanism, printer: EscPosReceiptPrinter
) -> None:
    """A status query that fails does not stop a print; it is called sent, not printed."""
    simulated.answers, simulated.confirms = frozenset(), False
    assert await printer.probe() == Unknown()
    outcome = await printer.print_receipt(RECEIPT)
    assert outcome == PrintOutcome(PrintEvidence.SENT, Unknown())
    assert simulated.wait_for_ink(len(RECEIPT), 10)
    assert simulated.take() == RECEIPT


async def test_a_printer_that_cannot_confirm_is_not_waited_for_twice(
    simulated: PrinterMechanism,
) -> None:
    """Some answer DLE EOT and not GS r: their receipts are sent; one that learns it is believed."""
    simulated.confirms = False
    driver = EscPosReceiptPrinter(simulated.where, printing=1.0)
    for _ in range(2):
        assert await driver.print_receipt(RECEIPT) == PrintOutcome(PrintEvidence.SENT, Ready())
    simulated.confirms = True
    assert await driver.print_receipt(RECEIPT) == CONFIRMED
    await driver.close()


async def test_a_printer_that_falls_silent_is_lost(
    simulated: PrinterMechanism, printer: EscPosReceiptPrinter
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
    simulated: PrinterMechanism, printer: EscPosReceiptPrinter
) -> None:
    """Answers look alike: late ones (16: an open drawer, or a cover) are not taken for new ones."""
    assert await printer.probe() == Ready()
    simulated.send(bytes.fromhex("161616"))
    assert await printer.probe() == Ready()


async def test_automatic_status_confirms_nothing(
    simulated: PrinterMechanism, printer: EscPosReceiptPrinter
) -> None:
    """A printer that reports by itself all the time prints once, and its packets are no GS r."""
    simulated.begin(PrinterFault.CHATTY)
    assert await printer.print_receipt(RECEIPT) == CONFIRMED
    assert simulated.take() == RECEIPT
    simulated.confirms = False
    driver = EscPosReceiptPrinter(simulated.where, printing=1.0)
    await printer.close()
    assert (await driver.print_receipt(RECEIPT)).evidence is PrintEvidence.SENT
    await driver.close()
    assert simulated.take() == RECEIPT


async def test_a_printer_that_only_reports_by_itself_is_understood(
    simulated: PrinterMechanism, printer: EscPosReceiptPrinter
) -> None:
    """Where no question is answered, the automatic status is the answer."""
    simulated.answers = frozenset()
    simulated.begin(PrinterFault.CHATTY)
    assert await printer.probe() == Ready()
    simulated.begin(PrinterFault.COVER_OPEN)
    assert await printer.probe() == CoverOpen()


async def test_silence_while_it_prints_is_no_loss(
    simulated: PrinterMechanism, printer: EscPosReceiptPrinter
) -> None:
    """Many answer nothing before they have printed; a status query that fails loses no receipt."""
    assert await printer.probe() == Ready()
    simulated.pace = len(RECEIPT)
    printing = asyncio.create_task(printer.print_receipt(RECEIPT))
    assert await asyncio.to_thread(simulated.wait_for_ink, 8, 10)
    simulated.answers = frozenset()
    assert await printing == PrintOutcome(PrintEvidence.CONFIRMED, Unknown())
    assert simulated.take() == RECEIPT


async def test_noise_is_told_from_silence(
    simulated: PrinterMechanism, printer: EscPosReceiptPrinter
) -> None:
    """What no printer says is most often another speed, and nothing is printed at that."""
    simulated.answers = frozenset()
    printing = asyncio.create_task(printer.probe())
    while not printing.done():
        simulated.send(b"\xff\x81")
        await asyncio.sleep(0)
    status = await printing
    assert isinstance(status, Disconnected)
    assert "check its speed" in status.reason


@pytest.mark.parametrize("fault", [WireFault.SILENCE, WireFault.TRUNCATED])
async def test_a_blip_before_the_receipt_is_asked_away(
    simulated: PrinterMechanism, printer: EscPosReceiptPrinter, fault: WireFault
) -> None:
    """One answer that does not come does not keep a receipt from being printed."""
    assert await printer.probe() == Ready()
    simulated.faults.begin(fault, times=1)
    assert await printer.print_receipt(RECEIPT) == CONFIRMED
    assert simulated.take() == RECEIPT


async def test_slow_answers_are_answers(
    simulated: PrinterMechanism, printer: EscPosReceiptPrinter
) -> None:
    """Bytes that drip are as good as others."""
    simulated.faults.begin(WireFault.SLOW)
    assert await printer.print_receipt(RECEIPT) == CONFIRMED


async def test_a_printer_that_takes_nothing_more_ends_in_time(
    simulated: PrinterMechanism, printer: EscPosReceiptPrinter
) -> None:
    """With its buffer full for ever it is lost, and how much came out is unknown or nothing."""
    assert await printer.probe() == Ready()
    simulated.begin(PrinterFault.STUCK_BUSY)
    outcome = await printer.print_receipt(RECEIPT)
    assert outcome.evidence is PrintEvidence.NOT_STARTED
    assert isinstance(outcome.status, Disconnected)
    simulated.behave()
    assert await printer.print_receipt(RECEIPT) == CONFIRMED


async def test_a_printer_that_stops_taking_in_the_middle_is_lost(
    simulated: PrinterMechanism,
) -> None:
    """More than any buffer holds, and nobody takes it: unknown, in time, and well again after."""
    driver = EscPosReceiptPrinter(simulated.where, printing=1.0)
    assert await driver.probe() == Ready()
    simulated.pace = len(RECEIPT)
    printing = asyncio.create_task(driver.print_receipt(RECEIPT * 40))
    assert await asyncio.to_thread(simulated.wait_for_ink, len(RECEIPT) // 4, 10)
    simulated.begin(PrinterFault.STUCK_BUSY)
    outcome = await printing
    assert outcome.evidence is PrintEvidence.UNKNOWN
    assert isinstance(outcome.status, Disconnected)
    simulated.behave()
    simulated.unplug()
    simulated.plug()
    assert await driver.probe() == Ready()
    await driver.close()


async def test_the_roll_that_ends_soon_is_seen(
    simulated: PrinterMechanism, printer: EscPosReceiptPrinter
) -> None:
    """Near the end it still prints, and says so."""
    simulated.begin(PrinterFault.NEAR_END)
    assert await printer.probe() == PaperLow()
    assert await printer.print_receipt(RECEIPT) == PrintOutcome(PrintEvidence.CONFIRMED, PaperLow())


@pytest.mark.parametrize(
    ("what", "level"),
    [
        (PrinterMechanism.load_paper, Level.FULL),
        (PrinterMechanism.paper_out, Level.OUT),
        (lambda printer: printer.begin(PrinterFault.NEAR_END), Level.LOW),
        (lambda printer: printer.begin(PrinterFault.JAM), Level.JAMMED),
        (lambda printer: printer.begin(PrinterFault.CUTTER), Level.UNKNOWN),
    ],
)
async def test_the_roll_is_a_supply(
    simulated: PrinterMechanism,
    printer: EscPosReceiptPrinter,
    what: Callable[[PrinterMechanism], None],
    level: Level,
) -> None:
    """Its level is the sensors'; without a presenter nobody counts its length."""
    what(simulated)
    assert await printer.supplies() == (Supply("roll", level),)


async def test_a_plain_printer_has_no_slot(printer: EscPosReceiptPrinter) -> None:
    """What can not be sensed is not supported, which is not the same as empty."""
    assert await printer.slot() is Slot.NOT_SUPPORTED
    assert await printer.retract() is Slot.NOT_SUPPORTED


async def test_recovery_frees_the_cutter_and_forgets_the_rest(
    simulated: PrinterMechanism, printer: EscPosReceiptPrinter
) -> None:
    """What was left of the receipt that ended as unknown does not come out with the next one."""
    assert await printer.probe() == Ready()
    simulated.pace = len(RECEIPT) / 2
    printing = asyncio.create_task(printer.print_receipt(RECEIPT))
    assert await asyncio.to_thread(simulated.wait_for_ink, len(RECEIPT) // 4, 10)
    simulated.begin(PrinterFault.CUTTER)
    outcome = await printing
    assert outcome == PrintOutcome(PrintEvidence.UNKNOWN, HardwareError(CUTTER_STUCK))
    half = simulated.take()
    assert await printer.recover() == Ready()
    assert await printer.print_receipt(b"next\n") == CONFIRMED
    assert simulated.take() == b"next\n"
    assert RECEIPT.startswith(half)


async def test_a_hot_head_is_waited_for(
    simulated: PrinterMechanism, printer: EscPosReceiptPrinter
) -> None:
    """A printer that pauses to cool goes on by itself: its receipt is confirmed, not lost."""
    assert await printer.probe() == Ready()
    simulated.pace = len(RECEIPT)
    printing = asyncio.create_task(printer.print_receipt(RECEIPT))
    assert await asyncio.to_thread(simulated.wait_for_ink, len(RECEIPT) // 4, 10)
    simulated.begin(PrinterFault.RECOVERABLE)
    await asyncio.sleep(0)
    assert not printing.done()
    simulated.end(PrinterFault.RECOVERABLE)
    assert await printing == CONFIRMED
    assert simulated.take() == RECEIPT


async def test_a_head_that_stays_hot_is_said(simulated: PrinterMechanism) -> None:
    """Waiting has an end."""
    driver = EscPosReceiptPrinter(simulated.where, printing=1.0)
    simulated.pace = len(RECEIPT)
    printing = asyncio.create_task(driver.print_receipt(RECEIPT))
    assert await asyncio.to_thread(simulated.wait_for_ink, len(RECEIPT) // 4, 10)
    simulated.begin(PrinterFault.RECOVERABLE)
    assert await printing == PrintOutcome(PrintEvidence.UNKNOWN, HardwareError(HOT))
    await driver.close()


async def test_unplugged_and_plugged_in_again(
    simulated: PrinterMechanism, printer: EscPosReceiptPrinter
) -> None:
    """Pulled: nothing was started. Plugged in: the same driver prints again."""
    assert await printer.probe() == Ready()
    simulated.unplug()
    outcome = await printer.print_receipt(RECEIPT)
    assert outcome.evidence is PrintEvidence.NOT_STARTED
    assert isinstance(outcome.status, Disconnected)
    simulated.plug()
    assert (await printer.print_receipt(RECEIPT)).evidence is PrintEvidence.CONFIRMED


async def test_a_plug_pulled_between_two_receipts_is_not_noticed(
    simulated: PrinterMechanism, printer: EscPosReceiptPrinter
) -> None:
    """A handle that broke before the first byte is opened anew: the receipt is printed, once."""
    assert await printer.probe() == Ready()
    simulated.unplug()
    simulated.plug()
    assert await printer.print_receipt(RECEIPT) == CONFIRMED
    assert simulated.take() == RECEIPT


async def test_a_printer_that_knows_only_two_questions_is_understood(
    simulated: PrinterMechanism, printer: EscPosReceiptPrinter
) -> None:
    """Many answer only DLE EOT 1 and 4: paper is still seen."""
    simulated.answers = frozenset({1, 4})
    assert await printer.probe() == Ready()
    simulated.paper_out()
    assert await printer.probe() == PaperOut()


async def test_a_slow_printer_is_waited_for(
    simulated: PrinterMechanism, printer: EscPosReceiptPrinter
) -> None:
    """Confirmed is said when the last line is on the paper, not when the last byte was sent."""
    simulated.pace = len(RECEIPT)
    assert await printer.print_receipt(RECEIPT) == CONFIRMED
    assert simulated.take() == RECEIPT


@pytest.mark.parametrize(
    ("what", "status"),
    [
        (lambda printer: printer.unplug(), Disconnected),
        (lambda printer: printer.paper_out(), PaperOut),
        (lambda printer: printer.begin(PrinterFault.COVER_OPEN), CoverOpen),
        (lambda printer: printer.begin(PrinterFault.CUTTER), HardwareError),
        (lambda printer: printer.begin(PrinterFault.JAM), PaperJammed),
    ],
    ids=["unplugged", "paper out", "cover open", "cutter", "jam"],
)
async def test_trouble_in_the_middle_is_unknown_and_says_why(
    simulated: PrinterMechanism,
    printer: EscPosReceiptPrinter,
    what: Callable[[PrinterMechanism], None],
    status: type[Status],
) -> None:
    """With ink on the paper and the rest missing, nobody says that it was printed."""
    simulated.pace = len(RECEIPT)
    printing = asyncio.create_task(printer.print_receipt(RECEIPT))
    assert await asyncio.to_thread(simulated.wait_for_ink, len(RECEIPT) // 4, 10)
    what(simulated)
    outcome = await printing
    assert outcome.evidence is PrintEvidence.UNKNOWN
    assert isinstance(outcome.status, status)


async def test_a_self_test_says_what_the_printer_told(
    simulated: PrinterMechanism, printer: EscPosReceiptPrinter
) -> None:
    """A technician sees whether it answers at all, and the roll."""
    assert (await printer.self_test()).facts == {"answers": "yes", "roll": "full"}
    simulated.unplug()
    test = await printer.self_test()
    assert isinstance(test.status, Disconnected)
    assert test.where == simulated.where
