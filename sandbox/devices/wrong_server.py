"""What answers at a printer's port and is no IPP printer, or only half of one."""

from __future__ import annotations

import socket
import threading
from collections.abc import Mapping
from contextlib import suppress

PATIENCE = 2.0  # seconds a client may take to say what it wants

_IPP = b"HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\nContent-Length: %d\r\n\r\n"
_PAGE = b"<!DOCTYPE html><title>Router</title><h1>Welcome</h1>"
# The beginning of a good answer, cut within an attribute.
_HALF = bytes.fromhex(
    "0101000000000001014700126174747269627574 65732d63686172736574".replace(" ", "")
)

WRONG: Mapping[str, bytes] = {
    "garbage": bytes(range(255, 0, -1)) * 4 + b"\r\n\r\n",
    "truncated": _IPP % len(_HALF) + _HALF,
    "broken-off": _IPP % 4096 + _HALF,
    "web-page": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s"
    % (len(_PAGE), _PAGE),
    "not-found": b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
    "password": b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n",
}


class WrongServer:
    """Answers whatever is sent to a port of loopback with the same bytes, and closes."""

    def __init__(self, port: int, answer: bytes) -> None:
        self._answer = answer
        self._listener = socket.create_server(("127.0.0.1", port))
        self._thread = threading.Thread(target=self._serve, name="wrong-server")
        self._thread.start()

    def kill(self) -> None:
        """End it."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection, suppress(OSError):
                connection.settimeout(PATIENCE)
                connection.recv(65536)
                connection.sendall(self._answer)
                # Read what still comes: closing over it would reset the connection and with it
                # the answer.
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(65536):
                    pass
