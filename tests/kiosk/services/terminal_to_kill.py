"""A terminal's requests in a process of their own, for a test to kill: STATE URL [WISH].

Says on one line each what it has come to; with a wish it asks for that one first.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from random import SystemRandom

import click

from drivers.device import Personal
from kiosk.core.cases import Application, Attachment, Complaint, Provided, Way, Wish
from kiosk.core.identity import Document, Person
from kiosk.core.sheet import Sheet
from kiosk.services.intents import Intents, Patience
from kiosk.services.platform import HttpPlatform, Timeouts
from kiosk.services.store import Store
from sandbox import residents
from sandbox.platform.offer import PROOF_CODE

PATIENCE = Patience(resident=0.2, page=0.2, first_retry=0.05, longest_retry=0.2)
MEMBERSHIP = "990101100500"  # an application to join the Party: a paper of up to ten pages
WANG = residents.WANG.card
APPLICANT = Person(
    WANG.name, WANG.id_number, WANG.sex, WANG.birth_date, Document.RESIDENT, WANG.valid_until
)


def pages() -> tuple[Attachment, ...]:
    """Three pages of some size: the process may be killed between any two of them."""
    contents = [b"\xff\xd8\xff" + bytes([number]) * 200_000 for number in range(3)]
    return tuple(Attachment(sha256(each).hexdigest(), content=each) for each in contents)


WISHES: dict[str, Wish] = {
    "proof": Application(PROOF_CODE, (PROOF_CODE,), APPLICANT),
    "membership": Application(
        MEMBERSHIP,
        (MEMBERSHIP,),
        APPLICANT,
        answers=Sheet(
            {"party_branch_applied": "柳湖村支部", "education": "junior", "phone": "13900000000"}
        ),
        materials=(Provided("party_application", Way.SCAN, pages()),),
    ),
    "complaint": Complaint("service", Personal("路灯坏了"), person=APPLICANT),
}


def now() -> datetime:
    """The time, aware."""
    return datetime.now(UTC)


async def live(state: Path, url: str, wish: Wish | None) -> None:
    """Start, perhaps ask, and go on until everything is sent."""
    store = Store(state, now=now)
    platform = HttpPlatform(
        url, terminal="HY0001", rng=SystemRandom(), timeouts=Timeouts(answer=5.0, upload=5.0)
    )
    intents = Intents(
        store, platform, terminal="HY0001", now=now, rng=SystemRandom(), patience=PATIENCE
    )
    recovered = await intents.start()
    say(f"{recovered.pending} left over")
    if wish is not None:
        say("asking")
        told = await intents.submit(wish)
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
    asyncio.run(live(Path(sys.argv[1]), sys.argv[2], WISHES[sys.argv[3]] if sys.argv[3:] else None))
