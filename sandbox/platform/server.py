"""The platform on a port: in a thread for tests, or in the foreground for the command."""

from __future__ import annotations

import socket
import tempfile
import threading
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

import uvicorn
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.core.catalogue import Catalogue
from sandbox.platform import app, areas, content
from sandbox.platform.cases import filing
from sandbox.platform.cases.filing import Counts
from sandbox.platform.certificates import holdings
from sandbox.platform.clock import Clock
from sandbox.platform.faults import Faults, FaultyLine, Mode
from sandbox.platform.office import Office
from sandbox.platform.publishing import desk as publishing
from sandbox.platform.publishing.desk import Issue
from sandbox.platform.terms import Terms

BACKLOG = 128  # connections that wait while the server starts


class PlatformServer:
    """A platform that answers at `address` from entering the block to leaving it.

    Port 0 takes a free one. Without a database it keeps its cases for that time alone; without a
    catalogue it offers the one of catalogue/, signed with `key` or with one kept in the database.
    """

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        database: Path | None = None,
        catalogue: Catalogue | None = None,
        clock: Clock | None = None,
        key: Ed25519PrivateKey | None = None,
        terms: Terms | None = None,
    ) -> None:
        self._host = host
        self._port = port
        self._database = database
        self.clock = clock or Clock()
        self._catalogue = catalogue or publishing.dated(content.reference(), self.clock.now())
        self._key = key
        self._terms = terms or Terms()
        self._faults = Faults(self.clock)

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            database = self._database or _scratch(stack)
            listening = stack.enter_context(socket.create_server((self._host, self._port)))
            # Connections inherit it; asyncio sets it for sockets of IPPROTO_TCP alone. Without it
            # every small answer waits 40 ms for the acknowledgement of its headers.
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            listening.listen(BACKLOG)  # from here on nobody is turned away
            self.address = f"http://{self._host}:{listening.getsockname()[1]}"
            registry = areas.open_registry(database)
            self.office = Office(
                registry,
                self.address,
                self._catalogue,
                clock=self.clock,
                terms=self._terms,
                key=self._key or publishing.kept_key(registry),
            )
            holdings.register(self.office)
            self._server = self._uvicorn()
            self._thread = threading.Thread(
                target=self._server.run, args=([listening],), name="platform"
            )
            self._thread.start()
            stack.callback(self._stop)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stack.close()

    def faults(self, mode: Mode | str, seconds: float = 30.0) -> None:
        """Have the platform misbehave from the next request on; a slow one takes `seconds`."""
        self._faults.switch(Mode(mode), seconds)

    def jump(self, *, days: float = 0, seconds: float = 0) -> None:
        """Move the platform's time on."""
        self.clock.jumped += timedelta(days=days, seconds=seconds)

    @property
    def catalogue_key(self) -> str:
        """The line of a terminal's configuration that trusts this platform's catalogue."""
        return publishing.key_line(self.office)

    def issue(self, wanted: Issue) -> Catalogue:
        """Issue another catalogue, from the next request on."""
        return publishing.issue(self.office, wanted)

    def cases(self) -> Counts:
        """How much it has taken in."""
        with self.office.registry.reading() as transaction:
            return filing.counts(transaction)

    def _uvicorn(self) -> uvicorn.Server:
        line = FaultyLine(app.build(self.office, self._faults), self._faults)
        # Its access log would hold check codes, and a broken line is an error to it.
        config = uvicorn.Config(
            line,
            lifespan="off",
            access_log=False,
            date_header=False,  # FaultyLine dates the answers
            log_level="critical",
            timeout_graceful_shutdown=1,  # seconds; a slow answer does not hold it up
        )
        return uvicorn.Server(config)

    def _stop(self) -> None:
        self._server.should_exit = True
        self._thread.join()


def _scratch(stack: ExitStack) -> Path:
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="platform-"))
    return Path(folder) / "platform.sqlite3"
