"""Effects under way, by how each may end: replaced by another, with its visit, or by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from enum import StrEnum
from typing import TypeVar

import structlog

from kiosk.core import events
from kiosk.core.effects import Effect
from kiosk.services.terminal import Post

log = structlog.get_logger(__name__)

E = TypeVar("E", bound=Effect)

Hand = Callable[[E, Post], Coroutine[None, None, None]]
"""Carries an effect out, and posts what comes of it."""

NOBODYS = 0  # the visit of an effect that is of none


class Slot(StrEnum):
    """What one at a time is done of: whatever begins ends the one before."""

    IDENTITY = "identity"
    FACE = "face"
    PAGE = "page"
    UPLOAD = "upload"
    INQUIRY = "inquiry"
    SEARCH = "search"
    SPELLING = "spelling"
    DRAWING = "drawing"
    SELF_TEST = "self-test"
    INSIDE = "inside"


class Tasks:
    """Every effect that was begun and has not ended."""

    def __init__(self) -> None:
        self._slots: dict[Slot, asyncio.Task[None]] = {}
        self._durable: set[asyncio.Task[None]] = set()

    def instead(self, slot: Slot, hand: Hand[E], effect: E, post: Post) -> None:
        """Begin what ends with its visit, in place of what was under way in the slot."""
        self.stop(slot)
        self._slots[slot] = asyncio.create_task(_guarded(hand, effect, post), name=slot)

    def stop(self, slot: Slot) -> None:
        """Break off what is under way in the slot."""
        if task := self._slots.pop(slot, None):
            task.cancel()

    def durable(self, hand: Hand[E], effect: E, post: Post) -> None:
        """Begin what nothing breaks off: it goes on when its visit is over."""
        task = asyncio.create_task(_guarded(hand, effect, post), name=type(effect).__name__)
        self._durable.add(task)
        task.add_done_callback(self._durable.discard)

    def end_visit(self) -> None:
        """Break off everything but what is durable."""
        for slot in tuple(self._slots):
            self.stop(slot)

    async def settle(self) -> None:
        """End: break off what may be, and wait for the rest."""
        broken_off = tuple(self._slots.values())
        self.end_visit()
        await asyncio.gather(*broken_off, return_exceptions=True)
        while self._durable:
            await asyncio.gather(*self._durable, return_exceptions=True)


async def _guarded(hand: Hand[E], effect: E, post: Post) -> None:
    """Turn a mistake of ours into an event, so that no screen waits for ever."""
    try:
        await hand(effect, post)
    except Exception:
        log.exception("effect.failed", effect=type(effect).__name__)
        post(events.EffectFailed(getattr(effect, "visit", NOBODYS)))
