"""Which drafts were handed in: each becomes one application."""

from __future__ import annotations

from sandbox.platform.registry import Transaction

SCHEMA = """
CREATE TABLE IF NOT EXISTS submitted_draft (
    id TEXT PRIMARY KEY
) STRICT;
"""


def submit(transaction: Transaction, draft: str) -> bool:
    """Notes that a draft was handed in; False where it was before."""
    sql = "INSERT INTO submitted_draft VALUES (?) ON CONFLICT DO NOTHING"
    return transaction.execute(sql, (draft,)) == 1


def is_submitted(transaction: Transaction, draft: str) -> bool:
    """Whether a draft was handed in: it can not be continued any more."""
    return transaction.one("SELECT 1 FROM submitted_draft WHERE id = ?", (draft,)) is not None
