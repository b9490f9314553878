"""What the monitor knows of terminals, devices and events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from fleet import presence
from fleet.presence import Presence, Verdict
from fleet.store.schema import devices, events, terminals
from kiosk import wire

KEPT = ("online", "session_id", "last_seen", "screen", "screen_since", "offsets")


@dataclass(frozen=True, slots=True)
class Received:
    """One message as it came in; `at` is the server's time."""

    terminal: str
    at: float
    message: wire.State | wire.Health | wire.Event
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """How one device is, as its terminal said last."""

    kind: str
    state: str
    since: float
    advice: str | None
    fault: str | None


@dataclass(frozen=True, slots=True)
class TerminalRow:
    """One terminal with everything the page shows of it."""

    id: str
    name_zh: str
    name_en: str
    place_zh: str
    place_en: str
    software: str
    verdict: Verdict
    last_seen: float
    screen: str
    platform_reachable: bool
    pending: int
    clock_offset: float | None
    devices: tuple[DeviceRow, ...]


@dataclass(frozen=True, slots=True)
class EventRow:
    """Something that happened, by the terminal's clock."""

    terminal: str
    place_zh: str
    place_en: str
    at: float
    name: str
    replayed: bool


class FleetBook:
    """Reads and writes; safe from any thread, since each call has its own connection."""

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

    def terminals(self, now: float, page: int = 0, size: int = 50) -> list[TerminalRow]:
        """A page of terminals by id, each with its devices."""
        query = select(terminals).order_by(terminals.c.id).limit(size).offset(page * size)
        with self._engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
            fitted = _devices(connection, [row["id"] for row in rows])
        return [_terminal(row, fitted.get(row["id"], ()), now) for row in rows]

    def terminal(self, name: str, now: float) -> TerminalRow | None:
        """One terminal."""
        with self._engine.connect() as connection:
            query = select(terminals).where(terminals.c.id == name)
            row = connection.execute(query).mappings().one_or_none()
            return _terminal(row, _devices(connection, [name]).get(name, ()), now) if row else None

    def verdicts(self, now: float) -> dict[str, Verdict]:
        """What is to be said of every terminal at a time."""
        query = select(terminals.c.id, *(terminals.c[name] for name in KEPT))
        with self._engine.connect() as connection:
            return {
                row["id"]: presence.judge(_presence(row), now)
                for row in connection.execute(query).mappings()
            }

    def count(self) -> int:
        """How many terminals there are."""
        with self._engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(terminals)).scalar_one()

    def newest_events(self, limit: int = 30) -> list[EventRow]:
        """What happened last, newest first."""
        query = (
            select(events, terminals.c.place_zh, terminals.c.place_en)
            .join(terminals, terminals.c.id == events.c.terminal)
            .order_by(events.c.id.desc())
            .limit(limit)
        )
        with self._engine.connect() as connection:
            return [
                EventRow(
                    row["terminal"],
                    row["place_zh"],
                    row["place_en"],
                    row["at"],
                    row["name"],
                    row["replayed"],
                )
                for row in connection.execute(query).mappings()
            ]

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
        return _presence(row)

    def _take_state(
        self, connection: Connection, received: Received, known: Presence, state: wire.State
    ) -> None:
        if state.online:
            now = presence.born(known, state.session_id, received.at)
            labels = state.labels.model_dump() | {"software": state.software}
        else:
            now, labels = presence.died(known, state.session_id), {}
        self._write(connection, received.terminal, now, labels)

    def _take_health(
        self, connection: Connection, received: Received, known: Presence, health: wire.Health
    ) -> None:
        now = presence.spoke(known, health.screen, health.sent_at, received.at)
        facts = {
            "platform_reachable": health.platform_reachable,
            "pending": health.pending,
            "uptime_ms": health.uptime_ms,
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
            **happened.model_dump(),
        }
        connection.execute(dialect.insert(events).values(row).on_conflict_do_nothing())

    def _write(
        self, connection: Connection, terminal: str, now: Presence, facts: dict[str, Any]
    ) -> None:
        values = asdict(now) | facts
        connection.execute(update(terminals).where(terminals.c.id == terminal).values(values))


def _presence(row: RowMapping) -> Presence:
    kept = {name: row[name] for name in KEPT}
    return Presence(**kept | {"offsets": tuple(row["offsets"])})


def _devices(connection: Connection, names: list[str]) -> dict[str, tuple[DeviceRow, ...]]:
    query = select(devices).where(devices.c.terminal.in_(names)).order_by(devices.c.kind)
    found: dict[str, tuple[DeviceRow, ...]] = {}
    for row in connection.execute(query).mappings():
        fields = {name: row[name] for name in DeviceRow.__slots__}
        found[row["terminal"]] = (*found.get(row["terminal"], ()), DeviceRow(**fields))
    return found


def _terminal(row: RowMapping, fitted: tuple[DeviceRow, ...], now: float) -> TerminalRow:
    known = _presence(row)
    return TerminalRow(
        id=row["id"],
        name_zh=row["name_zh"] or row["id"],
        name_en=row["name_en"] or row["id"],
        place_zh=row["place_zh"],
        place_en=row["place_en"],
        software=row["software"],
        verdict=presence.judge(known, now),
        last_seen=known.last_seen,
        screen=known.screen,
        platform_reachable=row["platform_reachable"],
        pending=row["pending"],
        clock_offset=known.clock_offset,
        devices=fitted,
    )
