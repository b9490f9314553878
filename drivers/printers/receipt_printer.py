"""ESC/POS receipt printers. What is printed is encoded elsewhere; bytes go out."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Protocol

from drivers.device import (
    Advice,
    DeviceKind,
    Disconnected,
    Fault,
    HardwareError,
    Level,
    PaperJammed,
    PaperLow,
    PaperOut,
    PrintEvidence,
    PrintOutcome,
    Ready,
    SelfTest,
    Slot,
    Status,
    Supply,
    Unknown,
    usable,
)
from drivers.errors import DeviceError, RemoteProtocolError, TransportError
from drivers.ports.by_address import port_at
from drivers.ports.port_device import PortDevice
from drivers.ports.transport import Transport
from drivers.protocols import custom_printer, escpos_status
from drivers.protocols.escpos_status import (
    ASB_OFF,
    GS_R_PAPER,
    Ask,
    Automatic,
    InOrder,
    RealTime,
    Recover,
    StatusDecoder,
    dle_enq,
    dle_eot,
)
from drivers.worker import Stop

ANSWER = 0.5  # seconds until a printer that answers at all has answered
CHUNK = 512  # bytes between two looks whether anybody still waits
PRINTING = 12.0  # seconds that printing a receipt may take beyond its time on the wire
LOOK = 0.5  # seconds between two questions while it prints
RECOVERY = 5.0  # seconds that a cutter takes to go home at most

GARBAGE = Fault(
    "printer.garbage",
    Advice.TECHNICIAN_ACTS,
    "it answers what no printer says; check its speed (baud) and the cable",
)

Message = escpos_status.Message | custom_printer.Message


class Decoder(Protocol):
    """Takes apart what a printer says."""

    def feed(self, data: bytes) -> Iterator[Message | RemoteProtocolError]:
        """What is complete now, in order."""
        ...


class EscPosReceiptPrinter(PortDevice):
    """A receipt printer at an address of `drivers.address`; opened on demand, dropped on failure.

    A receipt is `confirmed` when the printer answered GS r, which it does only after everything
    before it was printed. A printer that never answers, or never that, is trusted: its receipts are
    `sent`, and only the first of them waits `printing` seconds for an answer. Where paper ends, a
    cover opens or the printer is lost in the middle, how much of the receipt can be read is
    `unknown`; the status says why. Nothing is sent twice: before the first byte a broken handle is
    opened anew once, after it never.
    """

    kind = DeviceKind.RECEIPT_PRINTER
    greeting = ASB_OFF
    ending = b""
    """What follows each receipt."""

    def __init__(self, where: str, baud: int = 115200, *, printing: float = PRINTING) -> None:
        super().__init__(port_at("printer", where, baud))
        self._printing = printing
        self._decoder = self._new_decoder()
        self._talks = False
        self._confirms = True
        self._printed = False
        self._strange = False

    async def probe(self) -> Status:
        """Ask how it is; silence is a fault only of a printer that used to answer."""
        try:
            return await self._run(self._probe)
        except DeviceError as error:
            return Disconnected(error.fault.detail)

    async def self_test(self) -> SelfTest:
        """How it is, whether it answers at all, and the roll; model names differ by maker."""
        status = await self.probe()
        facts = {"answers": "yes" if self._talks else "no"}
        if usable(status):
            try:
                (roll,) = await self.supplies()
            except DeviceError as error:
                return SelfTest(Disconnected(error.fault.detail), self.where, facts=facts)
            facts["roll"] = roll.level.value
            if roll.centimetres is not None:
                facts["roll_centimetres"] = str(roll.centimetres)
        return SelfTest(status, self.where, facts=facts)

    async def print_receipt(self, data: bytes) -> PrintOutcome:
        """Send ESC/POS bytes, say with what evidence they were printed; trouble is an outcome."""
        return await self._run(lambda stop: self._print(data, stop), within=None)

    async def supplies(self) -> tuple[Supply, ...]:
        """The roll: full, low or out, as its sensors say."""
        return await self._run(self._supplies)

    async def slot(self) -> Slot:
        """Its receipts hang out: no sensor looks whether one was taken."""
        return Slot.NOT_SUPPORTED

    async def retract(self) -> Slot:
        """It can not pull anything back."""
        return Slot.NOT_SUPPORTED

    async def recover(self) -> Status:
        """Let the cutter try again, and forget what was not printed yet; how it is then.

        What is left of a receipt that ended as `unknown` must not come out with the next one.
        """
        return await self._run(self._recover)

    # --- on the worker's thread ---

    def _connect(self) -> Transport:
        self._decoder = self._new_decoder()
        return super()._connect()

    def _new_decoder(self) -> Decoder:
        return StatusDecoder()

    def _probe(self, stop: Stop) -> Status:
        try:
            return self._find(stop)
        except TransportError as error:
            self._drop()
            return Disconnected(error.fault.detail)

    def _find(self, stop: Stop) -> Status:
        """How it is, on a handle that works: one that broke meanwhile is opened anew, once."""
        try:
            return self._status(self._open(), stop)
        except TransportError:
            self._drop()
            return self._status(self._open(), stop)

    def _status(self, transport: Transport, stop: Stop) -> Status:
        self._strange = False
        status = self._ask(transport, stop)
        if status is not None:
            self._talks = True
            return status
        if self._strange:
            raise TransportError(GARBAGE.at(self.where))
        if self._talks:
            raise self._port.silent()
        return Unknown()

    def _ask(self, transport: Transport, stop: Stop) -> Status | None:
        """Ask all there is; a printer that answers the first may not know the others."""
        answers: dict[Ask, int] = {}
        for ask in Ask:
            stop.check()
            answers |= self._query(transport, ask)
            if not answers:
                return None  # nobody is there
        return escpos_status.status(answers)

    def _query(self, transport: Transport, ask: Ask) -> dict[Ask, int]:
        """The answer to one DLE EOT, or a whole status that came by itself; empty for silence."""
        for message in self._exchange(transport, dle_eot(ask)):
            if isinstance(message, RealTime):
                return {ask: message.bits}
            if isinstance(message, Automatic):
                return message.answers()
        return {}

    def _exchange(self, transport: Transport, question: bytes) -> Iterator[Message]:
        """Ask, and give what is said in time; what was said before answers nothing."""
        # All answers look alike: one that came late would be taken for the answer to this.
        self._overhear(transport)
        transport.write(question)
        deadline = time.monotonic() + ANSWER
        while time.monotonic() < deadline:
            yield from self._heard(transport, deadline)

    def _overhear(self, transport: Transport, until: float = 0.0) -> None:
        """Take what comes, for its answers to GS r alone; return with the first bytes."""
        for _ in self._heard(transport, until):
            pass

    def _heard(self, transport: Transport, until: float) -> list[Message]:
        """What is said by then. All goes through the decoder: no packet is ever cut in two."""
        messages: list[Message] = []
        for message in self._decoder.feed(transport.read(until)):
            if isinstance(message, RemoteProtocolError):
                self._strange = True
            else:
                self._printed |= isinstance(message, InOrder)
                messages.append(message)
        return messages

    def _print(self, data: bytes, stop: Stop) -> PrintOutcome:
        """Ask, send, and wait for evidence. A status query that fails does not stop a print."""
        try:
            before = self._before(stop)
            transport = self._open()
        except TransportError as error:
            return self._lost(PrintEvidence.NOT_STARTED, error)
        if not usable(before):
            return PrintOutcome(PrintEvidence.NOT_STARTED, before)
        try:
            return self._send(transport, data + self.ending, stop)
        except TransportError as error:
            return self._lost(PrintEvidence.UNKNOWN, error)

    def _before(self, stop: Stop) -> Status:
        """How it is before a receipt."""
        return self._find(stop)

    def _lost(self, evidence: PrintEvidence, error: TransportError) -> PrintOutcome:
        self._drop()
        return PrintOutcome(evidence, Disconnected(error.fault.detail))

    def _send(self, transport: Transport, data: bytes, stop: Stop) -> PrintOutcome:
        for start in range(0, len(data), CHUNK):
            stop.check()
            transport.write(data[start : start + CHUNK])
        self._overhear(transport)
        self._printed = False
        transport.write(GS_R_PAPER)
        wire = self._port.wire_time(len(data))
        return self._evidence(transport, time.monotonic() + wire + self._printing, stop)

    def _evidence(self, transport: Transport, deadline: float, stop: Stop) -> PrintOutcome:
        """Wait until the printer has printed it all, cannot go on, or says nothing to the end.

        Many answer nothing while they print: of one that talks, silence is inconclusive till then.
        """
        while True:
            stop.check()
            self._overhear(transport, time.monotonic() + LOOK)
            now = self._ask(transport, stop)
            late = time.monotonic() >= deadline
            if self._printed:
                self._confirms = True
                return PrintOutcome(PrintEvidence.CONFIRMED, now or Unknown())
            if now is None:
                if not self._talks:
                    return PrintOutcome(PrintEvidence.SENT, Unknown())
                if late:
                    raise self._port.silent()
            elif usable(now):
                if late or not self._confirms:
                    self._confirms = False
                    return PrintOutcome(PrintEvidence.SENT, now)
            elif late or not _passes(now):
                return PrintOutcome(PrintEvidence.UNKNOWN, now)

    def _supplies(self, stop: Stop) -> tuple[Supply, ...]:
        return (Supply("roll", _level(self._find(stop))),)

    def _recover(self, stop: Stop) -> Status:
        self._find(stop)
        transport = self._open()
        transport.write(dle_enq(Recover.CLEAR))
        deadline = time.monotonic() + RECOVERY
        while not usable(status := self._status(transport, stop)) and time.monotonic() < deadline:
            stop.pause(LOOK)
        return status


def _passes(status: Status) -> bool:
    """Whether a printer goes on by itself: a hot head cools."""
    return isinstance(status, HardwareError) and status.fault.advice is Advice.WAIT


def _level(status: Status) -> Level:
    match status:
        case Ready():
            return Level.FULL
        case PaperLow():
            return Level.LOW
        case PaperOut():
            return Level.OUT
        case PaperJammed():
            return Level.JAMMED
        case _:
            return Level.UNKNOWN
