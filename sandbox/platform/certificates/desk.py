"""Issues e-certificates and finds those somebody holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sandbox.platform.messages import Certificate, Fact, HeldCertificate
from sandbox.platform.office import Office
from sandbox.platform.registry import Transaction

SCHEMA = """
CREATE TABLE IF NOT EXISTS certificate (
    number TEXT PRIMARY KEY,
    holder_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    revoked INTEGER NOT NULL DEFAULT 0 CHECK (revoked IN (0, 1)),
    body TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS certificate_holder ON certificate (holder_id);
"""


@dataclass(frozen=True, slots=True)
class Content:
    """What a certificate is to state, and of whom."""

    kind: str
    title: str
    holder: str
    holder_id: str
    issuer: str
    facts: tuple[Fact, ...]
    valid_until: date | None = None


def issue(office: Office, transaction: Transaction, number: str, content: Content) -> Certificate:
    """A new certificate with a check code of its own, kept."""
    code = office.check_code()
    certificate = Certificate(
        number=number,
        check_code=code,
        kind=content.kind,
        title=content.title,
        holder=content.holder,
        holder_id=content.holder_id,
        issued_at=office.now(),
        issuer=content.issuer,
        verify_url=f"{office.address}/v1/certificates/{number}/verify?code={code}",
        facts=content.facts,
        valid_until=content.valid_until,
    )
    issued_on = certificate.issued_at.date().isoformat()
    values = (number, content.holder_id, content.kind, issued_on, certificate.json_text())
    transaction.execute(
        "INSERT INTO certificate (number, holder_id, kind, issued_on, body) VALUES (?, ?, ?, ?, ?)",
        values,
    )
    return certificate


def held(transaction: Transaction, holder_id: str) -> tuple[HeldCertificate, ...]:
    """Every certificate of a holder, the newest first."""
    query = (
        "SELECT body, revoked FROM certificate WHERE holder_id = ?"
        " ORDER BY issued_on DESC, number DESC"
    )
    return tuple(_listed(rows) for rows in transaction.all(query, (holder_id,)))


def _listed(row: Iterable[object]) -> HeldCertificate:
    body, revoked = row
    whole = Certificate.model_validate_json(str(body))
    return HeldCertificate(
        number=whole.number,
        kind=whole.kind,
        title=whole.title,
        issuer=whole.issuer,
        issued_on=whole.issued_at.date(),
        valid_until=whole.valid_until,
        revoked=bool(revoked),
    )
