"""A case has one rating, at the terminal or on the phone; a bad one is followed up."""

from __future__ import annotations

import httpx
import pytest

from sandbox.platform import workdays
from sandbox.platform.ratings.routes import GRADES, REASONS
from sandbox.platform.server import PlatformServer
from sandbox.platform.terminal import PlainTerminal, find
from sandbox.residents import LI, WANG
from tests.sandbox.platform.applied import CATALOGUE
from tests.sandbox.platform.conftest import MONDAY
from tests.sandbox.platform.told import outcome, problem


def filed(terminal: PlainTerminal) -> dict[str, str]:
    """A case of Wang's, with the page for her phone."""
    issued = outcome(terminal.apply(terminal.application(WANG)), "issued")
    return {"number": issued["case_number"], "page": issued["rating_url"]}


def rectifications(terminal: PlainTerminal) -> list[dict[str, object]]:
    """What bad ratings set going."""
    answer: list[dict[str, object]] = terminal.client.get("/sandbox/rectifications").json()
    return answer


def test_a_case_has_one_rating(server: PlatformServer, terminal: PlainTerminal) -> None:
    """A repeated rating counts once; a second one for the same case is turned down."""
    case = filed(terminal)["number"]
    assert [terminal.rate(case, 5, "rate-0001").status_code for _ in range(2)] == [201, 200]
    assert outcome(terminal.rate(case, 5, "rate-0001"), "noted")["number"] == case
    assert problem(terminal.rate(case, 1, "rate-0002")) == (409, "already_rated")
    assert server.cases().ratings == 1
    assert rectifications(terminal) == []


@pytest.mark.parametrize("grade", [0, 6, "5", True, 4.5, None])
def test_a_grade_is_one_of_five(terminal: PlainTerminal, grade: object) -> None:
    """Only the whole numbers 1 to 5 are grades."""
    case = filed(terminal)["number"]
    assert problem(terminal.rate(case, grade, "rate-0001")) == (422, "invalid_request")


def test_a_rating_is_of_a_case_and_of_what_it_was_about(terminal: PlainTerminal) -> None:
    """A case that there is not, or of another item, is not rated; a bundle is rated as a whole."""
    case = filed(terminal)["number"]
    assert problem(terminal.rate("0", 5, "rate-0001")) == (422, "unknown_case")
    other = terminal.rate(case, 5, "rate-0002", "990100600500")
    assert problem(other) == (422, "unknown_case")
    bundle = terminal.whole(LI, find(CATALOGUE, "own_work"))
    number = outcome(terminal.apply(bundle, "key-bundle-1"), "accepted")["case_number"]
    outcome(terminal.rate(number, 4, "rate-0003", "own_work"), "noted")


def test_a_bad_rating_opens_a_rectification(
    server: PlatformServer, terminal: PlainTerminal
) -> None:
    """With the reasons, a day by which it is put right, and a light that changes."""
    case = filed(terminal)["number"]
    outcome(terminal.rate(case, 2, "rate-0001", reasons=["slow", "too_much"]), "noted")
    due_on = workdays.after(MONDAY.date(), 5)
    assert rectifications(terminal) == [
        {
            "case_number": case,
            "grade": 2,
            "reasons": ["slow", "too_much"],
            "opened_on": "2026-11-23",
            "due_on": str(due_on),
            "light": "green",
        }
    ]
    server.jump(days=8)
    assert rectifications(terminal)[0]["light"] == "red"


def test_the_page_offers_every_grade_and_no_default(terminal: PlainTerminal) -> None:
    """All five and every reason, in both languages, none of them ticked, kept nowhere."""
    page = httpx.get(filed(terminal)["page"], trust_env=False)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert "<script" not in page.text
    assert "checked" not in page.text.split("<main")[1]
    for _, zh, en in (*GRADES, *REASONS):
        assert zh in page.text
        assert en in page.text
    assert WANG.card.name.reveal() not in page.text


def test_a_phone_rates_the_same_case_once(server: PlatformServer, terminal: PlainTerminal) -> None:
    """What is sent from the page counts; the terminal then has nothing left to rate."""
    case = filed(terminal)
    sent = {"grade": "1", "reasons": ["hard", "failed"]}
    thanks = httpx.post(case["page"], data=sent, trust_env=False)
    assert "谢谢" in thanks.text
    assert server.cases().ratings == 1
    assert rectifications(terminal)[0]["reasons"] == ["hard", "failed"]
    again = httpx.post(case["page"], data={"grade": "5"}, trust_env=False)
    assert "谢谢" in again.text
    assert "form" not in httpx.get(case["page"], trust_env=False).text.split("<main>")[1]
    assert problem(terminal.rate(case["number"], 5, "rate-0001")) == (409, "already_rated")
    assert rectifications(terminal)[0]["grade"] == 1


@pytest.mark.parametrize("data", [{}, {"grade": "0"}, {"grade": "5", "reasons": "weather"}])
def test_a_form_that_is_none_is_turned_down(
    server: PlatformServer, terminal: PlainTerminal, data: dict[str, str]
) -> None:
    """A page that sends nonsense rates nothing."""
    case = filed(terminal)
    answer = httpx.post(case["page"], data=data, trust_env=False)
    assert answer.status_code == 422
    assert server.cases().ratings == 0


def test_a_wrong_address_is_no_page(terminal: PlainTerminal) -> None:
    """Whoever guesses sees that there is no such page, and changes nothing."""
    wrong = terminal.client.get("/r/wrong")
    assert wrong.status_code == 404
    assert "没有这个评价页面" in wrong.text
    assert terminal.client.post("/r/wrong", data={"grade": "5"}).status_code == 404
