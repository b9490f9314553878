"""Custom's kiosk printers, which hold a receipt until it is taken and can pull it back."""

from __future__ import annotations

import time

from drivers.device import Advice, Fault, Slot, Status, Supply, UserError, usable
from drivers.ports.transport import Transport
from drivers.printers.receipt_printer import LOOK, PRINTING, Decoder, EscPosReceiptPrinter
from drivers.protocols import custom_printer
from drivers.protocols.custom_printer import (
    AUTOMATIC_OFF,
    CENTIMETRES_LEFT,
    FULL_STATUS,
    CustomDecoder,
    Eject,
    FullStatus,
    PaperLeft,
    ejector,
)
from drivers.protocols.escpos_status import ASB_OFF
from drivers.worker import Stop

STEPS = 11  # of 7 mm: 80 mm of paper for a hand to take
PATIENCE = 30.0  # seconds in which a receipt should have been taken
RETRACTION = 5.0  # seconds that pulling back takes at most

NOT_TAKEN = Fault(
    "printer.not_taken",
    Advice.RESIDENT_ACTS,
    "a receipt was not taken: it hangs in the slot",
    "Please take your receipt.",
)


class PresentingReceiptPrinter(EscPosReceiptPrinter):
    """A printer with a presenter; each receipt is held out until somebody takes it.

    One that hangs there for `patience` seconds is `printer.not_taken`; after twice that time the
    next probe pulls it back, and so does the next print: nobody gets what somebody else left.
    """

    greeting = ASB_OFF + AUTOMATIC_OFF
    ending = ejector(Eject.PRESENT, STEPS)

    def __init__(
        self,
        where: str,
        baud: int = 115200,
        *,
        printing: float = PRINTING,
        patience: float = PATIENCE,
    ) -> None:
        super().__init__(where, baud, printing=printing)
        self._patience = patience
        self._slot = Slot.UNKNOWN
        self._waits_since = 0.0

    async def slot(self) -> Slot:
        """Whether a receipt waits to be taken."""
        return await self._run(self._look)

    async def retract(self) -> Slot:
        """Pull back a receipt that nobody took; the slot afterwards."""
        return await self._run(self._retract)

    # --- on the worker's thread ---

    def _new_decoder(self) -> Decoder:
        return CustomDecoder()

    def _ask(self, transport: Transport, stop: Stop) -> Status | None:
        stop.check()
        for message in self._exchange(transport, FULL_STATUS):
            if isinstance(message, FullStatus):
                self._note(message.slot)
                return custom_printer.status(message)
        self._slot = Slot.UNKNOWN
        return None

    def _note(self, slot: Slot) -> None:
        """Keep since when a receipt waits; one that was there before us waits from now on."""
        if slot is Slot.WAITING and self._slot is not Slot.WAITING:
            self._waits_since = time.monotonic()
        self._slot = slot

    def _look(self, stop: Stop) -> Slot:
        self._find(stop)
        return self._slot

    def _probe(self, stop: Stop) -> Status:
        status = super()._probe(stop)
        if not usable(status) or self._slot is not Slot.WAITING:
            return status
        waited = time.monotonic() - self._waits_since
        if waited >= 2 * self._patience:
            self._pull(self._open(), stop)
            status = super()._probe(stop)
        if waited >= self._patience and self._slot is Slot.WAITING:
            return UserError(NOT_TAKEN)
        return status

    def _before(self, stop: Stop) -> Status:
        status = super()._before(stop)
        if self._slot is Slot.WAITING and usable(status):
            self._pull(self._open(), stop)
            return self._find(stop)
        return status

    def _retract(self, stop: Stop) -> Slot:
        self._find(stop)
        if self._slot is Slot.WAITING:
            self._pull(self._open(), stop)
        return self._slot

    def _pull(self, transport: Transport, stop: Stop) -> None:
        """Pull back what hangs in the slot, and wait until it is gone."""
        transport.write(ejector(Eject.RETRACT))
        deadline = time.monotonic() + RETRACTION
        while time.monotonic() < deadline:
            self._ask(transport, stop)
            if self._slot is not Slot.WAITING:
                return
            stop.pause(LOOK / 10)

    def _supplies(self, stop: Stop) -> tuple[Supply, ...]:
        """The sensors' word on the roll, and the length that the printer counted."""
        (roll,) = super()._supplies(stop)
        left = self._centimetres() if usable(self._find(stop)) else None
        return (Supply(roll.name, roll.level, centimetres=left),)

    def _centimetres(self) -> int | None:
        """What is left of the roll; None where the printer does not count."""
        for message in self._exchange(self._open(), CENTIMETRES_LEFT):
            if isinstance(message, PaperLeft):
                return message.centimetres
        return None
