"""The platform on a port: in a thread for tests, or in the foreground for the command."""

from __future__ import annotations

import socket
import tempfile
import threading
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import uvicorn

from sandbox.platform import app
from sandbox.platform.faults import Faults, FaultyLine, Mode
from sandbox.platform.office import Office
from sandbox.platform.registry import Counts, Registry

BACKLOG = 128  # connections that wait while the server starts


class PlatformServer:
    """A platform that answers at `address` from entering the block to leaving it.

    Port 0 takes a free one. Without a database it keeps its cases for that time alone.
    """

    def __init__(
        self, *, host: str = "127.0.0.1", port: int = 0, database: Path | None = None
    ) -> None:
        self._host = host
        self._port = port
        self._database = database
        self._faults = Faults()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            database = self._database or _scratch(stack)
            listening = stack.enter_context(socket.create_server((self._host, self._port)))
            listening.listen(BACKLOG)  # from here on nobody is turned away
            self._registry = Registry(database)
            self.address = f"http://{self._host}:{listening.getsockname()[1]}"
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
        self._faults.mode, self._faults.seconds = Mode(mode), seconds

    def cases(self) -> Counts:
        """How much it has taken in."""
        return self._registry.counts()

    def _uvicorn(self) -> uvicorn.Server:
        office = Office(self._registry, self.address)
        line = FaultyLine(app.build(office, self._faults), self._faults)
        # Its access log would hold check codes, and a broken line is an error to it.
        config = uvicorn.Config(
            line,
            lifespan="off",
            access_log=False,
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
