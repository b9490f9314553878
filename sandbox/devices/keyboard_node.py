"""The kernel's end of a keyboard's node (evdev): what it says of itself, and who holds its keys.

It is a program of its own: Python's evdev library waits for an answer without letting any other
thread of its process go on. `KeyboardNode` starts it, and tells it by lines what is plugged in.
"""

from __future__ import annotations

import errno
import os
import socket
import struct
import subprocess
import sys
from pathlib import Path

from sandbox.devices.calls import FAILED, WORDS, CallServer, Word

NAME = "Symbol Technologies, Inc, 2008 Symbol Bar Code Scanner"
VENDOR, PRODUCT, VERSION = 0x05E0, 0x1200, 0x0110

_KEYS = sum(1 << key for key in range(1, 120)).to_bytes(96, "little")
_GRAB = 0x90  # EVIOCGRAB
_SIZE = 0x3FFF  # where the length is in an ioctl's number, after a shift by 16
_ANSWERS = {  # by the number of EVIOCG…, as in linux/input.h
    0x01: struct.pack("<i", 0x010001),  # VERSION
    0x02: struct.pack("<4H", 3, VENDOR, PRODUCT, VERSION),  # ID
    0x06: NAME.encode() + b"\0",  # NAME
    0x07: b"usb-0000:00:14.0-9/input0\0",  # PHYS
    0x18: bytes(96),  # KEY: nothing is pressed
    0x20: b"\x03\0\0\0",  # BIT(0): EV_SYN and EV_KEY
    0x21: _KEYS,  # BIT(EV_KEY)
    0x84: struct.pack("<i", 0),  # EFFECTS
}


class KeyboardNode:
    """The program that answers, as long as it is not closed."""

    def __init__(self, path: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "sandbox.devices.keyboard_node", str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        self._ask("link", path)

    def plug(self, node: Path) -> None:
        """Answer whoever opens the node."""
        self._ask("plug", node)

    def pull(self) -> None:
        """Say at every call that there is no such device."""
        self._ask("pull")

    @property
    def held(self) -> bool:
        """Whether a program holds the keys."""
        return self._ask("held") == "yes"

    def close(self) -> None:
        """End it; programs that have the node open have closed it before."""
        self._process.communicate(timeout=10)

    def _ask(self, *words: object) -> str:
        if self._process.stdin is None or self._process.stdout is None:
            raise AssertionError
        self._process.stdin.write(" ".join(map(str, words)) + "\n")
        answer: str = self._process.stdout.readline().strip()
        if not answer:
            raise OSError("the other end of the keyboard ended")
        return answer


class _Plugged:
    """One plugging: a program that opened the node before the next one stays with this."""

    def __init__(self) -> None:
        self.gone = False
        self.holder: socket.socket | None = None

    def serve(self, connection: socket.socket) -> None:
        """Answer the calls of one program until it closes the node."""
        try:
            while len(words := connection.recv(WORDS.size, socket.MSG_WAITALL)) == WORDS.size:
                word, request, argument = WORDS.unpack(words)
                if word == Word.IOCTL:
                    self._answer(connection, request, argument)
                elif self.gone:
                    connection.sendall(WORDS.pack(Word.DONE, FAILED, errno.ENODEV))
                else:
                    _run(connection)  # it reads the keys from the pty behind the node
        finally:
            if self.holder is connection:
                self.holder = None

    def _answer(self, connection: socket.socket, request: int, argument: int) -> None:
        data, error = self._call(request & 0xFF, argument, connection)
        data = data[: request >> 16 & _SIZE]
        if data:
            connection.sendall(WORDS.pack(Word.WRITE_MEMORY, argument, len(data)) + data)
        connection.sendall(WORDS.pack(Word.DONE, FAILED if error else len(data), error))

    def _call(self, number: int, argument: int, who: socket.socket) -> tuple[bytes, int]:
        """What is written, and an errno."""
        if self.gone:
            return b"", errno.ENODEV
        if number != _GRAB:
            return _ANSWERS.get(number, b""), 0 if number in _ANSWERS else errno.EINVAL
        if argument and self.holder not in {None, who}:
            return b"", errno.EBUSY
        self.holder = who if argument else None
        return b"", 0


def _run(connection: socket.socket) -> None:
    """Let the program make the call itself."""
    connection.sendall(WORDS.pack(Word.RUN, 0, 0))
    answer = connection.recv(WORDS.size, socket.MSG_WAITALL)
    if len(answer) == WORDS.size:
        _, result, error = WORDS.unpack(answer)
        connection.sendall(WORDS.pack(Word.DONE, result, error))


class _Program:
    """The answers, in the program of their own."""

    def __init__(self, path: Path) -> None:
        self._server = CallServer(path, self._serve)
        self._plugged = _Plugged()

    def obey(self, word: str, *words: str) -> str:
        """Do what a line says, and answer it."""
        match word, words:
            case "plug", (node,):
                self._plugged = _Plugged()
                self._server.link(Path(node))
            case "pull", ():
                self._plugged.gone = True
            case "held", ():
                return "no" if self._plugged.holder is None else "yes"
            case _:
                pass
        return "done"

    def _serve(self, connection: socket.socket) -> None:
        self._plugged.serve(connection)

    def close(self) -> None:
        """Take nobody new."""
        self._server.close()


def main(path: str) -> None:
    """Obey each line of standard input."""
    program = _Program(Path(path))
    for line in sys.stdin:
        os.write(1, f"{program.obey(*line.split())}\n".encode())
    program.close()


if __name__ == "__main__":
    main(sys.argv[1])
