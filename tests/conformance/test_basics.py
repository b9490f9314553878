"""Whether it works, the catalogue, and how it says that something is wrong."""

from __future__ import annotations

import base64
import json

import httpx
import pytest

from tests.conformance.speaker import Speaker, expect_problem, new_key


def test_it_says_that_it_works(speaker: Speaker) -> None:
    """A terminal looks every few seconds."""
    answer = speaker.client.get("/v1/health")
    assert answer.status_code == httpx.codes.OK
    assert answer.json()["status"] == "ok"


def test_the_catalogue_is_a_signed_envelope(speaker: Speaker) -> None:
    """DSSE with the catalogue as its payload; whom to believe is the terminal's configuration."""
    answer = speaker.client.get("/v1/catalogue")
    assert answer.status_code == httpx.codes.OK
    assert answer.headers["Content-Type"] == "application/vnd.dsse+json"
    envelope = answer.json()
    assert envelope["signatures"]
    catalogue = json.loads(base64.b64decode(envelope["payload"]))
    codes = {item["code"] for item in catalogue["items"]}
    assert {speaker.example(area)["code"] for area in ("instant", "case")} <= codes
    assert catalogue["serial"] >= 0


def test_an_unchanged_catalogue_is_not_sent_again(speaker: Speaker) -> None:
    """It is asked for by its ETag."""
    tag = speaker.client.get("/v1/catalogue").headers["ETag"]
    again = speaker.client.get("/v1/catalogue", headers={"If-None-Match": tag})
    assert again.status_code == httpx.codes.NOT_MODIFIED
    assert again.content == b""
    other = speaker.client.get("/v1/catalogue", headers={"If-None-Match": '"another"'})
    assert other.status_code == httpx.codes.OK


WISHES = [
    "/v1/applications",
    "/v1/supplements",
    "/v1/complaints",
    "/v1/follow-ups",
    "/v1/confirmations",
    "/v1/ratings",
]


@pytest.mark.parametrize("path", WISHES)
def test_a_wish_needs_its_members(speaker: Speaker, path: str) -> None:
    """Something else in its place is the terminal's mistake, and said as such."""
    expect_problem(speaker.send(path, {"no": "wish"}), 422, "invalid_request")


@pytest.mark.parametrize("path", WISHES)
def test_a_wish_needs_its_key(speaker: Speaker, path: str) -> None:
    """What has none might be done twice."""
    answer = speaker.client.post(path, json=speaker.complaint())
    expect_problem(answer, 422, "invalid_request")


@pytest.mark.optional
def test_a_member_that_nobody_knows_is_a_mistake(speaker: Speaker) -> None:
    """Whoever sends it believes that it counts; it is not repeated in the answer."""
    body = speaker.complaint(nickname="王秀英")
    answer = speaker.send("/v1/complaints", body)
    expect_problem(answer, 422, "invalid_request")
    assert "王秀英" not in answer.text


@pytest.mark.parametrize(
    ("member", "value"),
    [("made_at", "yesterday"), ("made_at", 1), ("terminal", ""), ("words", ""), ("words", 1)],
)
def test_a_member_of_another_type_is_a_mistake(
    speaker: Speaker, member: str, value: object
) -> None:
    """Nothing is guessed."""
    answer = speaker.send("/v1/complaints", speaker.complaint(**{member: value}))
    expect_problem(answer, 422, "invalid_request")


def test_what_is_no_json_is_a_mistake(speaker: Speaker) -> None:
    """Whatever comes, the answer is a problem, never a page."""
    headers = {"Content-Type": "application/json", "Idempotency-Key": new_key()}
    answer = speaker.client.post("/v1/complaints", content=b"{", headers=headers)
    expect_problem(answer, 422, "invalid_request")


def test_a_problem_holds_nothing_personal(speaker: Speaker) -> None:
    """Its code goes to logs."""
    person = speaker.person() | {"birth_date": "never"}
    answer = speaker.ask("/v1/certificates/search", person=person)
    expect_problem(answer, 422, "invalid_request")
    assert person["name"] not in answer.text
    assert person["id_number"] not in answer.text


def test_an_address_that_is_not_there_is_a_problem(speaker: Speaker) -> None:
    """A terminal of another version is told so in the same form."""
    answer = speaker.client.get("/v1/never-heard-of")
    assert answer.status_code == httpx.codes.NOT_FOUND
    assert answer.headers["Content-Type"].partition(";")[0] == "application/problem+json"
