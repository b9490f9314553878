"""The idempotency key: whatever is sent again, at once or at the same time, happens once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.conformance.speaker import Body, Speaker, expect_problem, new_key

REPLAYED = "Idempotent-Replayed"
AT_ONCE = 4

Make = Callable[[Speaker], Body]


def _supplement(speaker: Speaker) -> Body:
    return speaker.wish(
        case_number="CONFORM-NONE",
        applicant=speaker.person(),
        materials=[speaker.scanned(speaker.example("case")["material"])],
    )


def _rating(speaker: Speaker) -> Body:
    case, code = speaker.issued()["case_number"], speaker.example("instant")["code"]
    return speaker.wish(case_number=case, item_code=code, grade=5, reasons=[])


def _confirmation(speaker: Speaker) -> Body:
    policy = speaker.example("policy")["code"]
    return speaker.wish(policy=policy, person=speaker.person(), principal=None)


WISHES: dict[str, tuple[str, Make]] = {
    "issued": ("/v1/applications", lambda speaker: speaker.application("instant")),
    "accepted": ("/v1/applications", lambda speaker: speaker.whole()),
    "refused": ("/v1/applications", lambda speaker: speaker.application("case")),
    "supplement": ("/v1/supplements", _supplement),
    "complaint": ("/v1/complaints", lambda speaker: speaker.complaint()),
    "follow_up": (
        "/v1/follow-ups",
        lambda speaker: speaker.wish(complaint="CONFORM-NONE", settled=True),
    ),
    "confirmation": ("/v1/confirmations", _confirmation),
    "rating": ("/v1/ratings", _rating),
}
EVERY = pytest.mark.parametrize("wish", WISHES)


@EVERY
def test_the_same_key_has_the_same_answer(speaker: Speaker, wish: str) -> None:
    """201 the first time; then 200, marked, with the very same body, a refusal too."""
    path, make = WISHES[wish]
    body, key = make(speaker), new_key()
    first = speaker.send(path, body, key)
    assert first.status_code == httpx.codes.CREATED
    assert REPLAYED not in first.headers
    for _ in range(2):
        again = speaker.send(path, body, key)
        assert again.status_code == httpx.codes.OK
        assert again.headers[REPLAYED] == "true"
        assert again.json() == first.json()


@EVERY
def test_the_same_key_with_another_body_is_a_mistake(speaker: Speaker, wish: str) -> None:
    """Two requests were mixed up: neither may be taken for the other."""
    path, make = WISHES[wish]
    body, key = make(speaker), new_key()
    first = speaker.send(path, body, key)
    expect_problem(speaker.send(path, {**body, "number": "C-OTHER"}, key), 422, "key_reused")
    assert speaker.send(path, body, key).json() == first.json()


@EVERY
def test_the_same_request_many_times_at_once_is_done_once(speaker: Speaker, wish: str) -> None:
    """All get the one answer, and one of them made it."""
    path, make = WISHES[wish]
    body, key = make(speaker), new_key()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = list(threads.map(lambda _: speaker.send(path, body, key), range(AT_ONCE)))
    assert sorted(answer.status_code for answer in answers) == [200] * (AT_ONCE - 1) + [201]
    assert all(answer.json() == answers[0].json() for answer in answers)


def test_two_keys_are_two_wishes(speaker: Speaker) -> None:
    """Whoever asks twice has two cases."""
    body = speaker.complaint()
    one, other = (speaker.send("/v1/complaints", body).json() for _ in range(2))
    assert one["number"] != other["number"]


def test_a_key_that_served_one_kind_of_wish_serves_no_other(speaker: Speaker) -> None:
    """Keys are the platform's, not an address's."""
    key = new_key()
    speaker.send("/v1/complaints", speaker.complaint(), key).raise_for_status()
    other = speaker.send("/v1/applications", speaker.application("instant"), key)
    expect_problem(other, 422, "key_reused")
