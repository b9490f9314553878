"""Papers are there, serve, may follow, or are replaced: as the catalogue says."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from kiosk.core.catalogue import Necessity
from sandbox.platform import workdays
from sandbox.platform.cases.filing import Counts
from sandbox.platform.server import PlatformServer
from sandbox.platform.terminal import (
    SIGNATURE,
    PlainTerminal,
    find,
)
from sandbox.residents import LI, WANG, Resident
from tests.sandbox.platform.applied import (
    CATALOGUE,
    PROMISED,
    RELIEF,
    relief,
    who_applies,
)
from tests.sandbox.platform.conftest import MONDAY
from tests.sandbox.platform.told import outcome, problem, refused

TODAY = MONDAY.date()


def test_a_page_that_was_never_handed_in_is_unknown(
    server: PlatformServer, terminal: PlainTerminal
) -> None:
    """The same request will do once its bytes are there: nothing is kept under the key."""
    body = relief(terminal)
    page = {"sha256": "0" * 64, "media_type": "image/jpeg"}
    body["materials"][0] = {**body["materials"][0], "pages": [page]}
    assert problem(terminal.apply(body)) == (422, "unknown_file")
    assert server.cases() == Counts(answers=0, cases=0, ratings=0)


def later(body: dict[str, Any]) -> dict[str, Any]:
    """The same with everything that may follow left for later."""
    deferrable = {
        material.code
        for material in find(CATALOGUE, body["code"]).materials
        if material.necessity is Necessity.DEFERRABLE
    }
    materials = [
        {"material": one["material"], "way": "later"} if one["material"] in deferrable else one
        for one in body["materials"]
    ]
    return {**body, "materials": materials}


@pytest.mark.parametrize(
    "code",
    [
        code
        for code in PROMISED
        if any(
            m.necessity is Necessity.DEFERRABLE and m.when is None
            for m in find(CATALOGUE, code).materials
        )
    ],
)
def test_what_may_follow_is_owed_until_its_day(lasting: PlainTerminal, code: str) -> None:
    """容缺受理: accepted, with each such paper and the working day by which it has to come."""
    matter = find(CATALOGUE, code)
    body = later(lasting.whole(who_applies(matter), matter))
    accepted = outcome(lasting.apply(body, f"deferred-{code}"), "accepted")
    materials = {material.code: material for material in matter.materials}
    assert accepted["owed"]
    for owed in accepted["owed"]:
        days = materials[owed["material"]].deferral_days
        assert days is not None
        assert owed["until"] == str(workdays.after(TODAY, days))


def test_leaving_something_for_later_is_signed(terminal: PlainTerminal) -> None:
    """Whoever owes something signs for it, whether or not the item asks for a signature."""
    code = "990100600700"
    assert not find(CATALOGUE, code).signature
    body = later(terminal.whole(LI, find(CATALOGUE, code), signature=None))
    assert refused(terminal.apply(body)) == "incomplete"
    outcome(terminal.apply({**body, "signature": SIGNATURE}, "signed-now"), "accepted")


def test_whoever_cannot_write_declares_instead_of_signing(terminal: PlainTerminal) -> None:
    """A declaration counts where a signature would, and nothing of the kind counts as nothing."""
    code = "990100600700"
    body = later(terminal.whole(LI, find(CATALOGUE, code), signature=None))
    outcome(terminal.apply({**body, "declared": True}, "declared"), "accepted")


def test_what_is_required_can_not_follow(terminal: PlainTerminal) -> None:
    """Only what the catalogue says may be left for later."""
    body = terminal.whole(LI, find(CATALOGUE, "990100600800"))
    body["materials"] = [{"material": one["material"], "way": "later"} for one in body["materials"]]
    answer = terminal.apply(body)
    assert refused(answer) == "incomplete"
    assert "hospital_invoice" in answer.json()["materials"]
    assert "expense_list" not in answer.json()["materials"]


def test_a_commitment_stands_for_the_paper_it_replaces(terminal: PlainTerminal) -> None:
    """告知承诺: signed, it replaces what is marked so, and nothing else."""
    body = relief(terminal)
    without = {
        **body,
        "materials": [one for one in body["materials"] if one["material"] != "income_statement"],
    }
    assert refused(terminal.apply(without, "no-promise")) == "incomplete"
    promised = {**without, "commitments": [RELIEF]}
    assert refused(terminal.apply({**promised, "signature": None}, "unsigned")) == "incomplete"
    outcome(terminal.apply(promised, "promised"), "accepted")
    bare = {**promised, "materials": [{"material": "income_statement", "way": "promised"}]}
    answer = terminal.apply(bare, "nothing-else")
    assert refused(answer) == "incomplete"
    assert answer.json()["materials"] == ["hospital_invoice"]


def held(terminal: PlainTerminal, resident: Resident, kind: str) -> list[dict[str, Any]]:
    """The e-certificates of a kind that somebody holds."""
    return [one for one in terminal.held(resident) if one["kind"] == kind]


def with_licence(terminal: PlainTerminal, number: str) -> httpx.Response:
    """An application for which a business licence serves that is held as e-certificate."""
    body = terminal.whole(LI, find(CATALOGUE, "990100900500"))
    licence = {"material": "business_licence", "way": "held", "certificate": number}
    body["materials"] = [
        licence if one["material"] == "business_licence" else one for one in body["materials"]
    ]
    return terminal.apply(body, f"held-{number}")


def test_an_e_certificate_serves_while_it_counts(terminal: PlainTerminal) -> None:
    """One's own and of the right kind; a revoked, another's, or another kind's does not serve."""
    licences = held(terminal, LI, "business_licence")
    good = [one["number"] for one in licences if not one["revoked"]]
    revoked = [one["number"] for one in licences if one["revoked"]]
    other_kind = [one["number"] for one in held(terminal, LI, "id_card")]
    others = [one["number"] for one in held(terminal, WANG, "household_register")]
    outcome(with_licence(terminal, good[0]), "accepted")
    for number in (*revoked, *other_kind, *others):
        answer = with_licence(terminal, number)
        assert refused(answer) == "material_rejected"
        assert answer.json()["materials"] == ["business_licence"]


def test_a_paper_may_not_serve(terminal: PlainTerminal) -> None:
    """Told to, the platform turns a paper down once, by name; brought again it serves."""
    body = relief(terminal)
    material = body["materials"][0]["material"]
    terminal.client.put("/sandbox/materials/rejected", json={"materials": [material]})
    answer = terminal.apply(body, "first-time")
    assert refused(answer) == "material_rejected"
    assert answer.json()["materials"] == [material]
    outcome(terminal.apply(body, "second-time"), "accepted")


def test_more_pages_than_the_item_takes_do_not_serve(terminal: PlainTerminal) -> None:
    """What is too thick is turned down by name."""
    matter = find(CATALOGUE, "990100500700")
    body = terminal.whole(LI, matter)
    page = body["materials"][0]["pages"][0]
    most = matter.materials[0].most_pages
    body["materials"] = [{**body["materials"][0], "pages": [page] * (most + 1)}]
    assert refused(terminal.apply(body)) == "material_rejected"
