"""`kiosk print-test`, as a process, with simulated printers on real ports."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import zxingcpp

from drivers.device import Advice
from kiosk.print_test import WHAT_TO_DO
from kiosk.services import specimens
from kiosk.services.specimens import Specimen
from sandbox import ipp
from sandbox.devices.document_printer import SimulatedDocumentPrinter
from sandbox.devices.receipt_paper import render
from sandbox.devices.receipt_presenter import SimulatedPresenter
from sandbox.devices.receipt_printer import (
    PrinterFault,
    PrinterMechanism,
    SimulatedReceiptPrinter,
    SimulatedTcpReceiptPrinter,
)

PROFILE = Path(__file__).parents[2] / "device_config" / "profiles" / "village.toml"
NOON = datetime.fromisoformat("2026-11-23T12:00:00+08:00")

pytestmark = pytest.mark.usefixtures("no_leaks")


@pytest.fixture(params=[SimulatedReceiptPrinter, SimulatedTcpReceiptPrinter])
def printer(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[PrinterMechanism]:
    """A receipt printer on a serial port, and one on the network."""
    made: type[PrinterMechanism] = request.param
    with made(tmp_path / "printer", expects=115200) as device:
        yield device


def print_test(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command as a person or a script does."""
    command = [sys.executable, "-m", "kiosk", "print-test", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def answer(process: subprocess.CompletedProcess[str]) -> Any:  # noqa: ANN401 # any JSON
    """The data on standard output, and nothing else was there."""
    assert process.stderr == ""
    return json.loads(process.stdout)


def scanned(paper: bytes) -> str:
    """What a telephone reads on a receipt."""
    (code,) = zxingcpp.read_barcodes(render(paper))
    text: str = code.text
    return text


def test_a_test_receipt_says_who_printed_it_and_is_confirmed(printer: PrinterMechanism) -> None:
    """Terminal, evidence and status are told, and the paper has the same terminal's name."""
    process = print_test("--port", printer.where, "--config", PROFILE, "--json")
    told = answer(process)
    assert process.returncode == 0
    assert list(told) == ["printer", "evidence", "status", "terminal", "time"]
    assert told["printer"] == printer.where
    assert (told["evidence"], told["status"]) == ("confirmed", "ready")
    paper = printer.take()
    assert told["terminal"].encode() in paper
    assert scanned(paper).startswith(told["terminal"])


def test_without_a_configuration_it_names_the_machine(
    printer: PrinterMechanism, tmp_path: Path
) -> None:
    """A technician can test a printer before anything is set up."""
    process = print_test("--port", printer.where, "--config", tmp_path / "none.toml", "--json")
    assert answer(process)["terminal"] == socket.gethostname()


def test_for_people_it_is_one_line(printer: PrinterMechanism) -> None:
    """Without --json the evidence is said in words."""
    printer.begin(PrinterFault.NEAR_END)
    process = print_test("--port", printer.where)
    assert process.stdout == "printed: the printer confirmed it (it is paper low)\n"


def test_what_is_only_sent_is_called_sent(printer: PrinterMechanism) -> None:
    """A printer that says nothing printed perhaps; that is good, and it is not called printed."""
    printer.answers, printer.confirms = frozenset(), False
    process = print_test("--port", printer.where, "--json")
    assert process.returncode == 0
    assert (answer(process)["evidence"], answer(process)["status"]) == ("sent", None)


@pytest.mark.parametrize("text", ["gb18030", "raster"])
@pytest.mark.parametrize("qr", ["raster", "native"])
def test_every_setting_can_be_tried(tmp_path: Path, text: str, qr: str) -> None:
    """What the configuration can say, the command can say, and the code can be scanned."""
    with SimulatedReceiptPrinter(tmp_path / "printer", expects=9600) as printer:
        options = ["--baud", 9600, "--text", text, "--qr", qr, "--width", 384]
        assert print_test("--port", printer.where, *options).returncode == 0
        paper = printer.take()
    assert (b"\x1c&" in paper) == (text == "gb18030")
    assert (b"\x1d(k" in paper) == (qr == "native")
    assert scanned(paper)


def test_a_presenter_holds_the_test_out(tmp_path: Path) -> None:
    """--presenter is for printers that do."""
    with SimulatedPresenter(tmp_path / "printer") as printer:
        assert print_test("--port", printer.where, "--presenter").returncode == 0
        assert printer.waits


def test_no_printer_is_the_worlds_fault(tmp_path: Path) -> None:
    """A port that is not there: exit status 1, with code, message and advice."""
    process = print_test("--port", tmp_path / "nowhere", "--json")
    error = answer(process)["error"]
    assert process.returncode == 1
    assert list(error) == ["code", "message", "advice"]
    assert error["advice"] == "technician_acts"
    assert str(tmp_path / "nowhere") in error["message"]


def test_no_paper_is_told_without_a_traceback(printer: PrinterMechanism) -> None:
    """Without --json the trouble and what to do go to standard error."""
    printer.paper_out()
    process = print_test("--port", printer.where)
    assert process.returncode == 1
    assert process.stdout == ""
    assert "paper.out" in process.stderr
    assert "attendant" in process.stderr
    assert printer.where in process.stderr
    assert "Traceback" not in process.stderr


def test_paper_that_ends_in_the_middle_is_no_success(printer: PrinterMechanism) -> None:
    """What may be half printed is said to be that."""
    printer.paper_out(after=200)
    process = print_test("--port", printer.where, "--json")
    assert process.returncode == 1
    assert "part of it may be printed" in answer(process)["error"]["message"]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--port", "/dev/null", "--uri", "ipp://127.0.0.1/ipp/print"],
        ["--port", "com1"],
        ["--uri", "http://127.0.0.1/"],
        ["--port", "/dev/null", "--text", "gbk"],
        ["--port", "/dev/null", "--width", "0"],
    ],
)
def test_wrong_usage_is_two(arguments: list[str]) -> None:
    """Exit status 2 is for the caller's own mistakes, in a sentence."""
    process = print_test(*arguments)
    assert process.returncode == 2
    assert "Traceback" not in process.stderr


def test_a_document_printer_that_is_not_there_is_told(free_port: int) -> None:
    """--uri names a printer of documents; its absence has a code and an advice too."""
    process = print_test("--uri", f"ipp://127.0.0.1:{free_port}/ipp/print", "--json")
    assert process.returncode == 1
    assert answer(process)["error"]["advice"] == "technician_acts"


def test_a_test_page_comes_out_of_a_document_printer(tmp_path: Path) -> None:
    """The page is one sheet, and the printer's own word is the evidence."""
    if why := ipp.missing():
        pytest.skip(why)
    with SimulatedDocumentPrinter(tmp_path / "printer") as printer:
        process = print_test("--uri", printer.where, "--config", PROFILE, "--json")
        told = answer(process)
        assert process.returncode == 0
        assert (told["printer"], told["evidence"]) == (printer.where, "confirmed")
        assert len(printer.printed) == 1


def test_the_test_page_holds_what_it_should(tmp_path: Path) -> None:
    """One A4 page with the terminal's name, the time and the printer, and every sample."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is missing: ./run setup installs it (poppler-utils)")
    file = tmp_path / "page.pdf"
    file.write_bytes(specimens.page(Specimen("village-0001", NOON, "ipp://192.0.2.7/ipp/print")))
    told = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True)
    assert told.stdout.count("\f") == 1
    text = "".join(told.stdout.split())
    for fact in ("village-0001", "2026-11-2312:00:00", "ipp://192.0.2.7/ipp/print"):
        assert fact in text
    for sample in (specimens.CHINESE, specimens.RARE, specimens.LATIN):
        assert "".join(sample.split()) in text


def test_every_advice_has_words() -> None:
    """Whatever a fault advises, a person is told what to do."""
    assert set(WHAT_TO_DO) == set(Advice)
