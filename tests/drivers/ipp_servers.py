"""Printers that ippeveprinter can not play: ones whose every answer is written down."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from drivers.printers.ipp_library import Attribute, JobState, Operation, Tag

HEAD = [
    Attribute("attributes-charset", Tag.CHARSET, "utf-8"),
    Attribute("attributes-natural-language", Tag.LANGUAGE, "en"),
]
READY = [
    Attribute("printer-state", Tag.ENUM, 3),
    Attribute("printer-state-reasons", Tag.KEYWORD, "none"),
    Attribute("queued-job-count", Tag.INTEGER, 0),
    Attribute("printer-up-time", Tag.INTEGER, 86400),
]


def answer(
    status: int = 0, *, printer: list[Attribute] | None = None, jobs: Sequence[list[Attribute]] = ()
) -> bytes:
    """An IPP answer."""
    groups = [(Tag.OPERATION, HEAD), *((Tag.JOB, job) for job in jobs)]
    if printer is not None:
        groups.append((Tag.PRINTER, printer))
    body = b"".join(
        bytes([tag]) + b"".join(attribute.to_bytes() for attribute in group)
        for tag, group in groups
    )
    return struct.pack(">bbhi", 1, 1, status, 1) + body + bytes([Tag.END])


def job(state: JobState, *more: Attribute, number: int = 7) -> list[Attribute]:
    """A job in a state."""
    return [
        Attribute("job-id", Tag.INTEGER, number),
        Attribute("job-state", Tag.ENUM, state),
        *more,
    ]


Script = Mapping[Operation, Callable[[], bytes]]


class ScriptedPrinter:
    """Answers each operation as `script` says, what is not in it as a good and idle printer."""

    def __init__(self, script: Script) -> None:
        self.asked: list[Operation] = []
        self._script: dict[Operation, Callable[[], bytes]] = {
            Operation.GET_PRINTER_ATTRIBUTES: lambda: answer(printer=READY),
            Operation.PRINT_JOB: lambda: answer(jobs=[job(JobState.PENDING)]),
            **script,
        }

    def answered(self, message: bytes) -> bytes:
        """What it says to that."""
        operation = Operation(int.from_bytes(message[2:4], "big"))
        self.asked.append(operation)
        return self._script.get(operation, answer)()


@contextmanager
def serving(printer: ScriptedPrinter) -> Iterator[str]:
    """Its URI while it is there."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            said = printer.answered(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/ipp")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = False
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"ipp://127.0.0.1:{server.server_port}/ipp/print"
        finally:
            server.shutdown()
            thread.join()


class Relay:
    """A wire to a port of loopback that can lose what a printer answers to a document."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads = [threading.Thread(target=self._listen)]
        self._open: list[socket.socket] = []
        self.lose_next_reply = False
        self._threads[0].start()

    @property
    def uri(self) -> str:
        """The printer's URI over this wire."""
        return f"ipp://127.0.0.1:{self._listener.getsockname()[1]}/ipp/print"

    def close(self) -> None:
        """Cut it."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._open:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            printer = socket.create_connection(("127.0.0.1", self._target))
            self._open += [client, printer]
            lost = threading.Event()
            for source, sink in ((client, printer), (printer, client)):
                carry = threading.Thread(target=self._carry, args=(source, sink, lost))
                carry.start()
                self._threads.append(carry)

    def _carry(self, source: socket.socket, sink: socket.socket, lost: threading.Event) -> None:
        outwards = sink.getpeername()[1] == self._target
        with source, suppress(OSError):
            while data := source.recv(65536):
                if outwards and self.lose_next_reply and b"application/pdf" in data:
                    self.lose_next_reply = False
                    lost.set()
                if lost.is_set() and not outwards:
                    break
                sink.sendall(data)
        with suppress(OSError):
            sink.shutdown(socket.SHUT_RDWR)
