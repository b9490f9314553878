"""`sandbox device …`: simulated devices as programs of their own."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest

from drivers.cards.id_card import SamIdCardReader
from drivers.device import CoverOpen, Disconnected, IdCardReader, PaperOut, Ready, Status
from drivers.printers.receipt_printer import EscPosReceiptPrinter
from sandbox.control import ask
from sandbox.residents import ANNA, WANG

Device = subprocess.Popen[str]
Start = Callable[..., Device]

pytestmark = pytest.mark.usefixtures("no_leaks")


@pytest.fixture
def start() -> Iterator[Start]:
    """Start `sandbox device` with arguments; it is ended after the test."""
    started: list[Device] = []

    def start(*arguments: object, told: bool = False) -> Device:
        code = "from sandbox.devices.standalone import device; device()"
        command = [sys.executable, "-c", code, *map(str, arguments)]
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE if told else None,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        with process:
            process.terminate()


def heard(process: Device) -> str:
    """The next line it says."""
    return pipe(process.stdout).readline().rstrip("\n")


def say(process: Device, line: str) -> str:
    """Say a line to it; its answer."""
    keyboard = pipe(process.stdin)
    keyboard.write(f"{line}\n")
    keyboard.flush()
    return heard(process)


def pipe(stream: IO[str] | None) -> IO[str]:
    """That end of a pipe."""
    assert stream is not None
    return stream


async def test_an_id_card_reader_of_its_own(start: Start, tmp_path: Path) -> None:
    """It prints its port first; cards are laid down and lifted by lines."""
    process = start("id-card", "--link", tmp_path / "reader", "--do", "card wang")
    assert heard(process) == str(tmp_path / "reader")
    driver = SamIdCardReader(str(tmp_path / "reader"))
    assert await driver.read_card() == WANG.card
    assert say(process, "card anna") == "the card of anna lies on the reader"
    assert await driver.read_card() == ANNA.card
    say(process, "reader silence")
    assert isinstance(await driver.probe(), Disconnected)
    say(process, "reader behave")
    assert await driver.probe() == Ready()
    await driver.close()


async def test_a_receipt_printer_of_its_own(start: Start) -> None:
    """Without a link it says where it is; its faults are set at the start and by lines."""
    process = start("receipt-printer", "--fault", "paper-out")
    driver = EscPosReceiptPrinter(heard(process))
    assert await driver.probe() == PaperOut()
    say(process, "printer paper-in")
    say(process, "printer cover-open")
    assert await driver.probe() == CoverOpen()
    await driver.close()


async def test_a_reader_at_another_speed(start: Start) -> None:
    """--baud is the speed of the wire: the driver has to be set to the same."""
    port = heard(start("id-card", "--baud", "9600", "--do", "card wang"))
    driver = SamIdCardReader(port, 9600)
    assert await driver.read_card() == WANG.card
    await driver.close()


async def test_faults_come_and_go_by_signal_and_by_a_socket(start: Start, tmp_path: Path) -> None:
    """USR1 pulls the plug and puts it in again, USR2 ends every fault; a socket takes lines."""
    control = tmp_path / "control"
    process = start("id-card", "--fault", "silence", "--fault", "rejected", "--control", control)
    driver = SamIdCardReader(heard(process))
    assert isinstance(await driver.probe(), Disconnected)
    process.send_signal(signal.SIGUSR2)
    assert await becomes(driver, Ready)
    assert ask(control, "reader garbage") == "reader: garbage"
    assert await becomes(driver, Disconnected)
    assert ask(control, "reader behave") == "reader: behave"
    process.send_signal(signal.SIGUSR1)
    assert await becomes(driver, Disconnected)
    process.send_signal(signal.SIGUSR1)
    assert await becomes(driver, Ready)
    await driver.close()


async def becomes(device: IdCardReader, state: type[Status]) -> bool:
    """Probe until it is so; whether it came to be so in time."""
    deadline = time.monotonic() + 10
    while not isinstance(await device.probe(), state):
        if time.monotonic() > deadline:
            return False
    return True


def test_a_fault_it_can_not_have_is_answered_with_those_it_can(start: Start) -> None:
    """A technician who asks a card reader to jam is told what it can do instead."""
    process = start("id-card", "--fault", "jam", told=True)
    assert process.wait(10) == 2
    answer = pipe(process.stderr).read()
    assert '"reader jam" is not understood' in answer
    assert "bad-checksum" in answer


def test_a_line_not_understood_is_answered_with_those_that_are(start: Start) -> None:
    """Nobody has to guess what can be said."""
    process = start("id-card")
    heard(process)
    answer = say(process, "dance")
    assert "card wang|" in answer
    assert "printer" not in answer


def test_a_file_in_the_way_is_left_alone(start: Start, tmp_path: Path) -> None:
    """A link may replace a link only: anything else of that name is the user's."""
    (tmp_path / "file").write_text("precious")
    process = start("id-card", "--link", tmp_path / "file")
    assert process.wait(10) == 2
    assert (tmp_path / "file").read_text() == "precious"


@pytest.mark.parametrize("keyboard", ["open", "closed"])
def test_it_ends_by_a_signal_and_leaves_no_port(
    start: Start, tmp_path: Path, keyboard: str
) -> None:
    """With or without a keyboard it serves until a signal; the port goes with it."""
    process = start("id-card", "--link", tmp_path / "reader")
    heard(process)
    if keyboard == "closed":
        pipe(process.stdin).close()
    assert (tmp_path / "reader").is_symlink()
    process.terminate()
    assert process.wait(10) == 0
    assert not (tmp_path / "reader").is_symlink()
