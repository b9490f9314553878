"""A serial port as drivers want it: opened by path, read by a deadline, dropped on failure."""

from __future__ import annotations

import errno
import termios
import time
from contextlib import suppress
from dataclasses import dataclass

import serial

from drivers.errors import TransportError
from drivers.ports import transport

_GONE = "the device is gone; check cable and power"
_BUSY = "another program has it open; close that program"
_ADVICE: dict[object, str] = {
    errno.ENOENT: "no such device; check cable and power, or the port in the configuration",
    errno.EACCES: "not allowed to open it; add this user to the group dialout",
    errno.ENOTTY: "not a serial port; check the port in the configuration",
    errno.EBUSY: _BUSY,
    errno.EAGAIN: _BUSY,  # the lock that makes a port ours alone is taken
    errno.EIO: _GONE,
    errno.ENXIO: _GONE,
    errno.ENODEV: _GONE,
}
_FAILED = "the port failed; check cable and power"

# What a port raises when it fails: termios has an error of its own, and pyserial a TypeError for a
# handle that was closed meanwhile.
_FAILURES = (OSError, termios.error, TypeError)


@dataclass(frozen=True, slots=True)
class SerialPort:
    """Where a device hangs and how fast it speaks; `name` goes into fault codes (`reader`)."""

    name: str
    path: str
    baud: int = 115200

    @property
    def where(self) -> str:
        """The port's path."""
        return self.path

    def open(self) -> SerialTransport:
        """Open it for us alone. TransportError says what and where, and what to do."""
        try:
            handle = serial.Serial(self.path, self.baud, timeout=0, write_timeout=5, exclusive=True)
        except (*_FAILURES, ValueError) as error:
            raise self.fault(error) from None
        return SerialTransport(self, handle)

    def fault(self, error: Exception) -> TransportError:
        """What an error of the operating system means here."""
        words = _ADVICE.get(_number(error), _FAILED)
        return transport.disconnected(self.name, self.where, words)

    def silent(self) -> TransportError:
        """The port is open and nobody answers: connected is not the same as talking."""
        check = f"power, baud rate ({self.baud}) and the port"
        return transport.silent(self.name, self.where, check)

    def wire_time(self, count: int) -> float:
        """Seconds that so many bytes take: ten bits each (8N1)."""
        return count * 10 / self.baud


def _number(error: BaseException | None) -> object:
    """The system's number for an error; pyserial wraps some errors and keeps it inside."""
    if error is None:
        return None
    own: object = error.errno if isinstance(error, OSError) else next(iter(error.args), None)
    return own if isinstance(own, int) else _number(error.__context__)


class SerialTransport:
    """An open serial port. After a TransportError it is closed and of no more use."""

    def __init__(self, port: SerialPort, handle: serial.Serial) -> None:
        self._port = port
        self._handle = handle

    def write(self, data: bytes) -> None:
        """Send it all, and return when the operating system has it all."""
        try:
            self._handle.write(data)
        except _FAILURES as error:
            raise self._lost(error) from None

    def read(self, deadline: float) -> bytes:
        """What is there now, or what comes first before `deadline` (time.monotonic); may be b""."""
        try:
            # One byte with the time that is left, then all that came with it: a read of a fixed
            # size would wait out its timeout whenever less than that arrives.
            self._handle.timeout = max(deadline - time.monotonic(), 0)
            first = bytes(self._handle.read(1))
            return first + bytes(self._handle.read(self._handle.in_waiting)) if first else b""
        except _FAILURES as error:
            raise self._lost(error) from None

    def forget_input(self) -> None:
        """Drop what came and nobody asked for."""
        try:
            self._handle.reset_input_buffer()
        except _FAILURES as error:
            raise self._lost(error) from None

    def close(self) -> None:
        """Let the port go."""
        with suppress(*_FAILURES):  # what is gone needs no closing
            self._handle.close()

    def _lost(self, error: Exception) -> TransportError:
        self.close()
        return self._port.fault(error)
