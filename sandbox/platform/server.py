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

from kiosk.core.catalogue import Catalogue
from sandbox.platform import app, areas, content
from sandbox.platform.clock import Clock
from sandbox.platform.faults import Faults, FaultyLine, Mode
from sandbox.platform.office import Office

BACKLOG = 128  # connections that wait while the server starts


class PlatformServer:
    """A platform that answers at `address` from entering the block to leaving it.

    Port 0 takes a free one. Without a database it keeps its cases for that time alone; without a
    catalogue it offers the one of catalogue/.
    """

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        database: Path | None = None,
        catalogue: Catalogue | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._host = host
        self._port = port
        self._database = database
        self._catalogue = catalogue or content.build()
        self.clock = clock or Clock()
        self._faults = Faults(self.clock)

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            database = self._database or _scratch(stack)
            listening = stack.enter_context(socket.create_server((self._host, self._port)))
            listening.listen(BACKLOG)  # from here on nobody is turned away
            self.address = f"http://{self._host}:{listening.getsockname()[1]}"
            registry = areas.open_registry(database)
            self.office = Office(registry, self.address, self._catalogue, self.clock)
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

    def count(self, table: str) -> int:
        """How many rows a table of the registry has."""
        return self.office.registry.count(table)

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
