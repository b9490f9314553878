"""Events that the fleet has not acknowledged yet, in one small SQLite file: paho keeps none."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

log = structlog.get_logger(__name__)

TABLE = """
    CREATE TABLE IF NOT EXISTS events (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        boot_id TEXT NOT NULL, seq INTEGER NOT NULL, payload BLOB NOT NULL,
        UNIQUE (boot_id, seq)
    ) STRICT
"""
LONGEST = 10_000  # events; more than a terminal makes in months of being offline


@dataclass(frozen=True, slots=True)
class Kept:
    """One event as it goes out, and the number it goes by."""

    boot_id: str
    seq: int
    payload: bytes


class SpoolError(Exception):
    """The spool can not be written or read; the message says which and why."""


class DamagedSpoolError(SpoolError):
    """The file is no database any more."""


def open_spool(path: Path) -> Spool:
    """The spool at `path`; a damaged one is put aside for a new one. SpoolError."""
    try:
        return Spool(path)
    except DamagedSpoolError as error:
        aside = path.with_name(f"{path.name}.damaged")
        log.warning("spool.damaged", reason=str(error), kept_as=str(aside))
        path.replace(aside)
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        return Spool(path)


class Spool:
    """Keeps events in the order in which they happened; of too many the oldest go.

    Not safe for several threads at once: telemetry gives it one. Everything raises SpoolError.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        except sqlite3.Error as error:
            raise SpoolError(f"{path}: {error}") from None
        try:
            self._run("PRAGMA journal_mode = WAL")
            self._run(TABLE)
            self._run("SELECT count(*) FROM events")
        except SpoolError:
            self._db.close()
            raise

    def add(self, event: Kept) -> None:
        """Keep an event until it is acknowledged."""
        self._run(
            "INSERT INTO events (boot_id, seq, payload) VALUES (?, ?, ?)",
            (event.boot_id, event.seq, event.payload),
        )
        self._run("DELETE FROM events WHERE id <= (SELECT max(id) FROM events) - ?", (LONGEST,))

    def remove(self, boot_id: str, seq: int) -> None:
        """The fleet's broker has it."""
        self._run("DELETE FROM events WHERE boot_id = ? AND seq = ?", (boot_id, seq))

    def all(self) -> list[Kept]:
        """What is still kept, oldest first."""
        rows = self._run("SELECT boot_id, seq, payload FROM events ORDER BY id")
        return [Kept(*row) for row in rows]

    def close(self) -> None:
        """Let the file go."""
        self._db.close()

    def _run(self, statement: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._db.execute(statement, values).fetchall()
        except sqlite3.OperationalError as error:  # locked, full, not to be written
            raise SpoolError(f"{self._path}: {error}") from None
        except sqlite3.DatabaseError as error:
            raise DamagedSpoolError(f"{self._path}: {error}") from None
