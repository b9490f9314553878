"""System calls on a simulated device file, handed over by umockdev's library to whoever answers.

A program that opens the file is connected to a Unix socket. Requests and answers are three machine
words (libumockdev-preload.c, version 0.17); before it is done, whoever answers may read and write
the program's memory, or let the program make the call itself.
"""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from enum import IntEnum
from pathlib import Path

WORDS = struct.Struct("=QQQ")
FAILED = 2**64 - 1  # -1 in a machine word


class Word(IntEnum):
    """The first word of a message."""

    IOCTL = 1
    RESULT = 2
    DONE = 3
    RUN = 4
    READ_MEMORY = 5
    WRITE_MEMORY = 6


class CallServer:
    """Answers the calls of every program that opens the files that are linked to it.

    It has to outlive the programs' handles: the library ends a program that gets no answer.
    """

    def __init__(self, path: Path, answer: Callable[[socket.socket], None]) -> None:
        self._path = path
        self._answer = answer
        self._links: set[Path] = set()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(str(path))
        self._listener.listen()
        threading.Thread(target=self._accept, name="simulated-calls").start()

    def link(self, path: Path) -> None:
        """Answer at this place too."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.symlink_to(self._path)
        self._links.add(path)

    def unlink(self, path: Path) -> None:
        """Answer there no more: the device file is gone."""
        path.unlink(missing_ok=True)
        self._links.discard(path)

    def close(self) -> None:
        """Take no new program; those that are there are answered until they close their files."""
        for path in [*self._links, self._path]:
            path.unlink(missing_ok=True)
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):  # it was closed
            while True:
                connection, _ = self._listener.accept()
                serve = threading.Thread(target=self._serve, args=(connection,), daemon=True)
                serve.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(ConnectionError):
            self._answer(connection)


def pass_through(connection: socket.socket) -> None:
    """Let the program make each call itself: its file leads to a real one (a pty)."""
    while connection.recv(WORDS.size, socket.MSG_WAITALL):
        connection.sendall(WORDS.pack(Word.RUN, 0, 0))
        answer = connection.recv(WORDS.size, socket.MSG_WAITALL)
        if len(answer) < WORDS.size:
            return
        _, result, error = WORDS.unpack(answer)
        connection.sendall(WORDS.pack(Word.DONE, result, error))
