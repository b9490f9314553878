"""Honeywell's scan engines and scanners on a serial port (N36XX, N431X, HF series, Voyager …)."""

from __future__ import annotations

from collections.abc import Iterator

from drivers.device import HardwareError, Ready, Status
from drivers.errors import DeviceError, RemoteProtocolError
from drivers.protocols import honeywell
from drivers.protocols.honeywell import HoneywellDecoder, Response
from drivers.protocols.scan_data import CodeSplitter, ScanData
from drivers.scanners.barcode_scanner import REFUSED
from drivers.scanners.port_scanner import PortScanner
from drivers.worker import Stop

MODEL = "Product Name"


class HoneywellScanner(PortScanner):
    """A Honeywell scanner. Whatever is set here is temporary: it is gone with the power."""

    answers_trigger = False

    def __init__(self, where: str, baud: int = 115200) -> None:
        super().__init__(where, baud)
        self._codes = CodeSplitter()

    def _health(self, stop: Stop) -> Status:
        response = self._ask(honeywell.ARE_YOU_THERE, stop)
        if response.status == honeywell.NAK:
            return HardwareError(REFUSED.at(self.where))
        return Ready()  # ENQ: one that reads no Codabar, and answers

    def _identity(self, stop: Stop) -> tuple[str, dict[str, str]]:
        said = self._ask(honeywell.REVISION, stop).text
        pairs = (line.partition(":") for line in said.splitlines() if ":" in line)
        facts = {name.strip(): value.strip(" :") for name, _, value in pairs}
        return facts.pop(MODEL, ""), facts

    def _prepare(self, stop: Stop) -> None:
        if self._ask(honeywell.TRIGGER_MODE, stop).status == honeywell.NAK:
            raise DeviceError(REFUSED.at(self.where))
        self._codes = CodeSplitter(suffixed=self._ask(honeywell.SUFFIX_CR, stop).good)

    def _switch(self, *, on: bool) -> None:
        self._open().write(honeywell.TRIGGER_ON if on else honeywell.TRIGGER_OFF)

    def _hear(self, data: bytes) -> Iterator[ScanData | RemoteProtocolError]:
        return self._codes.feed(data) if data else self._codes.idle()

    def _forget(self) -> None:
        self._codes = CodeSplitter()

    @property
    def _pending(self) -> bool:
        return self._codes.pending

    def _ask(self, command: bytes, stop: Stop) -> Response:
        return self._twice(lambda: self._exchange(command, stop))

    def _exchange(self, command: bytes, stop: Stop) -> Response:
        transport, decoder = self._open(), HoneywellDecoder()
        transport.forget_input()
        transport.write(command)
        for data in self._incoming(stop):
            for found in decoder.feed(data):
                if isinstance(found, RemoteProtocolError):
                    raise found
                if found.answers(command):
                    return found
        raise RemoteProtocolError("no Honeywell response in what came")
