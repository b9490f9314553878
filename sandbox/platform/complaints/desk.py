"""Registers complaints with a deadline, answers them, and reopens those that are not settled."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from http import HTTPStatus

from kiosk.core.cases import Light
from sandbox.platform import refusals, workdays
from sandbox.platform.complaints.messages import Complaint, ComplaintCase, FollowUp
from sandbox.platform.lights import end_of, light
from sandbox.platform.messages import Noted, Person
from sandbox.platform.office import Office
from sandbox.platform.problems import ProblemError
from sandbox.platform.refusals import RefusalError
from sandbox.platform.registry import Answer, Row, Transaction

SCHEMA = """
CREATE TABLE IF NOT EXISTS complaint (
    number TEXT PRIMARY KEY,
    person TEXT,
    filed_on TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS complaint_person ON complaint (person);
CREATE TABLE IF NOT EXISTS complaint_round (
    complaint TEXT NOT NULL REFERENCES complaint (number),
    round INTEGER NOT NULL,
    opened_at TEXT NOT NULL,
    due_on TEXT NOT NULL,
    reply TEXT,
    settled INTEGER CHECK (settled IN (0, 1)),
    PRIMARY KEY (complaint, round)
) STRICT;
"""

REPLIED = 0.6  # the part of its term after which a complaint is answered
_REPLY = "您反映的情况已核实，相关部门已处理。如有不满意，请告诉我们，我们接着办。"
_AGAIN = "您再次反映的情况已由负责人重新核实处理。如仍不满意，可拨打 12345。"


@dataclass(frozen=True, slots=True)
class Round:
    """One time a complaint is dealt with: from its opening to what the resident says of it."""

    place: int
    opened_at: datetime
    due_on: date
    reply: str | None
    settled: bool | None

    def replied(self, now: datetime) -> str | None:
        """The reply that is there by now: somebody's own words, or the usual ones in time."""
        if self.reply is not None:
            return self.reply
        in_time = self.opened_at + REPLIED * (end_of(self.due_on) - self.opened_at)
        usual = _REPLY if self.place == 1 else _AGAIN
        return usual if in_time <= now else None


@dataclass(frozen=True, slots=True)
class ComplaintsDesk:
    """Where anybody may complain, by name or without one."""

    office: Office

    def complain(self, complaint: Complaint, key: str) -> Answer:
        """Noted under a number at once, with the day of the reply; made once for a key."""

        def taken(transaction: Transaction) -> Noted:
            now = self.office.now()
            # Whoever gave no name finds it by its number alone, so that it must not be guessed.
            tail = f"{secrets.randbelow(10_000):04d}"
            number = f"TS{now:%Y%m%d}{transaction.next('complaint'):04d}{tail}"
            person = complaint.person.id_number if complaint.person else None
            values = (number, person, now.date().isoformat(), complaint.json_text())
            transaction.execute("INSERT INTO complaint VALUES (?, ?, ?, ?)", values)
            return Noted(number=number, due_on=self._open(transaction, number, 1))

        return self.office.once(key, complaint, taken)

    def follow_up(self, said: FollowUp, key: str) -> Answer:
        """Settled, or opened again with a new deadline; made once for a key."""
        return self.office.decided(key, said, lambda t: self._follow_up(t, said))

    def reply(self, number: str, words: str) -> None:
        """Answers a complaint now; ProblemError where there is none of that number."""
        with self.office.registry.writing() as transaction:
            latest = _latest(transaction, number)
            if latest is None:
                raise ProblemError(HTTPStatus.NOT_FOUND, "not_found", "No such complaint.")
            sql = "UPDATE complaint_round SET reply = ? WHERE complaint = ? AND round = ?"
            transaction.execute(sql, (words, number, latest.place))

    def of_person(self, transaction: Transaction, person: Person) -> tuple[ComplaintCase, ...]:
        """Every complaint of a person, the newest first."""
        sql = (
            "SELECT number, person, filed_on FROM complaint WHERE person = ?"
            " ORDER BY filed_on DESC, number DESC"
        )
        rows = transaction.all(sql, (person.id_number,))
        return tuple(self._told(transaction, row, own=True) for row in rows)

    def by_number(
        self, transaction: Transaction, number: str, person: Person | None
    ) -> ComplaintCase | None:
        """The complaint of that number, or None; its reply only for who made it, if they said."""
        sql = "SELECT number, person, filed_on FROM complaint WHERE number = ?"
        row = transaction.one(sql, (number,))
        if row is None:
            return None
        own = row[1] is None or (person is not None and person.id_number == row[1])
        return self._told(transaction, row, own=own)

    def _told(self, transaction: Transaction, row: Row, *, own: bool) -> ComplaintCase:
        number, _, filed_on = row
        rounds = _rounds(transaction, number)
        latest, now = rounds[-1], self.office.now()
        reply = latest.replied(now)
        reopened = len(rounds) > 1 and reply is None
        return ComplaintCase(
            number=number,
            filed_on=date.fromisoformat(filed_on),
            due_on=latest.due_on,
            light=light(latest.opened_at, latest.due_on, now) if reply is None else Light.NONE,
            reply=reply if own else None,
            settled=False if reopened else latest.settled,
        )

    def _follow_up(self, transaction: Transaction, said: FollowUp) -> Noted:
        latest = _latest(transaction, said.complaint)
        if latest is None:
            raise refusals.unknown_case()
        if latest.replied(self.office.now()) is None or latest.settled is not None:
            raise _nothing_to_say()
        sql = "UPDATE complaint_round SET settled = ?, reply = ? WHERE complaint = ? AND round = ?"
        reply = latest.replied(self.office.now())
        transaction.execute(sql, (int(said.settled), reply, said.complaint, latest.place))
        due_on = None
        if not said.settled:
            due_on = self._open(transaction, said.complaint, latest.place + 1)
        return Noted(number=said.complaint, due_on=due_on)

    def _open(self, transaction: Transaction, number: str, place: int) -> date:
        now = self.office.now()
        due_on = workdays.after(now.date(), self.office.terms.complaint)
        values = (number, place, now.isoformat(), due_on.isoformat())
        transaction.execute(
            "INSERT INTO complaint_round (complaint, round, opened_at, due_on) VALUES (?, ?, ?, ?)",
            values,
        )
        return due_on


def _rounds(transaction: Transaction, number: str) -> list[Round]:
    sql = (
        "SELECT round, opened_at, due_on, reply, settled FROM complaint_round"
        " WHERE complaint = ? ORDER BY round"
    )
    return [
        Round(
            place,
            datetime.fromisoformat(opened_at),
            date.fromisoformat(due_on),
            reply,
            None if settled is None else bool(settled),
        )
        for place, opened_at, due_on, reply, settled in transaction.all(sql, (number,))
    ]


def _latest(transaction: Transaction, number: str) -> Round | None:
    rounds = _rounds(transaction, number)
    return rounds[-1] if rounds else None


def _nothing_to_say() -> RefusalError:
    return refusals.refusal(
        "nothing_to_settle",
        "这件投诉还没有答复，或者您已经回访过了。",
        "There is no reply to it yet, or you have said already what you think of it.",
    )
