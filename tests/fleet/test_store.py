"""The tables: made by migrations, opened again as they were, refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from fleet.store.database import DatabaseError, name_of, open_database
from fleet.store.schema import metadata


def test_migrations_make_the_tables_that_the_code_uses(tmp_path: Path) -> None:
    """A database made by migrations differs in nothing from the schema in code."""
    engine = open_database(f"sqlite:///{tmp_path / 'fleet.db'}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_a_monitor_keeps_its_name(tmp_path: Path) -> None:
    """The broker knows a monitor again after a restart, and two monitors apart."""
    names = []
    for file in ("one.db", "one.db", "two.db"):
        engine = open_database(f"sqlite:///{tmp_path / file}")
        names.append(name_of(engine))
        engine.dispose()
    assert names[0] == names[1] != names[2]


@pytest.mark.parametrize("url", ["nonsense", "nobase://x/y", "sqlite:////no/such/folder/x.db"])
def test_a_database_that_can_not_be_opened_is_said_in_words(url: str) -> None:
    """Not a URL, no such dialect, no such folder: a DatabaseError that names it."""
    with pytest.raises(DatabaseError) as caught:
        open_database(url)
    assert url.rpartition("/")[2] in str(caught.value)


@pytest.mark.parametrize("scheme", ["nobase", "postgresql"])
def test_a_password_in_the_address_is_not_repeated(scheme: str, free_port: int) -> None:
    """What is said of a database that can not be reached leaves its password out."""
    with pytest.raises(DatabaseError) as caught:
        open_database(f"{scheme}://fleet:hunter2@127.0.0.1:{free_port}/fleet")
    assert "hunter2" not in str(caught.value)
    assert "fleet:***@127.0.0.1" in str(caught.value)
