"""Readers of social security cards in the smart-card service (PC/SC)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

from drivers.cards import pcsc
from drivers.cards.pcsc import PcscReader, PoweredCard, Slot
from drivers.device import (
    Advice,
    Busy,
    DeviceKind,
    Disconnected,
    Fault,
    HardwareError,
    Ready,
    SelfTest,
    SocialSecurityCard,
    Status,
    UserError,
)
from drivers.errors import CardError, DeviceError, RemoteProtocolError, TransportError
from drivers.on_demand import DEADLINE, OnDemandDevice
from drivers.protocols import social_card
from drivers.worker import Stop

T = TypeVar("T")

SLICE = 0.2  # seconds between two looks whether anybody still waits for the command
ATTEMPTS = 2  # a read that broke off is begun anew once: contacts of worn cards do that
PROBING = 4.0  # seconds until a probe gives up on a service that hangs
NOTICING = 1.0  # seconds in which a service notices an empty slot, or takes the power off a card
LETTING_GO = 2.0  # seconds that a command in the middle of a call gets to end at `close`

LEFT = Fault(
    "card.left",
    Advice.RESIDENT_ACTS,
    "a card was left in the slot: keep it for its holder",
    "Somebody left a card here. Please take it out.",
)
HANGS = Fault(
    "smartcard.stuck",
    Advice.TECHNICIAN_ACTS,
    "the smart-card service hangs; unplug the reader and plug it in again, "
    "or: systemctl restart pcscd",
)


class PcscSocialCardReader(OnDemandDevice[PcscReader]):
    """The reader whose name in PC/SC holds `reader`; "" is the first that takes cards in.

    A card for which `wait_for_removal` waited in vain is left behind: probes say so, and nobody
    else gets to read it, until it was taken out. Faults: those of `pcsc`, `social_card` and
    `iso7816`, `card.left`, `smartcard.stuck`.
    """

    kind = DeviceKind.SOCIAL_CARD_READER

    def __init__(self, reader: str = "") -> None:
        super().__init__("smartcard", reader or "PC/SC")
        self._part = reader
        self._left: int | None = None  # the changes of the slot when its card was left behind

    async def probe(self) -> Status:
        """Whether the service is there and sees the reader, and no card is in the way."""
        try:
            return await self._run(self._status, within=PROBING)
        except TransportError as error:
            return Disconnected(error.fault.detail)
        except DeviceError as error:
            stuck = error.fault.code == f"{self.name}.stuck"
            return Busy() if stuck else HardwareError(error.fault)  # another command has its turn

    async def self_test(self) -> SelfTest:
        """The reader by its full name, and whether a card is in it."""
        status = await self.probe()
        if isinstance(status, Disconnected):
            return SelfTest(status, self.where)
        try:
            name, slot = await self._run(lambda stop: (self._open().name, self._look(stop)))
        except DeviceError:
            return SelfTest(status, self.where)
        return SelfTest(status, name, name, {"slot": "a card" if slot.occupied else "empty"})

    async def wait_for_card(self, timeout: float) -> bool:
        """True as soon as a card is in the slot, False after `timeout` seconds.

        One that was left behind does not count. Raises DeviceError.
        """
        return await self._wait(lambda slot: slot.occupied and not self._is_left(slot), timeout)

    async def read_card(self) -> SocialSecurityCard:
        """Read what the card says freely. A bank card is refused, and nothing of it is kept.

        Raises CardError or DeviceError.
        """
        return await self._run(self._read)

    async def wait_for_removal(self, timeout: float) -> bool:
        """True as soon as the slot is empty, False after `timeout` seconds: a card left behind."""
        if await self._wait(lambda slot: not slot.occupied, timeout):
            return True
        return await self._run(self._leave)

    async def close(self) -> None:
        """Stop what runs, let the reader go and end the thread, even if the service hangs."""
        closing = asyncio.ensure_future(super().close())
        done, _ = await asyncio.wait({closing}, timeout=LETTING_GO)
        if not done:
            pcsc.hang_up()
        await closing

    async def _run(self, work: Callable[[Stop], T], *, within: float | None = DEADLINE) -> T:
        """As for any device; but a service that hangs is let go of, or the thread never ends."""
        begun = False

        def begin(stop: Stop) -> T:
            nonlocal begun
            begun = True
            result = work(stop)
            stop.check()  # what ended by a hang-up is no result, and its connection is shut
            return result

        try:
            return await super()._run(begin, within=within)
        except DeviceError as error:
            if not begun or error.fault.code != HANGS.code:
                raise
            pcsc.hang_up()
            raise TransportError(HANGS.at(self.where)) from None

    async def _wait(self, wanted: Callable[[Slot], bool], timeout: float) -> bool:
        until = time.monotonic() + timeout
        return await self._run(
            lambda stop: self._watch(wanted, until, stop), within=timeout + DEADLINE
        )

    # --- on the worker's thread ---

    def _connect(self) -> PcscReader:
        return PcscReader.open(self._part)

    def _look(self, stop: Stop, seconds: float = 0.0, known: Slot | None = None) -> Slot:
        """The slot now, or once it differs; a service that was restarted is asked anew, once."""
        fresh = self._handle is None
        try:
            slot = self._open().look(seconds, known)
        except TransportError as error:
            stop.check()
            if fresh or error.fault.code != pcsc.NO_SERVICE.code:
                raise
            self._drop()
            slot = self._open().look()
        if not self._is_left(slot):
            self._left = None
        return slot

    def _is_left(self, slot: Slot) -> bool:
        """Whether this is still the card that was left behind: no change was counted since.

        A service that was restarted counts anew; then only an empty slot clears the card of it.
        """
        return self._left is not None and slot.occupied and slot.changes <= self._left

    def _status(self, stop: Stop) -> Status:
        slot = self._look(stop)
        if slot.mute:
            return UserError(pcsc.MUTE)
        return UserError(LEFT) if self._is_left(slot) else Ready()

    def _watch(self, wanted: Callable[[Slot], bool], until: float, stop: Stop) -> bool:
        slot = self._look(stop)
        while not wanted(slot):
            stop.check()
            left = until - time.monotonic()
            if left <= 0:
                return False
            slot = self._look(stop, min(left, SLICE), slot)
        return True

    def _leave(self, stop: Stop) -> bool:
        slot = self._look(stop)
        if slot.occupied:
            self._left = slot.changes
        return not slot.occupied

    def _read(self, stop: Stop) -> SocialSecurityCard:
        for attempt in range(1, ATTEMPTS + 1):
            slot = self._look(stop)
            if not slot.occupied:
                raise CardError(pcsc.REMOVED)
            if self._is_left(slot):
                raise CardError(LEFT)
            try:
                with self._open().powered() as card:
                    return _converse(card, stop)
            except CardError as error:
                if error.fault.code != pcsc.SILENT.code:
                    raise
                self._removed(slot, stop)
                trouble = error
            except RemoteProtocolError as error:
                trouble = CardError(social_card.UNREADABLE.because(error))
            if attempt == ATTEMPTS:
                raise trouble from None
        raise AssertionError  # the last attempt returned or raised

    def _removed(self, slot: Slot, stop: Stop) -> None:
        """Raise `card.removed` where that is why the card fell silent: readers notice it later."""
        until = time.monotonic() + NOTICING
        if self._watch(lambda now: not now.occupied or now.changes != slot.changes, until, stop):
            raise CardError(pcsc.REMOVED)


def _converse(card: PoweredCard, stop: Stop) -> SocialSecurityCard:
    """Carry commands and answers to and fro until the card has said all."""
    conversation = social_card.read()
    command = next(conversation)
    while True:
        stop.check()
        try:
            command = conversation.send(card.transmit(command))
        except StopIteration as end:
            card_read: SocialSecurityCard = end.value
            return card_read
