"""Knows whose electronic identity a code is: codes change every minute."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from secrets import compare_digest

from kiosk.core.identity import Document
from sandbox.devices.barcode_scanner import LIFETIME, dynamic_code
from sandbox.platform.messages import Person
from sandbox.platform.office import Office
from sandbox.platform.problems import ProblemError
from sandbox.residents import RESIDENTS, Resident


def check(office: Office, code: str) -> Person:
    """Whoever shows this code; ProblemError `code_refused` when it is nobody's or too old."""
    # Phones keep their own time, which no jump of the platform's clock moves.
    now = office.clock.source().timestamp()
    for resident in RESIDENTS:
        if any(compare_digest(code, shown) for shown in _shown(resident, now)):
            return _person(resident)
    raise ProblemError(HTTPStatus.NOT_FOUND, "code_refused", "The code is nobody's, or too old.")


def _shown(resident: Resident, now: float) -> Iterator[str]:
    """What the resident's phone shows, and what it showed a minute ago: scanning takes a while."""
    return (dynamic_code(resident.key, moment) for moment in (now, now - LIFETIME))


def _person(resident: Resident) -> Person:
    card = resident.card
    return Person(
        name=card.name.reveal(),
        id_number=card.id_number.reveal(),
        sex=card.sex,
        birth_date=card.birth_date,
        document=Document.ELECTRONIC,
        valid_until=card.valid_until,
        address=card.address.reveal() if card.address else None,
    )
