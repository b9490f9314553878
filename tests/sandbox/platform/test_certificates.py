"""E-certificates are held, opened, printed within their quota, and verified."""

from __future__ import annotations

import httpx
import pytest

from sandbox import records
from sandbox.platform.certificates.kinds import KINDS
from sandbox.platform.server import PlatformServer
from sandbox.platform.terminal import PlainTerminal, person
from sandbox.residents import ANNA, LI, RESIDENTS, WANG, ZHAO, Resident
from tests.sandbox.platform.test_content import CERTIFICATES
from tests.sandbox.platform.told import outcome, problem


def number_of(terminal: PlainTerminal, who: Resident, kind: str, place: int = 0) -> str:
    """The number of one of a kind, the newest first."""
    found = [one["number"] for one in terminal.held(who) if one["kind"] == kind]
    return str(found[place])


def opened(terminal: PlainTerminal, number: str, who: Resident) -> httpx.Response:
    """One certificate, whole."""
    return terminal.client.post(f"/v1/certificates/{number}/open", json={"person": person(who)})


def printed(terminal: PlainTerminal, number: str, who: Resident, key: str) -> httpx.Response:
    """Leave to print one."""
    body = {"person": person(who), "terminal": "village-1"}
    return terminal.send(f"/v1/certificates/{number}/prints", body, key)


def test_every_kind_that_items_ask_for_is_held_by_somebody(lasting: PlainTerminal) -> None:
    """Whatever a material may be replaced by, there is a resident to show it with."""
    kinds = {one["kind"] for who in RESIDENTS for one in lasting.held(who)}
    assert kinds == set(KINDS) == CERTIFICATES


def test_holdings_follow_from_the_records(lasting: PlainTerminal) -> None:
    """Who has the record has the certificate; of whom nothing is on record holds none."""
    for who in RESIDENTS:
        known = records.of(who)
        kinds = {one["kind"] for one in lasting.held(who)}
        assert ("marriage_certificate" in kinds) == ("marriage.spouse_name" in known)
        assert ("land_contract" in kinds) == ("land.contract_number" in known)
    assert lasting.held(ANNA) == []


def test_what_is_about_oneself_comes_first(lasting: PlainTerminal) -> None:
    """A widow's own papers stand before her husband's death certificate, the newest first."""
    kinds = [one["kind"] for one in lasting.held(WANG)]
    assert kinds[-1] == "death_certificate"
    days = [one["issued_on"] for one in lasting.held(WANG)]
    assert days[:-1] == sorted(days[:-1], reverse=True)
    assert days[-1] == max(days)


def test_what_does_not_count_is_listed_as_such_and_not_opened(lasting: PlainTerminal) -> None:
    """A revoked and an expired one are seen in the list, and neither opened nor printed."""
    revoked = number_of(lasting, LI, "business_licence", 1)
    expired = number_of(lasting, ZHAO, "id_card")
    listed = {one["number"]: one for who in (LI, ZHAO) for one in lasting.held(who)}
    assert listed[revoked]["revoked"]
    assert listed[expired]["valid_until"] == "2024-06-10"
    for number, who in ((revoked, LI), (expired, ZHAO)):
        assert problem(opened(lasting, number, who)) == (409, "certificate_invalid")
        wanted = printed(lasting, number, who, f"key-of-{number}")
        assert problem(wanted) == (409, "certificate_invalid")


def test_one_runs_out_on_its_day(server: PlatformServer, terminal: PlainTerminal) -> None:
    """It counts on its last day and not on the next."""
    number = number_of(terminal, WANG, "social_security_card")  # until 2027-04-05
    server.jump(days=133)
    assert opened(terminal, number, WANG).is_success
    server.jump(days=1)
    assert problem(opened(terminal, number, WANG)) == (409, "certificate_invalid")


def test_a_certificate_states_what_is_on_record(lasting: PlainTerminal) -> None:
    """Codes are words and addresses are written out."""
    number = number_of(lasting, LI, "business_licence")
    answer = opened(lasting, number, LI).json()
    facts = {fact["label"]["zh-CN"]: fact["value"] for fact in answer["certificate"]["facts"]}
    assert facts["经营场所"] == "示例区柳湖镇东关社区东关街八号"
    assert answer["certificate"]["holder_id"] == LI.card.id_number.reveal()
    assert answer["left"] == 3
    number = number_of(lasting, LI, "household_register")
    facts = opened(lasting, number, LI).json()["certificate"]["facts"]
    assert {"户别", "家庭户"} <= {fact["value"] for fact in facts} | {
        fact["label"]["zh-CN"] for fact in facts
    }


def test_nobody_opens_or_prints_anothers(lasting: PlainTerminal) -> None:
    """Another's number looks like one that there is not."""
    number = number_of(lasting, LI, "business_licence")
    for where in (number, "EC0"):
        assert problem(opened(lasting, where, WANG)) == (404, "not_found")
        assert problem(printed(lasting, where, WANG, "key-anothers")) == (404, "not_found")


def test_one_issued_at_once_is_held_from_then_on(terminal: PlainTerminal) -> None:
    """What an application brought can be opened and printed like every other."""
    issued = outcome(terminal.apply(terminal.application(WANG)), "issued")["certificate"]
    assert terminal.held(WANG)[0]["number"] == issued["number"]
    assert opened(terminal, issued["number"], WANG).json() == {"certificate": issued, "left": 3}


def test_three_prints_a_day_each_marked(server: PlatformServer, terminal: PlainTerminal) -> None:
    """Copies are counted and marked with place and day; the fourth waits for tomorrow."""
    number = number_of(terminal, WANG, "household_register")
    grants = [printed(terminal, number, WANG, f"print-key-{n}") for n in range(3)]
    assert [grant.status_code for grant in grants] == [201] * 3
    assert [(grant.json()["copy"], grant.json()["left"]) for grant in grants] == [
        (1, 2),
        (2, 1),
        (3, 0),
    ]
    assert grants[1].json()["watermark"] == {
        "zh-CN": "仅用于本人办事，2026年11月23日由village-1号终端打印，第2份",
        "en": "Printed at terminal village-1 on 2026-11-23, copy 2",
    }
    assert problem(printed(terminal, number, WANG, "print-key-3")) == (409, "quota_used")
    other = number_of(terminal, WANG, "id_card")
    assert printed(terminal, other, WANG, "print-key-4").json()["copy"] == 1
    server.jump(days=1)
    assert opened(terminal, number, WANG).json()["left"] == 3
    assert printed(terminal, number, WANG, "print-key-3").json()["copy"] == 1


def test_a_repeated_print_counts_once(terminal: PlainTerminal) -> None:
    """A retry gets the same leave; the key is for this certificate alone."""
    number = number_of(terminal, WANG, "household_register")
    first, again = (printed(terminal, number, WANG, "print-key-1") for _ in range(2))
    assert (again.status_code, again.content) == (200, first.content)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert opened(terminal, number, WANG).json()["left"] == 2
    other = number_of(terminal, WANG, "id_card")
    assert problem(printed(terminal, other, WANG, "print-key-1")) == (422, "key_reused")


def test_what_was_not_printed_is_given_back(terminal: PlainTerminal) -> None:
    """However often it is said, one print comes back; asked again, the key counts again."""
    number = number_of(terminal, WANG, "household_register")
    for n in range(3):
        printed(terminal, number, WANG, f"print-key-{n}")
    for _ in range(3):
        answer = terminal.client.delete("/v1/prints/print-key-1")
        assert (answer.status_code, answer.content) == (204, b"")
    assert opened(terminal, number, WANG).json()["left"] == 1
    assert printed(terminal, number, WANG, "print-key-1").json()["copy"] == 4
    assert problem(printed(terminal, number, WANG, "print-key-9")) == (409, "quota_used")


def test_giving_back_undoes_no_other_wish(terminal: PlainTerminal) -> None:
    """A key of something else is let alone: its answer is still repeated."""
    body = terminal.application(WANG)
    terminal.apply(body)
    assert terminal.client.delete("/v1/prints/key-00000001").status_code == 204
    assert terminal.apply(body).headers["Idempotent-Replayed"] == "true"


def verify(terminal: PlainTerminal, number: str, who: Resident) -> httpx.Response:
    """The page behind the QR code."""
    url = opened(terminal, number, who).json()["certificate"]["verify_url"]
    return terminal.client.get(url)


@pytest.mark.parametrize("kind", ["id_card", "household_register", "property_certificate"])
def test_the_page_behind_the_qr_code(lasting: PlainTerminal, kind: str) -> None:
    """Whoever holds a certificate sees that it is genuine, name and numbers of people masked."""
    page = verify(lasting, number_of(lasting, WANG, kind), WANG)
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    assert "证照真实有效" in page.text
    assert "王**" in page.text
    assert WANG.card.name.reveal() not in page.text
    assert WANG.card.id_number.reveal() not in page.text


def test_others_named_in_one_are_masked_too(lasting: PlainTerminal) -> None:
    """A wife's number stands in her husband's certificate; a passer-by does not read it."""
    page = verify(lasting, number_of(lasting, ZHAO, "marriage_certificate"), ZHAO)
    assert "990000********046X" in page.text
    assert "99000019751102046X" not in page.text


def test_a_genuine_one_that_does_not_count_says_so(
    server: PlatformServer, terminal: PlainTerminal
) -> None:
    """The page tells an expired one from a valid one."""
    number = number_of(terminal, WANG, "social_security_card")
    url = opened(terminal, number, WANG).json()["certificate"]["verify_url"]
    server.jump(days=134)
    assert "已过期" in terminal.client.get(url).text


def test_a_wrong_check_code_tells_nothing(lasting: PlainTerminal) -> None:
    """A wrong code, one that is no ASCII and a wrong number look the same to who guesses."""
    place = f"/v1/certificates/{number_of(lasting, WANG, 'id_card')}/verify"
    pages = [
        lasting.client.get(place, params={"code": "22222222"}),
        lasting.client.get(place, params={"code": "证"}),
        lasting.client.get(place),
        lasting.client.get("/v1/certificates/CB0/verify", params={"code": "22222222"}),
    ]
    assert {page.status_code for page in pages} == {404}
    assert len({page.text for page in pages}) == 1


def test_a_database_that_outlives_the_server_holds_each_once(terminal: PlainTerminal) -> None:
    """Entering what residents hold a second time changes neither number nor check code."""
    before = terminal.held(WANG)
    assert len({one["number"] for one in before}) == len(before)
