"""Telemetry against a real broker: what arrives, in which order, and what is kept until it can."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import paho.mqtt.client as mqtt
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from drivers.device import Advice, DeviceKind, Disconnected, Fault, HardwareError, PaperOut, Ready
from kiosk import wire
from kiosk.services.spool import LONGEST, Kept, Spool
from kiosk.services.telemetry import Telemetry, TelemetryConfig
from sandbox.broker import Broker

pytestmark = pytest.mark.usefixtures("no_leaks")

LABELS = wire.Labels(name_zh="家门口", name_en="Doorstep", place_zh="柳湖村", place_en="Liuhu")
READER = {DeviceKind.ID_CARD_READER: Ready()}


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    """A mosquitto of our own."""
    with Broker(tmp_path / "broker") as broker:
        yield broker


class Ear:
    """Hears everything terminals say, as the fleet does."""

    def __init__(self, broker: Broker, loop: asyncio.AbstractEventLoop) -> None:
        self._heard: asyncio.Queue[tuple[str, bytes]] = asyncio.Queue()
        self._client = mqtt.Client(CallbackAPIVersion.VERSION2, protocol=mqtt.MQTTv5)
        self._subscribed = asyncio.Event()
        self._client.on_connect = lambda client, *_: client.subscribe(
            [(t, 1) for t in wire.from_all(*wire.CHANNELS)]
        )

        def on_subscribe(*_: object) -> None:
            loop.call_soon_threadsafe(self._subscribed.set)

        self._client.on_subscribe = on_subscribe

        def on_message(_: object, __: object, message: mqtt.MQTTMessage) -> None:
            heard = (message.topic, bytes(message.payload))
            loop.call_soon_threadsafe(self._heard.put_nowait, heard)

        self._client.on_message = on_message
        self._client.reconnect_delay_set(1, 1)
        self._client.connect_async(broker.host, broker.port)
        self._client.loop_start()

    def deaf(self) -> None:
        """The broker is about to go."""
        self._subscribed.clear()

    async def ready(self) -> None:
        """Return once the broker has our subscription."""
        async with asyncio.timeout(20):
            await self._subscribed.wait()

    async def hear(self, channel: wire.Channel) -> bytes:
        """The next message on a channel; others are passed over."""
        async with asyncio.timeout(20):
            while True:
                topic, payload = await self._heard.get()
                if wire.parse_topic(topic)[1] == channel:
                    return payload

    async def close(self) -> None:
        """Hear no more."""
        self._client.disconnect()
        await asyncio.to_thread(self._client.loop_stop)
        del self._client  # paho closes its own pair of sockets only when it is collected


@pytest.fixture
async def ear(broker: Broker) -> AsyncIterator[Ear]:
    """Somebody who listens."""
    ear = Ear(broker, asyncio.get_running_loop())
    await ear.ready()
    yield ear
    await ear.close()


def telemetry(broker: Broker, tmp_path: Path, heartbeat: float = 15.0) -> Telemetry:
    """A terminal's line to the broker."""
    config = TelemetryConfig("test-1", LABELS, "0.1", broker.host, broker.port, heartbeat)
    return Telemetry(config, tmp_path / "spool.db")


async def test_birth_health_event_and_goodbye(broker: Broker, tmp_path: Path, ear: Ear) -> None:
    """A terminal says that it is there, how it is, what happened, and goodbye."""
    line = telemetry(broker, tmp_path)
    line.health(READER, screen="attract", pending=0, platform_reachable=True)
    await line.start()
    birth = wire.decode(wire.State, await ear.hear("state"))
    assert birth.online
    health = wire.decode(wire.Health, await ear.hear("health"))
    assert [(d.kind, d.state) for d in health.devices] == [("id_card_reader", "ready")]
    line.event("help_called", screen="home")
    assert wire.decode(wire.Event, await ear.hear("event")).data == {"screen": "home"}
    await line.stop()
    death = wire.decode(wire.State, await ear.hear("state"))
    assert (death.online, death.session_id) == (False, birth.session_id)


async def test_health_is_sent_on_change_with_what_to_do(
    broker: Broker, tmp_path: Path, ear: Ear
) -> None:
    """The same state twice is one message; a fault names its code and who has to act."""
    line = telemetry(broker, tmp_path)
    await line.start()
    await ear.hear("state")
    stuck = HardwareError(Fault("printer.cutter", Advice.ATTENDANT_ACTS))
    for status in (Ready(), Ready(), PaperOut(), stuck):
        line.health(
            {DeviceKind.RECEIPT_PRINTER: status}, screen="home", pending=0, platform_reachable=True
        )
    said = [wire.decode(wire.Health, await ear.hear("health")).devices[0] for _ in range(3)]
    assert [d.state for d in said] == ["ready", "paper_out", "hardware_error"]
    assert (said[-1].fault, said[-1].advice) == ("printer.cutter", "attendant_acts")
    await line.stop()


async def test_the_heart_beats(broker: Broker, tmp_path: Path, ear: Ear) -> None:
    """Without any change the fleet hears from the terminal on every beat."""
    line = telemetry(broker, tmp_path, heartbeat=0.05)
    line.health(READER, screen="attract", pending=0, platform_reachable=True)
    await line.start()
    beating = asyncio.create_task(line.run())
    numbers = [wire.decode(wire.Health, await ear.hear("health")).seq for _ in range(3)]
    assert numbers == sorted(set(numbers))
    beating.cancel()
    await line.stop()


async def test_what_happened_without_a_broker_is_replayed_once_in_order(
    broker: Broker, tmp_path: Path, ear: Ear
) -> None:
    """Events of an outage outlive the process, and arrive in order once the broker is back."""
    ear.deaf()
    broker.stop()
    first = telemetry(broker, tmp_path)
    await first.start()
    first.event("print_unknown")
    first.event("help_called")
    await first.stop()
    broker.start()
    await ear.ready()
    second = telemetry(broker, tmp_path)
    await second.start()
    names = [wire.decode(wire.Event, await ear.hear("replay")).name for _ in range(2)]
    assert names == ["print_unknown", "help_called"]
    await second.stop()
    spool = Spool(tmp_path / "spool.db")
    assert spool.all() == []
    spool.close()


async def test_a_broker_that_restarts_is_found_again(
    broker: Broker, tmp_path: Path, ear: Ear
) -> None:
    """After a restart there is a new birth under a new session, and nothing is lost."""
    line = telemetry(broker, tmp_path)
    await line.start()
    first = wire.decode(wire.State, await ear.hear("state"))
    broker.stop()
    line.event("help_called")
    broker.start()
    while True:
        state = wire.decode(wire.State, await ear.hear("state"))
        if state.online and state.session_id != first.session_id:
            break
    await line.stop()
    spool = Spool(tmp_path / "spool.db")
    assert spool.all() == []
    spool.close()


async def test_no_broker_at_all_is_no_error(tmp_path: Path, free_port: int) -> None:
    """A terminal without its broker starts, works and stops."""
    config = TelemetryConfig("test-1", LABELS, "0.1", "127.0.0.1", free_port)
    line = Telemetry(config, tmp_path / "spool.db")
    await line.start()
    line.health(
        {DeviceKind.ID_CARD_READER: Disconnected("unplugged")},
        screen="attract",
        pending=0,
        platform_reachable=False,
    )
    line.event("help_called")
    async with asyncio.timeout(10):
        await line.stop()


def test_the_spool_is_bounded(tmp_path: Path) -> None:
    """Of more events than are kept the oldest go."""
    spool = Spool(tmp_path / "spool.db")
    for seq in range(30):
        spool.add(Kept("boot", seq, b"{}"))
    assert [kept.seq for kept in spool.all()] == list(range(30))
    spool._db.execute("UPDATE sqlite_sequence SET seq = ?", (LONGEST + 29,))
    spool.add(Kept("boot", 99, b"{}"))
    assert [kept.seq for kept in spool.all()][-1] == 99
    assert len(spool.all()) == 1
    spool.close()
