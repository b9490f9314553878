"""The reference platform keeps the contract's promises over real HTTP."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.platform.faults import Mode
from sandbox.platform.registry import Counts
from sandbox.platform.server import PlatformServer
from sandbox.platform.terminal import PlainTerminal
from sandbox.residents import ANNA, CHAN, LI, WANG, Resident


def problem(answer: httpx.Response) -> tuple[int, str]:
    """The status and stable code of a problem, which must be told as RFC 9457 has it."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert (body["status"], body["type"]) == (
        answer.status_code,
        f"urn:doorstep:problem:{body['code']}",
    )
    return body["status"], body["code"]


def test_an_unchanged_catalogue_is_not_sent_again(terminal: PlainTerminal) -> None:
    """Asked with the ETag it gave, the platform says that nothing changed and sends nothing."""
    first = terminal.client.get("/v1/catalogue")
    again = terminal.client.get("/v1/catalogue", headers={"If-None-Match": first.headers["ETag"]})
    assert [item["result"] for item in first.json()["items"]] == ["certificate"]
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("resident", [WANG, CHAN, ANNA], ids=lambda resident: resident.key)
def test_the_insured_get_their_certificate(terminal: PlainTerminal, resident: Resident) -> None:
    """Every insured resident, whichever card they have, gets a proof of their own record."""
    answer = terminal.apply(terminal.application(resident)).json()
    certificate = answer["certificate"]
    assert answer["outcome"] == "issued"
    assert resident.pension is not None
    assert certificate["holder_id"] == resident.card.id_number.reveal()
    assert certificate["record"]["paid_total"] == resident.pension.paid_total
    assert certificate["verify_url"].endswith(certificate["check_code"])


def changed(body: dict[str, Any], **applicant: object) -> dict[str, Any]:
    """An application with something else on the card."""
    return {**body, "applicant": {**body["applicant"], **applicant}}


def test_refusals_name_their_reason_in_both_languages(
    server: PlatformServer, terminal: PlainTerminal
) -> None:
    """Nobody without a record, with another's number or an expired card gets a certificate."""
    wang = terminal.application(WANG)
    wrong = {
        "item_withdrawn": terminal.application(WANG, item_code="0"),
        "not_insured": terminal.application(LI),
        "identity_mismatch": changed(wang, name="某某某"),
        "document_expired": changed(wang, valid_until="2020-01-01"),
    }
    for reason, body in wrong.items():
        answer = terminal.apply(body, f"key-{reason}").json()
        assert (answer["outcome"], answer["reason"]) == ("refused", reason)
        assert set(answer["words"]) == {"zh-CN", "en"}
    assert server.cases() == Counts(answers=4, cases=0, ratings=0)


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


def test_a_case_has_one_rating(server: PlatformServer, terminal: PlainTerminal) -> None:
    """A repeated rating counts once; a second one for the same case is turned down."""
    case = terminal.apply(terminal.application(WANG)).json()["case_number"]
    assert [terminal.rate(case, 5, "rate-0001").status_code for _ in range(2)] == [201, 200]
    assert problem(terminal.rate(case, 1, "rate-0002")) == (409, "already_rated")
    assert server.cases().ratings == 1


@pytest.mark.parametrize("grade", [0, 6, "5", True, 4.5, None])
def test_a_grade_is_one_of_five(terminal: PlainTerminal, grade: object) -> None:
    """Only the whole numbers 1 to 5 are grades."""
    case = terminal.apply(terminal.application(WANG)).json()["case_number"]
    assert problem(terminal.rate(case, grade, "rate-0001")) == (422, "invalid_request")


def test_what_is_unknown_is_said(terminal: PlainTerminal) -> None:
    """A case that there is not, and a place that there is not, each have a code."""
    assert problem(terminal.rate("0", 5, "rate-0001")) == (422, "unknown_case")
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


def test_a_wrong_member_name_is_not_quoted(terminal: PlainTerminal) -> None:
    """What somebody sends as a member's name may be personal too."""
    answer = terminal.apply(changed(terminal.application(WANG), 王秀英=1))
    assert answer.json()["fields"] == ["unknown member"]


def test_the_page_behind_the_qr_code(terminal: PlainTerminal) -> None:
    """Whoever holds a certificate sees that it is genuine, and its holder masked."""
    certificate = terminal.apply(terminal.application(WANG)).json()["certificate"]
    page = httpx.get(certificate["verify_url"], trust_env=False)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert "证明真实有效" in page.text
    assert "王**" in page.text
    assert certificate["number"] in page.text
    assert WANG.card.name.reveal() not in page.text
    assert WANG.card.id_number.reveal() not in page.text


def test_a_wrong_check_code_tells_nothing(terminal: PlainTerminal) -> None:
    """A wrong code, a code that is no ASCII and a wrong number look the same to who guesses."""
    certificate = terminal.apply(terminal.application(WANG)).json()["certificate"]
    place = f"/v1/certificates/{certificate['number']}/verify"
    pages = [
        terminal.client.get(place, params={"code": "22222222"}),
        terminal.client.get(place, params={"code": "证"}),
        terminal.client.get(place),
        terminal.client.get("/v1/certificates/CB0/verify", params={"code": "22222222"}),
    ]
    assert {page.status_code for page in pages} == {404}
    assert len({page.text for page in pages}) == 1


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
def address() -> Iterator[str]:
    """One platform for many examples."""
    with PlatformServer() as server:
        yield server.address


WRITTEN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
).map(lambda value: json.dumps(value).encode())


@given(
    place=st.sampled_from(["/v1/applications", "/v1/ratings"]),
    body=st.binary() | WRITTEN | st.just(b"[" * 100_000),
)
def test_no_body_breaks_the_platform(address: str, place: str, body: bytes) -> None:
    """Whatever a terminal sends, it is told by a problem that the request is wrong."""
    headers = {"Idempotency-Key": "key-00000001", "Content-Type": "application/json"}
    answer = httpx.post(address + place, content=body, headers=headers, trust_env=False)
    assert problem(answer)[0] in {400, 422}
