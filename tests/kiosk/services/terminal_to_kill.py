"""A terminal's requests in a process of their own, for a test to kill: STATE URL [ask].

Says on one line each what it has come to; with `ask` it makes one request first.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path
from random import SystemRandom

import click

from kiosk.core.cases import Application
from kiosk.core.identity import Person
from kiosk.services.intents import Intents, Patience
from kiosk.services.platform import HttpPlatform
from kiosk.services.store import Store
from sandbox import residents
from sandbox.platform.offer import PROOF_CODE

PATIENCE = Patience(resident=0.2, first_retry=0.05, longest_retry=0.2)
WANG = residents.WANG.card
APPLICATION = Application(
    PROOF_CODE,
    Person(WANG.name, WANG.id_number, WANG.sex, WANG.birth_date, WANG.kind, WANG.valid_until),
)


def now() -> datetime:
    """The time, aware."""
    return datetime.now(UTC)


async def live(state: Path, url: str, *, ask: bool) -> None:
    """Start, perhaps ask, and go on until everything is sent."""
    store = Store(state, now=now)
    platform = HttpPlatform(url, timeout=5.0)
    intents = Intents(
        store, platform, terminal="HY0001", now=now, rng=SystemRandom(), patience=PATIENCE
    )
    recovered = await intents.start()
    say(f"{recovered.pending} left over")
    if ask:
        say("asking")
        told = await intents.submit(APPLICATION)
        say(f"told {type(told).__name__}")
    while intents.pending():  # noqa: ASYNC110 # it tells nobody else when the last one is sent
        await asyncio.sleep(0.01)
    say("all sent")
    await intents.stop()
    await platform.aclose()
    await store.aclose()


def say(line: str) -> None:
    """Tell the test."""
    click.echo(line)
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(live(Path(sys.argv[1]), sys.argv[2], ask="ask" in sys.argv[3:]))
