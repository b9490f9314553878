"""Events that the fleet has not acknowledged yet, in one small SQLite file: paho keeps none."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

LONGEST = 10_000  # events; more than a terminal makes in months of being offline


@dataclass(frozen=True, slots=True)
class Kept:
    """One event as it goes out, and the number it goes by."""

    boot_id: str
    seq: int
    payload: bytes


class Spool:
    """Keeps events in the order in which they happened; of too many the oldest go.

    Not safe for several threads at once: telemetry gives it one.
    """

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.executescript(
            """
            PRAGMA journal_mode = WAL;
            CREATE TABLE IF NOT EXISTS events (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                boot_id TEXT NOT NULL, seq INTEGER NOT NULL, payload BLOB NOT NULL,
                UNIQUE (boot_id, seq)
            ) STRICT;
            """
        )

    def add(self, event: Kept) -> None:
        """Keep an event until it is acknowledged."""
        self._db.execute(
            "INSERT INTO events (boot_id, seq, payload) VALUES (?, ?, ?)",
            (event.boot_id, event.seq, event.payload),
        )
        self._db.execute(
            "DELETE FROM events WHERE id <= (SELECT max(id) FROM events) - ?", (LONGEST,)
        )

    def remove(self, boot_id: str, seq: int) -> None:
        """The fleet's broker has it."""
        self._db.execute("DELETE FROM events WHERE boot_id = ? AND seq = ?", (boot_id, seq))

    def all(self) -> list[Kept]:
        """What is still kept, oldest first."""
        rows = self._db.execute("SELECT boot_id, seq, payload FROM events ORDER BY id")
        return [Kept(*row) for row in rows]

    def close(self) -> None:
        """Let the file go."""
        self._db.close()
