"""The simulated reader keeps a real module's rules, byte for byte."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path

import pytest

from drivers.ports.serial_port import SerialPort, SerialTransport
from drivers.protocols import resident_card, sam
from drivers.protocols.sam import CardContents, Code, Command, Reply, SamDecoder
from sandbox.devices.sam_reader import ReaderFault, SimulatedSamReader
from sandbox.devices.simulator import WireFault
from sandbox.residents import RESIDENTS, WANG, Resident

READ = Command.READ_TEXT_PHOTO.to_bytes()
FIND = Command.FIND_CARD.to_bytes()
SELECT = Command.SELECT_CARD.to_bytes()

Ask = Callable[[bytes], Reply]

pytestmark = pytest.mark.usefixtures("no_leaks")


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[SimulatedSamReader]:
    """A reader on a pty."""
    with SimulatedSamReader(tmp_path / "reader") as device:
        yield device


@pytest.fixture
def wire(reader: SimulatedSamReader) -> Iterator[SerialTransport]:
    """The host's end of its cable."""
    transport = SerialPort("reader", str(reader.link)).open()
    yield transport
    transport.close()


@pytest.fixture
def ask(wire: SerialTransport) -> Ask:
    """Send a request as it is; the reply."""

    def ask(request: bytes) -> Reply:
        wire.write(request)
        decoder, deadline = SamDecoder(), time.monotonic() + 10
        while time.monotonic() < deadline:
            for frame in decoder.feed(wire.read(deadline)):
                assert isinstance(frame, Reply)
                return frame
        pytest.fail("no reply")

    return ask


def codes(ask: Ask, *requests: bytes) -> list[int]:
    """SW3 of one reply after another."""
    return [ask(request).sw3 for request in requests]


@pytest.mark.parametrize(
    ("request_", "reply"),
    [("0003 20 01 22", "0008 00009F 00000000 97"), ("0003 11 FF ED", "0004 000090 94")],
)
def test_published_requests_get_published_replies(
    reader: SimulatedSamReader, wire: SerialTransport, request_: str, reply: str
) -> None:
    """What a maker's document shows is what goes over this cable."""
    reader.lay(WANG.card)
    wire.write(sam.PREAMBLE + bytes.fromhex(request_))
    expected, heard = sam.PREAMBLE + bytes.fromhex(reply), b""
    while len(heard) < len(expected):
        heard += wire.read(time.monotonic() + 10)
    assert heard == expected


@pytest.mark.parametrize("resident", RESIDENTS)
def test_find_select_read(reader: SimulatedSamReader, ask: Ask, resident: Resident) -> None:
    """In this order a card gives its text and photo, and the newest address that it has not."""
    reader.lay(resident.card)
    assert codes(ask, FIND, SELECT) == [Code.CARD_FOUND, Code.SUCCESS]
    contents = CardContents.from_reply(ask(READ).data)
    assert resident_card.decode(contents.text).name == resident.card.name
    assert ask(Command.READ_NEWEST_ADDRESS.to_bytes()).sw3 == Code.NO_CONTENT


def test_no_step_can_be_left_out(reader: SimulatedSamReader, ask: Ask) -> None:
    """Nothing is read that was not selected, nothing is selected that was not found."""
    reader.lay(WANG.card)
    assert codes(ask, READ, SELECT) == [Code.READ_FAILED, Code.SELECT_FAILED]
    assert codes(ask, FIND, READ) == [Code.CARD_FOUND, Code.READ_FAILED]


def test_a_card_that_was_read_is_found_once_it_was_lifted(
    reader: SimulatedSamReader, ask: Ask
) -> None:
    """One card on the reader is one tap."""
    reader.lay(WANG.card)
    assert codes(ask, FIND, SELECT, READ, FIND)[-1] == Code.NO_CARD
    reader.lift()
    assert codes(ask, FIND) == [Code.NO_CARD]
    reader.lay(WANG.card)
    assert codes(ask, FIND) == [Code.CARD_FOUND]


def test_lifting_ends_what_was_begun(reader: SimulatedSamReader, ask: Ask) -> None:
    """A card lifted after find is not selected, after select not read, even if it comes back."""
    reader.lay(WANG.card)
    assert codes(ask, FIND) == [Code.CARD_FOUND]
    reader.lift()
    assert codes(ask, SELECT) == [Code.SELECT_FAILED]
    reader.lay(WANG.card)
    assert codes(ask, FIND, SELECT) == [Code.CARD_FOUND, Code.SUCCESS]
    reader.lift()
    reader.lay(WANG.card)
    assert codes(ask, READ) == [Code.READ_FAILED]


def test_what_it_does_not_understand_is_named(ask: Ask) -> None:
    """A wrong checksum and an unknown command have status codes of their own."""
    assert codes(ask, FIND[:-1] + b"\x00") == [Code.CHECKSUM_ERROR]
    assert codes(ask, sam.request(0x77, 0x01)) == [Code.BAD_COMMAND]


@pytest.mark.parametrize(
    "request_",
    [sam.set_baud_rate(9600), sam.set_max_rf_frame(), Command.RESET_SAM.to_bytes()],
)
def test_settings_are_acknowledged(ask: Ask, request_: bytes) -> None:
    """What every module knows is answered 90."""
    assert ask(request_).sw3 == Code.SUCCESS


def test_a_paced_wire_is_no_faster_than_a_real_one(tmp_path: Path) -> None:
    """At 115200 the 1295 bytes of a card take 112 ms."""
    with SimulatedSamReader(tmp_path / "reader", baud=115200) as reader:
        transport = SerialPort("reader", str(reader.link)).open()
        start, heard = time.monotonic(), 0
        threading.Thread(target=reader.send, args=(bytes(1295),)).start()
        while heard < 1295:
            heard += len(transport.read(start + 10))
        took = time.monotonic() - start
        transport.close()
    assert took >= 0.105  # the last burst may be read as it is sent


@pytest.mark.parametrize("fault", [WireFault.SILENCE, WireFault.SLOW, ReaderFault.BABBLE])
def test_the_plug_can_be_pulled_whatever_it_does(tmp_path: Path, fault: StrEnum) -> None:
    """Misbehaving or not, it ends when told to, and its port is gone."""
    with SimulatedSamReader(tmp_path / "reader") as reader:
        reader.faults.begin(fault)
        reader.lay(WANG.card)
        transport = SerialPort("reader", str(reader.link)).open()
        transport.write(FIND + SELECT + READ)
        reader.unplug()
        transport.close()
        assert not reader.link.is_symlink()
