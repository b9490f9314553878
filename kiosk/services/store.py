"""One SQLite file for what must outlive a power cut: durable, migrated, sealed where personal.

sqlite3 blocks, and a commit with synchronous=FULL waits for the disk, so that one worker thread has
the connection and the asyncio loop awaits it.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import structlog

from kiosk.services.sealing import Seal, SealError, seal_from, sync_folder

log = structlog.get_logger(__name__)

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

DATABASE = "terminal.db"
KEY = "terminal.key"
LOCK = "terminal.lock"
BESIDE = ("-wal", "-shm")  # what SQLite keeps beside a database

MIGRATIONS = (
    """
    CREATE TABLE intents (
        id TEXT PRIMARY KEY,              -- also the idempotency key: made once, kept for ever
        kind TEXT NOT NULL CHECK (kind IN ('submit', 'rate')),
        number TEXT UNIQUE,               -- of a submission: what the resident's receipt says
        item_code TEXT NOT NULL,
        made_at TEXT NOT NULL,
        payload BLOB,                     -- sealed for the id; erased when done
        attempts INTEGER NOT NULL DEFAULT 0,
        trouble TEXT,                     -- why the last attempt came to nothing
        outcome TEXT CHECK (outcome IN ('issued', 'refused', 'rated', 'unreadable')),
        reason TEXT,                      -- of a refusal
        case_number TEXT,
        ended_at TEXT,
        CHECK (kind <> 'submit' OR number IS NOT NULL),
        CHECK ((outcome IS NULL) = (ended_at IS NULL)),
        CHECK (outcome IS NULL OR payload IS NULL)
    ) STRICT;
    CREATE INDEX intents_pending ON intents (made_at) WHERE outcome IS NULL;
    CREATE TABLE prints (
        id TEXT PRIMARY KEY,
        subject TEXT NOT NULL,            -- the case or receipt number it is of
        copy INTEGER NOT NULL CHECK (copy >= 0),
        made_at TEXT NOT NULL,
        evidence TEXT CHECK (evidence IN ('confirmed', 'sent', 'unknown', 'not_started')),
        ended_at TEXT,
        CHECK ((evidence IS NULL) = (ended_at IS NULL))
    ) STRICT;
    CREATE INDEX prints_of_subject ON prints (subject);
    """,
    """
    -- What the terminal was called when it was asked: a request is sent with the same words always.
    ALTER TABLE intents ADD COLUMN terminal TEXT;
    """,
    """
    -- Every wish is an intent and has a number, and its pages are kept with it.
    CREATE TABLE wishes (
        id TEXT PRIMARY KEY,              -- also the idempotency key: made once, kept for ever
        kind TEXT NOT NULL CHECK (kind IN (
            'application', 'supplement', 'complaint', 'follow_up', 'confirmation', 'rating'
        )),
        number TEXT NOT NULL UNIQUE,      -- what the resident's receipt says
        about TEXT NOT NULL,              -- the code or the number it refers to
        made_at TEXT NOT NULL,
        terminal TEXT,
        payload BLOB,                     -- sealed for the id; erased when done
        attempts INTEGER NOT NULL DEFAULT 0,
        trouble TEXT,                     -- why the last attempt came to nothing
        outcome TEXT CHECK (outcome IN ('issued', 'accepted', 'noted', 'refused', 'unreadable')),
        reason TEXT,                      -- of a refusal
        case_number TEXT,                 -- the platform's number for it
        ended_at TEXT,
        CHECK ((outcome IS NULL) = (ended_at IS NULL)),
        CHECK (outcome IS NULL OR payload IS NULL)
    ) STRICT;
    INSERT INTO wishes
        SELECT id, iif(kind = 'submit', 'application', 'rating'), coalesce(number, id),
            iif(kind = 'submit', item_code, case_number), made_at, terminal, payload, attempts,
            trouble, iif(outcome = 'rated', 'noted', outcome), reason, case_number, ended_at
        FROM intents;
    DROP TABLE intents;
    ALTER TABLE wishes RENAME TO intents;
    CREATE INDEX intents_pending ON intents (made_at) WHERE outcome IS NULL;
    CREATE TABLE pages (
        intent TEXT NOT NULL REFERENCES intents (id),
        sha256 TEXT NOT NULL,
        media_type TEXT NOT NULL,
        content BLOB NOT NULL,            -- sealed for the intent and the digest; erased when done
        PRIMARY KEY (intent, sha256)
    ) STRICT;
    """,
    """
    -- What staff have set by hand, and how many PINs in a row were wrong.
    CREATE TABLE staff (
        name TEXT PRIMARY KEY,
        value INTEGER NOT NULL
    ) STRICT;
    """,
)


class StoreError(Exception):
    """The store can not be opened; the message says which file, why, and what to do."""


@dataclass(frozen=True, slots=True)
class MovedAside:
    """A store that could not be read: kept as `to` for staff, and a new one begun."""

    to: Path
    reason: str


class Store:
    """The open database of a terminal, in the folder `state`.

    `moved_aside` tells of a damaged one that was found at start.
    """

    def __init__(self, state: Path, *, now: Callable[[], datetime]) -> None:
        self.path = state / DATABASE
        self.moved_aside: MovedAside | None = None
        try:
            state.mkdir(mode=0o700, parents=True, exist_ok=True)
            with ExitStack() as undo:
                self._lock = _taken(state / LOCK)
                undo.callback(os.close, self._lock)
                self.seal: Seal = seal_from(state / KEY)
                self._connection = self._open(now)
                undo.pop_all()
        except (OSError, sqlite3.OperationalError) as error:
            raise StoreError(f"{self.path}: can not be opened ({error})") from None
        except SealError as error:
            raise StoreError(str(error)) from None
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="store")

    async def run(self, work: Work[T]) -> T:
        """Do `work` in one transaction: all of it is on the disk when this returns, or none is.

        Once begun it is finished, even when whoever awaits it is cancelled.
        """
        loop = asyncio.get_running_loop()
        return await asyncio.shield(loop.run_in_executor(self._worker, self._transact, work))

    async def scrub(self) -> None:
        """Let nothing that was erased linger in the write-ahead log."""
        loop = asyncio.get_running_loop()
        await asyncio.shield(loop.run_in_executor(self._worker, self._truncate_log))

    def _truncate_log(self) -> None:
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    async def aclose(self) -> None:
        """Finish what was begun, close the file and let the folder go."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._worker, self._connection.close)
        self._worker.shutdown()
        os.close(self._lock)

    def _transact(self, work: Work[T]) -> T:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            result = work(self._connection)
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:  # a commit that failed may have ended it itself
                self._connection.execute("ROLLBACK")
            raise
        return result

    def _open(self, now: Callable[[], datetime]) -> sqlite3.Connection:
        """The database, whole and of this version; a damaged one is moved aside for a new one."""
        try:
            return _connect(self.path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise  # locked, full, not to be written: nothing is wrong with what it holds
            self.moved_aside = _move_aside(self.path, str(error), now())
        return _connect(self.path)


def _taken(lock: Path) -> int:
    """The folder for this process alone, until it ends: two would send everything twice."""
    handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise StoreError(
            f"{lock.parent}: another terminal runs on this folder; stop it, or set storage.state"
        ) from None
    return handle


def _connect(path: Path) -> sqlite3.Connection:
    path.touch(mode=0o600)
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA foreign_keys = ON")
        _check(connection)
        _migrate(connection, path)
    except BaseException:
        connection.close()
        raise
    sync_folder(path.parent)
    return connection


def _check(connection: sqlite3.Connection) -> None:
    [verdict] = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if verdict != "ok":
        raise sqlite3.DatabaseError(verdict)


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the schema up to date, one whole migration at a time."""
    [version] = connection.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        raise StoreError(
            f"{path}: made by a newer version of the terminal's software; install that one again"
        )
    for number, script in enumerate(MIGRATIONS[version:], version + 1):
        connection.executescript(f"BEGIN; {script} PRAGMA user_version = {number}; COMMIT;")


def _move_aside(path: Path, reason: str, now: datetime) -> MovedAside:
    """Put a damaged database out of the way, with what SQLite keeps beside it."""
    to = path.with_name(f"{path.name}.damaged-{now:%Y%m%dT%H%M%S}")
    path.rename(to)
    for suffix in BESIDE:
        beside = path.with_name(path.name + suffix)
        if beside.exists():
            beside.rename(to.with_name(to.name + suffix))
    log.error("store.damaged", reason=reason, kept_as=str(to))
    return MovedAside(to, reason)


def read_only(state: Path) -> closing[sqlite3.Connection]:
    """A look into a terminal's database while it runs, or after; StoreError when there is none."""
    path = state / DATABASE
    if not os.access(path, os.R_OK):
        raise StoreError(f"{path}: there is none, or it can not be read; has the terminal run yet?")
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    return closing(connection)
