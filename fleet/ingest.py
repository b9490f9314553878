"""What terminals say, from the broker into the database, in batches.

paho's thread only takes messages apart and queues them; one writer thread has the database. A
message is acknowledged to the broker when it is written: automatic acknowledgement is off.
"""

from __future__ import annotations

import queue
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import paho.mqtt.client as mqtt
import structlog
from paho.mqtt.enums import CallbackAPIVersion

from fleet.store.fleetbook import FleetBook, Received
from kiosk import wire

log = structlog.get_logger(__name__)

BATCH = 500  # messages in one transaction
AGAIN = 1.0  # seconds until a database that failed is tried again
KINDS: dict[wire.Channel, type[wire.State | wire.Health | wire.Event]] = {
    "state": wire.State,
    "health": wire.Health,
    "event": wire.Event,
    "replay": wire.Event,
}


@dataclass(frozen=True, slots=True)
class _Arrived:
    mid: int
    received: Received | None  # None: nothing that fits, to be acknowledged all the same


class Ingest:
    """Subscribes to every terminal; `changed` is told which ones a batch touched."""

    def __init__(
        self,
        book: FleetBook,
        host: str,
        port: int,
        changed: Callable[[set[str]], None],
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._book = book
        self._where = (host, port)
        self._changed = changed
        self._clock = clock
        self._arrived: queue.SimpleQueue[_Arrived | None] = queue.SimpleQueue()
        self._writer = threading.Thread(target=self._write, name="ingest-writer")
        self._stopping = threading.Event()
        self.connected = False
        self._client = self._make_client()

    def start(self) -> None:
        """Begin; a broker that is not there yet is waited for."""
        self._writer.start()
        self._client.connect_async(*self._where, keepalive=20)
        self._client.loop_start()

    def stop(self) -> None:
        """Write what arrived and end both threads."""
        self._client.disconnect()
        self._client.loop_stop()
        self._stopping.set()
        self._arrived.put(None)
        self._writer.join()

    # --- paho's thread ---

    def _make_client(self) -> mqtt.Client:
        client = mqtt.Client(
            CallbackAPIVersion.VERSION2,
            f"fleet-{secrets.token_hex(4)}",
            protocol=mqtt.MQTTv5,
            manual_ack=True,
        )
        client.on_connect = self._on_connect
        client.on_disconnect = self._on_disconnect
        client.on_message = self._on_message
        client.reconnect_delay_set(1, 10)
        return client

    def _on_connect(
        self,
        client: mqtt.Client,
        _: object,
        __: object,
        reason: Any,  # noqa: ANN401 # paho's
        ___: object,
    ) -> None:
        if reason.is_failure:
            log.warning("broker.refused", reason=str(reason))
            return
        self.connected = True
        log.info("broker.connected", host=self._where[0], port=self._where[1])
        client.subscribe(wire.everything_up(), qos=1)

    def _on_disconnect(self, *_: object) -> None:
        self.connected = False

    def _on_message(self, _: mqtt.Client, __: object, message: mqtt.MQTTMessage) -> None:
        received = None
        try:
            terminal, channel = wire.parse_topic(message.topic)
            parsed = wire.decode(KINDS[channel], bytes(message.payload))
        except wire.WireError as error:
            log.warning("message.unfit", reason=str(error))
        else:
            replayed = channel == "replay"
            received = Received(terminal, self._clock(), parsed, replayed)
        self._arrived.put(_Arrived(message.mid, received))

    # --- the writer's thread ---

    def _write(self) -> None:
        more = True
        while more:
            batch, more = self._batch()
            received = [arrived.received for arrived in batch if arrived.received]
            while received and not self._taken(received):
                if self._stopping.wait(AGAIN):
                    return  # unacknowledged: the broker has it still
            for arrived in batch:
                self._client.ack(arrived.mid, 1)

    def _batch(self) -> tuple[list[_Arrived], bool]:
        """What is there now, at least one; False with it once there will be no more."""
        batch: list[_Arrived] = []
        while len(batch) < BATCH:
            try:
                arrived = self._arrived.get(block=not batch)
            except queue.Empty:
                return batch, True
            if arrived is None:
                return batch, False
            batch.append(arrived)
        return batch, True

    def _taken(self, received: list[Received]) -> bool:
        try:
            self._changed(self._book.take(received))
        except Exception:
            log.exception("ingest.failed", messages=len(received))
            return False
        return True
