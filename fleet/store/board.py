"""Reads what the pages show: who is there, how its devices are, what happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, RowMapping, select

from fleet import presence
from fleet.presence import Verdict
from fleet.store.rows import PRESENCE, presence_of
from fleet.store.schema import devices, events, terminals

WORST_FIRST = tuple(Verdict)
# Nobody has to see to these.
HEALTHY = frozenset({"ready", "busy", "paper_low", "unknown", "not_fitted", "not_supported"})
SKEW = 30.0  # seconds a clock may be off before it is said


@dataclass(frozen=True, slots=True)
class Moment:
    """A time, and since when the broker has been heard without a break (None: it is not)."""

    now: float
    hearing_since: float | None


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """How one device is, as its terminal said last; `since` by the server's clock."""

    kind: str
    state: str
    since: float
    advice: str | None
    fault: str | None

    @property
    def broken(self) -> bool:
        """Whether no work can be given to it."""
        return self.state not in HEALTHY


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
    screen_since: float
    platform_reachable: bool
    out_of_service: bool
    pending: int
    clock_offset: float | None
    devices: tuple[DeviceRow, ...]

    @property
    def clock_is_off(self) -> bool:
        """Whether its clock is so wrong that somebody has to know."""
        return self.clock_offset is not None and abs(self.clock_offset) > SKEW


@dataclass(frozen=True, slots=True)
class EventRow:
    """Something that happened, by the server's clock as well as it is known; `facts` of it."""

    terminal: str
    place_zh: str
    place_en: str
    at: float
    name: str
    facts: Mapping[str, str | int]
    replayed: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a terminal stands among all: sorted, the worst come first."""

    verdict: Verdict
    broken: bool
    id: str

    @property
    def rank(self) -> str:
        """What to sort by: the state, then a broken device, then the id."""
        return f"{WORST_FIRST.index(self.verdict)}{0 if self.broken else 1}{self.id}"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many terminals are in each state that there is, the worst first.

    `broken` counts those that answer and have a device somebody has to see to.
    """

    verdicts: tuple[tuple[Verdict, int], ...]
    broken: int


class Board:
    """Reads; safe from any thread, since each call has its own connection."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def standings(self, at: Moment) -> list[Standing]:
        """Every terminal, the worst first."""
        with self._engine.connect() as connection:
            query = select(terminals.c.id, *(terminals.c[name] for name in PRESENCE))
            known = connection.execute(query).mappings().all()
            lame = select(devices.c.terminal).where(devices.c.state.not_in(HEALTHY)).distinct()
            broken = set(connection.execute(lame).scalars())
        found = [
            Standing(
                presence.judge(presence_of(row), at.now, at.hearing_since),
                row["id"] in broken,
                row["id"],
            )
            for row in known
        ]
        return sorted(found, key=lambda standing: standing.rank)

    def terminals(self, names: Sequence[str], at: Moment) -> list[TerminalRow]:
        """These terminals with their devices, in this order; unknown ones are left out."""
        query = select(terminals).where(terminals.c.id.in_(names))
        with self._engine.connect() as connection:
            rows = {row["id"]: row for row in connection.execute(query).mappings()}
            fitted = _devices(connection, names)
        return [_terminal(rows[name], fitted.get(name, ()), at) for name in names if name in rows]

    def newest_events(self, limit: int = 30) -> list[EventRow]:
        """What reached us last, newest first."""
        query = (
            select(events, *(terminals.c[name] for name in ("place_zh", "place_en", "offsets")))
            .join(terminals, terminals.c.id == events.c.terminal)
            .order_by(events.c.id.desc())
            .limit(limit)
        )
        with self._engine.connect() as connection:
            return [_event(row) for row in connection.execute(query).mappings()]


def count(standings: Sequence[Standing]) -> Counts:
    """The fleet in a few numbers."""
    counted = Counter(standing.verdict for standing in standings)
    verdicts = tuple((verdict, counted[verdict]) for verdict in WORST_FIRST if counted[verdict])
    answering = (each for each in standings if each.verdict is not Verdict.DOWN)
    return Counts(verdicts, sum(each.broken for each in answering))


def standing(terminal: TerminalRow) -> Standing:
    """Where this one stands."""
    broken = any(device.broken for device in terminal.devices)
    return Standing(terminal.verdict, broken, terminal.id)


def _devices(connection: Connection, names: Sequence[str]) -> Mapping[str, tuple[RowMapping, ...]]:
    query = select(devices).where(devices.c.terminal.in_(names)).order_by(devices.c.kind)
    found: dict[str, tuple[RowMapping, ...]] = {}
    for row in connection.execute(query).mappings():
        found[row["terminal"]] = (*found.get(row["terminal"], ()), row)
    return found


def _terminal(row: RowMapping, fitted: Sequence[RowMapping], at: Moment) -> TerminalRow:
    known = presence_of(row)
    behind = _correction(known.clock_offset)
    return TerminalRow(
        id=row["id"],
        name_zh=row["name_zh"] or row["id"],
        name_en=row["name_en"] or row["id"],
        place_zh=row["place_zh"],
        place_en=row["place_en"],
        software=row["software"],
        verdict=presence.judge(known, at.now, at.hearing_since),
        last_seen=known.last_seen,
        screen=known.screen,
        screen_since=known.screen_since,
        platform_reachable=row["platform_reachable"],
        out_of_service=row["out_of_service"],
        pending=row["pending"],
        clock_offset=known.clock_offset,
        devices=tuple(
            DeviceRow(
                kind=device["kind"],
                state=device["state"],
                since=device["since"] + behind,
                advice=device["advice"],
                fault=device["fault"],
            )
            for device in fitted
        ),
    )


def _event(row: RowMapping) -> EventRow:
    return EventRow(
        terminal=row["terminal"],
        place_zh=row["place_zh"],
        place_en=row["place_en"],
        at=row["at"] + _correction(min(row["offsets"], default=None)),
        name=row["name"],
        facts=row["data"],
        replayed=row["replayed"],
    )


def _correction(offset: float | None) -> float:
    """Seconds to add to a terminal's times: its clock's error, where it is more than the way."""
    return offset if offset is not None and abs(offset) > SKEW else 0.0
