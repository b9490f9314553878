"""Papers of people are kept while something needs them, and no longer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from sandbox.platform.clock import Clock
from sandbox.platform.server import PlatformServer
from sandbox.platform.terminal import PAGE, PlainTerminal, person
from sandbox.residents import WANG
from tests.sandbox.platform.applied import RELIEF, relief
from tests.sandbox.platform.conftest import MONDAY
from tests.sandbox.platform.test_cases import owing, supply
from tests.sandbox.platform.told import outcome, problem, refused

OTHER = b"\xff\xd8\xff\xe0 another page \xff\xd9"


def there(server: PlatformServer, terminal: PlainTerminal) -> list[bytes]:
    """The pages that are kept once the platform has been asked something."""
    assert terminal.client.get("/v1/health").is_success
    with server.office.registry.reading() as transaction:
        return [content for (content,) in transaction.all("SELECT content FROM file")]


def draft(terminal: PlainTerminal, **other: object) -> dict[str, Any]:
    """What a terminal is told of a draft with one page."""
    body: dict[str, Any] = {"code": RELIEF, "person": person(WANG), "answers": {}, "draft": None}
    body["materials"] = [terminal.scanned("photo")]
    kept: dict[str, Any] = terminal.client.post("/v1/drafts", json=body | other).json()
    return kept


def test_a_page_that_nothing_came_of_is_forgotten(
    server: PlatformServer, terminal: PlainTerminal
) -> None:
    """It is there for a week, handed in again for another, and gone on the day after."""
    terminal.page()
    for _ in range(2):
        server.jump(days=7)
        assert there(server, terminal) == [PAGE]
        terminal.page()
    server.jump(days=8)
    assert there(server, terminal) == []


def test_it_goes_when_its_day_is_over_without_anybodys_doing() -> None:
    """Time passes by itself; whoever asks next, whatever they ask, finds it gone."""
    now = [MONDAY]
    with (
        PlatformServer(clock=Clock(lambda: now[0])) as server,
        httpx.Client(base_url=server.address, timeout=10, trust_env=False) as client,
    ):
        terminal = PlainTerminal(client)
        terminal.page()
        now[0] = MONDAY.replace(day=30, hour=23, minute=59)
        assert there(server, terminal) == [PAGE]
        now[0] = MONDAY.replace(month=12, day=1, hour=0, minute=0)
        assert there(server, terminal) == []


def test_nothing_of_it_is_left_on_the_disk(tmp_path: Path) -> None:
    """Not a byte stands in the registry's files, of a page or of a draft's answers."""
    illness = "周长庚的住院记录"
    with (
        PlatformServer(database=tmp_path / "registry", clock=Clock(lambda: MONDAY)) as server,
        httpx.Client(base_url=server.address, timeout=10, trust_env=False) as client,
    ):
        draft(PlainTerminal(client), answers={"reason": illness})
        assert [words(tmp_path, text) for text in (PAGE, illness.encode())] == [True, True]
        server.jump(days=31)
        client.get("/v1/health")
        assert [words(tmp_path, text) for text in (PAGE, illness.encode())] == [False, False]


def words(folder: Path, text: bytes) -> bool:
    """Whether any file has it."""
    return any(text in file.read_bytes() for file in folder.iterdir())


def test_what_a_case_needs_stays(server: PlatformServer, terminal: PlainTerminal) -> None:
    """An application's pages are kept with it; one that it did not ask for is not."""
    body = relief(terminal)
    body["materials"].append(terminal.scanned("nobody_asked", OTHER))
    outcome(terminal.apply(body), "accepted")
    server.jump(days=365)
    assert there(server, terminal) == [PAGE]


def test_what_followed_stays_too(server: PlatformServer, terminal: PlainTerminal) -> None:
    """A paper that was owed is kept with its case."""
    number = owing(terminal)
    handed_in = [terminal.scanned("medical_record", OTHER)]
    outcome(supply(terminal, number, materials=handed_in), "noted")
    server.jump(days=365)
    assert OTHER in there(server, terminal)


def test_a_refused_application_keeps_nothing(
    server: PlatformServer, terminal: PlainTerminal
) -> None:
    """Its pages are there for another try, and then go like any other."""
    assert refused(terminal.apply(relief(terminal, signature=None))) == "incomplete"
    assert there(server, terminal) == [PAGE]
    server.jump(days=8)
    assert there(server, terminal) == []


def test_a_drafts_pages_are_kept_as_long_as_it(
    server: PlatformServer, terminal: PlainTerminal
) -> None:
    """For thirty days, and from then on for as long as a telephone goes on with it."""
    url = draft(terminal)["url"]
    server.jump(days=30)
    with httpx.Client(trust_env=False, follow_redirects=True, timeout=10) as phone:
        phone.post(f"{url}/open")
        assert phone.post(url, data={"draft-version": "1"}).is_success
    server.jump(days=30)
    assert there(server, terminal) == [PAGE]
    server.jump(days=1)
    assert there(server, terminal) == []
    assert server.office.registry.count("draft") == 0


def upload(terminal: PlainTerminal) -> str:
    """A page for a phone."""
    body = {"material": "photo", "terminal": "village-1"}
    session: str = terminal.client.post("/v1/uploads", json=body).json()["session"]
    return session


@pytest.mark.parametrize("days", [1, 400])
def test_an_upload_page_that_ended_is_forgotten(
    server: PlatformServer, terminal: PlainTerminal, days: int
) -> None:
    """A terminal may ask after it the next day; then it is gone."""
    session = upload(terminal)
    server.jump(days=1)
    assert terminal.client.get(f"/v1/uploads/{session}").json()["ended"]
    server.jump(days=days)
    assert problem(terminal.client.get(f"/v1/uploads/{session}")) == (404, "not_found")
    assert server.office.registry.count("upload") == 0
