"""The loop of a terminal: event in, update, effects out, view published; no second path."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

import structlog

from kiosk.core import effects
from kiosk.core.effects import Effect
from kiosk.core.events import Event
from kiosk.core.journey import update
from kiosk.core.present import view
from kiosk.core.views import View
from kiosk.core.visit import Journey, beginning

log = structlog.get_logger(__name__)

Post = Callable[[Event], None]


class Hands(Protocol):
    """Whoever carries effects out."""

    def carry_out(self, effect: Effect, post: Post) -> None:
        """Begin the effect and return at once; its outcome is posted as an event."""
        ...


class Terminal:
    """One terminal: its journey, fed with events in the order in which they happen."""

    def __init__(self, journey: Journey, hands: Hands, publish: Callable[[View], None]) -> None:
        self._journey = journey
        self._hands = hands
        self._publish = publish
        self._events: asyncio.Queue[Event] = asyncio.Queue()
        self._shown: View | None = None

    @property
    def in_visit(self) -> bool:
        """Whether somebody is at the terminal."""
        return self._journey.visit is not None

    def post(self, event: Event) -> None:
        """Let something have happened; call it on the loop's own thread."""
        self._events.put_nowait(event)

    async def run(self) -> None:
        """Show the first view, then answer events until cancelled."""
        self._show()
        while True:
            self.step(await self._events.get())

    def step(self, event: Event) -> None:
        """Answer one event. A mistake of ours ends the visit, cleanly, instead of the terminal."""
        try:
            transition = update(self._journey, event)
        except Exception:
            # The event's name only: its contents may be personal.
            log.exception("journey.failed", event_name=type(event).__name__)
            self._start_over()
            return
        self._journey = transition.journey
        self._show()
        for effect in transition.effects:
            self._hands.carry_out(effect, self.post)

    def _start_over(self) -> None:
        broken = self._journey
        fresh = beginning(
            broken.settings,
            broken.catalogue,
            broken.today,
            broken.devices,
            out_of_service=broken.out_of_service,
        )
        self._journey = replace(
            fresh,
            platform_reachable=broken.platform_reachable,
            visits=broken.visits,
            timer=broken.timer + 1,
            entries=broken.entries,
        )
        self._show()
        self._hands.carry_out(effects.EndVisit(broken.visits), self.post)

    def _show(self) -> None:
        """Publish what is to be seen, unless it is what is seen already."""
        current = view(self._journey)
        if current != self._shown:
            self._shown = current
            self._publish(current)
