"""Policies find whom they are for, and are confirmed once."""

from __future__ import annotations

from datetime import date

import pytest

from kiosk.core.catalogue import Audience
from sandbox.platform.policies.rules import RULES, Known
from sandbox.platform.terminal import PlainTerminal, for_enterprise, for_person, person
from sandbox.records import SHOP
from sandbox.residents import ANNA, CHAN, LI, WANG, ZHAO, Resident
from tests.sandbox.platform.applied import CATALOGUE
from tests.sandbox.platform.told import outcome, refused

TODAY = date(2026, 11, 23)


def matches(
    terminal: PlainTerminal, resident: Resident, principal: dict[str, str] | None = None
) -> dict[str, dict[str, object]]:
    """What fits somebody, by policy."""
    body = {"person": person(resident), "principal": principal}
    answer = terminal.client.post("/v1/policies/matches", json=body)
    assert answer.status_code == 200, answer.text
    return {match["policy"]: match for match in answer.json()["matches"]}


def test_policies_find_people(terminal: PlainTerminal) -> None:
    """Each resident gets what their own records say, with the reason and the sum."""
    assert set(matches(terminal, WANG)) == {
        "one_child_support",
        "farmland_subsidy",
        "insurance_aid",
    }
    assert set(matches(terminal, LI)) == {"veteran_honour"}
    assert matches(terminal, CHAN) == matches(terminal, ANNA) == {}
    land = matches(terminal, WANG)["farmland_subsidy"]
    assert land["why"] == {"zh-CN": "您家承包地6亩", "en": "You have contracted 6 mu of land"}
    assert land["amount"] == {"zh-CN": "每年约600元", "en": "About 600 yuan a year"}


def test_nothing_is_left_to_do_where_a_policy_says_so(terminal: PlainTerminal) -> None:
    """免申即享: some need nothing, others a confirmation."""
    found = matches(terminal, WANG)
    assert found["farmland_subsidy"]["taken"] is True
    assert found["one_child_support"]["taken"] is False


def test_whoever_acts_for_somebody_sees_what_fits_them(terminal: PlainTerminal) -> None:
    """Of another person theirs; of a business what is for businesses alone."""
    severely = matches(terminal, CHAN, for_person(ZHAO, "family"))
    assert set(severely) == {"disability_care", "jobless_insurance"}
    assert set(matches(terminal, LI, for_enterprise(SHOP))) == {
        "keep_jobs_refund",
        "small_profit_tax",
        "hiring_subsidy",
        "veteran_employer_tax",
    }


def test_a_document_that_does_not_count_matches_nothing(terminal: PlainTerminal) -> None:
    """Nor does one that says something else than the records."""
    assert matches(terminal, ZHAO) == {}
    body = {"person": {**person(WANG), "name": "王秀兰"}, "principal": None}
    answer = terminal.client.post("/v1/policies/matches", json=body)
    assert answer.json() == {"matches": []}


def confirm(
    terminal: PlainTerminal, policy: str, resident: Resident, key: str = "key-confirm-1"
) -> dict[str, object]:
    """Wang wants it; whatever comes of it."""
    body = terminal.wish(policy=policy, person=person(resident), principal=None)
    answer = terminal.send("/v1/confirmations", body, key)
    assert answer.is_success, answer.text
    return dict(answer.json())


def test_a_confirmation_counts_once(terminal: PlainTerminal) -> None:
    """Confirmed, it is taken; confirmed again at another terminal it keeps its number."""
    first = confirm(terminal, "one_child_support", WANG)
    assert first["outcome"] == "noted"
    assert matches(terminal, WANG)["one_child_support"]["taken"] is True
    assert confirm(terminal, "one_child_support", WANG, "elsewhere")["number"] == first["number"]


def test_what_does_not_fit_is_refused(terminal: PlainTerminal) -> None:
    """Nobody confirms what is not theirs, what there is not, or with an expired card."""
    for policy, resident, reason in (
        ("one_child_support", LI, "not_entitled"),
        ("keep_jobs_refund", LI, "not_entitled"),
        ("free_beer", WANG, "item_withdrawn"),
        ("disability_care", ZHAO, "document_expired"),
    ):
        body = terminal.wish(policy=policy, person=person(resident), principal=None)
        answer = terminal.send("/v1/confirmations", body, f"key-{policy}")
        assert refused(answer) == reason


def test_a_business_confirms_by_whoever_acts_for_it(terminal: PlainTerminal) -> None:
    """It is the business's own confirmation."""
    body = terminal.wish(policy="hiring_subsidy", person=person(LI), principal=for_enterprise(SHOP))
    outcome(terminal.send("/v1/confirmations", body), "noted")
    assert matches(terminal, LI, for_enterprise(SHOP))["hiring_subsidy"]["taken"] is True


def test_every_policy_of_the_catalogue_has_its_rule() -> None:
    """No policy is offered that finds nobody for want of a rule."""
    assert set(RULES) == {policy.code for policy in CATALOGUE.policies}


@pytest.mark.parametrize(
    ("policy", "records", "age"),
    [
        ("elder_allowance", {}, 80),
        ("elder_allowance", {}, 101),
        ("preschool_aid", {"allowance.since": "2021-05-01", "children.kindergarten": "1"}, 35),
        ("jobless_insurance", {"unemployment.until": "2026-12-31"}, 40),
        (
            "youth_apprentice",
            {"education.graduated_on": "2025-06-30", "employment.status": "unemployed"},
            23,
        ),
    ],
)
def test_rules_that_fit_no_resident_fit_somebody(
    policy: str, records: dict[str, str], age: int
) -> None:
    """Each finds whom it is for, and nobody of whom nothing is on record."""
    rule = RULES[policy]
    assert rule(Known(records, age, TODAY)) is not None
    assert rule(Known({}, 30, TODAY)) is None
    expected = Audience.PERSON
    found = CATALOGUE.policy(policy)
    assert found is not None
    assert found.audience is expected
