"""Addresses on which a case can be rated from a phone."""

from __future__ import annotations

from sandbox.platform.office import Office
from sandbox.platform.registry import Transaction

SCHEMA = """
CREATE TABLE IF NOT EXISTS rating_invitation (
    token TEXT PRIMARY KEY,
    case_number TEXT NOT NULL UNIQUE REFERENCES filed_case (number)
) STRICT;
"""


def invite(office: Office, transaction: Transaction, case_number: str) -> str:
    """The address for one case."""
    token = office.token()
    transaction.execute("INSERT INTO rating_invitation VALUES (?, ?)", (token, case_number))
    return f"{office.address}/r/{token}"


def case_of(transaction: Transaction, token: str) -> str | None:
    """The number of the case that can be rated there, or None."""
    sql = "SELECT case_number FROM rating_invitation WHERE token = ?"
    row = transaction.one(sql, (token,))
    return row[0] if row else None
