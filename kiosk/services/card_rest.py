"""Where ID cards are laid down: what was left there by one visit is read in no other."""

from __future__ import annotations

import asyncio
import time

from drivers.device import Advice, Fault, IdCardReader

POLL = 0.3  # seconds between two looks whether the card still lies there

LEFT = Fault(
    "card.left",
    Advice.RESIDENT_ACTS,
    "a card was left on the reader: keep it for its holder",
    "Somebody left a card here. Please lift it off.",
)


class CardRest:
    """An ID-card reader that knows whether the card on it was left behind.

    It is from when somebody waits for its removal until nothing lies there. A module that finds no
    card which it has read counts as empty: nobody gets to read that card again before it is lifted.
    """

    def __init__(self, reader: IdCardReader) -> None:
        self.reader = reader
        self._left = False

    async def wait_for_removal(self, timeout: float) -> bool:
        """True as soon as no card lies there, False after `timeout` seconds: a card left behind.

        Raises DeviceError; what nobody could look at counts as left behind too.
        """
        self._left = True
        return await self.lifted(timeout)

    async def lifted(self, timeout: float) -> bool:
        """True as soon as nothing left behind lies there, False after `timeout` seconds.

        Raises DeviceError.
        """
        until = time.monotonic() + timeout
        while self._left and await self.reader.wait_for_card(0):
            if time.monotonic() >= until:
                return False
            await asyncio.sleep(POLL)
        self._left = False
        return True
