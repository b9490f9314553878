"""From a real broker into the tables: nothing lost, nothing twice, nobody alive by mistake."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import paho.mqtt.client as mqtt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paho.mqtt.enums import CallbackAPIVersion
from sqlalchemy import Engine, select

from drivers.device import DeviceKind, Ready
from fleet.ingest import Ingest
from fleet.presence import Verdict
from fleet.store.board import Board, Moment
from fleet.store.database import open_database
from fleet.store.fleetbook import FleetBook, Received
from fleet.store.schema import events
from kiosk import wire
from kiosk.services.spool import Spool
from kiosk.services.telemetry import Telemetry, TelemetryConfig
from sandbox.broker import Broker

BOOT = "fedcba9876543210"
LABELS = wire.Labels(name_zh="家门口", name_en="Doorstep", place_zh="柳湖村", place_en="Liuhu")


@dataclass(frozen=True)
class Hall:
    """A broker and the tables behind it."""

    broker: Broker
    engine: Engine
    home: Path

    def verdict(self, terminal: str, at: Moment) -> Verdict | None:
        """What the page would say of a terminal."""
        found = {each.id: each.verdict for each in Board(self.engine).standings(at)}
        return found.get(terminal)

    def happened(self) -> list[tuple[str, int]]:
        """Every event in the tables, in order of arrival: its name and number."""
        query = select(events.c.name, events.c.seq).order_by(events.c.id)
        with self.engine.connect() as connection:
            return [(row.name, row.seq) for row in connection.execute(query)]

    def telemetry(self) -> Telemetry:
        """A terminal's line."""
        config = TelemetryConfig("test-1", LABELS, "0.1", self.broker.host, self.broker.port)
        return Telemetry(config, self.home / "spool.db")

    async def hand_over(self, terminal: Telemetry) -> None:
        """Stop a terminal and return once the broker has all that happened to it."""
        await terminal.stop()
        again = self.telemetry()
        await again.start()
        spool = Spool(self.home / "spool.db")
        await until(lambda: not spool.all())
        spool.close()
        await again.stop()

    @contextmanager
    def listening(self) -> Iterator[Ingest]:
        """The monitor listens."""
        where = (self.broker.host, self.broker.port)
        ingest = Ingest(FleetBook(self.engine), "test-monitor", where, lambda _: None)
        ingest.start()
        try:
            yield ingest
        finally:
            ingest.stop()


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    """Everything real but the pages."""
    engine = open_database(f"sqlite:///{tmp_path / 'fleet.db'}")
    with Broker(tmp_path / "broker") as broker:
        yield Hall(broker, engine, tmp_path)
    engine.dispose()


async def until(happens: Callable[[], bool], within: float = 20.0) -> None:
    """Return once it is so; what is looked at is in other threads and in files."""
    async with asyncio.timeout(within):
        while not await asyncio.to_thread(happens):  # noqa: ASYNC110 # they set no event of ours
            await asyncio.sleep(0.02)


def birth(session: str, *, online: bool = True) -> wire.State:
    """A birth or a death of one session."""
    return wire.State(
        online=online,
        session_id=session,
        boot_id=BOOT,
        connect_ts=1.0,
        software="0.1",
        labels=LABELS,
    )


def publish(hall: Hall, terminal: str, message: wire.State, *, retain: bool = False) -> None:
    """Say something as any client may on this broker."""
    client = mqtt.Client(CallbackAPIVersion.VERSION2, protocol=mqtt.MQTTv5)
    client.connect(hall.broker.host, hall.broker.port)
    client.loop_start()
    where = wire.topic(terminal, "state")
    client.publish(where, wire.encode(message), 1, retain).wait_for_publish(10)
    client.disconnect()
    client.loop_stop()


async def test_events_of_a_time_without_monitor_are_there_once(hall: Hall) -> None:
    """What happens while the monitor is stopped is in its tables after the next start, once."""
    terminal = hall.telemetry()
    await terminal.start()
    with hall.listening() as ingest:
        await until(lambda: ingest.hearing_since is not None)
        terminal.event("help_called")
        await until(lambda: len(hall.happened()) == 1)
    for _ in range(5):
        terminal.event("print_sent")
    await hall.hand_over(terminal)
    with hall.listening():
        await until(lambda: len(hall.happened()) == 6)
    numbers = [number for _, number in hall.happened()]
    assert numbers == sorted(set(numbers))


async def test_heartbeats_do_not_push_events_out_while_the_monitor_is_away(hall: Hall) -> None:
    """A broker keeps a thousand messages for one that is away; more beats than that cost none."""
    terminal = hall.telemetry()
    await terminal.start()
    with hall.listening() as ingest:
        await until(lambda: ingest.hearing_since is not None)
        terminal.event("print_sent")
        await until(lambda: len(hall.happened()) == 1)
    for number in range(1500):
        terminal.health(
            {DeviceKind.ID_CARD_READER: Ready()},
            screen="attract",
            pending=number,
            platform_reachable=True,
        )
    terminal.event("help_called")
    await hall.hand_over(terminal)
    with hall.listening():
        await until(lambda: len(hall.happened()) > 1)
    assert [name for name, _ in hall.happened()] == ["print_sent", "help_called"]


async def test_a_birth_that_the_broker_had_kept_makes_nobody_present(hall: Hall) -> None:
    """A retained birth may be days old: the terminal is unknown until it speaks."""
    await asyncio.to_thread(publish, hall, "old-1", birth("a" * 16), retain=True)
    with hall.listening() as ingest:
        await until(lambda: ingest.hearing_since is not None)
        at = Moment(time.time(), ingest.hearing_since)
        await until(lambda: hall.verdict("old-1", at) is not None)
        assert hall.verdict("old-1", at) is Verdict.UNKNOWN


async def test_a_takeover_is_no_flap(hall: Hall) -> None:
    """The will of the connection that was taken over comes after the new birth, and is let pass."""
    earlier = mqtt.Client(CallbackAPIVersion.VERSION2, "test-1", protocol=mqtt.MQTTv5)
    will = wire.encode(birth("0" * 16, online=False))
    earlier.will_set(wire.topic("test-1", "state"), will, qos=1, retain=True)
    earlier.connect(hall.broker.host, hall.broker.port)
    earlier.loop_start()
    wills: list[bytes] = []
    witness = mqtt.Client(CallbackAPIVersion.VERSION2, protocol=mqtt.MQTTv5)
    witness.on_message = lambda _, __, message: wills.append(bytes(message.payload))
    witness.connect(hall.broker.host, hall.broker.port)
    witness.subscribe(wire.topic("test-1", "state"), 1)
    witness.loop_start()
    with hall.listening() as ingest:
        await until(lambda: ingest.hearing_since is not None)
        terminal = hall.telemetry()
        terminal.health(
            {DeviceKind.ID_CARD_READER: Ready()}, screen="a", pending=0, platform_reachable=True
        )
        await terminal.start()
        earlier.on_disconnect = lambda client, *_: client.disconnect()
        await until(lambda: will in wills)
        terminal.event("help_called")
        await until(lambda: len(hall.happened()) == 1)
        at = Moment(time.time(), ingest.hearing_since)
        await until(lambda: hall.verdict("test-1", at) is Verdict.PRESENT)
        await terminal.stop()
    for client in (earlier, witness):
        client.disconnect()
        client.loop_stop()


tokens = st.text("0123456789abcdef", min_size=8, max_size=36)
codes = st.from_regex(r"^[a-z][a-z0-9_.]{0,63}\Z")
device_states = st.builds(
    wire.DeviceState,
    kind=codes,
    state=codes,
    since=st.floats(0, 4e9),
    advice=st.none() | codes,
    fault=st.none() | codes,
)
counts = st.integers(0, 2**53)
messages = st.one_of(
    st.builds(
        wire.State,
        online=st.booleans(),
        session_id=tokens,
        boot_id=tokens,
        connect_ts=st.floats(0, 4e9),
        software=st.just("0.1"),
        labels=st.just(LABELS),
    ),
    st.builds(
        wire.Health,
        boot_id=tokens,
        seq=counts,
        sent_at=st.floats(0, 4e9),
        uptime_ms=counts,
        screen=codes,
        platform_reachable=st.booleans(),
        pending=counts,
        devices=st.lists(device_states, max_size=5, unique_by=lambda device: device.kind).map(
            tuple
        ),
        memory_mb=st.none() | counts,
        disk_free_mb=st.none() | counts,
    ),
    st.builds(
        wire.Event,
        boot_id=tokens,
        seq=counts,
        at=st.floats(0, 4e9),
        name=codes,
        data=st.dictionaries(codes, st.integers(-999_999, 999_999), max_size=8),
    ),
)
received = st.builds(
    Received,
    terminal=st.sampled_from(["a", "b-1", "Z.9"]),
    at=st.floats(0, 4e9),
    message=messages,
    replayed=st.booleans(),
    retained=st.booleans(),
)


@settings(max_examples=60)
@given(st.lists(received, max_size=12))
def test_whatever_the_wire_lets_through_the_tables_take(batch: list[Received]) -> None:
    """Every message that is a message is written and read again; taking it twice adds nothing."""
    with TemporaryDirectory() as home:
        engine = open_database(f"sqlite:///{home}/fleet.db")
        book, board = FleetBook(engine), Board(engine)
        book.take(batch)
        happened = len(board.newest_events())
        book.take(batch)
        assert len(board.newest_events()) == happened
        at = Moment(5e9, 0.0)
        standings = board.standings(at)
        assert {each.id for each in standings} == {each.terminal for each in batch}
        assert len(board.terminals([each.id for each in standings], at)) == len(standings)
        assert [each.rank for each in standings] == sorted(each.rank for each in standings)
        engine.dispose()
