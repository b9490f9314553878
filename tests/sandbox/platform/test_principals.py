"""Somebody may act for another, with authority; and another region may decide."""

from __future__ import annotations

import pytest

from sandbox.platform.server import PlatformServer
from sandbox.platform.terminal import (
    PlainTerminal,
    find,
    for_enterprise,
    for_person,
)
from sandbox.records import SHOP
from sandbox.residents import CHAN, LI, WANG, XIAO, YU, Resident
from tests.sandbox.platform.applied import (
    CATALOGUE,
)
from tests.sandbox.platform.conftest import MONDAY
from tests.sandbox.platform.told import outcome, refused

TODAY = MONDAY.date()


def state_of(terminal: PlainTerminal, who: Resident) -> str:
    """Of the one case there is."""
    [case] = terminal.affairs(who).json()["cases"]
    return str(case["state"])


def test_a_guardian_applies_for_a_child(terminal: PlainTerminal) -> None:
    """The certificate is the child's; the child alone would be too young."""
    code = "990100100400"
    alone = terminal.whole(XIAO, find(CATALOGUE, code))
    assert refused(terminal.apply(alone, "alone-01")) == "underage"
    body = terminal.whole(CHAN, find(CATALOGUE, code))
    body["principal"] = for_person(YU, "guardian")
    certificate = outcome(terminal.apply(body, "guardian"), "issued")["certificate"]
    assert certificate["holder_id"] == YU.card.id_number.reveal()
    assert certificate["holder"] == YU.card.name.reveal()


@pytest.mark.parametrize(
    ("who", "authority"), [(LI, "guardian"), (LI, "family"), (CHAN, "entrusted")]
)
def test_what_no_record_shows_is_looked_at_first(
    server: PlatformServer, terminal: PlainTerminal, who: Resident, authority: str
) -> None:
    """Whoever says so, or brings a letter, gets a number; the certificate goes to whose it is."""
    item = find(CATALOGUE, "990100600500")
    body = terminal.whole(who, item, principal=for_person(WANG, authority))
    if authority == "entrusted":
        body["materials"] = [terminal.scanned("authorisation")]
    accepted = outcome(terminal.apply(body), "accepted")
    assert accepted["promised_on"] > TODAY.isoformat()
    before = {one["number"] for one in terminal.held(WANG)}
    assert state_of(terminal, who) == "accepted"
    server.jump(days=4)
    assert state_of(terminal, who) == "done"
    [issued] = [one for one in terminal.held(WANG) if one["number"] not in before]
    assert issued["kind"] == item.code
    assert issued["number"] not in {one["number"] for one in terminal.held(who)}


def test_whether_there_is_something_to_certify_is_told_to_nobody_else(
    server: PlatformServer, terminal: PlainTerminal
) -> None:
    """A stranger's letter about somebody without that record gets a number like any other."""
    item = find(CATALOGUE, "990100300600")
    assert refused(terminal.apply(terminal.whole(LI, item), "for-oneself")) == "not_entitled"
    body = terminal.whole(WANG, item, principal=for_person(LI, "family"))
    outcome(terminal.apply(body, "of-another"), "accepted")
    server.jump(days=4)
    assert state_of(terminal, WANG) == "rejected"


def test_a_child_acts_for_nobody(terminal: PlainTerminal) -> None:
    """Whoever acts for another is of age."""
    body = terminal.whole(XIAO, find(CATALOGUE, "990100600500"))
    body["principal"] = for_person(WANG, "family")
    assert refused(terminal.apply(body)) == "underage"


def test_whoever_is_entrusted_shows_the_letter(terminal: PlainTerminal) -> None:
    """With it they are served; without it they are told what is missing."""
    body = terminal.whole(LI, find(CATALOGUE, "990100600500"))
    body["principal"] = for_person(WANG, "entrusted")
    answer = terminal.apply(body, "no-letter")
    assert refused(answer) == "incomplete"
    assert answer.json()["materials"] == ["authorisation"]
    body["materials"] = [terminal.scanned("authorisation")]
    outcome(terminal.apply(body, "with-letter"), "accepted")


def test_what_is_for_oneself_alone_is_done_for_nobody(terminal: PlainTerminal) -> None:
    """An item without agents refuses them; one for businesses wants to know which."""
    body = terminal.application(WANG)
    body["principal"] = for_person(CHAN, "family")
    assert refused(terminal.apply(body, "for-chan")) == "not_entitled"
    business = terminal.whole(LI, find(CATALOGUE, "990100400100"))
    business["principal"] = None
    assert refused(terminal.apply(business, "for-none")) == "not_entitled"


def test_a_business_is_known_by_its_code(terminal: PlainTerminal) -> None:
    """Its certificate bears its name as registered; a stranger is not its representative."""
    matter = find(CATALOGUE, "990100900900")
    own = terminal.whole(LI, matter, principal={**for_enterprise(SHOP), "name": "向阳百货"})
    certificate = outcome(terminal.apply(own, "own-shop"), "issued")["certificate"]
    assert (certificate["holder"], certificate["holder_id"]) == (SHOP.name, SHOP.credit_code)
    stranger = terminal.whole(WANG, matter, principal=for_enterprise(SHOP))
    assert refused(terminal.apply(stranger, "stranger")) == "not_entitled"
    unknown = {**for_enterprise(SHOP), "number": "92990000MA9000099X"}
    nobody = terminal.whole(LI, matter, principal=unknown)
    assert refused(terminal.apply(nobody, "no-such-shop")) == "not_entitled"


def test_another_name_than_on_record_is_a_mismatch(terminal: PlainTerminal) -> None:
    """Whoever is acted for is who is on record under that number."""
    body = terminal.whole(LI, find(CATALOGUE, "990100600500"))
    body["principal"] = {**for_person(WANG, "family"), "name": "王秀兰"}
    assert refused(terminal.apply(body)) == "identity_mismatch"


def test_another_region_decides_where_the_item_reaches_there(terminal: PlainTerminal) -> None:
    """跨省通办: a region that is offered, for an item that may be decided there."""
    roots = [region.code for region in CATALOGUE.inside(None)]
    far = terminal.whole(WANG, find(CATALOGUE, "990100500400"), decided_in=roots[-1])
    outcome(terminal.apply(far, "far-away"), "issued")
    unknown = {**far, "decided_in": "119900000000"}
    assert refused(terminal.apply(unknown, "nowhere-at-all")) == "incomplete"
    near = terminal.application(WANG, decided_in=roots[-1])
    assert refused(terminal.apply(near, "not-there")) == "incomplete"
