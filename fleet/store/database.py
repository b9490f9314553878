"""Opens the database and brings its schema up to date."""

from __future__ import annotations

import re
import secrets
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event, insert, select
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from fleet.store.schema import monitor

MIGRATIONS = Path(__file__).with_name("migrations")


class DatabaseError(Exception):
    """The database cannot be used; the message says which and why."""


def open_database(url: str) -> Engine:
    """The database at `url`, migrated. DatabaseError says what is wrong with it."""
    try:
        engine = create_engine(url, hide_parameters=True)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _set_up_sqlite)
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except (ArgumentError, NoSuchModuleError):
        raise DatabaseError(f"{_shown(url)} is no database URL; try sqlite:///fleet.db") from None
    except ModuleNotFoundError as error:
        raise DatabaseError(
            f"{_shown(url)} needs the Python package {error.name}; install it beside fleet"
        ) from None
    except SQLAlchemyError as error:
        reason = getattr(error, "orig", None) or error
        raise DatabaseError(f"{_shown(url)} can not be used: {reason}") from None
    return engine


def _shown(url: str) -> str:
    """The address without its password."""
    return re.sub(r"(://[^:/@]*):.*@", r"\1:***@", url)


def name_of(engine: Engine) -> str:
    """What the broker knows the monitor of this database by: made once, then always the same."""
    with engine.begin() as connection:
        known = connection.execute(select(monitor.c.name)).scalar()
        if known is None:
            known = f"fleet-{secrets.token_hex(4)}"
            connection.execute(insert(monitor).values(name=known))
    return str(known)


def _set_up_sqlite(connection: object, _: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined] # a DBAPI connection
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.execute("PRAGMA busy_timeout = 5000")
    cursor.close()
