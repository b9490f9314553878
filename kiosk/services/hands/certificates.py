"""E-certificates, on the screen and on paper."""

from __future__ import annotations

import asyncio

import structlog

from drivers.device import DeviceKind, PrintEvidence, PrintJob, PrintOutcome
from kiosk.core import effects, events
from kiosk.core.identity import Person
from kiosk.core.inquiries import Unanswered
from kiosk.core.troubles import Trouble
from kiosk.services.hands.platform import trouble_of
from kiosk.services.hands.printing import NOT_FITTED, NOTHING, Prints
from kiosk.services.hands.tools import Tools
from kiosk.services.ledger import PrintTicket
from kiosk.services.platform import Grant, PlatformError
from kiosk.services.terminal import Post

log = structlog.get_logger(__name__)

TITLE = "Doorstep certificate"  # what queues and logs show of every one
GIVING_BACK = (0.0, 2.0, 10.0, 60.0, 300.0)  # seconds before each try
GOODBYE = 3.0  # seconds in which prints are still given back when the terminal stops


class _NoLeaveError(Exception):
    """The platform allows no print now, and why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__()
        self.trouble = trouble


class Certificates:
    """Draws certificates and prints them, each print with the platform's leave."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._printer = tools.equipment.document_printer
        self._prints = Prints(tools, DeviceKind.DOCUMENT_PRINTER)
        self._giving_back: set[asyncio.Task[None]] = set()

    async def draw(self, effect: effects.DrawCertificate, post: Post) -> None:
        """CertificateDrawn."""
        documents = self._tools.documents
        picture = await documents.certificate_png(effect.certificate, effect.language)
        post(events.CertificateDrawn(effect.visit, picture))

    async def print(self, effect: effects.PrintCertificate, post: Post) -> None:
        """SheetsEnded, refused where the platform allows no print."""
        try:
            outcome, refused = await self._printed(effect), None
        except _NoLeaveError as error:
            outcome, refused = NOTHING, error.trouble
        name = "refused" if refused else outcome.evidence.value
        self._tools.report.tell(f"sheets_{name}", count=1)
        post(events.SheetsEnded(effect.visit, outcome, 1, refused))

    async def settle(self) -> None:
        """End: what the platform does not take back within a moment, it keeps."""
        if self._giving_back:
            _, late = await asyncio.wait(self._giving_back, timeout=GOODBYE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _printed(self, effect: effects.PrintCertificate) -> PrintOutcome:
        printer = self._printer
        if printer is None:
            return NOT_FITTED

        async def prepare(ticket: PrintTicket) -> bytes:
            return await self._prepared(effect, ticket.id)

        async def send(pdf: bytes, ticket: PrintTicket) -> PrintOutcome:
            outcome = await printer.print_document(pdf, PrintJob(TITLE, key=ticket.id))
            if outcome.evidence is PrintEvidence.NOT_STARTED:
                self._give_back(ticket.id)
            return outcome

        return await self._prints.run(effect.certificate.number, prepare, send)

    async def _prepared(self, effect: effects.PrintCertificate, key: str) -> bytes:
        """The certificate with its watermark, once it may be printed."""
        certificate, language = effect.certificate, effect.language
        grant = await self._leave(effect.person, certificate.number, key)
        try:
            return await self._tools.documents.certificate_pdf(
                certificate, language, watermark=grant.watermark.of(language)
            )
        except Exception:
            self._give_back(key)
            raise

    async def _leave(self, person: Person, number: str, key: str) -> Grant:
        try:
            leave = await self._tools.platform.grant_print(person, number, key)
        except PlatformError as error:
            self._give_back(key)  # perhaps it was given
            raise _NoLeaveError(trouble_of(error, self._tools.report)) from None
        if isinstance(leave, Unanswered):
            raise _NoLeaveError(leave.trouble)
        return leave

    def _give_back(self, key: str) -> None:
        task = asyncio.create_task(self._returned(key), name="print-given-back")
        self._giving_back.add(task)
        task.add_done_callback(self._giving_back.discard)

    async def _returned(self, key: str) -> None:
        """Nothing was printed: it does not count, once the platform has heard of it."""
        for pause in GIVING_BACK:
            await self._tools.sleep(pause)
            try:
                await self._tools.platform.return_print(key)
            except PlatformError as error:
                log.warning("print.not_given_back", reason=str(error))
            else:
                return
