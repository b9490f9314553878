"""Keeps the bytes of pages under their digest."""

from __future__ import annotations

from hashlib import sha256
from http import HTTPStatus

from sandbox.platform.problems import ProblemError
from sandbox.platform.registry import Transaction

LARGEST = 8 * 1024 * 1024  # bytes of one file

SCHEMA = """
CREATE TABLE IF NOT EXISTS file (
    sha256 TEXT PRIMARY KEY,
    media_type TEXT NOT NULL,
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


def keep(transaction: Transaction, digest: str, media_type: str, content: bytes) -> bool:
    """Keeps a file that was checked; False where it was there already."""
    sql = "INSERT OR IGNORE INTO file VALUES (?, ?, ?)"
    return transaction.execute(sql, (digest, media_type, content)) > 0
