"""Carries out what the journey asks: each effect is a task, its outcome an event."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime

import structlog

from drivers.device import (
    DeviceKind,
    IdCard,
    IdCardReader,
    NotFitted,
    PrintEvidence,
    PrintOutcome,
    ReceiptPrinter,
    Unknown,
)
from drivers.errors import DeviceError, TransportError
from kiosk.core import effects, events
from kiosk.core.effects import Effect
from kiosk.core.identity import Person
from kiosk.services.devices import Devices
from kiosk.services.documents import Documents
from kiosk.services.intents import Intents
from kiosk.services.receipts import Origin, receipt
from kiosk.services.report import Report
from kiosk.services.terminal import Post

log = structlog.get_logger(__name__)

CARD_WAIT = 5.0  # seconds of one wait for a card, so that the reader's health is seen in between


def person_of(card: IdCard) -> Person:
    """The person an ID card speaks of; the photo and the rest are left on the card."""
    return Person(
        name=card.name,
        id_number=card.id_number,
        sex=card.sex,
        birth_date=card.birth_date,
        document=card.kind,
        valid_until=card.valid_until,
        address=card.address,
    )


@dataclass(frozen=True, slots=True)
class Tools:
    """What the hands work with; a device that is not fitted is None."""

    devices: Devices
    reader: IdCardReader | None
    printer: ReceiptPrinter | None
    intents: Intents
    documents: Documents
    report: Report
    origin: Origin
    now: Callable[[], datetime]


class AsyncHands:
    """The hands of one terminal, on the core's own loop."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._timer: asyncio.TimerHandle | None = None
        self._reading: asyncio.Task[None] | None = None
        self._of_visit: set[asyncio.Task[None]] = set()
        self._durable: set[asyncio.Task[None]] = set()

    def carry_out(self, effect: Effect, post: Post) -> None:
        """Begin the effect and return at once; its outcome is posted as an event."""
        match effect:
            case effects.SetTimer():
                self._set_timer(effect, post)
            case effects.ReadCard(visit):
                self._stop_reading()
                self._reading = self._begin(self._read(visit, post), visit, post, self._of_visit)
            case effects.StopReading():
                self._stop_reading()
            case effects.Submit(visit):
                self._begin(self._submit(effect, post), visit, post, self._durable)
            case effects.DrawCertificate(visit):
                self._begin(self._draw(effect, post), visit, post, self._of_visit)
            case effects.PrintReceipt(visit):
                self._begin(self._print(effect, post), visit, post, self._durable)
            case effects.SendRating():
                self._begin(self._rate(effect), 0, post, self._durable)
            case effects.TellHelp():
                self._tools.report.tell("help_called", screen=effect.scene)
            case effects.EndVisit():
                self._end_visit()

    async def settle(self) -> None:
        """Wait for what must not be broken off: submissions, prints and ratings under way."""
        while self._durable:
            await asyncio.gather(*self._durable, return_exceptions=True)

    # --- tasks ---

    def _begin(
        self,
        work: Coroutine[None, None, None],
        visit: int,
        post: Post,
        group: set[asyncio.Task[None]],
    ) -> asyncio.Task[None]:
        task = asyncio.create_task(self._guarded(work, visit, post))
        group.add(task)
        task.add_done_callback(group.discard)
        return task

    async def _guarded(self, work: Coroutine[None, None, None], visit: int, post: Post) -> None:
        """Turn a mistake of ours into an event, so that no screen waits for ever."""
        try:
            await work
        except Exception:
            log.exception("effect.failed", effect=getattr(work, "__qualname__", ""))
            post(events.EffectFailed(visit))

    def _stop_reading(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def _end_visit(self) -> None:
        for task in self._of_visit:
            task.cancel()

    def _set_timer(self, effect: effects.SetTimer, post: Post) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if effect.seconds is not None:
            fired = events.TimerFired(effect.token)
            self._timer = asyncio.get_running_loop().call_later(effect.seconds, post, fired)

    # --- effects ---

    async def _read(self, visit: int, post: Post) -> None:
        reader = self._tools.reader
        if reader is None:
            return
        try:
            while not await reader.wait_for_card(CARD_WAIT):
                pass
            post(events.CardPlaced(visit))
            card = await reader.read_card()
        except DeviceError as error:
            if isinstance(error, TransportError):
                self._tools.devices.note_failure(reader.kind, error.fault)
            post(events.ReadFailed(visit, error.fault))
        else:
            post(events.CardRead(visit, person_of(card), self._tools.now().date()))

    async def _submit(self, effect: effects.Submit, post: Post) -> None:
        outcome = await self._tools.intents.submit(effect.application)
        name = f"application_{type(outcome).__name__.lower()}"
        self._tools.report.tell(name, item=effect.application.item_code)
        post(events.Decided(effect.visit, outcome))

    async def _draw(self, effect: effects.DrawCertificate, post: Post) -> None:
        picture = await self._tools.documents.certificate_png(effect.certificate, effect.language)
        post(events.CertificateDrawn(effect.visit, picture))

    async def _print(self, effect: effects.PrintReceipt, post: Post) -> None:
        printer = self._tools.printer
        if printer is None:
            outcome = PrintOutcome(PrintEvidence.NOT_STARTED, NotFitted())
        else:
            outcome = await self._print_on(printer, effect)
        self._tools.report.tell(f"print_{outcome.evidence.value}")
        post(events.PrintEnded(effect.visit, outcome))

    async def _print_on(
        self, printer: ReceiptPrinter, effect: effects.PrintReceipt
    ) -> PrintOutcome:
        """Print one receipt; written down before it begins and after it ended."""
        tools = self._tools
        ticket = await tools.intents.begin_print(effect)
        try:
            data = receipt(effect, origin=tools.origin, copy=ticket.copy, now=tools.now())
        except Exception:
            nothing = PrintOutcome(PrintEvidence.NOT_STARTED, Unknown())
            await tools.intents.finish_print(ticket, nothing)
            raise
        outcome = await printer.print_receipt(data)
        await tools.intents.finish_print(ticket, outcome)
        tools.devices.note(DeviceKind.RECEIPT_PRINTER, outcome.status)
        return outcome

    async def _rate(self, effect: effects.SendRating) -> None:
        await self._tools.intents.rate(effect.rating)
