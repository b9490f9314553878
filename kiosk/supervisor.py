"""Restarts what dies, with backoff, and tells systemd that terminal and screen are alive."""

from __future__ import annotations

import asyncio
import os
import random
import socket
import time
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger(__name__)

Run = Callable[[], Awaitable[None]]

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
STEADY = 60.0  # a service that ran so long failed anew, not again
FROZEN = 5.0  # a screen without a frame for so long is frozen


def notify(state: str) -> None:
    """Send one state to systemd (sd_notify(3)); without systemd it does nothing."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    name = "\0" + address[1:] if address.startswith("@") else address
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.connect(name)
        sender.send(state.encode())


def watchdog_interval() -> float | None:
    """Seconds between two signs of life, half of what the unit asks for; None if it asks none."""
    usec = os.environ.get("WATCHDOG_USEC", "")
    return int(usec) / 2_000_000 if usec.isdigit() and int(usec) else None


async def keep_alive(last_beat: Callable[[], float], interval: float) -> None:
    """Pat the watchdog while the screen draws frames; a frozen screen lets it bite.

    `last_beat` says when the last frame was drawn, on time.monotonic.
    """
    while True:
        silence = time.monotonic() - last_beat()
        if silence < FROZEN:
            notify("WATCHDOG=1")
        else:
            log.error("screen.frozen", seconds=round(silence, 1))
        await asyncio.sleep(interval)


async def keep_running(name: str, run: Run, rng: random.Random) -> None:
    """Run a service for ever; when it fails or returns, start it again after a growing pause."""
    pause = FIRST_PAUSE
    while True:
        started = time.monotonic()
        try:
            await run()
            log.warning("service.returned", service=name)
        except Exception:
            log.exception("service.failed", service=name)
        if time.monotonic() - started > STEADY:
            pause = FIRST_PAUSE
        await asyncio.sleep(pause * rng.uniform(0.5, 1.0))
        pause = min(pause * 2, LONGEST_PAUSE)
