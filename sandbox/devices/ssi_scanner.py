"""An SSI decoder (Zebra, Motorola, Symbol) on a serial port, byte for byte.

The packets are those of `drivers.protocols.zebra_ssi`; the engine is that of all scanners here.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import replace
from pathlib import Path

from drivers.protocols.zebra_ssi import (
    Cause,
    ChecksumError,
    Opcode,
    Packet,
    Source,
    SsiDecoder,
    Status,
    data_packets,
)
from sandbox.devices.barcode_scanner import ScannerFault, SimulatedScanner

FALLS_ASLEEP = 1.0  # seconds of silence until it sleeps
RESPONSE = 0.3  # seconds it waits for an answer; real ones wait 2
TRIES = 3  # how often it sends a packet
QR_CODE = 0x1C


class SimulatedSsi(SimulatedScanner):
    """Speaks SSI and insists on it: refuses broken packets, and sends again what is not answered.

    After a second of silence it sleeps, and the byte that wakes it is lost.
    """

    speed = 9600

    def __init__(self, link: Path, *, baud: int | None = None, expects: int | None = None) -> None:
        super().__init__(link, baud=baud, expects=expects)
        self.deaf_to_acks = 0
        """So many acknowledgements get lost on their way here."""

    def reset(self) -> None:
        """It sleeps, and has nothing to send."""
        self._decoder = SsiDecoder(Source.HOST)
        self._queue: deque[Packet] = deque()
        self._sent_at: float | None = None
        self._tries = 0
        self._heard_at = 0.0

    def received(self, data: bytes) -> None:
        """Answer every packet; a broken one is refused."""
        now, before = time.monotonic(), self._heard_at
        self._heard_at = now
        if now - before > FALLS_ASLEEP:
            data = data[1:]
        for found in self._decoder.feed(data):
            self._take(found)
        self.turn()

    def turn(self) -> None:
        """Give up a packet that does not end, and send again what was not answered in time."""
        now = time.monotonic()
        if self._decoder.pending and now - self._heard_at > RESPONSE:
            for found in self._decoder.idle():
                self._take(found)
        if self._sent_at is not None and now - self._sent_at > RESPONSE:
            self._send_again()
        super().turn()

    def _take(self, found: Packet | ChecksumError) -> None:
        if isinstance(found, ChecksumError):
            self._say(Opcode.CMD_NAK, bytes([Cause.RESEND]))
        elif found.opcode == Opcode.CMD_ACK:
            self._acknowledged()
        elif found.opcode == Opcode.CMD_NAK:
            self._send_again()
        elif self.faults.strikes(ScannerFault.STUCK_BUSY):
            self._say(Opcode.CMD_NAK, bytes([Cause.DENIED]))
        else:
            self._obey(found)

    def _obey(self, packet: Packet) -> None:
        match packet.opcode:
            case Opcode.REQUEST_REVISION:
                self._say(Opcode.REPLY_REVISION, b"PAABLS00-001-R01 F 5F 1A2B")
                return
            case Opcode.START_SESSION | Opcode.STOP_SESSION:
                self.switch(on=packet.opcode == Opcode.START_SESSION)
            case Opcode.FLUSH_QUEUE:
                self._queue.clear()
                self._sent_at = None
            case Opcode.PARAM_SEND | Opcode.SCAN_ENABLE | Opcode.SCAN_DISABLE:
                pass
            case _:
                self._say(Opcode.CMD_NAK, bytes([Cause.BAD_CONTEXT]))
                return
        self._say(Opcode.CMD_ACK)

    def _say(self, opcode: Opcode, data: bytes = b"") -> None:
        self.reply(Packet(opcode, data, Source.DECODER).to_bytes())

    def transmit(self, payload: bytes, *, whole: bool) -> None:
        """Queue the packets of a code; one that breaks off ends in the middle of a packet."""
        packets = data_packets(payload, QR_CODE)
        if not whole:
            self.reply(packets[0].to_bytes()[:-3])
            return
        self._queue += packets
        if self._sent_at is None:
            self._send_first(0)

    def _send_first(self, status: int) -> None:
        first = self._queue[0]
        self._tries += 1
        self._sent_at = time.monotonic()
        self.reply(replace(first, status=first.status | status).to_bytes())

    def _send_again(self) -> None:
        """Twice more, as the guide says; then the code is lost."""
        if self._sent_at is None:
            return
        if self._tries < TRIES:
            self._send_first(Status.RETRANSMIT)
            return
        self._queue.clear()
        self._sent_at, self._tries = None, 0

    def _acknowledged(self) -> None:
        if self.deaf_to_acks:
            self.deaf_to_acks -= 1
            return
        if self._sent_at is None:
            return
        self._queue.popleft()
        self._sent_at, self._tries = None, 0
        if self._queue:
            self._send_first(0)
