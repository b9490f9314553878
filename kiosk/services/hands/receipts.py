"""Receipts on the roll."""

from __future__ import annotations

import asyncio

from drivers.device import DeviceKind, PrintOutcome
from kiosk.core import effects, events
from kiosk.core.cases import Accepted, Issued, Kept, Noted
from kiosk.services import receipts
from kiosk.services.hands.printing import NOT_FITTED, Prints
from kiosk.services.hands.tools import Tools
from kiosk.services.ledger import PrintTicket
from kiosk.services.terminal import Post


class Receipts:
    """Prints receipts."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._printer = tools.equipment.receipt_printer
        self._prints = Prints(tools, DeviceKind.RECEIPT_PRINTER)

    async def print(self, effect: effects.PrintReceipt, post: Post) -> None:
        """PrintEnded."""
        outcome = await self._printed(effect)
        self._tools.report.tell(f"print_{outcome.evidence.value}")
        post(events.PrintEnded(effect.visit, outcome))

    async def _printed(self, effect: effects.PrintReceipt) -> PrintOutcome:
        printer, tools = self._printer, self._tools
        if printer is None:
            return NOT_FITTED

        async def prepare(ticket: PrintTicket) -> bytes:
            return await asyncio.to_thread(
                receipts.receipt, effect, origin=tools.origin, copy=ticket.copy, now=tools.now()
            )

        async def send(data: bytes, _ticket: PrintTicket) -> PrintOutcome:
            return await printer.print_receipt(data)

        number = number_of(effect.outcome)
        return await self._prints.run(number, prepare, send, copy=effect.copy)


def number_of(outcome: Issued | Accepted | Noted | Kept) -> str:
    """The number by which what the receipt speaks of is found again."""
    match outcome:
        case Issued(case_number=number) | Accepted(case_number=number):
            return number
        case Noted(number=number) | Kept(number=number):
            return number
