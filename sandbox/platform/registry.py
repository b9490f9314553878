"""The platform's cases and ratings in SQLite: one key, one case, whoever asks at the same time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS answer (
    key TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS certificate (
    sequence INTEGER PRIMARY KEY,
    case_number TEXT NOT NULL UNIQUE,
    item_code TEXT NOT NULL,
    number TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS rating (
    case_number TEXT PRIMARY KEY REFERENCES certificate (case_number),
    grade INTEGER NOT NULL CHECK (grade BETWEEN 1 AND 5)
) STRICT;
"""


class KeyReusedError(Exception):
    """The key came with another body before: two requests are mixed up."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each there are."""

    answers: int
    cases: int
    ratings: int


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a request, and whether it was given before."""

    body: str
    repeated: bool


class Transaction:
    """What one request sees and writes: all of it is kept, or nothing."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def next_sequence(self) -> int:
        """The number of the next case."""
        query = "SELECT coalesce(max(sequence), 0) + 1 FROM certificate"
        number: int = self._connection.execute(query).fetchone()[0]
        return number

    def add_case(
        self, sequence: int, case_number: str, item_code: str, number: str, body: str
    ) -> None:
        """Keep a decided case with its certificate."""
        self._connection.execute(
            "INSERT INTO certificate VALUES (?, ?, ?, ?, ?)",
            (sequence, case_number, item_code, number, body),
        )

    def item_of(self, case_number: str) -> str | None:
        """The item that a case is about, or None: there is no such case."""
        query = "SELECT item_code FROM certificate WHERE case_number = ?"
        row = self._connection.execute(query, (case_number,)).fetchone()
        return row[0] if row else None

    def add_rating(self, case_number: str, grade: int) -> bool:
        """Keep a rating; False when the case has one."""
        query = "INSERT INTO rating VALUES (?, ?) ON CONFLICT DO NOTHING"
        return self._connection.execute(query, (case_number, grade)).rowcount == 1


class Registry:
    """One SQLite file; every use has a connection of its own, so any thread may ask."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._connected() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(SCHEMA)

    def once(self, key: str, request: bytes, answer: Callable[[Transaction], str]) -> Answer:
        """The answer to a request: made once for a key, repeated for the same request.

        KeyReusedError when the key came with another request. A second asker waits for the first.
        """
        fingerprint = sha256(request).hexdigest()
        with self._connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            query = "SELECT fingerprint, body FROM answer WHERE key = ?"
            if known := connection.execute(query, (key,)).fetchone():
                if known[0] != fingerprint:
                    raise KeyReusedError
                return Answer(known[1], repeated=True)
            body = answer(Transaction(connection))
            connection.execute("INSERT INTO answer VALUES (?, ?, ?)", (key, fingerprint, body))
            connection.execute("COMMIT")
            return Answer(body, repeated=False)

    def certificate(self, number: str) -> str | None:
        """The certificate of that number as it was issued, or None."""
        with self._connected() as connection:
            query = "SELECT body FROM certificate WHERE number = ?"
            row = connection.execute(query, (number,)).fetchone()
        return row[0] if row else None

    def certificates(self) -> list[str]:
        """Every certificate as it was issued, oldest first."""
        with self._connected() as connection:
            return [row[0] for row in connection.execute("SELECT body FROM certificate")]

    def counts(self) -> Counts:
        """How much has come in."""
        query = (
            "SELECT (SELECT count(*) FROM answer), (SELECT count(*) FROM certificate),"
            " (SELECT count(*) FROM rating)"
        )
        with self._connected() as connection:
            return Counts(*connection.execute(query).fetchone())

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """A connection without implied transactions; closing it takes back what was not kept."""
        connection = sqlite3.connect(self._path, timeout=10, isolation_level=None)
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            yield connection
        finally:
            connection.close()
