"""Free copies: pages that were scanned, on paper."""

from __future__ import annotations

import asyncio

from drivers.device import DeviceKind, PrintJob, PrintOutcome
from kiosk.core import effects, events
from kiosk.services import sheets
from kiosk.services.hands.printing import NOT_FITTED, Prints
from kiosk.services.hands.tools import Tools
from kiosk.services.ledger import PrintTicket
from kiosk.services.terminal import Post

TITLE = "Doorstep copies"  # what queues and logs show
SUBJECT = "copies"


class Copies:
    """Prints pages."""

    def __init__(self, tools: Tools) -> None:
        self._report = tools.report
        self._printer = tools.equipment.document_printer
        self._prints = Prints(tools, DeviceKind.DOCUMENT_PRINTER)

    async def print(self, effect: effects.PrintPages, post: Post) -> None:
        """SheetsEnded."""
        outcome = await self._printed(effect)
        count = len(effect.pages) * effect.copies
        self._report.tell(f"sheets_{outcome.evidence.value}", count=count)
        post(events.SheetsEnded(effect.visit, outcome, count))

    async def _printed(self, effect: effects.PrintPages) -> PrintOutcome:
        printer = self._printer
        if printer is None:
            return NOT_FITTED
        pages = [page.content for page in effect.pages if page.content is not None]

        async def prepare(_ticket: PrintTicket) -> bytes:
            return await asyncio.to_thread(sheets.of_pages, pages)

        async def send(pdf: bytes, ticket: PrintTicket) -> PrintOutcome:
            job = PrintJob(TITLE, copies=effect.copies, key=ticket.id)
            return await printer.print_document(pdf, job)

        return await self._prints.run(SUBJECT, prepare, send)
