"""Keeps the bytes of pages under their digest: for good those that a case needs, others a week."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from hashlib import sha256
from http import HTTPStatus

from sandbox.platform.office import Office
from sandbox.platform.problems import ProblemError
from sandbox.platform.registry import Transaction

LARGEST = 8 * 1024 * 1024  # bytes of one file
UNUSED = timedelta(days=7)  # so that a wish kept at a terminal over an outage finds its pages

SCHEMA = """
CREATE TABLE IF NOT EXISTS file (
    sha256 TEXT PRIMARY KEY,
    media_type TEXT NOT NULL,
    until TEXT,  -- the last day on which it is kept; NULL: a case needs it
    content BLOB NOT NULL
) STRICT;
"""

_SIGNATURES = {"image/jpeg": b"\xff\xd8\xff", "application/pdf": b"%PDF-"}


def kind_of(content: bytes) -> str | None:
    """The media type that the first bytes tell; None of what is not taken."""
    return next((kind for kind, head in _SIGNATURES.items() if content.startswith(head)), None)


def check(content: bytes | None, digest: str, media_type: str) -> bytes:
    """The contents of a file that may be kept.

    ProblemError `too_large` for None, `unsupported_media_type`, `wrong_digest`.
    """
    if content is None:
        title = f"A file has at most {LARGEST} bytes."
        raise ProblemError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", title)
    if media_type not in _SIGNATURES or kind_of(content) != media_type:
        title = "A file is a JPEG or a PDF, and what it says it is."
        raise ProblemError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", title)
    if sha256(content).hexdigest() != digest:
        title = "The bytes do not have the digest in the address."
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, "wrong_digest", title)
    return content


def keep(
    office: Office, transaction: Transaction, digest: str, media_type: str, content: bytes
) -> bool:
    """Keeps a file that was checked, until something needs it; False where it was there already."""
    until = office.today() + UNUSED
    sql = "INSERT OR IGNORE INTO file VALUES (?, ?, ?, ?)"
    new = transaction.execute(sql, (digest, media_type, until.isoformat(), content)) > 0
    hold(transaction, (digest,), until)
    return new


def hold(transaction: Transaction, digests: Iterable[str], until: date | None) -> None:
    """Keeps files up to that day at least; None: for good, since a case needs them."""
    last = until.isoformat() if until else None
    for digest in digests:  # SQLite's max() of anything and NULL is NULL
        transaction.execute(
            "UPDATE file SET until = max(until, ?) WHERE sha256 = ?", (last, digest)
        )


def forget(office: Office, transaction: Transaction) -> None:
    """Lets go of whatever is past its last day."""
    transaction.execute("DELETE FROM file WHERE until < ?", (office.today().isoformat(),))
