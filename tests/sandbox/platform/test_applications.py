"""Applications are checked anew by the catalogue, and come out as the item says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kiosk.core.catalogue import Delivery, FieldKind, Group, ResultKind
from sandbox.platform import workdays
from sandbox.platform.applications.proofs import PROOFS
from sandbox.platform.cases.filing import Counts
from sandbox.platform.server import PlatformServer
from sandbox.platform.terminal import (
    PlainTerminal,
    find,
)
from sandbox.residents import ANNA, CHAN, LI, WANG, XIAO, ZHAO, Resident
from tests.sandbox.platform.applied import (
    CATALOGUE,
    PROMISED,
    PROVEN,
    RELIEF,
    relief,
    who_applies,
)
from tests.sandbox.platform.conftest import MONDAY
from tests.sandbox.platform.told import outcome, refused

TODAY = MONDAY.date()


def changed(body: dict[str, Any], **applicant: object) -> dict[str, Any]:
    """An application with something else on the card."""
    return {**body, "applicant": {**body["applicant"], **applicant}}


@pytest.mark.parametrize("code", PROMISED)
def test_everything_that_is_complete_is_accepted(lasting: PlainTerminal, code: str) -> None:
    """Every item and bundle that is decided later becomes a case with its dates, and parts."""
    matter = find(CATALOGUE, code)
    body = lasting.whole(who_applies(matter), matter)
    accepted = outcome(lasting.apply(body, f"complete-{code}"), "accepted")
    assert accepted["promised_on"] == str(workdays.after(TODAY, matter.promised_days))
    assert accepted["statutory_on"] >= accepted["promised_on"]
    expected = [item.code for item in matter.items] if matter.is_bundle else []
    assert [part["item_code"] for part in accepted["parts"]] == expected
    assert len({part["case_number"] for part in accepted["parts"]}) == len(expected)
    assert accepted["owed"] == []


@pytest.mark.parametrize("code", PROMISED)
def test_nothing_that_is_asked_may_be_missing(lasting: PlainTerminal, code: str) -> None:
    """Without answers, papers or signature, where the item asks for these, nothing is filed."""
    matter = find(CATALOGUE, code)
    body = lasting.whole(who_applies(matter), matter)
    before = lasting.client.get("/sandbox/cases").json()["cases"]
    wanting = {
        "answers": any(isinstance(q, Group) or q.required for q in matter.form),
        "materials": bool(body["materials"]),
        "signature": matter.signature,
    }
    nothing: dict[str, Any] = {"answers": {}, "materials": [], "signature": None}
    for member in (name for name, wanted in wanting.items() if wanted):
        answer = lasting.apply({**body, member: nothing[member]}, f"without-{member}-{code}")
        assert refused(answer) == "incomplete"
    assert lasting.client.get("/sandbox/cases").json()["cases"] == before


@pytest.mark.parametrize("code", PROVEN)
def test_certificates_state_what_is_on_record(lasting: PlainTerminal, code: str) -> None:
    """For every certificate there is somebody with the record, and lines that say it."""
    matter = find(CATALOGUE, code)
    bodies = {who.key: lasting.whole(who, matter) for who in (WANG, LI, CHAN, ZHAO)}
    bodies["zhao"] = changed(bodies["zhao"], document="electronic", valid_until=None)
    answers = [lasting.apply(body, f"{who}-{code}").json() for who, body in bodies.items()]
    issued = [answer for answer in answers if answer["outcome"] == "issued"]
    assert issued, answers
    for one in issued:
        certificate = one["certificate"]
        assert certificate["title"] == matter.items[0].result_name.zh
        assert certificate["facts"]
        assert certificate["verify_url"].endswith(certificate["check_code"])


def test_every_certificate_of_the_catalogue_has_its_lines() -> None:
    """No certificate item is without what it states, and nothing is stated for no item."""
    certificates = {i.code for i in CATALOGUE.items if i.result is ResultKind.CERTIFICATE}
    assert set(PROOFS) == certificates


@pytest.mark.parametrize("resident", [WANG, CHAN, ANNA], ids=lambda resident: resident.key)
def test_the_insured_get_their_certificate(terminal: PlainTerminal, resident: Resident) -> None:
    """Every insured resident, whichever card they have, gets a proof of their own record."""
    answer = outcome(terminal.apply(terminal.application(resident)), "issued")
    certificate = answer["certificate"]
    assert resident.pension is not None
    assert certificate["holder_id"] == resident.card.id_number.reveal()
    facts = {fact["label"]["en"]: fact["value"] for fact in certificate["facts"]}
    assert facts["Paid in all (yuan)"] == resident.pension.paid_total


def test_who_can_not_have_it_is_told_why(server: PlatformServer, terminal: PlainTerminal) -> None:
    """Each reason has its stable code and words in both languages, and no case."""
    wang = terminal.application(WANG)
    member = {"code": "990101100200", "items": ["990101100200"], "answers": {"purpose": "work"}}
    wrong = {
        "item_withdrawn": terminal.application(WANG, "990000000000"),
        "not_insured": terminal.application(LI),
        "identity_mismatch": changed(wang, name="某某某"),
        "document_expired": terminal.application(ZHAO),
        "not_a_member": {**wang, **member},
        "underage": terminal.whole(XIAO, find(CATALOGUE, "990100400600")),
    }
    for reason, body in wrong.items():
        assert refused(terminal.apply(body, f"key-{reason}")) == reason
    assert server.cases() == Counts(answers=len(wrong), cases=0, ratings=0)


def test_a_bundle_is_applied_for_as_a_whole(terminal: PlainTerminal) -> None:
    """Items that are not those of the bundle are not in the catalogue as one thing."""
    matter = find(CATALOGUE, "own_work")
    body = terminal.whole(LI, matter)
    body["items"] = body["items"][:-1]
    assert refused(terminal.apply(body)) == "item_withdrawn"


# --- the form ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("phone", "12"),
        ("emergency", "boredom"),
        ("emergency_on", "2026-11-24"),  # tomorrow
        ("emergency_cost", "a lot"),
        ("reason", "x" * 501),
    ],
)
def test_an_answer_that_can_not_be_taken_is_missing(
    terminal: PlainTerminal, key: str, wrong: str
) -> None:
    """It is checked as on the terminal, by the same rules of the catalogue."""
    body = relief(terminal)
    assert key in body["answers"]
    body["answers"][key] = wrong
    assert refused(terminal.apply(body)) == "incomplete"


def test_answers_count_by_the_day_on_which_they_were_given(
    server: PlatformServer, terminal: PlainTerminal
) -> None:
    """A request that was kept for some days is taken though a date in it is then too long ago."""
    body = relief(terminal)
    field = next(
        q
        for q in find(CATALOGUE, RELIEF).form
        if q.key == "emergency_on" and q.kind is FieldKind.DATE
    )
    assert isinstance(field.days_back, int)
    body["answers"]["emergency_on"] = str(date.fromordinal(TODAY.toordinal() - field.days_back))
    server.jump(days=3)
    outcome(terminal.apply(body), "accepted")


def test_members_of_a_group_are_all_asked(terminal: PlainTerminal) -> None:
    """Whoever says two children is asked for both; too many or no number of them is wrong."""
    matter = find(CATALOGUE, "990100100100")
    body = terminal.whole(LI, matter)
    second = {
        key.replace("[0]", "[1]"): value for key, value in body["answers"].items() if "[0]" in key
    }
    for said, more, expected in (
        ("2", second, "accepted"),
        ("2", {}, "refused"),
        ("9", second, "refused"),
        ("many", second, "refused"),
    ):
        answers = {**body["answers"], "children": said, **more}
        answer = terminal.apply({**body, "answers": answers}, f"group-{said}-{len(more)}")
        outcome(answer, expected)


def test_only_what_is_asked_is_kept(server: PlatformServer, terminal: PlainTerminal) -> None:
    """An answer to no question of the item is not kept with the case."""
    body = relief(terminal)
    body["answers"]["shoe.size"] = "四十三码"
    number = outcome(terminal.apply(body), "accepted")["case_number"]
    with server.office.registry.reading() as transaction:
        row = transaction.one("SELECT application FROM filed_case WHERE number = ?", (number,))
    assert row is not None
    assert "四十三码" not in row[0]
    assert body["answers"]["phone"] in row[0]


def test_a_draft_becomes_one_application(terminal: PlainTerminal) -> None:
    """Handed in at one terminal it can not be handed in at another."""
    draft = {"id": "draft-0001", "version": 1}
    body = relief(terminal, draft=draft)
    outcome(terminal.apply(body, "at-home-1"), "accepted")
    assert refused(terminal.apply(body, "at-bank-1")) == "draft_submitted"


def test_a_refusal_leaves_the_draft(terminal: PlainTerminal) -> None:
    """What was refused can be put right and handed in again."""
    draft = {"id": "draft-0001", "version": 1}
    body = relief(terminal, draft=draft)
    assert refused(terminal.apply({**body, "answers": {}}, "refused-1")) == "incomplete"
    outcome(terminal.apply(body, "complete-1"), "accepted")


def test_a_result_is_sent_where_somebody_lives(
    server: PlatformServer, terminal: PlainTerminal
) -> None:
    """Only in a way the item offers; by express with an address, which is kept with the case."""
    code = next(
        item.code
        for item in CATALOGUE.items
        if Delivery.EXPRESS in item.delivery and item.result is ResultKind.CASE
    )
    body = terminal.whole(LI, find(CATALOGUE, code))
    ways = {"by-pigeon": {"delivery.way": "pigeon"}, "nowhere1": {"delivery.way": "express"}}
    for key, said in ways.items():
        answer = terminal.apply({**body, "answers": body["answers"] | said}, key)
        assert refused(answer) == "incomplete"
    there = {
        "delivery.way": "express",
        "delivery.address": "990001005000|东关街八号",
        "phone": "0394-9900102",
    }
    whole = {**body, "answers": body["answers"] | there}
    number = outcome(terminal.apply(whole, "by-express"), "accepted")["case_number"]
    with server.office.registry.reading() as transaction:
        row = transaction.one("SELECT application FROM filed_case WHERE number = ?", (number,))
    assert row is not None
    assert "东关街八号" in row[0]
