"""Who may look: accounts, one-time login links, sessions. Tokens are kept as hashes only."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections import deque
from collections.abc import Callable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.exc import IntegrityError

from fleet.store.schema import login_links, sessions, users

LINK_LIFE = 15 * 60.0  # seconds
SESSION_LIFE = 12 * 3600.0  # seconds: one shift
ATTEMPTS, WINDOW = 10, 60.0  # attempts to log in, in so many seconds, from one address


class UnknownUserError(Exception):
    """There is no such account."""


class UserExistsError(Exception):
    """There is an account of that name already."""


class Accounts:
    """Accounts and what opens the door to them. `clock` gives seconds since 1970."""

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.time) -> None:
        self._engine = engine
        self._clock = clock
        self._hasher = PasswordHasher()
        self._nobodys = self._hasher.hash(secrets.token_hex())

    def add(self, name: str, password: str | None = None) -> None:
        """A new account; without a password it is opened by login links alone."""
        kept = self._hasher.hash(password) if password else None
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(users).values(name=name, password=kept))
        except IntegrityError:
            raise UserExistsError(name) from None

    def make_link(self, name: str) -> str:
        """A token that logs `name` in once, for a while. UnknownUserError."""
        token = secrets.token_urlsafe(24)
        expires = self._clock() + LINK_LIFE
        with self._engine.begin() as connection:
            if connection.execute(select(users.c.name).where(users.c.name == name)).first() is None:
                raise UnknownUserError(name)
            connection.execute(delete(login_links).where(login_links.c.expires < self._clock()))
            values = {"token": _hash(token), "user": name, "expires": expires}
            connection.execute(insert(login_links).values(values))
        return token

    def use_link(self, token: str) -> str | None:
        """The session that a login link opens; None if it was used, is too old or unknown."""
        mine = login_links.c.token == _hash(token)
        with self._engine.begin() as connection:
            row = connection.execute(delete(login_links).where(mine).returning(login_links)).first()
        return self._begin(row.user) if row and row.expires > self._clock() else None

    def log_in(self, name: str, password: str) -> str | None:
        """The session that a password opens, or None; as slow for unknown names as for others."""
        with self._engine.connect() as connection:
            query = select(users.c.password).where(users.c.name == name)
            kept = connection.execute(query).scalar_one_or_none()
        try:
            self._hasher.verify(kept or self._nobodys, password)
        except (VerificationError, InvalidHashError):
            return None
        return self._begin(name)

    def user_of(self, session: str) -> str | None:
        """Whose session this is, while it lasts."""
        query = select(sessions).where(sessions.c.token == _hash(session))
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return row.user if row and row.expires > self._clock() else None

    def log_out(self, session: str) -> None:
        """The session opens nothing any more."""
        with self._engine.begin() as connection:
            connection.execute(delete(sessions).where(sessions.c.token == _hash(session)))

    def _begin(self, name: str) -> str:
        token = secrets.token_urlsafe(32)
        now = self._clock()
        with self._engine.begin() as connection:
            connection.execute(delete(sessions).where(sessions.c.expires < now))
            values = {"token": _hash(token), "user": name, "expires": now + SESSION_LIFE}
            connection.execute(insert(sessions).values(values))
        return token


class Attempts:
    """Slows down whoever tries passwords: so many attempts a minute from one address."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: dict[str, deque[float]] = {}

    def allow(self, address: str) -> bool:
        """Whether one more attempt may be made now; if so it counts."""
        now = self._clock()
        self._seen = {a: seen for a, seen in self._seen.items() if seen[-1] > now - WINDOW}
        seen = self._seen.setdefault(address, deque(maxlen=ATTEMPTS))
        if len(seen) == ATTEMPTS and seen[0] > now - WINDOW:
            return False
        seen.append(now)
        return True


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
