"""IPP over the network: one HTTP POST for each question, which can be stopped at any moment."""

from __future__ import annotations

import asyncio
import errno
import pwd
import socket
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from os import geteuid
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from drivers.address import AddressError
from drivers.device import Advice, Fault
from drivers.errors import DeviceError, TransportError
from drivers.protocols.ipp import LONGEST
from drivers.worker import Stop

PORT = 631
CONNECT = 3.0  # seconds; a printer in the same house answers in milliseconds
SLICE = 0.1  # seconds between two looks whether anybody still waits
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
MEDIA_TYPE = "application/ipp"

_WRITE_ONE = "write ipp://HOST/ipp/print, or ipp://localhost/printers/QUEUE for a queue of CUPS"

_ACTS = Advice.TECHNICIAN_ACTS
NO_HOST = Fault(
    "documents.no_host", _ACTS, "no such host; check the name, or write its address in numbers"
)
REFUSED = Fault(
    "documents.connection_refused",
    _ACTS,
    "takes no connection; is it switched on, and IPP switched on in its settings?",
)
UNREACHABLE = Fault(
    "documents.unreachable", _ACTS, "no way there; check network cable, power and address"
)
SILENT = Fault("documents.silent", _ACTS, "no answer; check its power and its network cable")
BROKE_OFF = Fault(
    "documents.broke_off",
    _ACTS,
    "closed the connection within its answer; it may have been switched off",
)
NO_HTTP = Fault(
    "documents.not_a_printer", _ACTS, "what answers there is no IPP printer; check host and port"
)
WEB_PAGE = Fault(
    "documents.web_page",
    _ACTS,
    "answers with a web page, not as a printer; the path is usually /ipp/print",
)
NO_PATH = Fault("documents.no_path", _ACTS, "has no printer at that path; it is usually /ipp/print")
PASSWORD = Fault(
    "documents.password", _ACTS, "wants a password; let it print without one from this terminal"
)
ENCRYPTED = Fault(
    "documents.encrypted_only", _ACTS, "takes only encrypted connections; write ipps://, not ipp://"
)
UNTRUSTED = Fault(
    "documents.untrusted", _ACTS, "its certificate is not trusted here; install its CA's"
)
NO_IPP = Fault("documents.http_error", _ACTS, "answers an error instead of IPP; check its path")


class NotTakenError(TransportError):
    """No connection came about, or HTTP refused the message: whoever is there took nothing."""


@dataclass(frozen=True, slots=True)
class PrinterAddress:
    """A printer's URI, as IPP and as HTTP know it."""

    uri: str
    encrypted: bool
    host: str
    port: int
    path: str

    @classmethod
    def parse(cls, uri: str) -> PrinterAddress:
        """The parts of `ipp://…` or `ipps://…`; AddressError says what to write."""
        try:
            parts = urlsplit(uri)
            host, port = parts.hostname, parts.port or PORT
        except ValueError:
            raise AddressError(f"{uri} is not a printer's address; {_WRITE_ONE}") from None
        if parts.scheme not in {"ipp", "ipps"} or not host:
            raise AddressError(f"{uri} is not a printer's address; {_WRITE_ONE}")
        return cls(uri, parts.scheme == "ipps", host, port, parts.path or "/")

    @property
    def local(self) -> bool:
        """Whether it is on this machine."""
        return self.host in LOOPBACK

    def url(self, path: str | None = None) -> str:
        """The address for HTTP, of another path of the same host where one is given."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        scheme = "https" if self.encrypted else "http"
        return f"{scheme}://{host}:{self.port}{self.path if path is None else path}"


class IppHttp:
    """A connection that carries IPP messages; opened by the first of them, kept for the next.

    `scheduler` is the socket of this machine's CUPS: who comes through it is known by the user it
    runs as, and may do without a password what that user may.
    """

    def __init__(self, address: PrinterAddress, scheduler: Path | None = None) -> None:
        self.address = address
        self._loop = asyncio.Runner()
        self._headers = {"content-type": MEDIA_TYPE, "accept": MEDIA_TYPE}
        if scheduler is not None:
            self._headers["authorization"] = f"PeerCred {pwd.getpwuid(geteuid()).pw_name}"
        self._client = httpx.AsyncClient(
            transport=httpx.AsyncHTTPTransport(
                uds=None if scheduler is None else str(scheduler),
                # The system's store of certificates, which a technician can add to.
                verify=ssl.create_default_context() if address.encrypted else False,
            ),
            timeout=httpx.Timeout(None, connect=CONNECT),
        )

    def ask(self, message: bytes, within: float, stop: Stop, path: str | None = None) -> bytes:
        """The answer to an IPP message; DeviceError or TransportError says what was in the way.

        NotTakenError promises that nothing was taken; any other may come after all of it was.
        """
        try:
            return self._loop.run(self._answer(message, within, stop, path))
        except (httpx.HTTPError, ssl.SSLError) as error:
            raise self._error(error) from None

    def close(self) -> None:
        """Let the connection go."""
        self._loop.run(self._client.aclose())
        self._loop.close()

    async def _answer(self, message: bytes, within: float, stop: Stop, path: str | None) -> bytes:
        """One exchange, looked at from time to time whether anybody still waits for it."""
        exchange = asyncio.ensure_future(self._post(message, path))
        until = time.monotonic() + within
        try:
            while not exchange.done():
                stop.check()
                if time.monotonic() > until:
                    raise TransportError(SILENT.at(self.address.uri))
                await asyncio.wait({exchange}, timeout=SLICE)
            return exchange.result()
        finally:
            exchange.cancel()
            await asyncio.gather(exchange, return_exceptions=True)

    async def _post(self, message: bytes, path: str | None) -> bytes:
        url = self.address.url(path)
        request = self._client.build_request("POST", url, content=message, headers=self._headers)
        response = await self._client.send(request, stream=True)
        try:
            if fault := _wrong(response):
                kind = NotTakenError if response.is_client_error else DeviceError
                raise kind(fault.at(self.address.uri))
            body = bytearray()
            async for piece in response.aiter_bytes():
                body += piece
                if len(body) > LONGEST:
                    raise DeviceError(NO_HTTP.at(self.address.uri))
            return bytes(body)
        finally:
            await response.aclose()

    def _error(self, error: Exception) -> DeviceError:
        """What an error of the network means to whoever set the printer up."""
        uri = self.address.uri
        if isinstance(error, httpx.ConnectTimeout):
            return NotTakenError(SILENT.at(uri))
        if isinstance(error, httpx.ConnectError):
            return NotTakenError(_connecting(list(_causes(error))).at(uri))
        if isinstance(error, httpx.RemoteProtocolError) and not _broke_off(error):
            return TransportError(NO_HTTP.at(uri))
        return TransportError(BROKE_OFF.at(uri))


def _broke_off(error: httpx.RemoteProtocolError) -> bool:
    """Whether what came was too short, and not wrong: httpx tells only by its words."""
    return any(word in str(error) for word in ("disconnected", "closed"))


def _wrong(response: httpx.Response) -> Fault | None:
    """What is wrong with an HTTP answer that carries no IPP; None where it may carry some."""
    code = f"HTTP {response.status_code}"
    match response.status_code:
        case 200:
            media_type = response.headers.get("content-type", "").partition(";")[0].strip()
            return None if media_type == MEDIA_TYPE else WEB_PAGE
        case 401 | 403:
            return PASSWORD.because(code)
        case 404 | 405 | 501:
            return NO_PATH.because(code)
        case 426:
            return ENCRYPTED
        case _:
            return NO_IPP.because(code)


def _connecting(causes: list[BaseException]) -> Fault:
    """Why no connection came about."""
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return NO_HOST
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return UNTRUSTED
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return NO_HTTP
    codes = {cause.errno for cause in causes if isinstance(cause, OSError)}
    return REFUSED if errno.ECONNREFUSED in codes else UNREACHABLE


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error and what led to it, whichever way it was chained."""
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for inner in error.exceptions:
                yield from _causes(inner)
        error = error.__cause__ or error.__context__
