"""The government platform: a port, and its adapter over HTTP.

The contract is docs/reference/platform.openapi.yaml. Nothing is tried again here: whoever keeps the
request (intents.py) knows how long and with which key.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

import httpx
from pydantic import TypeAdapter, ValidationError

from kiosk.core.cases import Application, Decision, Issued, Rating
from kiosk.core.catalogue import Catalogue
from kiosk.services.platform_schema import (
    DECISION,
    CatalogueMessage,
    ProblemMessage,
    application_body,
    rating_body,
)

MAX_ANSWER = 8 * 1024 * 1024  # bytes; a catalogue of 5,000 items has about 5 MB
AGAIN = frozenset({408, 425, 429})  # client errors that ask to be tried again later

M = TypeVar("M")
_CATALOGUE = TypeAdapter(CatalogueMessage)


class PlatformError(Exception):
    """The platform gave no decision; the message holds nothing personal."""


class PlatformUnavailable(PlatformError):  # noqa: N818 - it says how the platform is
    """No answer that counts: whether it was done is not known; ask again with the same key."""


class PlatformProtocolError(PlatformError):
    """It answered, and not as the contract says: staff must look at it."""


@dataclass(frozen=True, slots=True)
class Submission:
    """An application as it is sent, the same at every retry.

    `number` is the one on the resident's receipt when the request is kept, so that staff find the
    case by it at the platform too; `made_at` is aware; `terminal` is what the terminal was called
    then.
    """

    application: Application
    number: str
    made_at: datetime
    terminal: str


@dataclass(frozen=True, slots=True)
class LeftRating:
    """A rating as it is sent, the same at every retry."""

    rating: Rating
    terminal: str


class Platform(Protocol):
    """What a terminal asks of the platform; every method may raise PlatformError."""

    async def catalogue(self) -> Catalogue:
        """The catalogue in force."""
        ...

    async def submit(self, submission: Submission, key: str) -> Decision:
        """The decision on an application: the same one, however often it is asked with a key."""
        ...

    async def rate(self, left: LeftRating, key: str) -> None:
        """Leave a rating: once, however often it is sent with a key."""
        ...

    async def reachable(self) -> bool:
        """Whether the platform answers and says that it works; raises nothing."""
        ...

    async def aclose(self) -> None:
        """Close its connections; it can not be used again."""
        ...


@dataclass(frozen=True, slots=True)
class ClientCertificate:
    """The terminal's own certificate, by which the platform knows it (PEM files)."""

    cert: Path
    key: Path
    ca: Path | None = None  # the platform's authority; None: those the system trusts


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came back; `where` says to which request, without its contents."""

    where: str
    status: int
    headers: Mapping[str, str]
    body: bytes


class HttpPlatform:
    """The platform over HTTP, on connections that stay open between requests.

    `timeout` is for one whole answer, in seconds.
    """

    def __init__(
        self,
        url: str,
        *,
        timeout: float = 10.0,
        certificate: ClientCertificate | None = None,
    ) -> None:
        self._timeout = timeout
        self._client = httpx.AsyncClient(
            base_url=url,
            timeout=None,  # noqa: S113 - one deadline over the whole answer, in _ask
            verify=_tls(certificate) if certificate else True,
            limits=httpx.Limits(max_connections=8, keepalive_expiry=120.0),
            headers={"User-Agent": "doorstep"},
            trust_env=False,  # the platform is what the configuration says, not a proxy's guess
        )
        self._catalogue: tuple[str, Catalogue] | None = None  # its ETag, and what it said

    async def catalogue(self) -> Catalogue:
        """The catalogue in force; asked by its ETag, so that an unchanged one is not sent again."""
        known = self._catalogue
        headers = {"If-None-Match": known[0]} if known else {}
        answer = await self._ask("GET", "/v1/catalogue", headers=headers)
        if known and answer.status == httpx.codes.NOT_MODIFIED:
            return known[1]
        _expect(answer, 200)
        catalogue = _read(_CATALOGUE, answer).value()
        if tag := answer.headers.get("ETag"):
            self._catalogue = tag, catalogue
        return catalogue

    async def submit(self, submission: Submission, key: str) -> Decision:
        """Post an application; a repeated key is answered with the decision made before.

        A certificate that is somebody else's is a PlatformProtocolError: nobody gets to see it.
        """
        body = application_body(
            submission.application,
            terminal=submission.terminal,
            number=submission.number,
            made_at=submission.made_at.isoformat(),
        )
        answer = await self._post("/v1/applications", body, key)
        _expect(answer, 200, 201)
        decision = _read(DECISION, answer).value(submission.application.language)
        _expect_own(decision, submission.application, answer.where)
        return decision

    async def rate(self, left: LeftRating, key: str) -> None:
        """Post a rating; a repeated key changes nothing, and 409 says that the case has one."""
        body = rating_body(left.rating, terminal=left.terminal)
        _expect(await self._post("/v1/ratings", body, key), 200, 201, 409)

    async def reachable(self) -> bool:
        """Whether GET /v1/health answers 200."""
        try:
            answer = await self._ask("GET", "/v1/health")
        except PlatformError:
            return False
        return answer.status == httpx.codes.OK

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _post(self, path: str, body: dict[str, Any], key: str) -> _Answer:
        return await self._ask("POST", path, json=body, headers={"Idempotency-Key": key})

    async def _ask(self, method: str, path: str, **request: Any) -> _Answer:  # noqa: ANN401 - httpx's own arguments
        """One answer, whole and in time, from a platform that is up."""
        where = f"{method} {path}"
        try:
            async with (
                asyncio.timeout(self._timeout),
                self._client.stream(method, path, **request) as reply,
            ):
                body = await _receive(reply, where)
        except TimeoutError:
            raise PlatformUnavailable(f"{where}: no answer in {self._timeout:g} s") from None
        except httpx.TransportError as error:
            # Its name alone: the message of some holds the address with its query.
            raise PlatformUnavailable(f"{where}: {type(error).__name__}") from None
        except httpx.HTTPError as error:
            raise PlatformProtocolError(f"{where}: {type(error).__name__}") from None
        if reply.is_server_error or reply.status_code in AGAIN:
            raise PlatformUnavailable(f"{where}: status {reply.status_code}")
        return _Answer(where, reply.status_code, reply.headers, body)


def _tls(certificate: ClientCertificate) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=certificate.ca)
    context.load_cert_chain(certificate.cert, certificate.key)
    return context


async def _receive(reply: httpx.Response, where: str) -> bytes:
    """The whole body, giving up on one that does not end."""
    body = bytearray()
    async for part in reply.aiter_bytes():
        body += part
        if len(body) > MAX_ANSWER:
            raise PlatformProtocolError(f"{where}: an answer of more than {MAX_ANSWER} bytes")
    return bytes(body)


def _expect(answer: _Answer, *good: int) -> None:
    """Raise PlatformProtocolError unless the status is one the contract gives this request."""
    if answer.status in good:
        return
    try:
        code = ProblemMessage.model_validate_json(answer.body).code
    except ValidationError:
        code = "no problem details"
    raise PlatformProtocolError(f"{answer.where}: status {answer.status} ({code})")


def _expect_own(decision: Decision, application: Application, where: str) -> None:
    """Raise PlatformProtocolError when the certificate is not the applicant's own."""
    own = application.applicant.id_number
    if isinstance(decision, Issued) and decision.certificate.holder_id != own:
        raise PlatformProtocolError(f"{where}: a certificate of somebody else")


def _read(message: TypeAdapter[M], answer: _Answer) -> M:
    """The answer's body as a message of the contract."""
    try:
        return message.validate_json(answer.body)
    except ValidationError as error:
        raise PlatformProtocolError(f"{answer.where}: {_first(error)}") from None


def _first(error: ValidationError) -> str:
    """Which member is wrong and how, without what it held."""
    first = error.errors(include_input=False, include_context=False, include_url=False)[0]
    return f"{'.'.join(str(part) for part in first['loc']) or 'body'}: {first['type']}"
