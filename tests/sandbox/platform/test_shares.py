"""What is shared is what the item asks, of whom one may know, with consent, and it is logged."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.core.catalogue import Field
from sandbox import records
from sandbox.platform.server import PlatformServer
from sandbox.platform.terminal import PlainTerminal, find, for_enterprise, for_person, person
from sandbox.records import SHOP
from sandbox.residents import ANNA, CHAN, LI, WANG, XIAO, YU, ZHAO, Resident
from tests.sandbox.platform.applied import CATALOGUE, CODES

BIRTH = "990100100100"  # 户口登记（出生）
SHOP_NAME = "990100900500"  # 个体工商户变更登记: for an enterprise too
EVERYTHING = sorted({name for resident in (WANG, LI, CHAN, ZHAO) for name in records.of(resident)})
KINDS = ["household_register", "marriage_certificate", "business_licence", "id_card"]


def share(terminal: PlainTerminal, who: Resident, **other: object) -> dict[str, Any]:
    """Ask for everything, for an item."""
    body = {
        "code": BIRTH,
        "person": person(who),
        "principal": None,
        "keys": EVERYTHING,
        "certificates": KINDS,
        "consent": True,
    }
    answer = terminal.client.post("/v1/shares", json=body | other)
    assert answer.is_success, answer.text
    shared: dict[str, Any] = answer.json()
    return shared


def log(terminal: PlainTerminal) -> list[dict[str, Any]]:
    """Who was told what."""
    disclosures: list[dict[str, Any]] = terminal.client.get("/sandbox/shares").json()["disclosures"]
    return disclosures


def test_with_consent_what_the_item_asks_is_known(terminal: PlainTerminal) -> None:
    """The records of the form and the certificates of the materials, and nothing else."""
    shared = share(terminal, CHAN)
    assert shared["answers"] == {
        "marriage.status": "married",
        "marriage.spouse_name": "赵国强",
        "marriage.spouse_id": ZHAO.card.id_number.reveal(),
    }
    assert [one["kind"] for one in shared["certificates"]] == ["marriage_certificate"]
    assert shared["draft"] is None


def test_only_what_is_asked_is_told(terminal: PlainTerminal) -> None:
    """Of what the item names, a terminal learns what it asked for."""
    shared = share(terminal, CHAN, keys=["marriage.status"], certificates=[])
    assert shared["answers"] == {"marriage.status": "married"}
    assert shared["certificates"] == []


@pytest.mark.parametrize("code", CODES)
def test_no_item_learns_more_than_it_names(lasting: PlainTerminal, code: str) -> None:
    """Whatever a terminal asks, answers and certificates are of the item's form and materials."""
    matter = find(CATALOGUE, code)
    fields = [
        field
        for question in matter.form
        for field in ((question,) if isinstance(question, Field) else question.fields)
    ]
    every = sorted({m.certificate for m in matter.materials if m.certificate} | {*KINDS})
    for who in (WANG, LI, CHAN, ZHAO):
        shared = share(lasting, who, code=code, certificates=every)
        assert set(shared["answers"]) <= {field.shared for field in fields}
        kinds = {material.certificate for material in matter.materials}
        assert {one["kind"] for one in shared["certificates"]} <= kinds


def test_without_consent_nothing_is_told_or_logged(terminal: PlainTerminal) -> None:
    """Whoever says no is known by what they type; nobody looked anything up."""
    assert share(terminal, CHAN, consent=False) == {
        "answers": {},
        "certificates": [],
        "draft": None,
    }
    assert log(terminal) == []


def test_what_was_told_is_logged(terminal: PlainTerminal) -> None:
    """Who asked, of whom, what, for which item and when; numbers masked, contents left out."""
    shared = share(terminal, CHAN)
    masked = "990000********046X"
    assert log(terminal) == [
        {
            "at": "2026-11-23T09:30:00+08:00",
            "code": BIRTH,
            "asked_by": masked,
            "about": masked,
            "keys": ["marriage.spouse_id", "marriage.spouse_name", "marriage.status"],
            "certificates": [one["number"] for one in shared["certificates"]],
        }
    ]


def test_an_enterprise_is_known_to_its_legal_representative(terminal: PlainTerminal) -> None:
    """The shop's records and its licence, not its owner's own."""
    shared = share(terminal, LI, code="990100900900", principal=for_enterprise(SHOP))
    assert set(shared["answers"]) <= set(SHOP.records)
    changed = share(terminal, LI, code=SHOP_NAME, principal=for_enterprise(SHOP))
    assert {one["kind"] for one in changed["certificates"]} == {"business_licence"}
    assert [one["revoked"] for one in changed["certificates"]] == [False, True]
    assert log(terminal)[0]["about"] == "929900********0111"


def test_an_enterprise_is_not_known_to_whoever_names_it(terminal: PlainTerminal) -> None:
    """A credit code is on every licence: it opens nothing."""
    for who in (WANG, CHAN):
        shared = share(terminal, who, code=SHOP_NAME, principal=for_enterprise(SHOP))
        assert (shared["answers"], shared["certificates"]) == ({}, [])
    assert log(terminal) == []


def test_family_is_known_where_the_records_show_it(terminal: PlainTerminal) -> None:
    """Husband and wife learn of each other; who only says so does not, whatever the right."""
    shared = share(terminal, CHAN, principal=for_person(ZHAO, "family"))
    assert shared["answers"]["household.head"] == "赵国强"
    for who, principal in (
        (WANG, for_person(ZHAO, "family")),
        (CHAN, for_person(ZHAO, "entrusted")),
        (WANG, for_person(XIAO, "guardian")),
        (CHAN, for_person(ZHAO, "family") | {"name": "某某某"}),
    ):
        shared = share(terminal, who, principal=principal)
        assert (shared["answers"], shared["certificates"]) == ({}, [])


INSURE = "990100600100"  # 城乡居民基本医疗保险参保登记: at any age


def test_a_child_is_known_to_father_and_mother(terminal: PlainTerminal) -> None:
    """The child's own records and certificates, to whom its record of birth names."""
    for who in (CHAN, ZHAO):
        child = for_person(YU, "guardian")
        shared = share(
            terminal,
            who,
            code=INSURE,
            principal=child,
            keys=["contact.phone"],
            certificates=["household_register", "birth_certificate"],
        )
        assert shared["answers"] == {"contact.phone": "0394-9900103"}
        kinds = {one["kind"] for one in shared["certificates"]}
        assert kinds == {"household_register", "birth_certificate"}
    assert log(terminal)[0]["about"] == "990000********006" + YU.card.id_number.reveal()[-1]


def test_a_child_is_known_to_nobody_else(server: PlatformServer, terminal: PlainTerminal) -> None:
    """Not to neighbours, not to parents by another right, and not to them once it is of age."""
    for who, authority in ((LI, "guardian"), (WANG, "guardian"), (CHAN, "family")):
        shared = share(terminal, who, principal=for_person(YU, authority))
        assert (shared["answers"], shared["certificates"]) == ({}, [])
    server.jump(days=2016)  # the day before her eighteenth birthday
    assert share(terminal, CHAN, principal=for_person(YU, "guardian"))["answers"]
    server.jump(days=1)
    assert share(terminal, CHAN, principal=for_person(YU, "guardian"))["answers"] == {}
    assert log(terminal)[0]["asked_by"] == "990000********046X"
    assert len(log(terminal)) == 1


def test_strangers_and_unknown_items_are_told_nothing(terminal: PlainTerminal) -> None:
    """Of whom nothing is on record, or whose name is another, nothing is shared."""
    nothing: dict[str, Any] = {"answers": {}, "certificates": [], "draft": None}
    assert share(terminal, ANNA) == nothing
    assert share(terminal, CHAN, person=person(CHAN) | {"name": "某某某"}) == nothing
    assert share(terminal, CHAN, code="nothing") == nothing
