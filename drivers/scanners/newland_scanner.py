"""Newland's scan engines and readers on a serial port (NLS-EM, NLS-FM, NLS-HR and their like)."""

from __future__ import annotations

from collections.abc import Iterator

from drivers.device import HardwareError, Ready, Status
from drivers.errors import DeviceError, RemoteProtocolError
from drivers.protocols import newland
from drivers.protocols.newland import NewlandDecoder, Reply
from drivers.protocols.scan_data import ScanData
from drivers.scanners.barcode_scanner import REFUSED, UNHEALTHY
from drivers.scanners.port_scanner import PortScanner
from drivers.worker import Stop

HEALTHY = "DEVQRY0"


class NewlandScanner(PortScanner):
    """A Newland scanner. Whatever is set here is temporary: it is gone with the power."""

    def __init__(self, where: str, baud: int = 115200) -> None:
        super().__init__(where, baud)
        self._decoder = NewlandDecoder()

    def _health(self, stop: Stop) -> Status:
        reply = self._ask(newland.HEALTH, stop)
        if reply.unknown or (reply.good and reply.body[1:] in {"", HEALTHY}):
            return Ready()  # an older one does not know the question, and works
        if not reply.good:
            return HardwareError(REFUSED.at(self.where))
        return HardwareError(UNHEALTHY.at(self.where).because(reply.body[1:]))

    def _identity(self, stop: Stop) -> tuple[str, dict[str, str]]:
        name = self._ask(newland.PRODUCT_NAME, stop)
        about = self._ask(newland.PRODUCT, stop)
        facts = {"product": _words(about, newland.PRODUCT)} if about.good else {}
        return _words(name, newland.PRODUCT_NAME) if name.good else "", facts

    def _prepare(self, stop: Stop) -> None:
        reply = self._ask(newland.SET_UP, stop)
        if not reply.good and not reply.unknown:
            raise DeviceError(REFUSED.at(self.where))
        self._decoder = NewlandDecoder(suffixed=reply.good)

    def _switch(self, *, on: bool) -> None:
        self._open().write(newland.TRIGGER_ON if on else newland.TRIGGER_OFF)

    def _hear(self, data: bytes) -> Iterator[ScanData | RemoteProtocolError]:
        for found in self._decoder.feed(data) if data else self._decoder.idle():
            if not isinstance(found, Reply):
                yield found
            elif not found.good:
                raise DeviceError(REFUSED.at(self.where))

    def _forget(self) -> None:
        self._decoder = NewlandDecoder()

    @property
    def _pending(self) -> bool:
        return self._decoder.pending

    def _ask(self, command: bytes, stop: Stop) -> Reply:
        return self._twice(lambda: self._exchange(command, stop))

    def _exchange(self, command: bytes, stop: Stop) -> Reply:
        transport, decoder = self._open(), NewlandDecoder()
        transport.forget_input()
        transport.write(command)
        for data in self._incoming(stop):
            for found in decoder.feed(data) if data else decoder.idle():
                if isinstance(found, RemoteProtocolError):
                    raise found
                if isinstance(found, Reply) and found.answers(command):
                    return found
        raise RemoteProtocolError("no Newland reply in what came")


def _words(reply: Reply, command: bytes) -> str:
    """What stands behind the command in its reply."""
    asked = command[len(newland.COMMAND) : -len(newland.SUFFIX)].decode("ascii")
    return " ".join(reply.body.removeprefix(asked).split())
