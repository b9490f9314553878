"""Residents' applications, and a terminal's intents on a clock that is moved by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from drivers.device import IdCard
from kiosk.core.cases import Application, Attachment, Provided, Way
from kiosk.core.identity import Document, Person
from kiosk.services.platform import HttpPlatform
from kiosk.services.store import Store
from sandbox import residents
from sandbox.clock import VirtualClock
from sandbox.platform.server import PlatformServer
from sandbox.stepped_store import SteppedStore
from tests.kiosk.services.paper_office import CLOSED, PERMIT, PROOF, PaperOffice, page
from tests.kiosk.services.reference import account_of, proof_for
from tests.kiosk.services.scripted import adapter


def person(card: IdCard) -> Person:
    """The holder of a card."""
    return Person(
        name=card.name,
        id_number=card.id_number,
        sex=card.sex,
        birth_date=card.birth_date,
        document=Document(card.kind),
        valid_until=card.valid_until,
        address=card.address,
    )


@pytest.fixture
def applicant() -> Person:
    """Somebody who is insured."""
    return person(residents.WANG.card)


@pytest.fixture
def application(applicant: Person) -> Application:
    """An application for what is issued at once."""
    return Application(PROOF, (PROOF,), applicant)


@pytest.fixture
def refused(applicant: Person) -> Application:
    """An application for what is refused."""
    return Application(CLOSED, (CLOSED,), applicant)


@pytest.fixture
def with_pages(applicant: Person) -> Application:
    """An application with two pages scanned here, one of them twice, and one from a phone."""
    scanned, again = page(b"the first page" * 1000), page(b"the second page" * 1000)
    sent = Attachment("0" * 64)
    materials = (
        Provided("id_copy", Way.SCAN, (scanned, again)),
        Provided("register", Way.SCAN, (scanned,)),
        Provided("photo", Way.PHONE, (sent,)),
    )
    return Application(PERMIT, (PERMIT,), applicant, materials=materials)


@pytest.fixture
def clock() -> VirtualClock:
    """Time that passes when all sleep."""
    return VirtualClock()


@pytest.fixture
def platform(clock: VirtualClock) -> PaperOffice:
    """The platform's end of the contract."""
    return PaperOffice(clock)


@pytest.fixture
async def store(tmp_path: Path, clock: VirtualClock) -> AsyncIterator[Store]:
    """An open store in a folder of its own, whose work takes none of the clock's time."""
    store = SteppedStore(tmp_path / "state", now=clock.now)
    yield store
    await store.aclose()


@pytest.fixture(scope="module")
def server() -> Iterator[PlatformServer]:
    """The reference platform on a port of its own."""
    with PlatformServer() as server:
        yield server


@pytest.fixture
async def http(server: PlatformServer) -> AsyncIterator[HttpPlatform]:
    """The adapter towards it, and no trouble in between."""
    server.faults("off")
    http = adapter(server.address)
    yield http
    await http.aclose()


@pytest.fixture
def proof(applicant: Person) -> Application:
    """An application to the reference platform, for what is issued at once."""
    return proof_for(applicant)


@pytest.fixture
def account(applicant: Person) -> Application:
    """One with answers, a page and a signature, to be decided later."""
    return account_of(applicant)
