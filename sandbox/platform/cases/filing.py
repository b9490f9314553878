"""Cases as they are kept: filed, found, and what is owed to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kiosk.core.catalogue import Material
from sandbox.platform.applications.messages import Application
from sandbox.platform.cases.course import Course, Debt, Fate
from sandbox.platform.messages import Owed, Text
from sandbox.platform.registry import Row, Transaction

SCHEMA = """
CREATE TABLE IF NOT EXISTS filed_case (
    number TEXT PRIMARY KEY,
    bundle TEXT REFERENCES filed_case (number),
    code TEXT NOT NULL,
    applicant TEXT NOT NULL,
    principal TEXT,
    name TEXT NOT NULL,
    department TEXT NOT NULL,
    filed_at TEXT NOT NULL,
    promised_on TEXT NOT NULL,
    statutory_on TEXT NOT NULL,
    at_once INTEGER NOT NULL CHECK (at_once IN (0, 1)),
    fate TEXT NOT NULL DEFAULT 'usual',
    certificate TEXT REFERENCES certificate (number),
    application TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS filed_case_applicant ON filed_case (applicant);
CREATE INDEX IF NOT EXISTS filed_case_principal ON filed_case (principal);
CREATE TABLE IF NOT EXISTS owed (
    case_number TEXT NOT NULL REFERENCES filed_case (number),
    material TEXT NOT NULL,
    body TEXT NOT NULL,
    until TEXT NOT NULL,
    received_at TEXT,
    PRIMARY KEY (case_number, material)
) STRICT;
"""

_COLUMNS = (
    "number, bundle, code, applicant, principal, name, department, filed_at, promised_on,"
    " statutory_on, at_once, fate, certificate"
)


@dataclass(frozen=True, slots=True)
class OwedMaterial:
    """A material that may follow, and when it came."""

    material: Material
    until: date
    received_at: datetime | None = None

    @property
    def message(self) -> Owed:
        """As a terminal is told of it."""
        return Owed(material=self.material.code, name=Text.of(self.material.name), until=self.until)


@dataclass(frozen=True, slots=True)
class Filed:
    """One case as it was filed; `bundle` is the case it is a part of."""

    number: str
    code: str
    applicant: str
    principal: str | None
    name: Text
    department: Text
    filed_at: datetime
    promised_on: date
    statutory_on: date
    at_once: bool
    bundle: str | None = None
    fate: Fate = Fate.USUAL
    certificate: str | None = None
    owed: tuple[OwedMaterial, ...] = ()

    def course(self, grace: int) -> Course:
        """What its course follows from."""
        debts = tuple(Debt(one.until, one.received_at) for one in self.owed)
        return Course(self.filed_at, self.promised_on, debts, self.fate, self.at_once, grace)

    def concerns(self, id_number: str) -> bool:
        """Whether it was filed by, or for, whoever has that number."""
        return id_number in (self.applicant, self.principal)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each there are; a bundle is one case."""

    answers: int
    cases: int
    ratings: int


def counts(transaction: Transaction) -> Counts:
    """How much has come in."""
    sql = (
        "SELECT (SELECT count(*) FROM answer),"
        " (SELECT count(*) FROM filed_case WHERE bundle IS NULL), (SELECT count(*) FROM rating)"
    )
    return Counts(*(transaction.one(sql) or (0, 0, 0)))


def file(transaction: Transaction, case: Filed, application: Application | None) -> None:
    """Keeps a case with what is owed to it, and its application; that of a part is its bundle's."""
    values = (
        case.number,
        case.bundle,
        case.code,
        case.applicant,
        case.principal,
        case.name.json_text(),
        case.department.json_text(),
        case.filed_at.isoformat(),
        case.promised_on.isoformat(),
        case.statutory_on.isoformat(),
        int(case.at_once),
        case.fate,
        case.certificate,
        application.json_text() if application else None,
    )
    places = ", ".join("?" * len(values))
    transaction.execute(
        f"INSERT INTO filed_case ({_COLUMNS}, application) VALUES ({places})",  # noqa: S608 - our own names
        values,
    )
    for one in case.owed:
        body = one.material.model_dump_json(by_alias=True)
        kept = (case.number, one.material.code, body, one.until.isoformat())
        transaction.execute(
            "INSERT INTO owed (case_number, material, body, until) VALUES (?, ?, ?, ?)", kept
        )


def find(transaction: Transaction, number: str) -> Filed | None:
    """The case of that number, a part of a bundle too, or None."""
    found = _select(transaction, "number = ?", (number,))
    return found[0] if found else None


def of_person(transaction: Transaction, id_number: str) -> list[Filed]:
    """Every case filed by or for somebody, the newest first; of a bundle the whole alone."""
    where = (
        "bundle IS NULL AND (applicant = ?1 OR principal = ?1) ORDER BY filed_at DESC, number DESC"
    )
    return _select(transaction, where, (id_number,))


def undelivered(transaction: Transaction, id_number: str) -> list[Filed]:
    """Every case of one item by or for somebody that has no e-certificate yet."""
    where = (
        "certificate IS NULL AND (applicant = ?1 OR principal = ?1) AND NOT EXISTS"
        " (SELECT 1 FROM filed_case AS part WHERE part.bundle = filed_case.number)"
    )
    return _select(transaction, where, (id_number,))


def certify(transaction: Transaction, number: str, certificate: str) -> None:
    """Notes the e-certificate that a case came to."""
    sql = "UPDATE filed_case SET certificate = ? WHERE number = ?"
    transaction.execute(sql, (certificate, number))


def application_of(transaction: Transaction, case: Filed) -> Application:
    """The application as it was kept, of a part that of its bundle."""
    sql = "SELECT application FROM filed_case WHERE number = ?"
    row = transaction.one(sql, (case.bundle or case.number,))
    if row is None:
        raise LookupError(f"no case {case.number}")
    return Application.model_validate_json(row[0])


def receive(transaction: Transaction, number: str, materials: Iterable[str], at: datetime) -> None:
    """Notes that what was owed came."""
    for material in materials:
        transaction.execute(
            "UPDATE owed SET received_at = ? WHERE case_number = ? AND material = ?"
            " AND received_at IS NULL",
            (at.isoformat(), number, material),
        )


def destine(transaction: Transaction, number: str, fate: Fate) -> bool:
    """Has something else become of a case and its parts; False where there is no such case."""
    sql = "UPDATE filed_case SET fate = ?1 WHERE number = ?2 OR bundle = ?2"
    return transaction.execute(sql, (fate, number)) > 0


def _select(transaction: Transaction, where: str, values: Sequence[str]) -> list[Filed]:
    rows = transaction.all(f"SELECT {_COLUMNS} FROM filed_case WHERE {where}", values)  # noqa: S608 - our own
    return [_read(transaction, row) for row in rows]


def _read(transaction: Transaction, row: Row) -> Filed:
    (number, bundle, code, applicant, principal, name, department) = row[:7]
    (filed_at, promised_on, statutory_on, at_once, fate, certificate) = row[7:]
    return Filed(
        number=number,
        bundle=bundle,
        code=code,
        applicant=applicant,
        principal=principal,
        name=Text.model_validate_json(name),
        department=Text.model_validate_json(department),
        filed_at=datetime.fromisoformat(filed_at),
        promised_on=date.fromisoformat(promised_on),
        statutory_on=date.fromisoformat(statutory_on),
        at_once=bool(at_once),
        fate=Fate(fate),
        certificate=certificate,
        owed=_owed(transaction, bundle or number),
    )


def _owed(transaction: Transaction, number: str) -> tuple[OwedMaterial, ...]:
    sql = "SELECT body, until, received_at FROM owed WHERE case_number = ? ORDER BY until, material"
    return tuple(
        OwedMaterial(
            Material.model_validate_json(body),
            date.fromisoformat(until),
            datetime.fromisoformat(received_at) if received_at else None,
        )
        for body, until, received_at in transaction.all(sql, (number,))
    )
