"""What all devices on a serial port have in common: opened on demand, dropped on failure."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from drivers.errors import CardError
from drivers.transport import SerialPort, SerialTransport
from drivers.worker import Stop, Worker

T = TypeVar("T")


class SerialDevice:
    """A port, its handle while it is open, and the one thread that touches both.

    Whatever breaks a command off (an error, a cancel) drops the handle; the next command opens it
    again. So hot-plug needs no path of its own.
    """

    greeting = b""
    """Sent once whenever the port was opened."""

    def __init__(self, port: SerialPort) -> None:
        self._port = port
        self._transport: SerialTransport | None = None
        self._worker = Worker(f"{port.name}-{port.path}")

    async def close(self) -> None:
        """Stop what runs, let the port go and end the thread."""
        await self._worker.close()
        self._drop()

    async def _run(self, work: Callable[[Stop], T]) -> T:
        return await self._worker.run(lambda stop: self._guarded(work, stop))

    def _guarded(self, work: Callable[[Stop], T], stop: Stop) -> T:
        try:
            return work(stop)
        except CardError:
            raise  # the card's fault: the port is as good as before
        except BaseException:
            self._drop()
            raise

    def _open(self) -> SerialTransport:
        if self._transport is None:
            transport = self._port.open()
            transport.write(self.greeting)
            self._transport = transport
        return self._transport

    def _drop(self) -> None:
        if self._transport is not None:
            self._transport.close()
            self._transport = None
