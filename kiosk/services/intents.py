"""Durable intents: wishes and prints; seen from outside, each happens once.

What a resident wishes is written down before it is done, pages and all, with an idempotency key
that is made once and kept through every retry. Towards the platform it is sent at least once, and
the platform knows the key; a print is never repeated unasked, and what is known of it is named by
its evidence.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

import structlog

from drivers.device import PrintOutcome
from kiosk.core.cases import Decision, Kept, Outcome, Wish
from kiosk.services.ledger import Intent, Ledger, PrintTicket
from kiosk.services.platform import Platform, PlatformError, PlatformProtocolError
from kiosk.services.store import Store

log = structlog.get_logger(__name__)

LANES = 2  # requests nobody waits for that are under way at once: a platform just back is spared

MEMORY = timedelta(days=400)  # a year and what staff takes to ask: then an ended request is dropped

Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited, in seconds."""

    resident: float = 8.0  # for a decision, before the wish is kept and the resident may go …
    page: float = 3.0  # … and for each page that is still to be handed in
    first_retry: float = 1.0  # doubled after each attempt …
    longest_retry: float = 300.0  # … up to this


@dataclass(frozen=True, slots=True)
class Recovered:
    """What was found at start: requests still to be sent, and prints nobody saw end."""

    pending: int
    prints: tuple[PrintTicket, ...]


class Intents:
    """The intents of one terminal, kept in a store and carried to a platform.

    `now` gives aware local time, `rng` keys, numbers and jitter: random.SystemRandom() on a
    terminal.
    """

    def __init__(
        self,
        store: Store,
        platform: Platform,
        *,
        terminal: str,
        now: Callable[[], datetime],
        rng: Random,
        sleep: Sleep = asyncio.sleep,
        patience: Patience = Patience(),
    ) -> None:
        self._now = now
        self._ledger = Ledger(store, terminal=terminal, now=now, rng=rng)
        self._platform = platform
        self._rng = rng
        self._sleep = sleep
        self._patience = patience
        self._deliveries: set[asyncio.Task[None]] = set()
        self._lanes = asyncio.Semaphore(LANES)
        self._platform_answered = asyncio.Event()

    async def start(self) -> Recovered:
        """Take up what was left over when the terminal last stopped, however it stopped."""
        await self._ledger.forget(self._now() - MEMORY)
        prints = await self._ledger.prints_cut_short()
        intents = await self._ledger.pending()
        for intent in intents:
            self._begin(_Delivery(intent))
        return Recovered(len(intents), prints)

    async def stop(self) -> None:
        """Leave what is pending for the next start."""
        deliveries = tuple(self._deliveries)
        for delivery in deliveries:
            delivery.cancel()
        await asyncio.gather(*deliveries, return_exceptions=True)

    def pending(self) -> int:
        """How many requests the platform has not answered yet."""
        return len(self._deliveries)

    async def submit(self, wish: Wish) -> Outcome:
        """The decision on a wish, or Kept when there is none within the patience."""
        intent = await self._ledger.add(wish)
        pages = len(await self._ledger.pages(intent))
        delivery = _Delivery(intent, urgent=True)
        self._begin(delivery)
        longest = self._patience.resident + self._patience.page * pages
        patience = asyncio.ensure_future(self._sleep(longest))
        try:
            await _either(delivery.decision, patience)
        finally:
            patience.cancel()
            delivery.urgent = False
        if delivery.decision.done():
            return delivery.decision.result()
        log.info("intent.kept", number=intent.sending.number)
        return Kept(intent.sending.number)

    async def send(self, wish: Wish) -> None:
        """Write down a wish for which nobody waits; it is sent now or later."""
        self._begin(_Delivery(await self._ledger.add(wish)))

    async def begin_print(self, subject: str, *, copy: int = 0) -> PrintTicket:
        """Write a print down before it is begun; the ticket says which copy of its subject it is.

        `copy` is the least it can be.
        """
        return await self._ledger.begin_print(subject, at_least=copy)

    async def finish_print(self, ticket: PrintTicket, outcome: PrintOutcome) -> None:
        """Write down how a print ended, by its evidence."""
        await self._ledger.end_print(ticket, outcome.evidence)

    # --- delivery ---

    def _begin(self, delivery: _Delivery) -> None:
        task = asyncio.create_task(self._deliver(delivery), name=f"intent-{delivery.intent.id}")
        self._deliveries.add(task)
        task.add_done_callback(self._deliveries.discard)

    async def _deliver(self, delivery: _Delivery) -> None:
        """Try until the platform has answered and the answer is written down."""
        attempts = delivery.intent.attempts
        while (trouble := await self._attempt(delivery)) is not None:
            log.warning("intent.undelivered", trouble=trouble, attempts=attempts + 1)
            await self._pause(attempts)
            attempts += 1
        self._platform_answered.set()  # wakes those that pause now …
        self._platform_answered.clear()  # … and none that pause later

    async def _attempt(self, delivery: _Delivery) -> str | None:
        """None when it is done, else what stood in the way, without anything personal."""
        try:
            async with self._lane(delivery):
                await self._send(delivery)
        except PlatformError as error:
            return await self._note(delivery.intent, str(error))
        except sqlite3.Error as error:
            return f"store: {error}"
        except Exception as error:  # noqa: BLE001 - whatever it is, a request is never dropped
            # Its name alone: what it says may be personal.
            return await self._note(delivery.intent, f"a mistake of ours: {type(error).__name__}")
        return None

    async def _send(self, delivery: _Delivery) -> None:
        intent = delivery.intent
        await self._store_pages(delivery)
        try:
            decision = await self._platform.deliver(intent.sending, intent.id)
        except PlatformProtocolError:
            delivery.stored.clear()  # perhaps it lost a page: all are handed in anew
            raise
        delivery.tell(decision)
        await self._ledger.decided(intent, decision)

    async def _store_pages(self, delivery: _Delivery) -> None:
        """Hand in what the wish names, one page after the other: each is in memory for a moment."""
        for sha256 in await self._ledger.pages(delivery.intent):
            if sha256 not in delivery.stored:
                await self._platform.store_file(await self._ledger.page(delivery.intent, sha256))
                delivery.stored.add(sha256)

    async def _note(self, intent: Intent, trouble: str) -> str:
        try:
            await self._ledger.failed(intent, trouble)
        except sqlite3.Error as error:
            return f"{trouble}; store: {error}"
        return trouble

    def _lane(self, delivery: _Delivery) -> AbstractAsyncContextManager[None]:
        """Somebody who waits does not queue behind what nobody waits for."""
        return nullcontext() if delivery.urgent else self._lanes

    async def _pause(self, attempts: int) -> None:
        """Wait, longer each time, and not as long as others do; less when the platform is back."""
        longest = min(
            self._patience.first_retry * 2 ** min(attempts, 30), self._patience.longest_retry
        )
        sleep = asyncio.ensure_future(self._sleep(self._rng.uniform(longest / 2, longest)))
        answered = asyncio.ensure_future(self._platform_answered.wait())
        try:
            await _either(sleep, answered)
        finally:
            sleep.cancel()
            answered.cancel()


class _Delivery:
    """One intent on its way; `urgent` while a resident waits for it."""

    def __init__(self, intent: Intent, *, urgent: bool = False) -> None:
        self.intent = intent
        self.urgent = urgent
        self.stored: set[str] = set()  # pages that the platform has, by digest
        self.decision: asyncio.Future[Decision] = asyncio.get_running_loop().create_future()

    def tell(self, decision: Decision) -> None:
        """Let whoever waits know; a second answer to one key says the same."""
        if not self.decision.done():
            self.decision.set_result(decision)


async def _either(one: asyncio.Future[Any], other: asyncio.Future[Any]) -> None:
    await asyncio.wait((one, other), return_when=asyncio.FIRST_COMPLETED)
