"""Issues e-certificates and finds those somebody holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from http import HTTPStatus
from secrets import compare_digest

from sandbox.platform.certificates.kinds import OF_ANOTHER
from sandbox.platform.messages import Certificate, Fact, HeldCertificate, Person
from sandbox.platform.office import Office
from sandbox.platform.problems import ProblemError
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


def issue(
    office: Office,
    transaction: Transaction,
    number: str,
    content: Content,
    issued_at: datetime | None = None,
) -> Certificate:
    """A new certificate with a check code of its own, kept; of now, or of another time."""
    code = office.check_code()
    certificate = Certificate(
        number=number,
        check_code=code,
        kind=content.kind,
        title=content.title,
        holder=content.holder,
        holder_id=content.holder_id,
        issued_at=issued_at or office.now(),
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
    """Every certificate of a holder: those about themselves, then others, the newest first."""
    query = (
        "SELECT body, revoked FROM certificate WHERE holder_id = ?"
        " ORDER BY issued_on DESC, number DESC"
    )
    listed = (
        _listed(Certificate.model_validate_json(body), revoked=bool(revoked))
        for body, revoked in transaction.all(query, (holder_id,))
    )
    return tuple(sorted(listed, key=lambda one: one.kind in OF_ANOTHER))


def exists(transaction: Transaction, number: str) -> bool:
    """Whether there is one of that number."""
    return transaction.one("SELECT 1 FROM certificate WHERE number = ?", (number,)) is not None


def revoke(transaction: Transaction, number: str, *, revoked: bool = True) -> None:
    """It does not count any more; or it does again."""
    sql = "UPDATE certificate SET revoked = ? WHERE number = ?"
    transaction.execute(sql, (int(revoked), number))


def opened(office: Office, transaction: Transaction, number: str, person: Person) -> Certificate:
    """A certificate of that person that counts, whole.

    ProblemError `not_found` where it is not theirs, `certificate_invalid`.
    """
    found = _find(transaction, number)
    if found is None or found[0].holder_id != person.id_number:
        title = "There is no such certificate, or it is not theirs."
        raise ProblemError(HTTPStatus.NOT_FOUND, "not_found", title)
    certificate, revoked = found
    if not _listed(certificate, revoked=revoked).valid(office.today()):
        title = "The certificate was revoked, or has run out."
        raise ProblemError(HTTPStatus.CONFLICT, "certificate_invalid", title)
    return certificate


def verified(transaction: Transaction, number: str, code: str) -> tuple[Certificate, bool] | None:
    """A certificate and whether it was revoked, to whoever knows its check code; else None."""
    found = _find(transaction, number)
    if found is None or not compare_digest(found[0].check_code.encode(), code.encode()):
        return None
    return found


def _find(transaction: Transaction, number: str) -> tuple[Certificate, bool] | None:
    row = transaction.one("SELECT body, revoked FROM certificate WHERE number = ?", (number,))
    return (Certificate.model_validate_json(row[0]), bool(row[1])) if row else None


def _listed(whole: Certificate, *, revoked: bool) -> HeldCertificate:
    return HeldCertificate(
        number=whole.number,
        kind=whole.kind,
        title=whole.title,
        issuer=whole.issuer,
        issued_on=whole.issued_at.date(),
        valid_until=whole.valid_until,
        revoked=revoked,
    )
