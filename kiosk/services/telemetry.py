"""Health and events of a terminal over MQTT 5, and nothing about anybody who uses it.

paho's thread talks to the broker; a second one owns the spool. The core's loop never waits for
either. Birth and will carry a session number of their own connection, so that a will that comes
late is known for what it is.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import secrets
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import paho.mqtt.client as mqtt
import structlog
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from pydantic import ValidationError

from drivers.device import DeviceKind, Status, fault_of, slug
from kiosk import wire
from kiosk.core.legal_time import BEIJING
from kiosk.core.staff import Line
from kiosk.services.spool import Kept, SpoolError, open_spool

log = structlog.get_logger(__name__)

KEEPALIVE = 20  # seconds
WILL_DELAY = 10  # seconds a short cut may last before the fleet is told
SESSION_EXPIRY = 300  # seconds the broker remembers us: a session that lives on sends no will
GOODBYE = 2.0  # seconds to say it in
FIRST_PAUSES = (1, 2, 3)  # seconds before the first attempt to connect again: each its own
LONGEST_PAUSE = 60  # seconds between two attempts
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Tls:
    """The terminal's certificate, by which the broker knows it (PEM files)."""

    ca: Path
    cert: Path
    key: Path


@dataclass(frozen=True, slots=True)
class TelemetryConfig:
    """Who reports to which broker; `heartbeat` in seconds."""

    terminal: str
    labels: wire.Labels
    software: str
    host: str
    port: int
    heartbeat: float = 15.0
    tls: Tls | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """What the terminal says of itself; two equal ones are not worth a message."""

    screen: str
    platform_reachable: bool
    pending: int
    devices: tuple[wire.DeviceState, ...]
    out_of_service: bool


class Telemetry:
    """One terminal's line to the fleet. `clock` gives seconds since 1970."""

    def __init__(
        self, config: TelemetryConfig, spool: Path, *, clock: Callable[[], float] = time.time
    ) -> None:
        self._config = config
        self._clock = clock
        self._started = time.monotonic()
        self._boot_id = secrets.token_hex(8)
        self._session_id = ""
        self._numbers = itertools.count(1)  # drawn from on several threads
        self._condition: Condition | None = None
        self._since: dict[DeviceKind, tuple[Status, float]] = {}
        self._connected = False
        self._turned = clock()  # when it was connected, or was no more
        self._in_flight: dict[int, Kept] = {}
        self._state_folder = spool.parent
        self._spool = open_spool(spool)
        self._keeper = ThreadPoolExecutor(1, thread_name_prefix="telemetry-spool")
        self._client = self._make_client()

    @property
    def line(self) -> Line:
        """Whether the broker is there, and since when."""
        return Line(self._connected, datetime.fromtimestamp(self._turned, BEIJING))

    async def start(self) -> None:
        """Begin to connect; a broker that is not there is no error."""
        self._client.connect_async(
            self._config.host,
            self._config.port,
            KEEPALIVE,
            clean_start=False,
            properties=_properties(PacketTypes.CONNECT, SessionExpiryInterval=SESSION_EXPIRY),
        )
        self._client.loop_start()

    async def run(self) -> None:
        """Beat the heart, and start paho's thread again should it have died (paho #894)."""
        while True:
            await asyncio.sleep(self._config.heartbeat)
            if not self._thread_lives():
                log.error("telemetry.thread_died")
                self._client.loop_start()
            self._send_health()

    async def stop(self) -> None:
        """Say what is still to be said and goodbye, and end both threads."""
        await asyncio.to_thread(self._keeper.submit(lambda: None).result)
        if self._connected:
            death = self._publish("state", self._state(online=False), retain=True)
            self._connected = False  # nothing follows a goodbye
            await asyncio.to_thread(_wait, death)
        self._client.disconnect()
        await asyncio.to_thread(self._client.loop_stop)
        await asyncio.to_thread(self._keeper.shutdown)
        self._spool.close()

    def health(
        self,
        devices: Mapping[DeviceKind, Status],
        *,
        screen: str,
        pending: int,
        platform_reachable: bool,
        out_of_service: bool = False,
    ) -> None:
        """How the terminal is now; sent when it is another than before. Cheap, never waits."""
        states = tuple(self._device(kind, status) for kind, status in sorted(devices.items()))
        condition = Condition(screen, platform_reachable, pending, states, out_of_service)
        if condition != self._condition:
            self._condition = condition
            self._send_health()

    def event(self, name: str, /, **data: str | int) -> None:
        """Something happened; it is kept until the broker has it. Never waits, never raises.

        Where a fact does not fit on the wire, that it happened is told without any.
        """
        seq, at = next(self._numbers), self._clock()
        for facts in (data, {}):
            try:
                event = wire.Event(boot_id=self._boot_id, seq=seq, at=at, name=name, data=facts)
            except ValidationError as error:
                # The work it tells of is worth more than the telling.
                log.warning("telemetry.unfit_event", name=name, fields=error.error_count())
            else:
                self._later(self._keep, Kept(self._boot_id, seq, wire.encode(event)))
                return

    # --- messages ---

    def _device(self, kind: DeviceKind, status: Status) -> wire.DeviceState:
        known = self._since.get(kind)
        if known is None or known[0] != status:
            known = self._since[kind] = (status, self._clock())
        fault = fault_of(status)
        return wire.DeviceState(
            kind=kind.value,
            state=slug(status),
            since=known[1],
            advice=fault.advice.value if fault else None,
            fault=fault.code if fault else None,
        )

    def _state(self, *, online: bool) -> wire.State:
        return wire.State(
            online=online,
            session_id=self._session_id,
            boot_id=self._boot_id,
            connect_ts=self._clock(),
            software=self._config.software,
            labels=self._config.labels,
        )

    def _send_health(self) -> None:
        """Only the newest counts: what cannot be sent now is said again after the next birth."""
        condition = self._condition
        if condition is None or not self._connected:
            return
        health = wire.Health(
            boot_id=self._boot_id,
            seq=next(self._numbers),
            sent_at=self._clock(),
            uptime_ms=int((time.monotonic() - self._started) * 1000),
            screen=condition.screen,
            platform_reachable=condition.platform_reachable,
            pending=condition.pending,
            devices=condition.devices,
            out_of_service=condition.out_of_service,
            memory_mb=_memory_mb(),
            disk_free_mb=_disk_free_mb(self._state_folder),
        )
        self._publish("health", health)

    def _publish(
        self, channel: wire.Channel, message: wire.Message, *, retain: bool = False
    ) -> mqtt.MQTTMessageInfo:
        return self._send(channel, wire.encode(message), retain=retain)

    def _send(
        self, channel: wire.Channel, payload: bytes, *, retain: bool = False
    ) -> mqtt.MQTTMessageInfo:
        properties = _properties(PacketTypes.PUBLISH, UserProperty=("schema", str(wire.VERSION)))
        where = wire.topic(self._config.terminal, channel)
        return self._client.publish(where, payload, 1, retain, properties)

    # --- the spool's thread ---

    def _later(self, work: Callable[..., None], *facts: object) -> None:
        """Have the spool's thread do it; a full disk costs an event, not the terminal."""

        def do() -> None:
            try:
                work(*facts)
            except SpoolError as error:
                log.warning("telemetry.spool", reason=str(error))

        try:
            self._keeper.submit(do)
        except RuntimeError:
            log.warning("telemetry.stopped")

    def _keep(self, event: Kept) -> None:
        self._spool.add(event)
        if self._connected:
            self._in_flight[self._send("event", event.payload).mid] = event

    def _replay(self) -> None:
        """Send again what nobody acknowledged, apart from what paho itself sends again."""
        under_way = {(kept.boot_id, kept.seq) for kept in self._in_flight.values()}
        for event in self._spool.all():
            if (event.boot_id, event.seq) not in under_way:
                self._in_flight[self._send("replay", event.payload).mid] = event

    def _acknowledged(self, mid: int) -> None:
        event = self._in_flight.pop(mid, None)
        if event is not None:
            self._spool.remove(event.boot_id, event.seq)

    # --- paho's thread ---

    def _make_client(self) -> mqtt.Client:
        client = mqtt.Client(
            CallbackAPIVersion.VERSION2, self._config.terminal, protocol=mqtt.MQTTv5
        )
        client.on_pre_connect = self._on_pre_connect
        client.on_connect = self._on_connect
        client.on_disconnect = self._on_disconnect
        client.on_publish = self._on_publish
        # Each terminal its own pace, or all of them come back at once.
        longest = LONGEST_PAUSE // 2 + secrets.randbelow(LONGEST_PAUSE // 2)
        client.reconnect_delay_set(secrets.choice(FIRST_PAUSES), longest)
        if tls := self._config.tls:
            client.tls_set(str(tls.ca), str(tls.cert), str(tls.key))
        return client

    def _on_pre_connect(self, client: mqtt.Client, _: object) -> None:
        """A new session and its will, before each attempt."""
        self._session_id = secrets.token_hex(8)
        client.will_set(
            wire.topic(self._config.terminal, "state"),
            wire.encode(self._state(online=False)),
            qos=1,
            retain=True,
            properties=_properties(PacketTypes.WILLMESSAGE, WillDelayInterval=WILL_DELAY),
        )

    def _on_connect(self, _: object, __: object, ___: object, reason: Any, *____: object) -> None:  # noqa: ANN401 # paho's
        if reason.is_failure:
            log.warning("telemetry.refused", reason=str(reason))
            return
        self._connected, self._turned = True, self._clock()
        log.info("telemetry.connected", host=self._config.host, port=self._config.port)
        self._publish("state", self._state(online=True), retain=True)
        self._send_health()
        self._later(self._replay)

    def _on_disconnect(self, *_: object) -> None:
        if self._connected:
            log.warning("telemetry.disconnected")
            self._turned = self._clock()
        self._connected = False

    def _on_publish(self, _: object, __: object, mid: int, *___: object) -> None:
        self._later(self._acknowledged, mid)

    def _thread_lives(self) -> bool:
        thread = self._client._thread  # noqa: SLF001 # paho has no public way to ask
        return thread is not None and thread.is_alive()


def _properties(packet: int, **values: object) -> Properties:
    properties = Properties(packet)  # type: ignore[no-untyped-call] # paho leaves it so
    for name, value in values.items():
        setattr(properties, name, value)
    return properties


def _wait(message: mqtt.MQTTMessageInfo) -> None:
    try:
        message.wait_for_publish(GOODBYE)
    except (RuntimeError, ValueError):
        log.info("telemetry.no_goodbye")


def _memory_mb() -> int:
    """What this process holds in memory."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // MEGABYTE


def _disk_free_mb(folder: Path) -> int:
    """What may still be written beside the spool."""
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize // MEGABYTE
