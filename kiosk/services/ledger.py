"""The rows of durable intents: what is still to be done, and what became of the rest.

A row holds personal data only while it is pending, and only sealed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

from drivers.device import PrintEvidence
from kiosk.core.cases import (
    Accepted,
    Application,
    Attachment,
    Complaint,
    Confirmation,
    Decision,
    FollowUp,
    Issued,
    Noted,
    Rating,
    Refused,
    Supplement,
    Wish,
)
from kiosk.services import payload, receipt_number
from kiosk.services.platform import Sending
from kiosk.services.sealing import SealError
from kiosk.services.store import Store


@dataclass(frozen=True, slots=True)
class Intent:
    """A wish that has to reach the platform; `id` is its idempotency key.

    The contents of its pages lie in the store alone.
    """

    id: str
    sending: Sending
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class PrintTicket:
    """A print that was written down; everything but the first of its subject is a copy (补打).

    `id` is also the key by which leave for it is asked.
    """

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

    async def add(self, wish: Wish) -> Intent:
        """Write a wish down with its pages, its key and its number."""
        made_at, key, kind = self._now(), self._key(), payload.kind(wish)
        clear, seal = payload.of_wish(wish), self._store.seal

        def work(connection: sqlite3.Connection) -> str:
            number = self._number(connection, made_at)
            connection.execute(
                "INSERT INTO intents (id, kind, number, about, made_at, terminal, payload)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    *(key, kind, number, _about(wish), made_at.isoformat(), self._terminal),
                    seal.close(clear, key),
                ),
            )
            connection.executemany(
                "INSERT OR IGNORE INTO pages VALUES (?, ?, ?, ?)",
                (
                    (
                        key,
                        page.sha256,
                        page.media_type,
                        seal.close(content, _place(key, page.sha256)),
                    )
                    for page, content in _contents(wish)
                ),
            )
            return number

        number = await self._store.run(work)
        # As the next start would find it: without the contents of pages, which may be many.
        bare = payload.to_wish(kind, clear)
        return Intent(key, Sending(bare, number, made_at, self._terminal))

    async def pages(self, intent: Intent) -> tuple[str, ...]:
        """The digests of the pages that lie here for an intent."""
        rows = await self._store.run(
            lambda connection: connection.execute(
                "SELECT sha256 FROM pages WHERE intent = ?", (intent.id,)
            ).fetchall()
        )
        return tuple(row["sha256"] for row in rows)

    async def page(self, intent: Intent, sha256: str) -> Attachment:
        """One of them with its contents; SealError when it does not open any more."""

        def work(connection: sqlite3.Connection) -> Attachment:
            row = connection.execute(
                "SELECT media_type, content FROM pages WHERE intent = ? AND sha256 = ?",
                (intent.id, sha256),
            ).fetchone()
            content = self._store.seal.open(row["content"], _place(intent.id, sha256))
            return Attachment(sha256, row["media_type"], content)

        return await self._store.run(work)

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
                await self._end(row["id"], "unreadable")
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

    async def decided(self, intent: Intent, decision: Decision) -> None:
        """The platform decided: keep what became of it, erase who asked and what they brought."""
        match decision:
            case Issued(case_number):
                await self._end(intent.id, "issued", case_number=case_number)
            case Accepted(case_number):
                await self._end(intent.id, "accepted", case_number=case_number)
            case Noted(number):
                await self._end(intent.id, "noted", case_number=number)
            case Refused(reason):
                await self._end(intent.id, "refused", reason=reason)

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
        self, key: str, outcome: str, *, reason: str | None = None, case_number: str | None = None
    ) -> None:
        row = (outcome, reason, case_number, self._now().isoformat(), key)

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE intents SET outcome = ?, reason = ?, case_number = ?, ended_at = ?,"
                " payload = NULL, trouble = NULL WHERE id = ?",
                row,
            )
            connection.execute("DELETE FROM pages WHERE intent = ?", (key,))

        await self._store.run(work)
        await self._store.scrub()

    def _intent(self, row: sqlite3.Row) -> Intent:
        clear = self._store.seal.open(row["payload"], row["id"])
        terminal = row["terminal"] or self._terminal  # none: kept before names were written down
        made_at = datetime.fromisoformat(row["made_at"])
        wish = payload.to_wish(row["kind"], clear)
        return Intent(row["id"], Sending(wish, row["number"], made_at, terminal), row["attempts"])

    def _key(self) -> str:
        return str(UUID(int=self._rng.getrandbits(128), version=4))

    def _number(self, connection: sqlite3.Connection, made_at: datetime) -> str:
        while True:
            number = receipt_number.draw(self._terminal, made_at.date(), self._rng)
            taken = connection.execute("SELECT 1 FROM intents WHERE number = ?", (number,))
            if taken.fetchone() is None:
                return number


def _place(intent: str, sha256: str) -> str:
    """What a page is sealed for."""
    return f"{intent}/{sha256}"


def _about(wish: Wish) -> str:
    """The code or the number a wish refers to."""
    match wish:
        case Application(code=code):
            return code
        case Supplement(case_number=number) | Rating(case_number=number):
            return number
        case Complaint(about=about):
            return about
        case FollowUp(complaint=number):
            return number
        case Confirmation(policy=code):
            return code


def _contents(wish: Wish) -> Iterator[tuple[Attachment, bytes]]:
    """The pages of a wish that the platform has not got yet."""
    if isinstance(wish, Application | Supplement):
        for page in (page for material in wish.materials for page in material.pages):
            if page.content is not None:
                yield page, page.content
