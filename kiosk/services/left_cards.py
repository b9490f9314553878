"""A card that was left in a reader when its visit ended: the cabinet beeps until it is taken."""

from __future__ import annotations

import asyncio
from typing import Protocol

import structlog

from drivers.device import Cabinet
from drivers.errors import DeviceError
from kiosk.core import views
from kiosk.core.views import View

log = structlog.get_logger(__name__)

GRACE = 3.0  # seconds to take it unasked
EVERY = 2.0  # seconds between two beeps
BEEPS = 15  # for half a minute: after that nobody is there to hear
BEEP_MS = 200


class Reader(Protocol):
    """Something in which a card may be left."""

    async def wait_for_removal(self, timeout: float) -> bool:
        """True as soon as no card is there, False after `timeout` seconds: a card left behind."""
        ...


class LeftCards:
    """Looks for a card at the end of each visit, and of one that a restart cut short.

    The reader then knows the card as left behind: nobody else is taken for its holder.
    """

    def __init__(self, reader: Reader, cabinet: Cabinet | None) -> None:
        self._reader = reader
        self._cabinet = cabinet
        self._in_visit = False
        self._ended = asyncio.Event()
        self._ended.set()

    def show(self, view: View) -> None:
        """Another screen is shown."""
        over = isinstance(view.body, views.AttractView | views.FarewellView)
        if self._in_visit and over:
            self._ended.set()
        self._in_visit = not over

    async def run(self) -> None:
        """Remind whoever leaves a card, until cancelled."""
        while True:
            await self._ended.wait()
            self._ended.clear()
            try:
                await self._remind()
            except DeviceError as error:
                log.warning("left_card.not_seen", fault=error.fault.code)

    async def _remind(self) -> None:
        if await self._is_over(GRACE):
            return
        log.info("left_card.reminding")
        for _ in range(BEEPS):
            await self._beep()
            if await self._is_over(EVERY):
                return

    async def _is_over(self, within: float) -> bool:
        """Whether nobody is to be reminded: the card was taken, or the next visit has begun.

        From then on a card may be the next person's, who did not leave it.
        """
        taken = self._in_visit or await self._reader.wait_for_removal(within)
        return taken or self._in_visit

    async def _beep(self) -> None:
        if self._cabinet is None:
            return
        try:
            await self._cabinet.beep(BEEP_MS)
        except DeviceError as error:
            log.warning("left_card.not_heard", fault=error.fault.code)
