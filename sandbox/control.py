"""One line asks the world for something, one line answers: the dock, scripts and tests use it."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

Act = Callable[[str], str]


class ControlError(Exception):
    """The world did not understand, or could not; the message says what it does understand."""


class ControlServer:
    """Listens on a Unix socket; hands each line to `act`, which answers or raises ControlError."""

    def __init__(self, path: Path, act: Act) -> None:
        self._server = _Server(str(path), _Handler)
        self._server.act = act
        self._thread = threading.Thread(target=self._server.serve_forever, name="control")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def ask(path: Path, line: str) -> str:
    """Ask the world that listens on `path` for one thing; ControlError says why it could not."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        try:
            connection.connect(str(path))
        except OSError as error:
            raise ControlError(f"{path}: nobody listens ({error.strerror})") from None
        connection.sendall(line.encode() + b"\n")
        answer = connection.makefile(encoding="utf-8").readline().rstrip("\n")
    kind, _, words = answer.partition(" ")
    if kind != "ok":
        raise ControlError(words or "the world ended")
    return words


class _Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    act: Act


class _Handler(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        for raw in self.rfile:
            try:
                answer = f"ok {self.server.act(raw.decode().strip())}"
            except ControlError as error:
                answer = f"error {error}"
            self.wfile.write(answer.encode() + b"\n")
