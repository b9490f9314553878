"""The simulated receipt printers keep a real one's rules, byte for byte."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.ports.by_address import port_at
from drivers.ports.transport import Transport
from sandbox.devices.receipt_presenter import SimulatedPresenter
from sandbox.devices.receipt_printer import (
    PrinterFault,
    PrinterMechanism,
    SimulatedReceiptPrinter,
    SimulatedTcpReceiptPrinter,
)

pytestmark = pytest.mark.usefixtures("no_leaks")


@pytest.fixture(
    params=[SimulatedReceiptPrinter, SimulatedTcpReceiptPrinter, SimulatedPresenter],
)
def printer(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[PrinterMechanism]:
    """Each of the printers."""
    made: type[PrinterMechanism] = request.param
    with made(tmp_path / "printer") as device:
        yield device


@pytest.fixture
def wire(printer: PrinterMechanism) -> Iterator[Transport]:
    """The host's end of its cable."""
    transport = port_at("printer", printer.where).open()
    yield transport
    transport.close()


def ask(wire: Transport, question: str, count: int) -> str:
    """Send bytes; the first `count` that come back."""
    wire.write(bytes.fromhex(question))
    heard, deadline = b"", time.monotonic() + 10
    while len(heard) < count:
        heard += wire.read(deadline)
        assert time.monotonic() < deadline
    return heard.hex(" ")


ALL_FOUR = "100401 100402 100403 100404"


def test_an_empty_printer_answers_as_published(printer: PrinterMechanism, wire: Transport) -> None:
    """1A, 32, 7E to n = 1, 2, 4; with a new roll 12 to each."""
    printer.paper_out()
    assert ask(wire, ALL_FOUR, 4) == "1a 32 12 7e"
    printer.load_paper()
    assert ask(wire, ALL_FOUR, 4) == "12 12 12 12"


@pytest.mark.parametrize(
    ("fault", "answers", "packet"),
    [
        (PrinterFault.COVER_OPEN, "1a 16 12 12", "38 00 00 00"),
        (PrinterFault.CUTTER, "1a 12 1a 12", "18 08 00 00"),
        (PrinterFault.UNRECOVERABLE, "1a 12 32 12", "18 20 00 00"),
        (PrinterFault.RECOVERABLE, "1a 12 52 12", "18 40 00 00"),
        (PrinterFault.JAM, "1a 12 16 12", "18 04 00 00"),
        (PrinterFault.NEAR_END, "12 12 12 1e", "10 00 03 00"),
    ],
)
def test_every_trouble_has_its_bits(
    tmp_path: Path, fault: PrinterFault, answers: str, packet: str
) -> None:
    """The same state is told to who asks, and unasked once ASB is on."""
    with SimulatedReceiptPrinter(tmp_path / "printer") as printer:
        wire = port_at("printer", printer.where).open()
        assert ask(wire, "1D61FF", 4) == "10 00 00 00"
        printer.begin(fault)
        assert ask(wire, "", 4) == packet
        assert ask(wire, ALL_FOUR, 4) == answers
        wire.close()


def test_automatic_status_can_be_switched_off(printer: PrinterMechanism, wire: Transport) -> None:
    """After GS a 0 only questions are answered."""
    ask(wire, "1D61FF", 4)
    wire.write(bytes.fromhex("1D6100"))
    assert ask(wire, "1D7201", 1) == "00"  # so the printer has obeyed
    printer.begin(PrinterFault.COVER_OPEN)
    assert ask(wire, "100402", 1) == "16"


def test_a_second_host_waits_for_the_first(tmp_path: Path) -> None:
    """A network printer speaks with one host at a time."""
    with SimulatedTcpReceiptPrinter(tmp_path / "printer") as printer:
        first, second = (port_at("printer", printer.where).open() for _ in range(2))
        assert ask(first, "100401", 1) == "12"
        second.write(b"\x10\x04\x01")
        first.close()
        assert ask(second, "", 1) == "12"
        second.close()


def test_a_network_printer_keeps_its_address(tmp_path: Path) -> None:
    """Switched off and on it is found at the same port."""
    with SimulatedTcpReceiptPrinter(tmp_path / "printer") as printer:
        where = printer.where
        for _ in range(5):
            printer.unplug()
            printer.plug()
        assert printer.where == where
        wire = port_at("printer", where).open()
        assert ask(wire, "100401", 1) == "12"
        wire.close()


@pytest.fixture
def presenter(tmp_path: Path) -> Iterator[SimulatedPresenter]:
    """A kiosk printer."""
    with SimulatedPresenter(tmp_path / "printer") as device:
        yield device


def test_a_kiosk_printer_tells_everything_at_once(presenter: SimulatedPresenter) -> None:
    """10 04 14 is answered 10 0F and four bytes; paper left in ASCII; reports have their mask."""
    wire = port_at("printer", presenter.where).open()
    presenter.centimetres = 510
    assert ask(wire, "100414", 6) == "10 0f 00 00 00 00"
    assert ask(wire, "1DE1", 5) == b"510cm".hex(" ")
    assert ask(wire, "410A 1D650305 1D7201", 1) == "00"
    assert ask(wire, "100414", 6) == "10 0f 20 00 00 00"
    wire.write(bytes.fromhex("1DE003"))
    assert ask(wire, "1D7201", 1) == "00"
    presenter.take()
    assert ask(wire, "", 4) == "10 03 00 00"
    wire.close()


def test_a_kiosk_printer_pulls_back_in_time(presenter: SimulatedPresenter) -> None:
    """GS e 32 with no seconds: the receipt goes back at once, and nothing hangs in the slot."""
    wire = port_at("printer", presenter.where).open()
    assert ask(wire, "1DE001 1D7201", 1) == "00"
    assert ask(wire, "410A 1D652005 00", 6) == "10 01 20 10 01 00"
    assert presenter.retracted == b"A\n"
    wire.close()


@pytest.mark.parametrize("fault", PrinterFault)
def test_the_plug_can_be_pulled_whatever_it_does(
    printer: PrinterMechanism, wire: Transport, fault: PrinterFault
) -> None:
    """In whatever state, with a full wire in both directions, it ends when told to."""
    printer.begin(fault)
    wire.write(b"\x10\x04\x01" * 1000)
    printer.send(b"\x12" * 20_000)
    printer.unplug()
    with pytest.raises(Exception, match="printer"):
        port_at("printer", printer.where).open()
