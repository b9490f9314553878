"""The line to the platform: HTTP with deadlines, bounded answers, errors that tell no secrets."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from kiosk.core.catalogue.text import Code
from kiosk.services.platform.port import PlatformProtocolError, PlatformUnavailable

MAX_ANSWER = 8 * 1024 * 1024  # bytes
MAX_CATALOGUE = 32 * 1024 * 1024  # bytes; signed, the 5,000 items of a full one have about 21 MB
AGAIN = frozenset({408, 425, 429})  # client errors that ask to be tried again later
SECOND_TRY = (0.05, 0.5)  # seconds, drawn in between: terminals do not come back all at once

M = TypeVar("M")


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long one whole answer may take, in seconds.

    Nobody waits for a catalogue: it takes its time, and is given up once nothing of it has arrived
    for as long as another answer may take.
    """

    answer: float = 10.0
    upload: float = 60.0  # of a page or a face: some MB over a village's line, and work to do
    download: float = 3600.0  # of a catalogue: the 21 MB of a full one at 50 kbit/s


TIMEOUTS = Timeouts()


@dataclass(frozen=True, slots=True)
class Certificates:
    """PEM files: the platform's authority, and the certificate by which it knows this terminal.

    Without an authority those count which the system trusts; `cert` and `key` go together.
    """

    ca: Path | None = None
    cert: Path | None = None
    key: Path | None = None

    def context(self) -> ssl.SSLContext:
        """What TLS is spoken with; ValueError says which file can not be used."""
        try:
            context = ssl.create_default_context(cafile=self.ca)
        except OSError as error:  # ssl.SSLError is one
            raise ValueError(f"platform.ca: {self.ca}: {error.strerror or error}") from None
        if self.cert and self.key:
            try:
                context.load_cert_chain(self.cert, self.key)
            except OSError as error:
                files = f"{self.cert} with {self.key}"
                raise ValueError(f"platform.cert: {files}: {error.strerror or error}") from None
        return context


@dataclass(frozen=True, slots=True)
class Request:
    """One request: `path` has a {} for each of `names`, which may not be told to a log.

    `body` goes as JSON, `contents` as they are. A `harmless` one changes nothing and may be
    repeated. An answer of more than `largest` bytes is not read, nor one of which nothing arrives
    for `silence` seconds.
    """

    method: str
    path: str
    names: tuple[str, ...] = ()
    body: object = field(default=None, repr=False)
    contents: bytes | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)
    harmless: bool = False
    largest: int = MAX_ANSWER
    silence: float | None = None

    @property
    def where(self) -> str:
        """How errors call it."""
        return f"{self.method} {self.path}"

    @property
    def url(self) -> str:
        """The path with the names in it, each one segment whatever it holds."""
        return self.path.format(*(quote(name, safe="") for name in self.names))


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; `where` says to which request."""

    where: str
    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


class Line:
    """Connections that stay open between requests; ValueError for files that are no certificates.

    `rng` draws how long a second try waits.
    """

    def __init__(self, url: str, *, certificates: Certificates | None, rng: Random) -> None:
        self._rng = rng
        self._client = httpx.AsyncClient(
            base_url=url,
            timeout=None,  # noqa: S113 - one deadline over the whole answer, in `ask`
            verify=certificates.context() if certificates else True,
            limits=httpx.Limits(max_connections=8, keepalive_expiry=120.0),
            headers={"User-Agent": "doorstep"},
            trust_env=False,  # the platform is what the configuration says, not a proxy's guess
        )

    async def ask(self, request: Request, *, deadline: float) -> Answer:
        """One answer, whole and within `deadline` seconds, from a platform that is up.

        A harmless request on a connection that broke before an answer began is asked once more.
        PlatformUnavailable, PlatformProtocolError otherwise.
        """
        try:
            async with asyncio.timeout(deadline), aclosing(await self._reply(request)) as reply:
                body = await _receive(reply, request)
        except TimeoutError:
            raise PlatformUnavailable(f"{request.where}: no answer in {deadline:g} s") from None
        except httpx.TransportError as error:
            # Its name alone: the message of some holds the address with its query.
            raise PlatformUnavailable(f"{request.where}: {type(error).__name__}") from None
        except httpx.HTTPError as error:
            raise PlatformProtocolError(f"{request.where}: {type(error).__name__}") from None
        if reply.is_server_error or reply.status_code in AGAIN:
            raise PlatformUnavailable(f"{request.where}: status {reply.status_code}")
        return Answer(request.where, reply.status_code, reply.headers, body)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _reply(self, request: Request) -> httpx.Response:
        """An answer that has begun."""
        sent = self._client.build_request(
            request.method,
            request.url,
            json=request.body,
            content=request.contents,
            headers=request.headers,
            timeout=request.silence,
        )
        try:
            return await self._client.send(sent, stream=True)
        except httpx.TimeoutException:
            raise  # it was waited for already
        except httpx.TransportError:
            if not request.harmless:
                raise
        # An idle connection is often closed just when it is used: the platform is there all the
        # same.
        await asyncio.sleep(self._rng.uniform(*SECOND_TRY))
        return await self._client.send(sent, stream=True)


async def _receive(reply: httpx.Response, request: Request) -> bytes:
    """The whole body, giving up on one that does not end."""
    body = bytearray()
    async for part in reply.aiter_bytes():
        body += part
        if len(body) > request.largest:
            what = f"an answer of more than {request.largest} bytes"
            raise PlatformProtocolError(f"{request.where}: {what}")
    return bytes(body)


# --- reading an answer ---


class _Problem(BaseModel):
    """What is wrong with a request (RFC 9457); `code` is this contract's own, and stable."""

    model_config = ConfigDict(strict=True, hide_input_in_errors=True)

    code: Code


def problem(answer: Answer) -> str:
    """The code of a problem, or that there is none."""
    try:
        return _Problem.model_validate_json(answer.body).code
    except ValidationError:
        return "no problem details"


def expect(answer: Answer, *good: int) -> None:
    """Raise PlatformProtocolError unless the status is one the contract gives this request."""
    if answer.status not in good:
        raise against(answer, f"status {answer.status} ({problem(answer)})")


def read(message: TypeAdapter[M], answer: Answer) -> M:
    """The answer's body as a message of the contract."""
    try:
        return message.validate_json(answer.body)
    except ValidationError as error:
        raise against(answer, _first(error)) from None


def against(answer: Answer, what: str) -> PlatformProtocolError:
    """That an answer is not as the contract says; `what` holds nothing personal."""
    return PlatformProtocolError(f"{answer.where}: {what}")


def _first(error: ValidationError) -> str:
    """Which member is wrong and how, without what it held."""
    first: Any = error.errors(include_input=False, include_context=False, include_url=False)[0]
    return f"{'.'.join(str(part) for part in first['loc']) or 'body'}: {first['type']}"
