"""Takes ratings, one a case; a bad one opens a rectification."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from http import HTTPStatus

from kiosk.core.cases import Grade, Reason
from sandbox.platform import workdays
from sandbox.platform.cases import filing
from sandbox.platform.cases.filing import Filed
from sandbox.platform.lights import light
from sandbox.platform.messages import Noted
from sandbox.platform.office import Office
from sandbox.platform.problems import ProblemError
from sandbox.platform.ratings import invitations
from sandbox.platform.ratings.messages import Rating, Rectification
from sandbox.platform.registry import Answer, Transaction

SCHEMA = """
CREATE TABLE IF NOT EXISTS rating (
    case_number TEXT PRIMARY KEY REFERENCES filed_case (number),
    grade INTEGER NOT NULL CHECK (grade BETWEEN 1 AND 5),
    reasons TEXT NOT NULL,
    rated_at TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS rectification (
    case_number TEXT PRIMARY KEY REFERENCES rating (case_number),
    opened_at TEXT NOT NULL,
    due_on TEXT NOT NULL
) STRICT;
"""

BAD = (Grade.VERY_DISSATISFIED, Grade.DISSATISFIED)


@dataclass(frozen=True, slots=True)
class RatingsDesk:
    """Where ratings are left, at the terminal or on the phone."""

    office: Office

    def rate(self, rating: Rating, key: str) -> Answer:
        """Noted, made once for a key; ProblemError when the case is unknown or has one."""

        def taken(transaction: Transaction) -> Noted:
            case = filing.find(transaction, rating.case_number)
            if case is None or case.code != rating.item_code:
                raise ProblemError(
                    HTTPStatus.UNPROCESSABLE_ENTITY,
                    "unknown_case",
                    "There is no such case of that item.",
                )
            if not self._keep(transaction, case.number, Grade(rating.grade), rating.reasons):
                raise ProblemError(HTTPStatus.CONFLICT, "already_rated", "The case has its rating.")
            return Noted(number=case.number)

        return self.office.once(key, rating, taken)

    def invited(self, token: str) -> tuple[Filed, bool] | None:
        """The case behind an address, and whether it has its rating; None: no such address."""
        with self.office.registry.reading() as transaction:
            number = invitations.case_of(transaction, token)
            case = filing.find(transaction, number) if number else None
            if case is None:
                return None
            sql = "SELECT 1 FROM rating WHERE case_number = ?"
            return case, transaction.one(sql, (case.number,)) is not None

    def rate_on_phone(self, token: str, grade: Grade, reasons: Iterable[Reason]) -> bool:
        """Takes the rating of whoever has the address; False: none, or the case has its rating."""
        with self.office.registry.writing() as transaction:
            number = invitations.case_of(transaction, token)
            return number is not None and self._keep(transaction, number, grade, reasons)

    def rectifications(self) -> list[Rectification]:
        """Everything that bad ratings set going, the oldest first."""
        sql = (
            "SELECT case_number, grade, reasons, opened_at, due_on FROM rectification"
            " JOIN rating USING (case_number) ORDER BY opened_at, case_number"
        )
        with self.office.registry.reading() as transaction:
            return [self._rectification(*row) for row in transaction.all(sql)]

    def _keep(
        self, transaction: Transaction, number: str, grade: Grade, reasons: Iterable[Reason]
    ) -> bool:
        now = self.office.now()
        said = " ".join(dict.fromkeys(reasons))
        values = (number, grade, said, now.isoformat())
        sql = "INSERT INTO rating VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
        if transaction.execute(sql, values) == 0:
            return False
        if grade in BAD:
            due_on = workdays.after(now.date(), self.office.terms.rectification)
            opened = (number, now.isoformat(), due_on.isoformat())
            transaction.execute("INSERT INTO rectification VALUES (?, ?, ?)", opened)
        return True

    def _rectification(
        self, number: str, grade: int, reasons: str, opened_at: str, due_on: str
    ) -> Rectification:
        opened, due = datetime.fromisoformat(opened_at), date.fromisoformat(due_on)
        return Rectification(
            case_number=number,
            grade=grade,
            reasons=tuple(Reason(one) for one in reasons.split()),
            opened_on=opened.date(),
            due_on=due,
            light=light(opened, due, self.office.now()),
        )
