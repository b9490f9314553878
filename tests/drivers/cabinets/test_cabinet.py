"""The cabinet on a real serial port, with everything that goes wrong on one."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from drivers.cabinets.cabinet import SerialCabinet
from drivers.cabinets.cabinet_link import CabinetLink
from drivers.device import (
    Advice,
    Cabinet,
    CabinetState,
    Disconnected,
    HardwareError,
    Lamp,
    LampMode,
    Power,
    Ready,
    Status,
    SuspectedTampering,
    UserError,
)
from drivers.errors import DeviceError, LocalProtocolError, TransportError
from drivers.ports.serial_port import SerialPort
from drivers.ports.transport import Transport
from drivers.protocols.cabinet import Parts, Sensor, Verb, request
from drivers.protocols.cabinet_line import Kind, Line, LineDecoder
from drivers.worker import Stop
from sandbox.devices.cabinet import CabinetFault, SimulatedCabinet
from sandbox.devices.simulator import WireFault
from sandbox.lines import Lines
from tests.drivers import cabinet_page

CALM = CabinetState(door_open=False, tampered=False, power=Power.MAINS, presence=False, charge=97)
PATIENCE = 5.0

pytestmark = pytest.mark.usefixtures("no_leaks")


@pytest.fixture
def simulated(tmp_path: Path) -> Iterator[SimulatedCabinet]:
    """A controller on a pty at the right speed."""
    with SimulatedCabinet(tmp_path / "cabinet", expects=115200) as device:
        yield device


@pytest.fixture
async def cabinet(simulated: SimulatedCabinet) -> AsyncIterator[SerialCabinet]:
    """Our driver at the other end."""
    driver = SerialCabinet(str(simulated.link))
    yield driver
    await driver.close()


def say(simulated: SimulatedCabinet, words: str) -> None:
    """Act on it as a line does."""
    Lines(simulated.actors).act(f"cabinet {words}")


async def becomes(cabinet: SerialCabinet, kind: type[Status]) -> Status:
    """Probe until it is so."""
    async with asyncio.timeout(PATIENCE):
        while not isinstance(status := await cabinet.probe(), kind):
            pass
    return status


def test_it_is_a_cabinet(cabinet: SerialCabinet) -> None:
    """The driver has the capability it claims."""
    assert isinstance(cabinet, Cabinet)


# --- the page ---


def test_the_conversation_of_the_page_happens(simulated: SimulatedCabinet) -> None:
    """Sent line by line, the page's conversation is answered line by line as it says."""
    port = SerialPort("cabinet", str(simulated.link)).open()
    heard = _heard(port)
    for tag in (98, 99):  # between the two it says what it has to say after it was plugged in
        port.write(request(tag, Verb.STATE).to_bytes())
        while next(heard).tag != str(tag):
            pass
    for row in cabinet_page.conversation():
        match row.split(" ", 1):
            case [">", line]:
                port.write(line.encode() + b"\r\n")
            case ["<", line]:
                assert next(heard).to_bytes() == line.encode() + b"\r\n"
            case _:
                say(simulated, row)
    port.close()


def _heard(port: Transport) -> Iterator[Line]:
    """Lines as they come."""
    decoder = LineDecoder()
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        for line in decoder.feed(port.read(until)):
            assert isinstance(line, Line)
            yield line


# --- how it is ---


async def test_how_it_is_can_be_asked(simulated: SimulatedCabinet, cabinet: SerialCabinet) -> None:
    """Door, power, people and charge are as the sensors are."""
    assert await cabinet.state() == CALM
    say(simulated, "door-open")
    say(simulated, "mains-off")
    say(simulated, "presence on")
    assert await cabinet.state() == CabinetState(
        door_open=True, tampered=False, power=Power.BATTERY, presence=True, charge=88
    )


@pytest.mark.parametrize(
    ("words", "kind", "code"),
    [
        ("door-open", UserError, "cabinet.door_open"),
        ("tamper", SuspectedTampering, "cabinet.tampered"),
        ("battery-low", HardwareError, "cabinet.battery_low"),
        ("sensor-broken", HardwareError, "cabinet.sensor"),
        ("new-version", HardwareError, "cabinet.version"),
        ("stuck-busy", HardwareError, "cabinet.busy"),
    ],
)
async def test_what_needs_somebody_is_a_fault(
    simulated: SimulatedCabinet,
    cabinet: SerialCabinet,
    words: str,
    kind: type[UserError | HardwareError | SuspectedTampering],
    code: str,
) -> None:
    """Each has its own code and says where; afterwards the cabinet is ready again."""
    assert await cabinet.probe() == Ready()
    say(simulated, words)
    status = await becomes(cabinet, kind)
    assert isinstance(status, kind)
    assert status.fault.code == code
    assert status.fault.detail.startswith(f"{simulated.link}: ")
    assert status.fault.advice in {Advice.ATTENDANT_ACTS, Advice.TECHNICIAN_ACTS}
    simulated.behave()
    await becomes(cabinet, Ready)


async def test_battery_is_no_fault(simulated: SimulatedCabinet, cabinet: SerialCabinet) -> None:
    """A power cut that the battery carries leaves the cabinet ready; its state says so."""
    say(simulated, "mains-off")
    assert await cabinet.probe() == Ready()
    assert (await cabinet.state()).power is Power.BATTERY


async def test_the_fault_of_another_version_names_it(
    simulated: SimulatedCabinet, cabinet: SerialCabinet
) -> None:
    """A technician reads which version the controller speaks, and what to do."""
    say(simulated, "new-version")
    status = await becomes(cabinet, HardwareError)
    assert isinstance(status, HardwareError)
    assert "2.0" in status.fault.detail
    assert "firmware" in status.fault.detail


async def test_a_self_test_says_who_it_is_and_what_it_has(cabinet: SerialCabinet) -> None:
    """Maker, firmware, lamps and sensors are read without a cabinet being opened."""
    result = await cabinet.self_test()
    assert (result.status, result.model) == (Ready(), "Doorstep Sandbox")
    assert result.facts["firmware"] == "1.4.2"
    assert result.facts["lamps"].split() == list(Lamp)
    assert "presence=no" in result.facts["state"]


# --- tampering ---


async def test_tampering_outlives_a_loss_of_power(
    simulated: SimulatedCabinet, cabinet: SerialCabinet
) -> None:
    """Pulled and plugged in again, it still tells, until staff says that it has looked."""
    say(simulated, "tamper")
    simulated.unplug()
    await becomes(cabinet, Disconnected)
    simulated.plug()
    await becomes(cabinet, SuspectedTampering)
    assert (await cabinet.state()).tampered
    await cabinet.acknowledge_tampering()
    assert not (await cabinet.state()).tampered
    assert await cabinet.probe() == Ready()


async def test_what_nobody_has_seen_is_not_acknowledged(
    simulated: SimulatedCabinet, cabinet: SerialCabinet
) -> None:
    """Tampered with again between the look and the word, it goes on telling."""
    say(simulated, "tamper")
    await becomes(cabinet, SuspectedTampering)
    simulated.unplug()
    await becomes(cabinet, Disconnected)
    say(simulated, "tamper")
    simulated.plug()
    with pytest.raises(DeviceError, match=r"cabinet\.tampered_again"):
        await cabinet.acknowledge_tampering()
    assert isinstance(await cabinet.probe(), SuspectedTampering)
    await cabinet.acknowledge_tampering()
    assert await cabinet.probe() == Ready()


async def test_nothing_to_acknowledge_is_nothing(cabinet: SerialCabinet) -> None:
    """Without a tampering there is nothing to say."""
    await cabinet.acknowledge_tampering()
    assert await cabinet.probe() == Ready()


# --- what happens ---


async def test_changes_are_told_as_they_happen(
    simulated: SimulatedCabinet, cabinet: SerialCabinet
) -> None:
    """First how it is, then each change, without anybody asking the controller."""
    assert await cabinet.wait_for_change(PATIENCE) == CALM
    for words, state in (
        ("presence on", replace(CALM, presence=True)),
        ("door-open", replace(CALM, presence=True, door_open=True)),
        ("door-shut", replace(CALM, presence=True)),
        ("presence off", CALM),
    ):
        waiting = asyncio.create_task(cabinet.wait_for_change(PATIENCE))
        await asyncio.sleep(0)
        say(simulated, words)
        assert await waiting == state


async def test_a_change_between_two_waits_is_not_lost(
    simulated: SimulatedCabinet, cabinet: SerialCabinet
) -> None:
    """What a probe came to know meanwhile is told to whoever waits next."""
    await cabinet.state()
    say(simulated, "door-open")
    await becomes(cabinet, UserError)
    assert await cabinet.wait_for_change(PATIENCE) == replace(CALM, door_open=True)


async def test_nothing_happens_in_time(cabinet: SerialCabinet) -> None:
    """A wait in which nothing changes ends with None."""
    await cabinet.state()
    assert await cabinet.wait_for_change(0.1) is None


async def test_a_lamp_does_not_wait_for_a_change(
    simulated: SimulatedCabinet, cabinet: SerialCabinet
) -> None:
    """While somebody waits, lamps, beeps and probes get their turn, and the wait goes on."""
    await cabinet.state()
    waiting = asyncio.create_task(cabinet.wait_for_change(60))
    await asyncio.sleep(0)
    async with asyncio.timeout(PATIENCE):
        await cabinet.light(Lamp.TOP, LampMode.ON)
        await cabinet.beep(100)
        assert await cabinet.probe() == Ready()
    assert not waiting.done()
    assert (simulated.lamps, simulated.beeps) == ({Lamp.TOP: LampMode.ON}, [100])
    say(simulated, "presence on")
    assert await waiting == replace(CALM, presence=True)


async def test_a_broken_event_is_asked_after(
    simulated: SimulatedCabinet, cabinet: SerialCabinet
) -> None:
    """A line spoilt on its way is no lost change, and no heartbeat has to be waited for."""
    await cabinet.state()
    waiting = asyncio.create_task(cabinet.wait_for_change(PATIENCE))
    await asyncio.sleep(0)
    simulated.faults.begin(WireFault.BAD_CHECKSUM, times=1)
    say(simulated, "door-open")
    assert await waiting == replace(CALM, door_open=True)


def test_silence_is_noticed_while_listening(simulated: SimulatedCabinet) -> None:
    """Where heartbeats stay out, something may have been missed, and the state is asked for."""
    simulated.faults.begin(WireFault.SILENCE)
    port = SerialPort("cabinet", str(simulated.link))
    link = CabinetLink(port, itertools.count(), quiet=0.1)
    assert not link.listen(time.monotonic() + 0.01)
    assert link.listen(time.monotonic() + 0.2)
    with pytest.raises(TransportError, match=r"cabinet\.silent"):
        link.ask_state(Stop())
    link.close()


async def test_a_cut_off_warning_is_answered(
    simulated: SimulatedCabinet, cabinet: SerialCabinet
) -> None:
    """A controller about to cut the power hears at once that the terminal lives."""
    await cabinet.state()
    waiting = asyncio.create_task(cabinet.wait_for_change(60))
    await asyncio.sleep(0)
    asked = simulated.requests
    simulated.answer(Line(Kind.EVENT, "--", ("CYCLE", "in=30")).to_bytes())
    assert await asyncio.to_thread(simulated.wait_for_request, asked, PATIENCE)
    waiting.cancel()


# --- lamps and beeper ---


async def test_lamps_shine_as_asked(simulated: SimulatedCabinet, cabinet: SerialCabinet) -> None:
    """On, blinking and off again, each lamp for itself."""
    await cabinet.light(Lamp.ID_CARD, LampMode.BLINK)
    await cabinet.light(Lamp.TOP, LampMode.ON)
    assert simulated.lamps == {Lamp.ID_CARD: LampMode.BLINK, Lamp.TOP: LampMode.ON}
    await cabinet.light(Lamp.ID_CARD, LampMode.OFF)
    assert simulated.lamps == {Lamp.TOP: LampMode.ON}


@pytest.mark.parametrize("away", ["reboot", "unplug"])
async def test_lamps_shine_again_after_it_was_away(
    simulated: SimulatedCabinet, cabinet: SerialCabinet, away: str
) -> None:
    """A controller that started anew is told what should shine, with nobody asking again."""
    await cabinet.light(Lamp.RECEIPT, LampMode.BLINK)
    say(simulated, away)
    simulated.plug()
    async with asyncio.timeout(PATIENCE):
        while simulated.lamps != {Lamp.RECEIPT: LampMode.BLINK}:
            await cabinet.probe()


async def test_lamps_go_dark_when_the_terminal_is_silent(tmp_path: Path) -> None:
    """A terminal that hangs leaves no lamp on; heard again, they are as they were."""
    with SimulatedCabinet(tmp_path / "cabinet", host_lost=0.2) as simulated:
        cabinet = SerialCabinet(str(simulated.link))
        await cabinet.light(Lamp.TOP, LampMode.ON)
        assert await asyncio.to_thread(simulated.wait_for_lamps, {}, PATIENCE)
        assert await cabinet.probe() == Ready()
        assert simulated.lamps == {Lamp.TOP: LampMode.ON}
        await cabinet.close()


async def test_what_is_not_fitted_stays_dark_and_silent(
    simulated: SimulatedCabinet, cabinet: SerialCabinet
) -> None:
    """A cabinet without that lamp, or without a beeper, is no error of whoever asks."""
    simulated.parts = Parts((Lamp.TOP,), (Sensor.DOOR,), beeper=False)
    await cabinet.light(Lamp.SCANNER, LampMode.ON)
    await cabinet.beep(100)
    assert (simulated.lamps, simulated.beeps) == ({}, [])
    assert await cabinet.state() == CabinetState(
        door_open=False, tampered=None, power=Power.UNKNOWN, presence=None
    )


async def test_an_impossible_beep_is_our_mistake(cabinet: SerialCabinet) -> None:
    """It is refused before anything is sent."""
    with pytest.raises(LocalProtocolError):
        await cabinet.beep(60_000)


# --- the wire ---


@pytest.mark.parametrize(
    "fault", [WireFault.BAD_CHECKSUM, WireFault.GARBAGE, WireFault.TRUNCATED, WireFault.SILENCE]
)
async def test_one_broken_answer_is_asked_for_again(
    simulated: SimulatedCabinet, cabinet: SerialCabinet, fault: WireFault
) -> None:
    """A line broken or lost once on the wire is nobody's problem."""
    await cabinet.state()
    simulated.faults.begin(fault, times=1)
    await cabinet.light(Lamp.TOP, LampMode.ON)
    assert simulated.lamps == {Lamp.TOP: LampMode.ON}


async def test_slow_bytes_are_waited_for(
    simulated: SimulatedCabinet, cabinet: SerialCabinet
) -> None:
    """A line that trickles in byte by byte is one line."""
    simulated.faults.begin(WireFault.SLOW)
    assert await cabinet.state() == CALM


async def test_busy_once_is_asked_again(
    simulated: SimulatedCabinet, cabinet: SerialCabinet
) -> None:
    """A controller that has no time now has it in a moment."""
    await cabinet.state()
    simulated.faults.begin(CabinetFault.STUCK_BUSY, times=2)
    assert await cabinet.state() == CALM


@pytest.mark.parametrize(
    ("fault", "code", "words"),
    [
        (WireFault.SILENCE, "cabinet.silent", "no answer"),
        (WireFault.BAD_CHECKSUM, "cabinet.checksum", "bad CRC in a cabinet line: expected"),
        (WireFault.TRUNCATED, "cabinet.garbage", "cabinet line"),
        (CabinetFault.BABBLE, "cabinet.garbage", "no cabinet line in 25 bytes"),
    ],
)
async def test_a_controller_that_goes_on_misbehaving_is_named(
    simulated: SimulatedCabinet,
    cabinet: SerialCabinet,
    fault: WireFault | CabinetFault,
    code: str,
    words: str,
) -> None:
    """Each way of going wrong has its own code and says what was seen; afterwards all is well."""
    await cabinet.state()
    simulated.faults.begin(fault)
    with pytest.raises(DeviceError) as caught:
        await cabinet.state()
    assert caught.value.fault.code == code
    assert words in caught.value.fault.detail
    simulated.behave()
    assert await cabinet.state() == CALM


async def test_unplugged_within_an_answer_and_plugged_in_again(
    simulated: SimulatedCabinet, cabinet: SerialCabinet
) -> None:
    """A cable pulled within a line is a lost cabinet; plugged in, it is as before."""
    await cabinet.state()
    simulated.cut_after = 16
    with pytest.raises(TransportError, match=r"cabinet\.disconnected"):
        await cabinet.state()
    simulated.plug()
    assert await cabinet.state() == CALM


async def test_the_wrong_speed_is_silence_that_names_the_speed(tmp_path: Path) -> None:
    """A controller set to another speed hears noise: the reason names the speed we tried."""
    with SimulatedCabinet(tmp_path / "cabinet", expects=9600) as simulated:
        cabinet = SerialCabinet(str(simulated.link))
        status = await cabinet.probe()
        await cabinet.close()
    assert isinstance(status, Disconnected)
    assert "baud rate (115200)" in status.reason


async def test_a_cancelled_wait_leaves_it_open(
    simulated: SimulatedCabinet, cabinet: SerialCabinet
) -> None:
    """Who stops waiting for a change takes nothing from the others: the lamps go on."""
    await cabinet.light(Lamp.TOP, LampMode.ON)
    await cabinet.state()
    greeted = simulated.greetings
    for _ in range(3):
        waiting = asyncio.create_task(cabinet.wait_for_change(60))
        await asyncio.sleep(0.02)
        waiting.cancel()
        assert await cabinet.probe() == Ready()
    assert simulated.greetings == greeted
