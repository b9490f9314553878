"""A resident's application, and a terminal's intents on a clock that is moved by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from drivers.device import IdCard
from kiosk.core.cases import Application
from kiosk.core.identity import Person
from kiosk.services.store import Store
from sandbox import residents
from sandbox.clock import VirtualClock
from sandbox.platform.offer import PROOF_CODE


def person(card: IdCard) -> Person:
    """The holder of a card."""
    return Person(
        name=card.name,
        id_number=card.id_number,
        sex=card.sex,
        birth_date=card.birth_date,
        document=card.kind,
        valid_until=card.valid_until,
        address=card.address,
    )


@pytest.fixture
def application() -> Application:
    """An application of somebody who is insured."""
    return Application(PROOF_CODE, person(residents.WANG.card))


@pytest.fixture
def uninsured() -> Application:
    """An application of somebody who is not insured."""
    return Application(PROOF_CODE, person(residents.LI.card))


@pytest.fixture
def clock() -> VirtualClock:
    """Time that passes when all sleep."""
    return VirtualClock()


@pytest.fixture
async def store(tmp_path: Path, clock: VirtualClock) -> AsyncIterator[Store]:
    """An open store in a folder of its own."""
    store = Store(tmp_path / "state", now=clock.now)
    yield store
    await store.aclose()
