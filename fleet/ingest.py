"""What terminals say, from the broker into the database, in batches.

paho's threads only take messages apart and queue them; one writer thread has the database. A
message is acknowledged to the broker when it is written: automatic acknowledgement is off.

There are two lines. How terminals are matters now, so nobody keeps it for us. What happened must
not be lost, so the broker keeps events while the monitor is away; and they have a line of their
own because mosquitto keeps 1000 messages a client and then drops silently: heartbeats would push
events out within a minute.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from paho.mqtt.client import MQTTMessage
from sqlalchemy.exc import DataError, IntegrityError

from fleet.line import Line, Subscription
from fleet.store.fleetbook import FleetBook, Received
from kiosk import wire

log = structlog.get_logger(__name__)

BATCH = 500  # messages in one transaction
AGAIN = 1.0  # seconds until a database that failed is tried again
EVENTS_KEPT = 7 * 86_400  # seconds the broker keeps events for a monitor that is away
KINDS: dict[wire.Channel, type[wire.State | wire.Health | wire.Event]] = {
    "state": wire.State,
    "health": wire.Health,
    "event": wire.Event,
    "replay": wire.Event,
}


@dataclass(frozen=True, slots=True)
class _Arrived:
    acknowledge: Callable[[], None]
    received: Received | None  # None: nothing that fits, to be acknowledged all the same


class Ingest:
    """Listens to every terminal as `name`; `changed` is told which ones a batch touched."""

    def __init__(
        self,
        book: FleetBook,
        name: str,
        broker: tuple[str, int],
        changed: Callable[[set[str]], None],
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._book = book
        self._changed = changed
        self._clock = clock
        self._arrived: queue.SimpleQueue[_Arrived | None] = queue.SimpleQueue()
        self._writer = threading.Thread(target=self._write, name="ingest-writer")
        self._stopping = threading.Event()
        now = Subscription(f"{name}-now", wire.from_all("state", "health"))
        happened = Subscription(
            f"{name}-events", wire.from_all("event", "replay"), kept=EVENTS_KEPT
        )
        self._now = Line(now, broker, lambda *heard: self._hear(self._now, *heard), clock)
        self._happened = Line(
            happened, broker, lambda *heard: self._hear(self._happened, *heard), clock
        )

    def start(self) -> None:
        """Begin; a broker that is not there yet is waited for."""
        self._writer.start()
        for line in (self._now, self._happened):
            line.start()

    def stop(self) -> None:
        """Write what arrived and end all threads."""
        self._stopping.set()
        self._arrived.put(None)
        self._writer.join()
        for line in (self._now, self._happened):
            line.stop()

    def tend(self) -> None:
        """Look after paho's threads, which may die unheard; to be called now and then."""
        for line in (self._now, self._happened):
            line.tend()

    @property
    def hearing_since(self) -> float | None:
        """Since when the broker has been heard without a break; None when it is not."""
        now, happened = self._now.since, self._happened.since
        return None if now is None or happened is None else max(now, happened)

    # --- paho's threads ---

    def _hear(self, line: Line, message: MQTTMessage, connection: int) -> None:
        received = None
        try:
            terminal, channel = wire.parse_topic(message.topic)
            parsed = wire.decode(KINDS[channel], bytes(message.payload))
        except wire.WireError as error:
            log.warning("message.unfit", reason=str(error))
        else:
            received = Received(
                terminal, self._clock(), parsed, channel == "replay", message.retain
            )
        mid = message.mid
        self._arrived.put(_Arrived(lambda: line.acknowledge(mid, connection), received))

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
                arrived.acknowledge()

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
        """Whether the batch is written; a message the tables refuse is left out of it."""
        try:
            self._changed(self._book.take(received))
        except (IntegrityError, DataError) as error:
            if len(received) > 1:
                return all(self._taken([one]) for one in received)
            log.warning("message.refused", reason=type(error.orig).__name__)
        except Exception:
            log.exception("ingest.failed", messages=len(received))
            return False
        return True
