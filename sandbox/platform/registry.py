"""Everything the platform keeps, in one SQLite file: each area brings its own tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

SCHEMA = """
CREATE TABLE IF NOT EXISTS answer (
    key TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS sequence (
    name TEXT PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;
"""

Value = str | int | float | bytes | None
Row = tuple[Any, ...]


class KeyReusedError(Exception):
    """The key came with another body before: two requests are mixed up."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a request as JSON, and whether it was given before."""

    body: str
    repeated: bool


class Transaction:
    """What one request sees and writes: all of it is kept, or nothing."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def execute(self, sql: str, values: Iterable[Value] = ()) -> int:
        """Write; how many rows it touched."""
        return self._connection.execute(sql, tuple(values)).rowcount

    def one(self, sql: str, values: Iterable[Value] = ()) -> Row | None:
        """The first row, or None."""
        row: Row | None = self._connection.execute(sql, tuple(values)).fetchone()
        return row

    def all(self, sql: str, values: Iterable[Value] = ()) -> list[Row]:
        """Every row."""
        return self._connection.execute(sql, tuple(values)).fetchall()

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part that is taken back when it raises, while what was written before it stays."""
        self._connection.execute("SAVEPOINT attempt")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK TO attempt")
            raise
        finally:
            self._connection.execute("RELEASE attempt")

    def next(self, name: str) -> int:
        """The next number of the sequence of that name, from 1."""
        sql = (
            "INSERT INTO sequence VALUES (?, 1)"
            " ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last"
        )
        number: int = self._connection.execute(sql, (name,)).fetchone()[0]
        return number


class Registry:
    """One SQLite file; every use has a connection of its own, so any thread may ask."""

    def __init__(self, path: Path, schemas: Iterable[str] = ()) -> None:
        self._path = path
        with self._connected() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(f"BEGIN; {' '.join((SCHEMA, *schemas))} COMMIT;")

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A look at what is kept, of one moment."""
        with self._connected() as connection:
            connection.execute("BEGIN")
            yield Transaction(connection)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """A change: kept as a whole at the end of the block, taken back when it raises.

        Whoever else writes waits.
        """
        with self._connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield Transaction(connection)
            connection.execute("COMMIT")

    def once(self, key: str, request: bytes, answer: Callable[[Transaction], str]) -> Answer:
        """The answer to a request: made once for a key, repeated for the same request.

        KeyReusedError when the key came with another request. A second asker waits for the first.
        """
        fingerprint = sha256(request).hexdigest()
        with self.writing() as transaction:
            query = "SELECT fingerprint, body FROM answer WHERE key = ?"
            if known := transaction.one(query, (key,)):
                if known[0] != fingerprint:
                    raise KeyReusedError
                return Answer(known[1], repeated=True)
            body = answer(transaction)
            values = (key, fingerprint, body)
            transaction.execute("INSERT INTO answer VALUES (?, ?, ?)", values)
            return Answer(body, repeated=False)

    def count(self, table: str) -> int:
        """How many rows a table of ours has."""
        with self.reading() as transaction:
            row = transaction.one(f"SELECT count(*) FROM {table}")  # noqa: S608 - our own names
        return int(row[0]) if row else 0

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """A connection without implied transactions; closing it takes back what was not kept."""
        connection = sqlite3.connect(self._path, timeout=10, isolation_level=None)
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")  # what is forgotten leaves no bytes
            yield connection
        finally:
            connection.close()
