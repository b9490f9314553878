"""The rows of durable intents: what is still to be done, and what became of the rest.

A row holds personal data only while it is pending, and only sealed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

from drivers.device import PrintEvidence
from kiosk.core.cases import Application, Decision, Issued, Rating, Refused
from kiosk.services import payload, receipt_number
from kiosk.services.platform import LeftRating, Submission
from kiosk.services.sealing import SealError
from kiosk.services.store import Store


@dataclass(frozen=True, slots=True)
class SubmitIntent:
    """An application that has to reach the platform; `id` is its idempotency key."""

    id: str
    submission: Submission
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class RateIntent:
    """A rating that has to reach the platform; `id` is its idempotency key."""

    id: str
    left: LeftRating
    attempts: int = 0


Intent = SubmitIntent | RateIntent


@dataclass(frozen=True, slots=True)
class PrintTicket:
    """A print that was written down; everything but the first of its subject is a copy (补打)."""

    id: str
    subject: str
    copy: int


class Ledger:
    """Writes intents into a store; each method is one transaction."""

    def __init__(
        self, store: Store, *, terminal: str, now: Callable[[], datetime], rng: Random
    ) -> None:
        self._store = store
        self._terminal = terminal
        self._now = now
        self._rng = rng

    async def add_submission(self, application: Application) -> SubmitIntent:
        """Write an application down, with its key and its number."""
        made_at, key = self._now(), self._key()
        sealed = self._store.seal.close(payload.of_application(application), key)

        def work(connection: sqlite3.Connection) -> str:
            number = self._number(connection, made_at)
            connection.execute(
                "INSERT INTO intents (id, kind, number, item_code, made_at, payload, terminal)"
                " VALUES (?, 'submit', ?, ?, ?, ?, ?)",
                (key, number, application.item_code, made_at.isoformat(), sealed, self._terminal),
            )
            return number

        number = await self._store.run(work)
        return SubmitIntent(key, Submission(application, number, made_at, self._terminal))

    async def add_rating(self, rating: Rating) -> RateIntent:
        """Write a rating down, with its key."""
        made_at, key = self._now(), self._key()
        sealed = self._store.seal.close(payload.of_rating(rating), key)
        row = (
            *(key, rating.item_code, made_at.isoformat()),
            *(sealed, rating.case_number, self._terminal),
        )
        await self._store.run(
            lambda connection: connection.execute(
                "INSERT INTO intents"
                " (id, kind, item_code, made_at, payload, case_number, terminal)"
                " VALUES (?, 'rate', ?, ?, ?, ?, ?)",
                row,
            )
        )
        return RateIntent(key, LeftRating(rating, self._terminal))

    async def pending(self) -> tuple[Intent, ...]:
        """Everything still to be sent, oldest first; what does not open any more is given up."""
        rows = await self._store.run(
            lambda connection: connection.execute(
                "SELECT * FROM intents WHERE outcome IS NULL ORDER BY made_at"
            ).fetchall()
        )
        intents = []
        for row in rows:
            try:
                intents.append(self._intent(row))
            except (SealError, ValueError):
                await self._end(row["id"], "unreadable", reason=None, case_number=None)
        return tuple(intents)

    async def failed(self, intent: Intent, trouble: str) -> None:
        """An attempt came to nothing; `trouble` holds nothing personal."""
        await self._store.run(
            lambda connection: connection.execute(
                "UPDATE intents SET attempts = attempts + 1, trouble = ?"
                " WHERE id = ? AND outcome IS NULL",
                (trouble, intent.id),
            )
        )

    async def decided(self, intent: SubmitIntent, decision: Decision) -> None:
        """The platform decided: keep what became of it, erase who asked."""
        match decision:
            case Issued(case_number):
                await self._end(intent.id, "issued", reason=None, case_number=case_number)
            case Refused(reason):
                await self._end(intent.id, "refused", reason=reason, case_number=None)

    async def rated(self, intent: RateIntent) -> None:
        """The platform has the rating."""
        case_number = intent.left.rating.case_number
        await self._end(intent.id, "rated", reason=None, case_number=case_number)

    async def begin_print(self, subject: str, at_least: int) -> PrintTicket:
        """Write a print down; its copy number counts what may be out of the same subject."""
        key, made_at = self._key(), self._now().isoformat()

        def work(connection: sqlite3.Connection) -> PrintTicket:
            [before] = connection.execute(
                "SELECT count(*) FROM prints WHERE subject = ? AND evidence IS NOT 'not_started'",
                (subject,),
            ).fetchone()
            ticket = PrintTicket(key, subject, max(before, at_least))
            connection.execute(
                "INSERT INTO prints (id, subject, copy, made_at) VALUES (?, ?, ?, ?)",
                (key, subject, ticket.copy, made_at),
            )
            return ticket

        return await self._store.run(work)

    async def end_print(self, ticket: PrintTicket, evidence: PrintEvidence) -> None:
        """Say with what evidence a print ended."""
        ended_at = self._now().isoformat()
        await self._store.run(
            lambda connection: connection.execute(
                "UPDATE prints SET evidence = ?, ended_at = ? WHERE id = ?",
                (evidence.value, ended_at, ticket.id),
            )
        )

    async def forget(self, before: datetime) -> None:
        """Drop what ended before then: staff asks about what was lately."""

        def work(connection: sqlite3.Connection) -> None:
            ended = (before.timestamp(),)
            connection.execute("DELETE FROM intents WHERE unixepoch(ended_at) < ?", ended)
            connection.execute("DELETE FROM prints WHERE unixepoch(ended_at) < ?", ended)

        await self._store.run(work)

    async def prints_cut_short(self) -> tuple[PrintTicket, ...]:
        """The prints that nobody saw end, from now on known as unknown."""
        ended_at = self._now().isoformat()
        rows = await self._store.run(
            lambda connection: connection.execute(
                "UPDATE prints SET evidence = 'unknown', ended_at = ? WHERE evidence IS NULL"
                " RETURNING id, subject, copy",
                (ended_at,),
            ).fetchall()
        )
        return tuple(PrintTicket(*row) for row in rows)

    async def _end(
        self, key: str, outcome: str, *, reason: str | None, case_number: str | None
    ) -> None:
        row = (outcome, reason, case_number, self._now().isoformat(), key)
        await self._store.run(
            lambda connection: connection.execute(
                "UPDATE intents SET outcome = ?, reason = ?,"
                " case_number = coalesce(?, case_number), ended_at = ?,"
                " payload = NULL, trouble = NULL WHERE id = ?",
                row,
            )
        )
        await self._store.scrub()

    def _intent(self, row: sqlite3.Row) -> Intent:
        clear = self._store.seal.open(row["payload"], row["id"])
        terminal = row["terminal"] or self._terminal  # none: kept before names were written down
        if row["kind"] == "rate":
            left = LeftRating(payload.to_rating(clear), terminal)
            return RateIntent(row["id"], left, row["attempts"])
        submission = Submission(
            payload.to_application(clear),
            row["number"],
            datetime.fromisoformat(row["made_at"]),
            terminal,
        )
        return SubmitIntent(row["id"], submission, row["attempts"])

    def _key(self) -> str:
        return str(UUID(int=self._rng.getrandbits(128), version=4))

    def _number(self, connection: sqlite3.Connection, made_at: datetime) -> str:
        while True:
            number = receipt_number.draw(self._terminal, made_at.date(), self._rng)
            taken = connection.execute("SELECT 1 FROM intents WHERE number = ?", (number,))
            if taken.fetchone() is None:
                return number
