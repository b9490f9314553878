"""The platform over HTTP: /v1 is the contract, /sandbox is for whoever plays with it."""

from __future__ import annotations

from dataclasses import asdict
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any, TypeVar

from fastapi import FastAPI, Header, Query, Request, Response
from fastapi import Path as InPath
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates
from pydantic import BaseModel, ConfigDict, Field

from drivers.device import Personal
from kiosk.core.identity import masked_id, masked_name
from sandbox.platform import offer, problems
from sandbox.platform.faults import Faults, Mode
from sandbox.platform.messages import (
    Application,
    Catalogue,
    Code,
    Health,
    Issued,
    Problem,
    Rated,
    Rating,
    Refused,
)
from sandbox.platform.office import Answered, Office

T = TypeVar("T")

CATALOGUE = offer.CATALOGUE.model_dump_json(by_alias=True)
ETAG = f'"{sha256(CATALOGUE.encode()).hexdigest()[:16]}"'
PRIVATE = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "Referrer-Policy": "no-referrer",  # the address holds the check code
}
REPLAYED = "Idempotent-Replayed"
REPEATED: dict[str, Any] = {
    "description": "The answer that this key got before, once more.",
    "headers": {REPLAYED: {"schema": {"const": "true"}}},
}

Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[A-Za-z0-9._-]{8,64}$",
        description="made once for a request and kept through every retry",
    ),
]
_templates = Jinja2Templates(directory=Path(__file__).parent)


class FaultSwitch(BaseModel):
    """What is to be wrong with the platform; `seconds` is how long a slow one takes."""

    model_config = ConfigDict(extra="forbid")

    mode: Mode
    seconds: float = Field(default=30.0, ge=0, le=3600)


def build(office: Office, faults: Faults) -> FastAPI:
    """The whole application; `faults` is the switch that FaultyLine reads."""
    app = FastAPI(
        title="Doorstep: terminal to platform",
        version="1",
        description="What a self-service terminal asks of the government platform.",
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,
    )
    problems.install(app)
    _add_contract(app, office)
    _add_verification(app, office)
    _add_sandbox(app, office, faults)
    return app


def _wrong(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """How the contract tells of problems."""
    meanings = {
        409: "The case has its rating (`already_rated`).",
        422: "The request is wrong (`invalid_request`, `key_reused`, `unknown_case`); "
        "the same request will not do.",
        500: "It broke (`internal`); the same request with the same key may be repeated.",
        503: "Not now (`unavailable`); the same request with the same key may be repeated.",
    }
    return {
        status: {"model": Problem, "description": meanings[status]}
        for status in (*statuses, 500, 503)
    }


def _add_contract(app: FastAPI, office: Office) -> None:
    @app.get("/v1/health", response_description="It works.", responses=_wrong())
    def health() -> Health:
        """Whether the platform works, its database included."""
        office.registry.counts()
        return Health()

    @app.get(
        "/v1/catalogue",
        response_model=Catalogue,
        response_description="The catalogue, with its ETag.",
        responses={
            304: {"description": "The catalogue of that ETag is in force."},
            **_wrong(422),
        },
    )
    def catalogue(if_none_match: Annotated[str | None, Header()] = None) -> Response:
        """The items in force, with an ETag to ask by the next time."""
        headers = {"ETag": ETAG, "Cache-Control": "no-cache"}
        if if_none_match == ETAG:
            return Response(status_code=304, headers=headers)
        return Response(CATALOGUE, media_type="application/json", headers=headers)

    @app.post(
        "/v1/applications",
        status_code=HTTPStatus.CREATED,
        response_description="The decision.",
        responses={200: {"model": Issued | Refused, **REPEATED}, **_wrong(422)},
    )
    def apply(application: Application, key: Key, response: Response) -> Issued | Refused:
        """Apply for an item: one key is one case, and every repetition has the same answer."""
        return _answer(office.apply(application, key), response)

    @app.post(
        "/v1/ratings",
        status_code=HTTPStatus.CREATED,
        response_description="The rating counts.",
        responses={200: {"model": Rated, **REPEATED}, **_wrong(409, 422)},
    )
    def rate(rating: Rating, key: Key, response: Response) -> Rated:
        """Rate the service of one case; a repetition with the same key changes nothing."""
        return _answer(office.rate(rating, key), response)


def _answer(answered: Answered[T], response: Response) -> T:
    """The answer; one that was given before is marked, and its status is 200."""
    if answered.repeated:
        response.status_code = HTTPStatus.OK
        response.headers[REPLAYED] = "true"
    return answered.value


def _add_verification(app: FastAPI, office: Office) -> None:
    @app.get(
        "/v1/certificates/{number}/verify",
        response_class=HTMLResponse,
        response_description="A page that shows whose it is (masked) and what it states.",
        responses={
            404: {"description": "A page that says that there is no such certificate."},
            **_wrong(422),
        },
    )
    def verify(
        request: Request,
        number: Annotated[Code, InPath()],
        code: Annotated[str, Query(max_length=64)] = "",
    ) -> Response:
        """Show somebody who was handed a certificate whether it is genuine, on a page."""
        certificate = office.verify(number, code)
        context: dict[str, object] = {"certificate": certificate}
        if certificate is not None:
            context |= {
                "holder": masked_name(Personal(certificate.holder)),
                "holder_id": masked_id(Personal(certificate.holder_id)),
            }
        return _templates.TemplateResponse(
            request, "verify.html", context, 200 if certificate else 404, PRIVATE
        )


def _add_sandbox(app: FastAPI, office: Office, faults: Faults) -> None:
    @app.put("/sandbox/faults", include_in_schema=False)
    def switch(wanted: FaultSwitch) -> FaultSwitch:
        faults.mode, faults.seconds = wanted.mode, wanted.seconds
        return wanted

    @app.get("/sandbox/cases", include_in_schema=False)
    def cases() -> dict[str, int]:
        return asdict(office.registry.counts())
