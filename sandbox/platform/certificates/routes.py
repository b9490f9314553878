"""E-certificates over HTTP, and the page that tells whether one is genuine."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Annotated

from fastapi import FastAPI, Path, Query, Request, Response

from drivers.device import Personal
from kiosk.core.identity import masked_id, masked_name
from sandbox.platform.cases import results
from sandbox.platform.certificates import desk, prints
from sandbox.platform.certificates.messages import (
    Grant,
    HeldCertificates,
    OfPerson,
    OpenedCertificate,
    Print,
    PrintCertificate,
)
from sandbox.platform.messages import Certificate
from sandbox.platform.office import Office
from sandbox.platform.pages import page
from sandbox.platform.registry import Transaction
from sandbox.platform.replies import Key, answered, repeated, wrong

Number = Annotated[str, Path(pattern=r"^[A-Za-z0-9._-]{1,64}$")]

_ID_NUMBER = re.compile(r"(?<![0-9])[0-9]{17}[0-9X](?![0-9])")


def install(app: FastAPI, office: Office) -> None:
    """Adds the routes of the area."""
    _add_looks(app, office)
    _add_prints(app, office)
    _add_check(app, office)


def _add_looks(app: FastAPI, office: Office) -> None:
    @app.post(
        "/v1/certificates/search", response_description="What they hold.", responses=wrong(422)
    )
    def list_certificates(request: OfPerson) -> HeldCertificates:
        """Which e-certificates somebody holds."""
        results.deliver(office, request.person.id_number)
        with office.registry.reading() as transaction:
            held = desk.held(transaction, request.person.id_number)
        return HeldCertificates(certificates=held)

    @app.post(
        "/v1/certificates/{number}/open",
        response_description="All of it.",
        responses=wrong(404, 409, 422),
    )
    def open_certificate(number: Number, request: OfPerson) -> OpenedCertificate:
        """What one states; `not_found` where it is not theirs, `certificate_invalid`."""
        with office.registry.reading() as transaction:
            return OpenedCertificate(
                certificate=desk.opened(office, transaction, number, request.person),
                left=prints.left(office, transaction, number),
            )


def _add_prints(app: FastAPI, office: Office) -> None:
    @app.post(
        "/v1/certificates/{number}/prints",
        status_code=HTTPStatus.CREATED,
        response_model=Grant,
        response_description="It may be printed once.",
        responses=repeated(Grant) | wrong(404, 409, 422),
    )
    def print_certificate(number: Number, request: PrintCertificate, key: Key) -> Response:
        """Leave to print one once; `quota_used` after three of a day, `certificate_invalid`."""
        asked = Print(certificate=number, person=request.person, terminal=request.terminal)

        def work(transaction: Transaction) -> Grant:
            desk.opened(office, transaction, number, request.person)
            return prints.grant(office, transaction, key, asked)

        return answered(office.once(key, asked, work))

    @app.delete(
        "/v1/prints/{key}",
        status_code=HTTPStatus.NO_CONTENT,
        response_description="It does not count.",
        responses=wrong(422),
    )
    def return_print(key: Annotated[str, Path(pattern=r"^[A-Za-z0-9._-]{8,64}$")]) -> None:
        """Give back the leave of a key, of which nothing was printed; any number of times."""
        with office.registry.writing() as transaction:
            prints.give_back(transaction, key)


def _add_check(app: FastAPI, office: Office) -> None:
    @app.get("/v1/certificates/{number}/verify", include_in_schema=False)
    def verify(request: Request, number: str, code: Annotated[str, Query()] = "") -> Response:
        with office.registry.reading() as transaction:
            found = desk.verified(transaction, number, code)
        if found is None:
            return page(request, "verify.html", status=HTTPStatus.NOT_FOUND)
        certificate, revoked = found
        until = certificate.valid_until
        shown: dict[str, object] = {
            "certificate": certificate,
            "holder": masked_name(Personal(certificate.holder)),
            "holder_id": masked_id(Personal(certificate.holder_id)),
            "facts": [(fact.label, _masked(fact.value, certificate)) for fact in certificate.facts],
            "revoked": revoked,
            "expired": until is not None and until < office.today(),
        }
        return page(request, "verify.html", shown)


def _masked(value: str, certificate: Certificate) -> str:
    """A line as a stranger may see it: the paper in their hands has the rest."""
    if value == certificate.holder:
        return masked_name(Personal(value))
    return _ID_NUMBER.sub(lambda number: masked_id(Personal(number[0])), value)
