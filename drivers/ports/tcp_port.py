"""A device on the network: printers at port 9100, serial servers in raw mode."""

from __future__ import annotations

import errno
import socket
import time
from contextlib import suppress
from dataclasses import dataclass

from drivers.address import TcpAddress
from drivers.errors import TransportError
from drivers.ports import transport

CONNECT = 3.0  # seconds; a printer in the same room answers in milliseconds
WRITE = 5.0  # seconds in which a device has to take something of what is sent
PIECE = 4096
FLOOD = 64  # reads after which a device that does not stop talking is left to the decoder

_CLOSED = "it closed the connection; another program may have it, or it was switched off"
_ADVICE = {
    errno.ECONNREFUSED: "it is there and takes no connection; another program may hold it",
    errno.EHOSTUNREACH: "no way there; check network cable and address",
    errno.ENETUNREACH: "no way there; check the network of this terminal",
    errno.ECONNRESET: _CLOSED,
    errno.EPIPE: _CLOSED,
    errno.ETIMEDOUT: "it stopped answering; check network cable and power",
}
_NO_NAME = "nobody knows that name; write its IP address, or check the network"
_TAKES_NOTHING = "it takes no data; switch it off and on"
_FAILED = "it can not be reached; check network cable, power and address"


@dataclass(frozen=True, slots=True)
class TcpPort:
    """A TCP port at which one device listens; `name` goes into fault codes (`printer`)."""

    name: str
    host: str
    port: int

    @property
    def where(self) -> str:
        """The address as a technician wrote it."""
        return str(TcpAddress(self.host, self.port))

    def open(self) -> TcpTransport:
        """Connect. TransportError says what is in the way and what to do."""
        try:
            connection = socket.create_connection((self.host, self.port), timeout=CONNECT)
        except socket.gaierror:
            raise self.trouble(_NO_NAME) from None
        except OSError as error:
            raise self.fault(error) from None
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return TcpTransport(self, connection)

    def fault(self, error: OSError) -> TransportError:
        """What an error of the network means here."""
        return self.trouble(_FAILED if error.errno is None else _ADVICE.get(error.errno, _FAILED))

    def trouble(self, words: str) -> TransportError:
        """It is of no use now: `words` say what is in the way and what to do."""
        return transport.disconnected(self.name, self.where, words)

    def silent(self) -> TransportError:
        """Connected, and nobody answers."""
        return transport.silent(self.name, self.where, "its power, and whether it is that device")

    def wire_time(self, count: int) -> float:
        """The network is faster than any device on it."""
        del count
        return 0.0


class TcpTransport:
    """An open connection. After a TransportError it is closed and of no more use."""

    def __init__(self, port: TcpPort, connection: socket.socket) -> None:
        self._port = port
        self._connection = connection

    def write(self, data: bytes) -> None:
        """Send it all, and return when the operating system has it all."""
        left = memoryview(data)
        while left:  # in pieces: a printer may take its time, as long as it takes something
            try:
                self._connection.settimeout(WRITE)
                left = left[self._connection.send(left[:PIECE]) :]
            except TimeoutError:
                self.close()
                raise self._port.trouble(_TAKES_NOTHING) from None
            except OSError as error:
                raise self._lost(error) from None

    def read(self, deadline: float) -> bytes:
        """What is there now, or what comes first before `deadline` (time.monotonic); may be b""."""
        try:
            self._connection.settimeout(max(deadline - time.monotonic(), 0))
            data = self._connection.recv(PIECE)
        except (TimeoutError, BlockingIOError):
            return b""
        except OSError as error:
            raise self._lost(error) from None
        if not data:  # the end of the connection, which a read at a closed cable never says
            raise self._lost(ConnectionResetError(errno.ECONNRESET, ""))
        return data

    def forget_input(self) -> None:
        """Drop what came and nobody asked for."""
        for _ in range(FLOOD):
            if not self.read(time.monotonic()):
                return

    def close(self) -> None:
        """Let the connection go."""
        with suppress(OSError):
            self._connection.close()

    def _lost(self, error: OSError) -> TransportError:
        self.close()
        return self._port.fault(error)
