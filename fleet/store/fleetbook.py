"""Writes down what terminals say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from fleet import presence
from fleet.presence import Presence
from fleet.store.rows import presence_of
from fleet.store.schema import devices, events, terminals
from kiosk import wire


@dataclass(frozen=True, slots=True)
class Received:
    """One message as it came in; `at` is the server's time, `retained` that it may be old."""

    terminal: str
    at: float
    message: wire.State | wire.Health | wire.Event
    replayed: bool = False
    retained: bool = False


class FleetBook:
    """Writes; safe from any thread, since each call has its own connection."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def take(self, batch: Iterable[Received]) -> set[str]:
        """Write down a batch in one transaction; the terminals it changed."""
        changed: set[str] = set()
        with self._engine.begin() as connection:
            for received in batch:
                self._take(connection, received)
                changed.add(received.terminal)
        return changed

    # --- one message ---

    def _take(self, connection: Connection, received: Received) -> None:
        known = self._known(connection, received.terminal)
        match received.message:
            case wire.State() as state:
                self._take_state(connection, received, known, state)
            case wire.Health() as health:
                self._take_health(connection, received, known, health)
            case wire.Event() as happened:
                self._take_event(connection, received, happened)

    def _known(self, connection: Connection, terminal: str) -> Presence:
        """What is known of a terminal; a new one is added."""
        query = select(terminals).where(terminals.c.id == terminal)
        row = connection.execute(query).mappings().one_or_none()
        if row is None:
            connection.execute(insert(terminals).values(id=terminal))
            return Presence()
        return presence_of(row)

    def _take_state(
        self, connection: Connection, received: Received, known: Presence, state: wire.State
    ) -> None:
        labels = state.labels.model_dump() | {"software": state.software}
        if not state.online:
            now = presence.died(known, state.session_id)
        elif received.retained:
            now = presence.recalled(known, state.session_id)
        else:
            now = presence.born(known, state.session_id, received.at)
        self._write(connection, received.terminal, now, labels)

    def _take_health(
        self, connection: Connection, received: Received, known: Presence, health: wire.Health
    ) -> None:
        now = presence.spoke(known, health.screen, health.sent_at, received.at)
        facts = {
            "platform_reachable": health.platform_reachable,
            "out_of_service": health.out_of_service,
            "pending": health.pending,
            "uptime_ms": health.uptime_ms,
            "memory_mb": health.memory_mb,
            "disk_free_mb": health.disk_free_mb,
        }
        self._write(connection, received.terminal, now, facts)
        connection.execute(delete(devices).where(devices.c.terminal == received.terminal))
        rows = [{"terminal": received.terminal, **device.model_dump()} for device in health.devices]
        if rows:
            connection.execute(insert(devices), rows)

    def _take_event(self, connection: Connection, received: Received, happened: wire.Event) -> None:
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        row = {
            "terminal": received.terminal,
            "received": received.at,
            "replayed": received.replayed,
            **happened.model_dump(exclude={"version"}),
        }
        connection.execute(dialect.insert(events).values(row).on_conflict_do_nothing())

    def _write(
        self, connection: Connection, terminal: str, now: Presence, facts: dict[str, Any]
    ) -> None:
        values = asdict(now) | facts
        connection.execute(update(terminals).where(terminals.c.id == terminal).values(values))
