"""Lets a certificate be printed three times a day (免费打印), each print marked as what it is."""

from __future__ import annotations

from http import HTTPStatus

from sandbox.platform.certificates.messages import Grant, Print
from sandbox.platform.messages import Text
from sandbox.platform.office import Office
from sandbox.platform.problems import ProblemError
from sandbox.platform.registry import Transaction

QUOTA = 3  # a day and certificate

SCHEMA = """
CREATE TABLE IF NOT EXISTS print (
    key TEXT PRIMARY KEY,
    certificate TEXT NOT NULL,
    day TEXT NOT NULL,
    copy INTEGER NOT NULL,
    terminal TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS print_certificate ON print (certificate, day);
"""


def left(office: Office, transaction: Transaction, number: str) -> int:
    """How often a certificate may still be printed today."""
    return QUOTA - _used(office, transaction, number)[0]


def grant(office: Office, transaction: Transaction, key: str, request: Print) -> Grant:
    """Leave to print once more today; ProblemError `quota_used` where there was enough."""
    used, last = _used(office, transaction, request.certificate)
    if used >= QUOTA:
        title = f"It was printed {QUOTA} times today."
        raise ProblemError(HTTPStatus.CONFLICT, "quota_used", title)
    copy, day = last + 1, office.today()
    transaction.execute(
        "INSERT INTO print VALUES (?, ?, ?, ?, ?)",
        (key, request.certificate, day.isoformat(), copy, request.terminal),
    )
    watermark = Text(
        zh=f"仅用于本人办事，{day:%Y年%m月%d日}由{request.terminal}号终端打印，第{copy}份",
        en=f"Printed at terminal {request.terminal} on {day.isoformat()}, copy {copy}",
    )
    return Grant(watermark=watermark, copy_=copy, left=QUOTA - used - 1)


def give_back(transaction: Transaction, key: str) -> None:
    """Takes back the leave of that key, of which nothing was printed; any number of times.

    With its answer, so that the key gives no leave any more that is not counted.
    """
    if transaction.execute("DELETE FROM print WHERE key = ?", (key,)):
        transaction.execute("DELETE FROM answer WHERE key = ?", (key,))


def _used(office: Office, transaction: Transaction, number: str) -> tuple[int, int]:
    """How many prints there are of today, and which copy was the last."""
    query = "SELECT count(*), coalesce(max(copy), 0) FROM print WHERE certificate = ? AND day = ?"
    row = transaction.one(query, (number, office.today().isoformat()))
    return (row[0], row[1]) if row else (0, 0)
