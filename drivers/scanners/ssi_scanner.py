"""Zebra, Motorola and Symbol decoders that speak SSI, and their clones."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

from drivers.device import HardwareError, Ready, Status
from drivers.errors import DeviceError, RemoteProtocolError, TransportError
from drivers.protocols import zebra_ssi
from drivers.protocols.scan_data import ScanData
from drivers.protocols.zebra_ssi import (
    ACK,
    NAK_RESEND,
    SETTINGS,
    WAKEUP,
    WAKING,
    Cause,
    ChecksumError,
    DecodeAssembler,
    Opcode,
    Packet,
    SsiDecoder,
)
from drivers.scanners.barcode_scanner import REFUSED
from drivers.scanners.port_scanner import PortScanner
from drivers.worker import Stop

TRIES = 3  # a packet that is not answered is sent twice more, as the guide asks


class SsiScanner(PortScanner):
    """An SSI decoder. Whatever is set here is temporary: it is gone with the power.

    A clone that refuses the settings is used as it is, and has to be set up with its own sheet.
    """

    def __init__(self, where: str, baud: int = 9600) -> None:
        super().__init__(where, baud)
        self._decoder = SsiDecoder()
        self._message = DecodeAssembler()

    def _health(self, stop: Stop) -> Status:
        answer = self._ask(Packet(Opcode.REQUEST_REVISION), stop)
        refused = answer.opcode == Opcode.CMD_NAK
        return HardwareError(REFUSED.at(self.where)) if refused else Ready()

    def _identity(self, stop: Stop) -> tuple[str, dict[str, str]]:
        answer = self._ask(Packet(Opcode.REQUEST_REVISION), stop)
        software, *rest = answer.data.decode("ascii", "replace").split() or [""]
        return software, {"revision": " ".join([software, *rest])}

    def _prepare(self, stop: Stop) -> None:
        self._ask(SETTINGS, stop)
        self._ask(Packet(Opcode.FLUSH_QUEUE), stop)

    def _switch(self, *, on: bool) -> None:
        self._open().write(WAKEUP)
        time.sleep(WAKING)  # it may sleep since its last session ended
        self._send(Packet(Opcode.START_SESSION if on else Opcode.STOP_SESSION))

    def _hear(self, data: bytes) -> Iterator[ScanData | RemoteProtocolError]:
        for found in self._decoder.feed(data) if data else self._decoder.idle():
            if isinstance(found, ChecksumError):
                self._message.refused()
                self._send(NAK_RESEND)
                yield found
            elif found.opcode == Opcode.DECODE_DATA:
                self._send(ACK)
                if (code := self._message.add(found)) is not None:
                    yield code
            elif found.opcode == Opcode.EVENT:
                self._send(ACK)
            elif found.opcode == Opcode.CMD_NAK and found.data[:1] == bytes([Cause.DENIED]):
                raise DeviceError(REFUSED.at(self.where))

    def _forget(self) -> None:
        self._decoder, self._message = SsiDecoder(), DecodeAssembler()

    @property
    def _pending(self) -> bool:
        return self._decoder.pending

    def _send(self, packet: Packet) -> None:
        self._open().write(packet.to_bytes())

    def _ask(self, packet: Packet, stop: Stop) -> Packet:
        """The answer to a packet: ACK, NAK or the data it asks for; codes before it are dropped."""
        transport = self._open()
        transport.write(WAKEUP)
        stop.pause(WAKING)
        transport.forget_input()
        for attempt in range(1, TRIES + 1):
            again = zebra_ssi.Status.RETRANSMIT if attempt > 1 else 0
            try:
                return self._exchange(replace(packet, status=packet.status | again), stop)
            except RemoteProtocolError as error:
                if attempt == TRIES:
                    raise self._garbled(error) from None
            except TransportError as error:
                if attempt == TRIES or error.fault.code != self._port.silent().fault.code:
                    raise
        raise AssertionError  # the last attempt returned or raised

    def _exchange(self, packet: Packet, stop: Stop) -> Packet:
        decoder = SsiDecoder()
        self._send(packet)
        for data in self._incoming(stop):
            for found in decoder.feed(data) if data else decoder.idle():
                if isinstance(found, ChecksumError):
                    raise found
                if found.opcode in {Opcode.DECODE_DATA, Opcode.EVENT}:
                    self._send(ACK)  # it would be sent again
                elif found.opcode == Opcode.CMD_NAK and found.data[:1] == bytes([Cause.RESEND]):
                    raise RemoteProtocolError("it got a broken packet")
                else:
                    return found
        raise RemoteProtocolError("no SSI packet in what came")
