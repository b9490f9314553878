"""The platform's line: keys, problems, trouble on request, and a clock of its own."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.platform.cases.filing import Counts
from sandbox.platform.faults import Mode
from sandbox.platform.server import PlatformServer
from sandbox.platform.terminal import PlainTerminal
from sandbox.residents import CHAN, WANG
from tests.sandbox.platform.conftest import MONDAY
from tests.sandbox.platform.told import outcome, problem


def changed(body: dict[str, Any], **applicant: object) -> dict[str, Any]:
    """An application with something else on the card."""
    return {**body, "applicant": {**body["applicant"], **applicant}}


def test_a_repeated_key_has_the_same_answer(
    server: PlatformServer, terminal: PlainTerminal
) -> None:
    """A retry gets the first answer, byte for byte and marked, and makes no second case."""
    body = terminal.application(WANG)
    first, again = terminal.apply(body), terminal.apply(body)
    assert first.content == again.content
    assert (first.status_code, first.headers.get("Idempotent-Replayed")) == (201, None)
    assert (again.status_code, again.headers.get("Idempotent-Replayed")) == (200, "true")
    assert server.cases().cases == 1


def test_a_key_serves_one_request_alone(server: PlatformServer, terminal: PlainTerminal) -> None:
    """A key that comes with another request is refused, and the first answer stays."""
    first = terminal.apply(terminal.application(WANG))
    other = terminal.apply(terminal.application(CHAN))
    rating = terminal.rate(first.json()["case_number"], 5, "key-00000001")
    assert problem(other) == problem(rating) == (422, "key_reused")
    assert terminal.apply(terminal.application(WANG)).content == first.content
    assert server.cases() == Counts(answers=1, cases=1, ratings=0)


def test_many_at_once_with_one_key_are_one_case(
    server: PlatformServer, terminal: PlainTerminal
) -> None:
    """However many retries cross on the way, there is one case and one answer."""
    body = terminal.application(WANG)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: terminal.apply(body).content, range(16)))
    assert len(set(answers)) == 1
    assert server.cases().cases == 1


def test_many_at_once_with_own_keys_are_as_many_cases(
    server: PlatformServer, terminal: PlainTerminal
) -> None:
    """Residents who ask at the same moment each get a case number of their own."""
    body = terminal.application(WANG)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: terminal.apply(body, f"own-key-{n}").json(), range(16)))
    assert len({answer["case_number"] for answer in answers}) == server.cases().cases == 16


def test_what_is_unknown_is_said(terminal: PlainTerminal) -> None:
    """A place that there is not, and one that is not asked so, each have a code."""
    assert problem(terminal.client.get("/v1/nowhere")) == (404, "not_found")
    assert problem(terminal.client.delete("/v1/catalogue")) == (405, "method_not_allowed")


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("id_number", "王秀英"),
        ("birth_date", -562000000),
        ("name", "王\x1b@"),
        ("secret", "王秀英"),
    ],
)
def test_a_wrong_request_is_not_quoted(terminal: PlainTerminal, member: str, value: object) -> None:
    """A problem says which member is wrong, never what anybody wrote."""
    answer = terminal.apply(changed(terminal.application(WANG), **{member: value}))
    assert problem(answer) == (422, "invalid_request")
    assert str(value) not in answer.text
    assert WANG.card.id_number.reveal() not in answer.text


@pytest.mark.parametrize(
    "made_at",
    [
        "0",
        "2026-11-23",
        "2026-11-23T09:30:00",
        "2026-11-23 09:30:00+08:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59Z",
    ],
)
def test_a_moment_is_written_after_rfc_3339(terminal: PlainTerminal, made_at: str) -> None:
    """With its offset, and such that every zone can tell it."""
    answer = terminal.apply({**terminal.application(WANG), "made_at": made_at})
    assert problem(answer) == (422, "invalid_request")


@pytest.mark.parametrize("day", ["0", "20520307", "1952-3-7", "1952-03-07T00:00:00"])
def test_a_day_is_written_after_iso_8601(terminal: PlainTerminal, day: str) -> None:
    """Year, month and day with hyphens, as RFC 3339 has it."""
    answer = terminal.apply(changed(terminal.application(WANG), birth_date=day))
    assert problem(answer) == (422, "invalid_request")


def test_a_wrong_member_name_is_not_quoted(terminal: PlainTerminal) -> None:
    """What somebody sends as a member's name may be personal too."""
    answer = terminal.apply(changed(terminal.application(WANG), 王秀英=1))
    assert answer.json()["fields"] == ["unknown member"]


def test_a_wrong_key_of_an_answer_is_not_quoted(terminal: PlainTerminal) -> None:
    """Nor is what stands where the key of an answer should be."""
    answer = terminal.apply(terminal.application(WANG, answers={"王秀英": "1"}))
    assert problem(answer) == (422, "invalid_request")
    assert "王秀英" not in answer.text


def test_a_database_outlives_the_server(terminal: PlainTerminal, tmp_path: Path) -> None:
    """A retry after the platform was started again still gets the first answer."""
    body = terminal.application(WANG)
    answers = []
    for _ in range(2):
        with PlatformServer(database=tmp_path / "cases.sqlite3") as server:
            url = f"{server.address}/v1/applications"
            headers = {"Idempotency-Key": "key-00000001"}
            answers.append(httpx.post(url, json=body, headers=headers, trust_env=False).json())
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("mode", "cases"), [(Mode.DROP_BEFORE, 0), (Mode.DROP_AFTER, 1), (Mode.ERROR, 0)]
)
def test_each_fault_is_what_it_says(
    server: PlatformServer, terminal: PlainTerminal, mode: Mode, cases: int
) -> None:
    """A line that breaks gives no answer, before or after the work; an error gives 503."""
    terminal.client.put("/sandbox/faults", json={"mode": mode.value})
    body = terminal.application(WANG)
    if mode is Mode.ERROR:
        assert problem(terminal.apply(body)) == (503, "unavailable")
    else:
        with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
            terminal.apply(body)
    assert server.cases().cases == cases
    server.faults("off")
    assert terminal.apply(body).is_success
    assert server.cases().cases == 1


def test_what_arrives_twice_is_done_once(server: PlatformServer, terminal: PlainTerminal) -> None:
    """A wish that the line delivers twice is one case, and the answer is that of a repetition."""
    server.faults(Mode.DUPLICATE)
    answer = terminal.apply(terminal.application(WANG))
    assert (answer.status_code, answer.headers["Idempotent-Replayed"]) == (200, "true")
    assert server.cases() == Counts(answers=1, cases=1, ratings=0)
    assert terminal.client.get("/v1/health").json() == {"status": "ok"}


@pytest.mark.parametrize("seconds", [-86_400, 3_600])
def test_a_clock_that_is_off_dates_everything(
    server: PlatformServer, terminal: PlainTerminal, seconds: float
) -> None:
    """The header and the certificate both have the wrong time, until the clock is right again."""
    server.faults(Mode.SKEW, seconds)
    answer = terminal.apply(terminal.application(WANG))
    wrong = MONDAY + timedelta(seconds=seconds)
    assert parsedate_to_datetime(answer.headers["Date"]) == wrong
    assert outcome(answer, "issued")["certificate"]["issued_at"] == wrong.isoformat()
    server.faults(Mode.OFF)
    header = terminal.client.get("/v1/health").headers["Date"]
    assert parsedate_to_datetime(header) == MONDAY


def test_time_can_be_moved_on(terminal: PlainTerminal) -> None:
    """A jump adds to those before; nobody goes back."""
    for days in (1, 2):
        told = terminal.client.post("/sandbox/clock", json={"days": days})
    assert told.json() == {"now": (MONDAY + timedelta(days=3)).isoformat()}
    assert terminal.client.get("/sandbox/clock").json() == told.json()
    assert terminal.client.post("/sandbox/clock", json={"days": -1}).status_code == 422


def test_a_slow_platform_answers_in_the_end(
    server: PlatformServer, terminal: PlainTerminal
) -> None:
    """Whoever has the patience gets the answer, and no sooner than the switch says."""
    server.faults("slow", 0.2)
    answer = terminal.apply(terminal.application(WANG))
    assert answer.json()["outcome"] == "issued"
    assert answer.elapsed.total_seconds() >= 0.2


@pytest.mark.usefixtures("no_leaks")
def test_a_slow_platform_ends_at_once_when_told() -> None:
    """Nobody who waits for a slow answer keeps the server from ending."""
    with PlatformServer() as server:
        server.faults("slow", 600)
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"{server.address}/v1/health", timeout=0.1, trust_env=False)


def test_the_switch_and_the_counts_are_at_hand(terminal: PlainTerminal) -> None:
    """Whoever plays with the platform can break it and count its cases over HTTP."""
    assert terminal.client.put("/sandbox/faults", json={"mode": "no"}).status_code == 422
    assert terminal.client.get("/sandbox/cases").json() == {"answers": 0, "cases": 0, "ratings": 0}


def test_a_mistake_of_the_platforms_own_is_told_and_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A broken database is a problem for the terminal, an entry for staff, and nobody's name."""
    file = tmp_path / "cases.sqlite3"
    with PlatformServer(database=file) as server:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("DROP TABLE answer")
        with httpx.Client(base_url=server.address, trust_env=False) as client:
            terminal = PlainTerminal(client)
            assert problem(terminal.apply(terminal.application(WANG))) == (500, "internal")
            assert problem(client.get("/v1/health")) == (500, "internal")
    assert "POST /v1/applications failed" in caplog.text
    assert WANG.card.name.reveal() not in caplog.text


@pytest.fixture(scope="module")
def anywhere() -> Iterator[httpx.Client]:
    """One platform, and one line to it, for many examples."""
    with PlatformServer() as server, httpx.Client(base_url=server.address, timeout=10) as client:
        yield client


WRITTEN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
).map(lambda value: json.dumps(value).encode())


@given(
    place=st.sampled_from(
        [
            "/v1/applications",
            "/v1/supplements",
            "/v1/complaints",
            "/v1/follow-ups",
            "/v1/confirmations",
            "/v1/ratings",
        ]
    ),
    body=st.binary() | WRITTEN | st.just(b"[" * 100_000),
)
def test_no_body_breaks_the_platform(anywhere: httpx.Client, place: str, body: bytes) -> None:
    """Whatever a terminal sends, it is told by a problem that the request is wrong."""
    headers = {"Idempotency-Key": "key-00000001", "Content-Type": "application/json"}
    answer = anywhere.post(place, content=body, headers=headers)
    assert problem(answer)[0] in {400, 422}
