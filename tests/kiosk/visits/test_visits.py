"""Whole visits on real services and byte-level devices: what goes well and what goes wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

import paho.mqtt.client as mqtt
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from device_config import schema
from drivers.device import Personal
from kiosk.core import events, views
from kiosk.core.cases import Grade
from kiosk.core.troubles import Trouble
from sandbox import residents
from sandbox.broker import Broker
from sandbox.devices.simulator import WireFault
from sandbox.platform.faults import Mode
from sandbox.stage import Stage
from tests.waiting import eventually

pytestmark = [pytest.mark.usefixtures("no_leaks"), pytest.mark.timeout(120)]

WANG = residents.find("wang").card


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A terminal in working order."""
    with Stage(tmp_path) as stage:
        yield stage


def printable(stage: Stage) -> None:
    """From a good read to the result."""
    stage.go_to_reader()
    stage.world.act("card wang")
    stage.see(views.ReviewView)
    stage.touch(events.Continue())


def test_a_whole_visit_leaves_one_case_one_receipt_one_rating_and_nobody(stage: Stage) -> None:
    """Card, certificate, receipt, rating: each once, and the terminal is clean afterwards."""
    stage.go_to_reader()
    stage.world.act("card wang")
    review = stage.see(views.ReviewView)
    assert review.name == WANG.name
    assert WANG.id_number.reveal() not in review.masked_id
    stage.touch(events.Continue())
    issued = stage.see(views.IssuedView, lambda v: v.picture)
    assert issued.picture is not None
    assert issued.picture.startswith(b"\x89PNG")
    stage.touch(events.Print())
    stage.see(views.IssuedView, lambda v: v.print == views.PrintDone(confirmed=True))
    receipt = stage.world.printer.printed
    assert issued.case_number.encode() in receipt
    assert WANG.id_number.reveal().encode() not in receipt
    assert WANG.name.reveal().encode("gb18030") not in receipt
    stage.touch(events.Continue())
    stage.see(views.RatingView)
    stage.touch(events.Rate(Grade.VERY_SATISFIED))
    stage.see(views.FarewellView)
    stage.touch(events.Continue())
    stage.see(views.AttractView)
    eventually(lambda: stage.platform.cases().ratings == 1)
    assert stage.platform.cases().cases == 1


def test_somebody_who_is_not_insured_is_told_so_in_plain_words(stage: Stage) -> None:
    """A refusal is the platform's own words, and no case is made."""
    stage.go_to_reader()
    stage.world.act("card li")
    stage.see(views.ReviewView)
    stage.touch(events.Continue())
    fault = stage.see(views.FaultView)
    assert fault.trouble is Trouble.REFUSED
    assert fault.words
    assert stage.platform.cases().cases == 0


@pytest.mark.parametrize("key", ["chan", "anna"])
def test_residents_from_elsewhere_are_served_alike(stage: Stage, key: str) -> None:
    """Cards of 港澳台 residents and of foreigners lead to the same certificate."""
    stage.go_to_reader()
    stage.world.act(f"card {key}")
    stage.see(views.ReviewView)
    stage.touch(events.Continue())
    stage.see(views.IssuedView)


# --- the reader -----------------------------------------------------------------------------------


def test_without_a_reader_the_service_is_grey_and_says_why(stage: Stage) -> None:
    """A reader that is gone greys out what needs it; plugged in, it is offered again."""
    stage.touch(events.Start())
    stage.see(views.HomeView, lambda v: v.tiles and v.tiles[0].why_not is None)
    stage.world.act("reader unplug")
    stage.see(views.HomeView, lambda v: v.tiles[0].why_not is Trouble.READER_UNAVAILABLE)
    stage.world.act("reader plug")
    stage.see(views.HomeView, lambda v: v.tiles[0].why_not is None)


def test_a_reader_unplugged_in_the_middle_is_told_and_goes_on_when_it_is_back(
    stage: Stage,
) -> None:
    """Pulled within the photo: the screen says so at once; plugged in, the same visit goes on."""
    stage.go_to_reader()
    stage.world.reader.cut_after = 640
    stage.world.act("card wang")
    fault = stage.see(views.FaultView)
    assert fault.trouble is Trouble.READER_UNAVAILABLE
    stage.world.act("reader plug")
    stage.see(views.IdentifyView)
    stage.world.act("card wang")
    assert stage.see(views.ReviewView).name == WANG.name


@pytest.mark.parametrize("fault", [WireFault.GARBAGE, WireFault.BAD_CHECKSUM])
def test_one_broken_answer_is_nobodys_trouble(stage: Stage, fault: StrEnum) -> None:
    """Noise on the wire once is asked for again before the resident hears of it."""
    stage.go_to_reader()
    stage.world.reader.faults.begin(fault, times=1)
    stage.world.act("card wang")
    stage.see(views.ReviewView)


@pytest.mark.parametrize("fault", [WireFault.GARBAGE, WireFault.BAD_CHECKSUM])
def test_a_reader_that_only_makes_noise_ends_in_plain_words(stage: Stage, fault: StrEnum) -> None:
    """Noise that goes on is tried three times, then there is a way on."""
    stage.go_to_reader()
    stage.world.reader.faults.begin(fault)
    stage.world.act("card wang")
    assert stage.see(views.FaultView).can_retry
    stage.world.act("reader behave")
    stage.touch(events.Retry())
    stage.see(views.ReviewView)


def test_a_card_taken_away_during_the_read_is_asked_for_again(stage: Stage) -> None:
    """The screen says that the card was lifted too soon, and the next try works."""
    stage.go_to_reader()
    stage.world.reader.leave_after = 0.0
    stage.world.act("card wang")
    stage.see(views.IdentifyView, lambda v: v.trouble is Trouble.CARD_REMOVED)
    stage.world.act("card wang")
    stage.see(views.ReviewView)


# --- the printer ----------------------------------------------------------------------------------


def test_no_paper_before_the_receipt_is_said_and_loading_paper_mends_it(stage: Stage) -> None:
    """An empty printer is seen before the button is touched; the certificate is not affected."""
    printable(stage)
    stage.world.act("printer paper-out")
    empty = views.NotPrinted(Trouble.PAPER_OUT)
    stage.see(views.IssuedView, lambda v: v.print == empty)
    stage.world.act("printer paper-in")
    stage.see(views.IssuedView, lambda v: v.print == views.NotPrinted(None))
    stage.touch(events.Print())
    stage.see(views.IssuedView, lambda v: v.print == views.PrintDone(confirmed=True))


def test_paper_that_ends_during_the_receipt_makes_the_next_one_a_copy(stage: Stage) -> None:
    """Success is not shown for a print that failed; what is printed again says 补打."""
    printable(stage)
    stage.see(views.IssuedView)
    stage.world.act("printer paper-out 200")
    stage.touch(events.Print())
    stage.see(views.IssuedView, lambda v: v.print == views.PrintFailed(Trouble.PAPER_OUT))
    stage.world.act("printer paper-in")
    stage.see(views.IssuedView, lambda v: v.print == views.NotPrinted(None))
    stage.world.printer.take()
    stage.touch(events.Print())
    stage.see(views.IssuedView, lambda v: isinstance(v.print, views.PrintDone))
    assert "补打".encode("gb18030") in stage.world.printer.printed


# --- the platform ---------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", [Mode.ERROR, Mode.DROP_BEFORE, Mode.DROP_AFTER, Mode.SLOW])
def test_a_platform_that_fails_keeps_the_request_and_it_happens_once(
    stage: Stage, mode: Mode
) -> None:
    """The resident gets a number and a receipt with it; later there is exactly one case."""
    stage.go_to_reader()
    stage.world.act("card wang")
    stage.see(views.ReviewView)
    stage.platform.faults(mode)
    stage.touch(events.Continue())
    kept = stage.see(views.KeptView)
    stage.touch(events.Print())
    stage.see(views.KeptView, lambda v: isinstance(v.print, views.PrintDone))
    assert kept.number.encode() in stage.world.printer.printed
    stage.platform.faults(Mode.OFF)
    eventually(lambda: stage.platform.cases().cases == 1)
    stage.touch(events.Leave())
    stage.see(views.FarewellView)


def test_what_was_kept_survives_a_restart_and_is_sent_once(tmp_path: Path) -> None:
    """A request kept by a terminal that is switched off is sent by the next start."""
    with Stage(tmp_path) as stage:
        stage.go_to_reader()
        stage.world.act("card wang")
        stage.see(views.ReviewView)
        stage.platform.faults(Mode.ERROR)
        stage.touch(events.Continue())
        stage.see(views.KeptView)
        stage.restart()
        stage.platform.faults(Mode.OFF)
        eventually(lambda: stage.platform.cases().cases == 1)


def test_without_a_broker_the_visit_goes_on(tmp_path: Path, free_port: int) -> None:
    """A broker that is down is nobody's trouble at the terminal."""
    with Stage(tmp_path, mqtt=schema.Mqtt(host="127.0.0.1", port=free_port)) as stage:
        printable(stage)
        stage.see(views.IssuedView)


# --- people ---------------------------------------------------------------------------------------


def test_walking_away_is_warned_then_wiped(tmp_path: Path) -> None:
    """Somebody who leaves in the middle is asked, then forgotten; the next finds attract."""
    hurried = schema.Timeouts.model_construct(idle=0.4, warning=0.4)
    with Stage(tmp_path, timeouts=hurried) as stage:
        stage.touch(events.Start())
        stage.see(views.StillThereView)
        stage.touch(events.Continue())
        stage.see(views.HomeView)
        stage.see(views.StillThereView)
        stage.see(views.AttractView)


def traces(person: tuple[Personal | None, ...]) -> list[bytes]:
    """What must be found nowhere, in every encoding that something here writes."""
    texts = [text.reveal() for text in person if text is not None]
    return [t.encode(code) for t in texts for code in ("utf-8", "utf-16-le", "gb18030")]


@contextmanager
def overheard(broker: Broker) -> Iterator[list[bytes]]:
    """Everything that anybody says on a broker, topics included."""
    said: list[bytes] = []

    def hear(_: object, __: object, message: mqtt.MQTTMessage) -> None:
        said.append(message.topic.encode() + b" " + bytes(message.payload))

    client = mqtt.Client(CallbackAPIVersion.VERSION2, protocol=mqtt.MQTTv5)
    client.on_message = hear
    client.connect(broker.host, broker.port)
    client.subscribe("#", 1)
    client.loop_start()
    yield said
    client.disconnect()
    client.loop_stop()
    client.on_message = None


def test_nothing_personal_is_written_down_or_sent_anywhere_else(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """After a visit that was kept and sent, no file, log or message holds name, id or address."""
    home = tmp_path / "terminal"
    home.mkdir()
    with (
        Broker(tmp_path / "broker") as broker,
        overheard(broker) as said_to_the_fleet,
        Stage(home, mqtt=schema.Mqtt(host=broker.host, port=broker.port)) as stage,
    ):
        stage.go_to_reader()
        stage.world.act("card wang")
        stage.see(views.ReviewView)
        stage.platform.faults(Mode.ERROR)
        stage.touch(events.Continue())
        stage.see(views.KeptView)
        stage.platform.faults(Mode.OFF)
        eventually(lambda: stage.platform.cases().cases == 1)
        stage.touch(events.CallHelp())
        eventually(lambda: any(b"help_called" in message for message in said_to_the_fleet))
        stage.touch(events.Leave())
    files = [path for path in home.rglob("*") if path.is_file()]
    assert [path for path in files if path.suffix == ".db"]
    said = capfd.readouterr()
    everything = {str(path): path.read_bytes() for path in files}
    everything |= {"messages": b"\n".join(said_to_the_fleet)}
    everything |= {"output": said.out.encode(), "errors": said.err.encode()}
    personal = traces((WANG.name, WANG.id_number, WANG.address))
    found = {name for name, data in everything.items() for trace in personal if trace in data}
    assert not found


def test_what_is_pending_is_sealed_on_the_disk(stage: Stage, tmp_path: Path) -> None:
    """While a request waits for the platform its payload can be read by nobody with the file."""
    stage.go_to_reader()
    stage.world.act("card wang")
    stage.see(views.ReviewView)
    stage.platform.faults(Mode.ERROR)
    stage.touch(events.Continue())
    stage.see(views.KeptView)
    with sqlite3.connect(tmp_path / "state" / "terminal.db") as database:
        payload = database.execute("SELECT payload FROM intents").fetchone()[0]
    database.close()
    assert payload
    assert not any(t in payload for t in traces((WANG.name, WANG.id_number, WANG.address)))
