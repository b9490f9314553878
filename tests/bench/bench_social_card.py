"""A social security card read by the driver, against the same commands sent bare to the service."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

from smartcard import scard

from drivers.cards.pcsc import PROTOCOLS
from drivers.cards.smart_card import PcscSocialCardReader
from sandbox import pcsc
from sandbox.devices.chip import SocialSecurityChip
from sandbox.devices.social_card import SimulatedSocialCardReader
from sandbox.residents import LI
from tests.bench.row import Row

BAUD = 9600  # how fast cards speak before anything faster is agreed upon
ROUNDS = 9


class Listening(SocialSecurityChip):
    """The card of Li, and all that it was asked."""

    def __init__(self) -> None:
        assert LI.social_card is not None
        super().__init__(LI.social_card)
        self.asked: list[bytes] = []

    def answer(self, command: bytes) -> bytes:
        """What it says."""
        self.asked.append(command)
        return super().answer(command)


def run() -> Iterator[Row]:
    """The usual time of a read at a card's own pace, and of one whose card takes no time."""
    read, bare, count = asyncio.run(_measure(BAUD))
    source = f"the same {count} APDUs sent bare, to a card at {BAUD} baud"
    yield Row("social security card read", read * 1000, "ms", bare * 1000, source)
    read, _, _ = asyncio.run(_measure(None))
    yield Row("social security card read, without the card's own time", read * 1000, "ms")


async def _measure(baud: int | None) -> tuple[float, float, int]:
    with SimulatedSocialCardReader(pcsc.own_address(), baud=baud) as simulated:
        reader = PcscSocialCardReader(simulated.where)
        chip = Listening()
        simulated.insert(chip)
        await reader.wait_for_card(10)
        await reader.read_card()
        commands = list(chip.asked)
        reads, bares = [], []
        for _ in range(ROUNDS):
            started = time.perf_counter()
            await reader.read_card()
            reads.append(time.perf_counter() - started)
            bares.append(_bare(simulated.where, commands))
        await reader.close()
    return sorted(reads)[ROUNDS // 2], sorted(bares)[ROUNDS // 2], len(commands)


def _bare(reader: str, commands: list[bytes]) -> float:
    """Seconds that the commands alone take, without finding the reader and the card."""
    _, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
    _, card, protocol = scard.SCardConnect(context, reader, scard.SCARD_SHARE_EXCLUSIVE, PROTOCOLS)
    started = time.perf_counter()
    for command in commands:
        scard.SCardTransmit(card, protocol, list(command))
    seconds = time.perf_counter() - started
    scard.SCardDisconnect(card, scard.SCARD_LEAVE_CARD)
    scard.SCardReleaseContext(context)
    return seconds
