"""What a resident asks for, and what the platform answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum

from drivers.device import Personal
from kiosk.core.catalogue import Language
from kiosk.core.identity import Person


@dataclass(frozen=True, slots=True)
class Application:
    """An item asked for by a person; everything the platform needs to accept it.

    `language` is the one in which the resident is told why the platform refuses.
    """

    item_code: str
    applicant: Person
    language: Language = Language.CHINESE


@dataclass(frozen=True, slots=True)
class InsuranceRecord:
    """What a proof of pension insurance states (城乡居民基本养老保险参保证明)."""

    insured_since: date
    status: str  # in words, as the platform says it: 正常参保
    paid_years: int
    paid_total: str  # yuan, exact decimal as text
    agency: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """An e-certificate issued by the platform; the check code lets anybody verify it."""

    number: str
    check_code: str
    title: str
    holder: Personal
    holder_id: Personal
    issued_at: datetime  # aware
    issuer: str
    verify_url: str
    record: InsuranceRecord


@dataclass(frozen=True, slots=True)
class Issued:
    """Accepted and decided at once: the certificate is there."""

    case_number: str
    certificate: Certificate


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform decided against it.

    `reason` is a stable code (`not_insured`), `words` its own words for the resident.
    """

    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class Kept:
    """The platform did not answer in time: the request is written down and sent later.

    The resident and the staff find it again by `number`.
    """

    number: str


Decision = Issued | Refused
Outcome = Issued | Refused | Kept


class Grade(IntEnum):
    """The five grades of 好差评; voluntary, no default."""

    VERY_DISSATISFIED = 1
    DISSATISFIED = 2
    BASICALLY_SATISFIED = 3
    SATISFIED = 4
    VERY_SATISFIED = 5


@dataclass(frozen=True, slots=True)
class Rating:
    """A grade, tied to one case."""

    case_number: str
    item_code: str
    grade: Grade
