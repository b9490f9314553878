"""Anybody may complain at any time, gets a number and a day, a reply, and is asked again."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from sandbox.platform import workdays
from sandbox.platform.clock import Clock
from sandbox.platform.server import PlatformServer
from sandbox.platform.terminal import PlainTerminal, person
from sandbox.platform.terms import Terms
from sandbox.residents import CHAN, WANG
from tests.sandbox.platform.conftest import MONDAY
from tests.sandbox.platform.told import outcome, problem, refused

TODAY = MONDAY.date()


def complain(
    terminal: PlainTerminal, key: str = "key-complaint", **other: object
) -> dict[str, Any]:
    """A complaint of Wang's, noted."""
    body = terminal.wish(subject="slow", words="等了三个月没有答复。", person=person(WANG)) | other
    return outcome(terminal.send("/v1/complaints", body, key), "noted")


def complaint_of(terminal: PlainTerminal) -> dict[str, Any]:
    """Wang's one complaint."""
    (complaint,) = terminal.affairs(WANG).json()["complaints"]
    return dict(complaint)


def follow_up(terminal: PlainTerminal, number: str, key: str, *, settled: object) -> httpx.Response:
    """What Wang says of the reply."""
    return terminal.send("/v1/follow-ups", terminal.wish(complaint=number, settled=settled), key)


def test_a_complaint_has_a_number_and_a_day_at_once(terminal: PlainTerminal) -> None:
    """有诉即办: fifteen working days, counted from today."""
    noted = complain(terminal)
    assert noted["due_on"] == str(workdays.after(TODAY, 15)) == "2026-12-14"
    complaint = complaint_of(terminal)
    assert complaint == {
        "number": noted["number"],
        "filed_on": "2026-11-23",
        "due_on": noted["due_on"],
        "light": "green",
        "reply": None,
        "settled": None,
    }


def test_the_term_is_the_places_own() -> None:
    """A district that answers within five working days says so."""
    clock = Clock(lambda: MONDAY)
    with (
        PlatformServer(clock=clock, terms=Terms(complaint=5)) as server,
        httpx.Client(base_url=server.address, trust_env=False) as client,
    ):
        assert complain(PlainTerminal(client))["due_on"] == "2026-11-30"


def test_it_is_answered_in_time(server: PlatformServer, terminal: PlainTerminal) -> None:
    """The clock brings a reply before its day, and then no light is on."""
    complain(terminal)
    server.jump(days=20)
    complaint = complaint_of(terminal)
    assert complaint["reply"]
    assert complaint["light"] == "none"


def test_somebody_may_answer_sooner(terminal: PlainTerminal) -> None:
    """Whoever plays the department answers in words of their own."""
    number = complain(terminal)["number"]
    words = {"words": "已联系您，今天办结。"}
    assert terminal.client.put(f"/sandbox/complaints/{number}/reply", json=words).is_success
    assert complaint_of(terminal)["reply"] == words["words"]
    nobody = terminal.client.put("/sandbox/complaints/TS1/reply", json=words)
    assert problem(nobody) == (404, "not_found")


def test_what_is_not_settled_is_opened_again(
    server: PlatformServer, terminal: PlainTerminal
) -> None:
    """With a new day and without a reply, until there is one; then the resident is asked again."""
    number = complain(terminal)["number"]
    server.jump(days=20)
    noted = outcome(follow_up(terminal, number, "not-settled", settled=False), "noted")
    today = server.office.today()
    assert noted["due_on"] == str(workdays.after(today, 15))
    reopened = complaint_of(terminal)
    assert (reopened["settled"], reopened["reply"], reopened["light"]) == (False, None, "green")
    assert reopened["due_on"] == noted["due_on"]
    server.jump(days=25)
    again = complaint_of(terminal)
    assert again["reply"]
    assert again["settled"] is None
    outcome(follow_up(terminal, number, "settled-1", settled=True), "noted")
    assert complaint_of(terminal)["settled"] is True


def test_there_is_nothing_to_say_before_the_reply_nor_twice(
    server: PlatformServer, terminal: PlainTerminal
) -> None:
    """A follow-up is for a reply, one for each; for a complaint that there is."""
    number = complain(terminal)["number"]
    early = follow_up(terminal, number, "too-early", settled=True)
    assert refused(early) == "nothing_to_settle"
    server.jump(days=20)
    outcome(follow_up(terminal, number, "settled-1", settled=True), "noted")
    twice = follow_up(terminal, number, "settled-2", settled=False)
    assert refused(twice) == "nothing_to_settle"
    assert refused(follow_up(terminal, "TS1", "no-such1", settled=True)) == "unknown_case"
    assert complaint_of(terminal)["settled"] is True


def test_a_complaint_sent_twice_is_one(terminal: PlainTerminal) -> None:
    """One key, one complaint; another key is another."""
    first, again, other = complain(terminal), complain(terminal), complain(terminal, "another1")
    assert first["number"] == again["number"] != other["number"]
    assert len(terminal.affairs(WANG).json()["complaints"]) == 2


def test_whoever_gives_no_name_finds_it_by_its_number(
    server: PlatformServer, terminal: PlainTerminal
) -> None:
    """With its reply; that of somebody who said who they are is for them alone."""
    nameless = complain(terminal, "nameless", person=None, phone=None)["number"]
    named = complain(terminal, "by-name-1")["number"]
    server.jump(days=20)
    by_number = terminal.affairs(None, nameless).json()["complaints"][0]
    assert by_number["reply"]
    hidden = terminal.affairs(CHAN, named).json()["complaints"][0]
    assert hidden["reply"] is None
    assert terminal.affairs(WANG, named).json()["complaints"][0]["reply"]


@pytest.mark.parametrize(
    "wrong", [{"words": ""}, {"subject": "slow please"}, {"phone": "x" * 31}, {"about": "a b"}]
)
def test_a_complaint_is_said_in_words(terminal: PlainTerminal, wrong: dict[str, str]) -> None:
    """What breaks the contract is no complaint."""
    body = terminal.wish(subject="slow", words="太慢") | wrong
    assert problem(terminal.send("/v1/complaints", body)) == (422, "invalid_request")
