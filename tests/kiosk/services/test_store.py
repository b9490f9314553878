"""One SQLite file: durable, sealed, and never the reason why a terminal does not start."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from kiosk.services.sealing import Seal, SealError, seal_from
from kiosk.services.store import DATABASE, KEY, MIGRATIONS, Store, StoreError, read_only
from sandbox.clock import VirtualClock

NOW = VirtualClock().now


def write(connection: sqlite3.Connection) -> None:
    """One print, written down."""
    connection.execute("INSERT INTO prints (id, subject, copy, made_at) VALUES ('a', 'b', 0, 'c')")


def count(connection: sqlite3.Connection) -> int:
    """How many prints there are."""
    [number] = connection.execute("SELECT count(*) FROM prints").fetchone()
    assert isinstance(number, int)
    return number


async def test_what_was_written_is_there_at_the_next_start(tmp_path: Path) -> None:
    """Opening a store again finds what it held."""
    store = Store(tmp_path, now=NOW)
    await store.run(write)
    await store.aclose()
    again = Store(tmp_path, now=NOW)
    assert await again.run(count) == 1
    assert again.moved_aside is None
    await again.aclose()


async def test_a_transaction_is_kept_whole_or_not_at_all(store: Store) -> None:
    """Work that fails leaves nothing behind."""

    def fail(connection: sqlite3.Connection) -> None:
        write(connection)
        raise LookupError("half done")

    with pytest.raises(LookupError, match="half done"):
        await store.run(fail)
    assert await store.run(count) == 0


async def test_a_commit_that_fails_leaves_the_store_usable(store: Store) -> None:
    """What can not be committed is taken back, and the next work is done."""

    def owe(connection: sqlite3.Connection) -> None:
        """Break a promise that SQLite looks at only when it commits."""
        connection.execute("CREATE TABLE one (id INTEGER PRIMARY KEY)")
        connection.execute(
            "CREATE TABLE other (one INTEGER REFERENCES one DEFERRABLE INITIALLY DEFERRED)"
        )
        connection.execute("INSERT INTO other VALUES (1)")

    with pytest.raises(sqlite3.IntegrityError):
        await store.run(owe)
    await store.run(write)
    assert await store.run(count) == 1


async def test_a_folder_has_one_terminal(tmp_path: Path) -> None:
    """A second one is told so, and may have the folder when the first has stopped."""
    first = Store(tmp_path, now=NOW)
    with pytest.raises(StoreError, match="another terminal runs on this folder"):
        Store(tmp_path, now=NOW)
    await first.aclose()
    second = Store(tmp_path, now=NOW)
    await second.aclose()


async def test_work_once_begun_is_finished_though_nobody_waits_any_more(store: Store) -> None:
    """A cancelled task does not take back what it wrote."""
    task = asyncio.create_task(store.run(write))
    await asyncio.sleep(0)
    task.cancel()
    assert await store.run(count) == 1


async def test_it_survives_power_cuts_and_erases_what_is_deleted(store: Store) -> None:
    """Write-ahead log, full synchronisation, and no deleted data left in the file."""

    def settings(connection: sqlite3.Connection) -> list[object]:
        names = ("journal_mode", "synchronous", "secure_delete", "user_version")
        return [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names]

    assert await store.run(settings) == ["wal", 2, 1, len(MIGRATIONS)]


async def test_nobody_else_may_read_it(store: Store) -> None:
    """Database and key are the terminal's alone."""
    for path in (store.path, store.path.with_name(KEY)):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("damage", [b"not a database, but rather long " * 40, b"SQLite format 3\0"])
async def test_a_damaged_file_is_moved_aside(tmp_path: Path, damage: bytes) -> None:
    """The terminal starts with a new one, says so, and the damaged one is kept for staff."""
    (tmp_path / DATABASE).write_bytes(damage)
    with capture_logs() as said:
        store = Store(tmp_path, now=NOW)
    assert store.moved_aside is not None
    assert [(one["event"], one["kept_as"]) for one in said] == [
        ("store.damaged", str(store.moved_aside.to))
    ]
    assert store.moved_aside.to.read_bytes() == damage
    await store.run(write)
    await store.aclose()
    again = Store(tmp_path, now=NOW)
    assert again.moved_aside is None
    await again.aclose()


async def test_a_page_damaged_in_the_middle_is_found_at_start(tmp_path: Path) -> None:
    """A file that opens and yet is broken inside is not trusted either."""
    store = Store(tmp_path, now=NOW)
    await store.run(write)
    await store.aclose()
    with (tmp_path / DATABASE).open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * 8192)
    store = Store(tmp_path, now=NOW)
    assert store.moved_aside is not None
    assert await store.run(count) == 0
    await store.aclose()


async def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    """An older program does not touch what it does not know, and says what to do."""
    store = Store(tmp_path, now=NOW)
    await store.aclose()
    with closing(sqlite3.connect(tmp_path / DATABASE)) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(StoreError, match="newer version"):
        Store(tmp_path, now=NOW)


async def test_what_waited_under_an_older_version_waits_under_this_one(tmp_path: Path) -> None:
    """Submissions and ratings of before are wishes now, each with its number, done or not."""
    with closing(sqlite3.connect(tmp_path / DATABASE)) as connection:
        for script in MIGRATIONS[:2]:
            connection.executescript(script)
        connection.executescript(
            """
            INSERT INTO intents VALUES
                ('a', 'submit', 'K-1', 'item', '2026-11-23T09:00:00+08:00', x'00', 3, 'away',
                 NULL, NULL, NULL, NULL, 'HY0001'),
                ('b', 'submit', 'K-2', 'item', '2026-11-23T09:01:00+08:00', NULL, 0, NULL,
                 'refused', 'not_insured', NULL, '2026-11-23T09:02:00+08:00', NULL),
                ('c', 'rate', NULL, 'item', '2026-11-23T09:03:00+08:00', NULL, 0, NULL,
                 'rated', NULL, 'CASE-1', '2026-11-23T09:04:00+08:00', 'HY0001'),
                ('d', 'rate', NULL, 'item', '2026-11-23T09:05:00+08:00', x'01', 0, NULL,
                 NULL, NULL, 'CASE-2', NULL, 'HY0001');
            PRAGMA user_version = 2;
            """
        )
    store = Store(tmp_path, now=NOW)
    rows = await store.run(
        lambda connection: connection.execute(
            "SELECT id, kind, number, about, payload, attempts, outcome, case_number FROM intents"
        ).fetchall()
    )
    assert [tuple(row) for row in rows] == [
        ("a", "application", "K-1", "item", b"\0", 3, None, None),
        ("b", "application", "K-2", "item", None, 0, "refused", None),
        ("c", "rating", "c", "CASE-1", None, 0, "noted", "CASE-1"),
        ("d", "rating", "d", "CASE-2", b"\1", 0, None, "CASE-2"),
    ]
    await store.aclose()


async def test_a_folder_that_can_not_be_made_is_said_plainly(tmp_path: Path) -> None:
    """The error names the file."""
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="file"):
        Store(tmp_path / "file" / "state", now=NOW)


async def test_it_can_be_looked_into_while_it_is_open(store: Store) -> None:
    """Staff list intents while the terminal runs."""
    await store.run(write)
    with read_only(store.path.parent) as connection:
        assert count(connection) == 1
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            write(connection)


def test_there_is_nothing_to_look_into_before_the_first_start(tmp_path: Path) -> None:
    """The error says which file is missing."""
    with pytest.raises(StoreError, match=DATABASE):
        read_only(tmp_path)


@given(st.binary(), st.text(), st.text())
def test_a_seal_opens_where_it_belongs_and_nowhere_else(
    clear: bytes, place: str, other: str
) -> None:
    """Rows can not be swapped: each opens for its own id alone."""
    seal = Seal(bytes(32))
    sealed = seal.close(clear, place)
    assert seal.open(sealed, place) == clear
    assert len(clear) < 4 or clear not in sealed
    if other != place:
        with pytest.raises(SealError):
            seal.open(sealed, other)


@given(st.binary(max_size=40))
def test_what_was_never_sealed_does_not_open(garbage: bytes) -> None:
    """Damaged or foreign bytes are an error of one kind."""
    with pytest.raises(SealError, match="does not open"):
        Seal(bytes(32)).open(garbage, "here")


def test_a_key_is_made_once(tmp_path: Path) -> None:
    """What was sealed before a restart opens after it."""
    sealed = seal_from(tmp_path / KEY).close(b"secret", "here")
    assert seal_from(tmp_path / KEY).open(sealed, "here") == b"secret"
    assert [path.name for path in tmp_path.iterdir()] == [KEY]


@pytest.mark.parametrize(
    ("key", "mode", "says"),
    [(b"short", 0o600, "holds 5 bytes"), (bytes(32), 0o644, "chmod 600")],
)
def test_a_bad_key_is_said_plainly(tmp_path: Path, key: bytes, mode: int, says: str) -> None:
    """A key that is no key, or that others may read, is not used."""
    (tmp_path / KEY).write_bytes(key)
    (tmp_path / KEY).chmod(mode)
    with pytest.raises(SealError, match=says):
        seal_from(tmp_path / KEY)
    with pytest.raises(StoreError, match=KEY):
        Store(tmp_path, now=NOW)
