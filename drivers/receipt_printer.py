"""ESC/POS receipt printers. What is printed is encoded elsewhere; bytes go out."""

from __future__ import annotations

import time

from drivers.device import (
    DeviceKind,
    Disconnected,
    PrintEvidence,
    PrintOutcome,
    SelfTest,
    Status,
    Unknown,
    usable,
)
from drivers.errors import DeviceError, TransportError
from drivers.port_device import PortDevice
from drivers.ports import port_at
from drivers.protocols import escpos_status
from drivers.protocols.escpos_status import ASB_OFF, GS_R_PAPER, Ask, dle_eot
from drivers.transport import Transport
from drivers.worker import Stop

ANSWER = 0.5  # seconds until a printer that answers at all has answered DLE EOT
CHUNK = 512  # bytes between two looks whether anybody still waits
PRINTING = 12.0  # seconds that printing a receipt may take beyond its time on the wire
LOOK = 0.5  # seconds between two questions while it prints


class EscPosReceiptPrinter(PortDevice):
    """A receipt printer at an address of `drivers.address`; opened on demand, dropped on failure.

    A receipt is `confirmed` when the printer answered GS r, which it does only after everything
    before it was printed. A printer that never answers, or never that, is trusted: its receipts are
    `sent`, and only the first of them waits `printing` seconds for an answer. Where paper ends, a
    cover opens or the printer is lost in the middle, how much of the receipt can be read is
    `unknown`; the status says why.
    """

    kind = DeviceKind.RECEIPT_PRINTER
    greeting = ASB_OFF

    def __init__(self, where: str, baud: int = 115200, *, printing: float = PRINTING) -> None:
        super().__init__(port_at("printer", where, baud))
        self._printing = printing
        self._talks = False
        self._confirms = True
        self._printed = False

    async def probe(self) -> Status:
        """Ask for all four states; silence is a fault only of a printer that used to answer."""
        try:
            return await self._run(self._probe)
        except DeviceError as error:
            return Disconnected(error.fault.detail)

    async def self_test(self) -> SelfTest:
        """The printer's states; it says nothing else of itself that all makers understand."""
        return SelfTest(await self.probe(), self.where)

    async def print_receipt(self, data: bytes) -> PrintOutcome:
        """Send ESC/POS bytes, say with what evidence they were printed; trouble is an outcome."""
        return await self._run(lambda stop: self._print(data, stop), within=None)

    # --- on the worker's thread ---

    def _probe(self, stop: Stop) -> Status:
        try:
            return self._status(self._open(), stop)
        except TransportError as error:
            self._drop()
            return Disconnected(error.fault.detail)

    def _print(self, data: bytes, stop: Stop) -> PrintOutcome:
        """Ask, send, and wait for evidence. A status query that fails does not stop a print."""
        try:
            transport = self._open()
            before = self._status(transport, stop)
        except TransportError as error:
            return self._lost(PrintEvidence.NOT_STARTED, error)
        if not usable(before):
            return PrintOutcome(PrintEvidence.NOT_STARTED, before)
        try:
            return self._send(transport, data, stop)
        except TransportError as error:
            return self._lost(PrintEvidence.UNKNOWN, error)

    def _lost(self, evidence: PrintEvidence, error: TransportError) -> PrintOutcome:
        self._drop()
        return PrintOutcome(evidence, Disconnected(error.fault.detail))

    def _send(self, transport: Transport, data: bytes, stop: Stop) -> PrintOutcome:
        transport.forget_input()
        self._printed = False
        for start in range(0, len(data), CHUNK):
            stop.check()
            transport.write(data[start : start + CHUNK])
        transport.write(GS_R_PAPER)
        wire = self._port.wire_time(len(data))
        return self._evidence(transport, time.monotonic() + wire + self._printing, stop)

    def _evidence(self, transport: Transport, deadline: float, stop: Stop) -> PrintOutcome:
        """Wait until the printer has printed it all, cannot go on, or says nothing."""
        while time.monotonic() < deadline:
            stop.check()
            self._hear(transport.read(time.monotonic() + LOOK))
            now = self._status(transport, stop)
            if self._printed:
                self._confirms = True
                return PrintOutcome(PrintEvidence.CONFIRMED, now)
            if not usable(now):
                return PrintOutcome(PrintEvidence.UNKNOWN, now)
            if not self._talks or not self._confirms:
                return PrintOutcome(PrintEvidence.SENT, now)
        self._confirms = False
        return PrintOutcome(PrintEvidence.SENT, self._status(transport, stop))

    def _status(self, transport: Transport, stop: Stop) -> Status:
        """Ask all there is; a printer that answers the first may not know the others."""
        answers: dict[Ask, int] = {}
        for ask in Ask:
            stop.check()
            answer = self._query(transport, ask)
            if answer is not None:
                answers[ask] = answer
            elif not answers:
                break  # nobody is there
        if answers:
            self._talks = True
            return escpos_status.status(answers)
        if self._talks:
            raise self._silent()
        return Unknown()

    def _query(self, transport: Transport, ask: Ask) -> int | None:
        """The answer to one DLE EOT, past anything nobody asked for; None for silence."""
        # All answers look alike: one that came late would be taken for the answer to this.
        self._hear(transport.read(time.monotonic()))
        transport.write(dle_eot(ask))
        deadline = time.monotonic() + ANSWER
        while time.monotonic() < deadline:
            answer = self._hear(transport.read(deadline))
            if answer is not None:
                return answer
        return None

    def _hear(self, heard: bytes) -> int | None:
        """The first answer to DLE EOT among some bytes; one to GS r is noted on the way."""
        self._printed |= any(escpos_status.is_in_order(byte) for byte in heard)
        return next((byte for byte in heard if escpos_status.is_real_time(byte)), None)

    def _silent(self) -> TransportError:
        self._drop()
        return self._port.silent()
