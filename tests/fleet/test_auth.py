"""Who may look: links that work once, passwords, sessions that end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from fleet.auth import (
    ATTEMPTS,
    LINK_LIFE,
    SESSION_LIFE,
    WINDOW,
    Accounts,
    Attempts,
    UnknownUserError,
    UserExistsError,
)
from fleet.store.database import open_database
from fleet.store.schema import login_links, sessions, users


class Time:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """The time."""
        return self.now


@pytest.fixture
def time() -> Time:
    """A clock of our own."""
    return Time()


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An empty database."""
    engine = open_database(f"sqlite:///{tmp_path / 'fleet.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def accounts(engine: Engine, time: Time) -> Accounts:
    """One account with a password, one without."""
    accounts = Accounts(engine, time)
    accounts.add("operator", "correct horse")
    accounts.add("guest")
    return accounts


def test_a_link_logs_in_once_and_not_for_long(accounts: Accounts, time: Time) -> None:
    """The second use opens nothing, nor does a link that lay about for a quarter of an hour."""
    link = accounts.make_link("guest")
    session = accounts.use_link(link)
    assert session is not None
    assert accounts.user_of(session) == "guest"
    assert accounts.use_link(link) is None
    old = accounts.make_link("guest")
    time.now += LINK_LIFE + 1
    assert accounts.use_link(old) is None


def test_a_password_opens_its_own_account_alone(accounts: Accounts) -> None:
    """A wrong one, an unknown account and one without a password are all refused."""
    session = accounts.log_in("operator", "correct horse")
    assert session is not None
    assert accounts.user_of(session) == "operator"
    for name, password in (("operator", "wrong"), ("nobody", "x"), ("guest", ""), ("guest", "x")):
        assert accounts.log_in(name, password) is None


def test_a_session_ends_with_the_shift_or_by_logging_out(accounts: Accounts, time: Time) -> None:
    """Nobody stays logged in for ever, and a made-up session opens nothing."""
    ended, old = (accounts.log_in("operator", "correct horse") or "" for _ in range(2))
    accounts.log_out(ended)
    assert accounts.user_of(ended) is None
    assert accounts.user_of(old) == "operator"
    time.now += SESSION_LIFE + 1
    assert accounts.user_of(old) is None
    assert accounts.user_of("made-up") is None


def test_whoever_reads_the_tables_can_not_log_in(accounts: Accounts, engine: Engine) -> None:
    """Tokens and passwords are kept as hashes alone."""
    link = accounts.make_link("guest")
    session = accounts.log_in("operator", "correct horse")
    with engine.connect() as connection:
        kept = [
            str(value)
            for table in (users, login_links, sessions)
            for row in connection.execute(select(table))
            for value in row
        ]
    assert not {link, session, "correct horse"} & set(kept)
    assert [value for value in kept if value.startswith("$argon2id$")]


def test_accounts_are_named_once_and_links_are_for_accounts(accounts: Accounts) -> None:
    """A name that is taken, and a link for nobody, are errors of their own."""
    with pytest.raises(UserExistsError):
        accounts.add("operator")
    with pytest.raises(UnknownUserError):
        accounts.make_link("nobody")


def test_attempts_are_counted_by_address_and_forgotten(time: Time) -> None:
    """One address that guesses is slowed down for a while; others are not."""
    attempts = Attempts(time)
    assert [attempts.allow("a") for _ in range(ATTEMPTS + 1)] == [True] * ATTEMPTS + [False]
    assert attempts.allow("b")
    time.now += WINDOW + 1
    assert attempts.allow("a")
