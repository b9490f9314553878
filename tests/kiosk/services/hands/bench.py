"""Hands without a core: real drivers on simulated devices, the reference platform, a real disk."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from drivers.device import DeviceKind, Personal, Status
from kiosk import fitting, told
from kiosk.core.effects import Effect
from kiosk.core.events import Event
from kiosk.core.legal_time import BEIJING
from kiosk.core.staff import Role
from kiosk.services.devices import Devices
from kiosk.services.documents import Documents
from kiosk.services.hands import AsyncHands, Finder, InputMethod, Tools
from kiosk.services.insight import Insight
from kiosk.services.intents import Intents
from kiosk.services.pins import hashed
from kiosk.services.platform import HttpPlatform, Timeouts
from kiosk.services.report import Report
from kiosk.services.staff import Staff
from kiosk.services.store import Store
from sandbox import fitted
from sandbox.platform.server import PlatformServer
from sandbox.stage import config_of
from sandbox.world import World

E = TypeVar("E", bound=Event)

PIN = Personal("271828")
HASHES = {Role.ATTENDANT: hashed(PIN)}
PATIENCE = 30.0  # seconds until an event that should come is missed


class Overheard(Report):
    """A report that remembers what it was told."""

    def __init__(self, pending: Callable[[], int]) -> None:
        super().__init__(None, pending)
        self.told: list[str] = []

    def tell(self, name: str, /, **data: str | int) -> None:
        """Remember that it happened."""
        super().tell(name, **data)
        self.told.append(name)


@dataclass
class Bench:
    """One pair of hands, what is around it, and what came of its effects."""

    world: World
    server: PlatformServer
    platform: HttpPlatform
    intents: Intents
    report: Overheard
    staff: Staff
    restarts: list[str]
    finder: Finder
    hands: AsyncHands
    statuses: list[tuple[DeviceKind, Status]]
    events: asyncio.Queue[Event] = field(default_factory=asyncio.Queue)

    def carry_out(self, effect: Effect) -> None:
        """Begin an effect."""
        self.hands.carry_out(effect, self.events.put_nowait)

    async def come(self, kind: type[E]) -> E:
        """The next event, which has to be of that kind."""
        async with asyncio.timeout(PATIENCE):
            event = await self.events.get()
        assert isinstance(event, kind), event
        return event

    async def come_after(self, kind: type[E], *before: type[Event]) -> E:
        """The next event of that kind; before it come only those of the others."""
        while True:
            async with asyncio.timeout(PATIENCE):
                event = await self.events.get()
            if isinstance(event, kind):
                return event
            assert isinstance(event, before), event


@asynccontextmanager
async def bench(
    home: Path,
    *devices: str,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ime: InputMethod | None = None,
    platform: HttpPlatform | None = None,
) -> AsyncIterator[Bench]:
    """A terminal's hands with these devices beside ID-card reader and receipt printer.

    Without another platform it is the reference platform that they ask.
    """
    async with AsyncExitStack() as stack:
        server = stack.enter_context(PlatformServer())
        places = fitted.places(devices)
        world = stack.enter_context(World(home, baud=None, devices=devices, places=places))
        config = config_of(home, server.address, **fitted.sections(world.devices))
        kit = fitting.fitted(config)
        statuses: list[tuple[DeviceKind, Status]] = []
        probed = Devices(kit, lambda kind, status: statuses.append((kind, status)))
        stack.push_async_callback(probed.close)
        rng = random.SystemRandom()
        timeouts = Timeouts(answer=2.0)
        platform = platform or HttpPlatform(
            server.address, terminal="test-0001", rng=rng, timeouts=timeouts
        )
        stack.push_async_callback(platform.aclose)
        store = Store(home / "state", now=_now)
        stack.push_async_callback(store.aclose)
        intents = Intents(store, platform, terminal="test-0001", now=_now, rng=rng)
        stack.push_async_callback(intents.stop)
        report = Overheard(intents.pending)
        finder = Finder()
        staff = Staff(store, HASHES)
        await staff.start()
        restarts: list[str] = []
        insight = Insight(
            "test-0001", "0.1.0", pending=intents.pending, fleet=lambda: None, now=_now
        )
        hands = AsyncHands(
            Tools(
                devices=probed,
                equipment=fitting.equipment(kit),
                platform=platform,
                intents=intents,
                documents=Documents(),
                finder=finder,
                report=report,
                staff=staff,
                insight=insight,
                restart=lambda: restarts.append("asked"),
                origin=told.origin(config),
                now=_now,
                as_jpeg=fitting.as_jpeg,
                ime=ime,
                sleep=sleep,
            )
        )
        stack.push_async_callback(hands.settle)
        yield Bench(
            world, server, platform, intents, report, staff, restarts, finder, hands, statuses
        )


def _now() -> datetime:
    return datetime.now(BEIJING)
