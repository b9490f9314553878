"""The kernel's end of an input device's node (evdev): what it answers to a program's calls.

It is a program of its own: Python's evdev library waits for an answer without letting any other
thread of its process go on. `EvdevEnd` starts it, and tells it by lines what is plugged in.
"""

from __future__ import annotations

import errno
import os
import socket
import struct
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sandbox.devices.calls import FAILED, WORDS, CallServer, Word

_SIZE = 0x3FFF  # where the length is in an ioctl's number, after a shift by 16
KEY, REL, ABS, MSC = 1, 2, 3, 4  # event types


@dataclass(frozen=True, slots=True)
class InputDescription:
    """What a device says of itself in answer to the ioctls EVIOCG… of linux/input.h.

    `bits` are the codes it has, by event type; `axes` each one's minimum, maximum, resolution.
    """

    name: str
    vendor: int
    product: int
    version: int
    properties: frozenset[int] = frozenset()
    bits: Mapping[int, frozenset[int]] = field(default_factory=dict)
    axes: Mapping[int, tuple[int, int, int]] = field(default_factory=dict)

    def answer(self, call: int) -> bytes | None:
        """What is written for a call of that number; None where it has no such thing."""
        match call:
            case 0x01:  # EVIOCGVERSION
                return struct.pack("<i", 0x010001)
            case 0x02:  # EVIOCGID
                return struct.pack("<4H", 3, self.vendor, self.product, self.version)
            case 0x06:  # EVIOCGNAME
                return self.name.encode() + b"\0"
            case 0x07:  # EVIOCGPHYS
                return b"usb-0000:00:14.0-12/input0\0"
            case 0x09:  # EVIOCGPROP
                return _mask(self.properties, 4)
            case 0x18:  # EVIOCGKEY: nothing is pressed
                return bytes(96)
            case 0x84:  # EVIOCGEFFECTS
                return struct.pack("<i", 0)
            case _ if 0x20 <= call < 0x40:  # EVIOCGBIT of an event type, or (0) of all types
                types = frozenset({0, *self.bits})
                return _mask(self.bits.get(call - 0x20, types if call == 0x20 else frozenset()), 96)
            case _ if call - 0x40 in self.axes:  # EVIOCGABS
                low, high, resolution = self.axes[call - 0x40]
                return struct.pack("<6i", 0, low, high, 0, 0, resolution)
            case _:
                return None


def _mask(codes: frozenset[int], size: int) -> bytes:
    return sum(1 << code for code in codes).to_bytes(size, "little")


_TOUCH, _SLOT, _X, _Y, _ID = 330, 47, 53, 54, 57  # BTN_TOUCH, ABS_MT_SLOT, …POSITION_X and so on
DEVICES = {
    # As /proc/bus/input/devices of a public log: PROP=2, EV=1b, KEY=400 and ten zeros,
    # ABS=2608000 3, MSC=20.
    "ilitek": InputDescription(
        "ILITEK Multi-Touch-V5100",
        0x222A,
        0x011E,
        0x0110,
        frozenset({1}),  # INPUT_PROP_DIRECT
        {KEY: frozenset({_TOUCH}), ABS: frozenset({0, 1, _SLOT, _X, _Y, _ID}), MSC: frozenset({5})},
        {
            0: (0, 16384, 34),
            1: (0, 9600, 34),
            _SLOT: (0, 9, 0),
            _X: (0, 16384, 34),
            _Y: (0, 9600, 34),
            _ID: (0, 65535, 0),
        },
    ),
    # As a public evemu recording: an older panel, which does not say that it is touched directly.
    "egalax": InputDescription(
        "eGalax Inc. USB TouchController Touchscreen",
        0x0EEF,
        0x0001,
        0x0210,
        bits={KEY: frozenset({320, _TOUCH}), ABS: frozenset({0, 1}), MSC: frozenset({4})},
        axes={0: (30, 4040, 0), 1: (60, 4035, 0)},
    ),
    "mouse": InputDescription(
        "USB OPTICAL MOUSE",
        0x222A,
        0x011E,
        0x0111,
        bits={KEY: frozenset({272, 273, 274}), REL: frozenset({0, 1, 8})},
    ),
}


class EvdevEnd:
    """The program that answers, as long as it is not closed."""

    def __init__(self, path: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "sandbox.devices.evdev", path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
            start_new_session=True,  # Ctrl-C is for us: it ends when we say no more
        )
        self._tell("link", path)

    def plug(self, device: str, node: Path) -> None:
        """Be one of DEVICES from now on, for whoever opens the node."""
        self._tell("plug", device, node)

    def fail(self, error: int) -> None:
        """Answer every call on what is plugged in with this errno."""
        self._tell("fail", error)

    def close(self) -> None:
        """End it; programs that have the node open have closed it before."""
        self._process.communicate(timeout=10)

    def _tell(self, *words: object) -> None:
        if self._process.stdin is None or self._process.stdout is None:
            raise AssertionError
        self._process.stdin.write(" ".join(map(str, words)) + "\n")
        if not self._process.stdout.readline():
            raise OSError("the other end of the input device ended")


@dataclass(slots=True)
class _Plugged:
    """One plugging: a program that opened the node before the next one stays with this."""

    what: InputDescription
    error: int = 0


class _Program:
    """The answers, in the program of their own."""

    def __init__(self, path: Path) -> None:
        self._server = CallServer(path, self._serve)
        self._plugged = _Plugged(DEVICES["mouse"], errno.ENODEV)

    def obey(self, word: str, *words: str) -> None:
        """Do what a line says."""
        match word, words:
            case "plug", (device, node):
                self._plugged = _Plugged(DEVICES[device])
                self._server.link(Path(node))
            case "fail", (error,):
                self._plugged.error = int(error)
            case _:
                pass

    def close(self) -> None:
        """Take nobody new."""
        self._server.close()

    def _serve(self, connection: socket.socket) -> None:
        plugged = self._plugged
        while len(words := connection.recv(WORDS.size, socket.MSG_WAITALL)) == WORDS.size:
            word, request, argument = WORDS.unpack(words)
            if word != Word.IOCTL:
                connection.sendall(WORDS.pack(Word.DONE, 0, 0))
                continue
            answer = plugged.what.answer(request & 0xFF)
            error = plugged.error or (errno.EINVAL if answer is None else 0)
            if error or answer is None:
                connection.sendall(WORDS.pack(Word.DONE, FAILED, error))
                continue
            data = answer[: request >> 16 & _SIZE]
            connection.sendall(WORDS.pack(Word.WRITE_MEMORY, argument, len(data)) + data)
            connection.sendall(WORDS.pack(Word.DONE, len(data), 0))


def main(path: str) -> None:
    """Obey each line of standard input, and say so."""
    program = _Program(Path(path))
    for line in sys.stdin:
        program.obey(*line.split())
        os.write(1, b"done\n")
    program.close()


if __name__ == "__main__":
    main(sys.argv[1])
