"""What has become of something is known at any time, by person and by number."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from sandbox.platform.server import PlatformServer
from sandbox.platform.terminal import PlainTerminal, find, for_enterprise, person
from sandbox.records import SHOP
from sandbox.residents import CHAN, LI, WANG, ZHAO, Resident
from tests.sandbox.platform.applied import CATALOGUE, relief
from tests.sandbox.platform.conftest import MONDAY
from tests.sandbox.platform.told import outcome, problem, refused

CHRONIC = "990100600700"  # 门诊慢特病待遇认定: 10 working days, a record that may follow within 5
RECORD = "medical_record"


def case_of(
    terminal: PlainTerminal, resident: Resident | None = WANG, number: str = ""
) -> dict[str, Any]:
    """The one case there is."""
    answer = terminal.affairs(resident, number)
    assert answer.status_code == 200, answer.text
    (case,) = answer.json()["cases"]
    return dict(case)


def owing(terminal: PlainTerminal, resident: Resident = WANG) -> str:
    """The number of a case to which one paper is owed until next Monday."""
    body = terminal.whole(resident, find(CATALOGUE, CHRONIC))
    body["materials"] = [
        {"material": RECORD, "way": "later"} if one["material"] == RECORD else one
        for one in body["materials"]
    ]
    accepted = outcome(terminal.apply(body, "key-owing-1"), "accepted")
    assert accepted["owed"][0]["until"] == "2026-11-30"
    return str(accepted["case_number"])


def supply(
    terminal: PlainTerminal,
    number: str,
    key: str = "key-supply-1",
    resident: Resident = WANG,
    **other: object,
) -> Any:  # noqa: ANN401 - httpx's answer
    """What is owed, handed in."""
    members: dict[str, object] = {
        "case_number": number,
        "applicant": person(resident),
        "materials": [terminal.scanned(RECORD)],
    }
    return terminal.send("/v1/supplements", terminal.wish(**(members | other)), key)


def test_a_case_goes_on_as_days_pass(server: PlatformServer, terminal: PlainTerminal) -> None:
    """Accepted, reviewed, approved and done in the promised time, each with its moment."""
    number = outcome(terminal.apply(relief(terminal)), "accepted")["case_number"]
    seen = [case_of(terminal)]
    for _ in range(7):
        server.jump(days=1)
        seen.append(case_of(terminal))
    states = list(dict.fromkeys(case["state"] for case in seen))
    assert states == ["accepted", "review", "approved", "done"]
    last = seen[-1]
    assert (last["number"], last["light"]) == (number, "none")
    assert last["department"]["zh-CN"] == "示例区民政局"
    moments = [mark["at"] for mark in last["timeline"]]
    assert moments == sorted(moments)
    assert moments[-1][:10] <= last["promised_on"]


def test_what_nobody_decides_turns_yellow_then_red(
    server: PlatformServer, terminal: PlainTerminal
) -> None:
    """电子监察: the light of a stalled case changes as its promised day comes and goes."""
    number = outcome(terminal.apply(relief(terminal)), "accepted")["case_number"]
    stalled = terminal.client.put(f"/sandbox/cases/{number}", json={"fate": "stalled"})
    assert stalled.status_code == 200
    lights = [case_of(terminal)["light"]]
    for _ in range(9):
        server.jump(days=1)
        lights.append(case_of(terminal)["light"])
    assert list(dict.fromkeys(lights)) == ["green", "yellow", "red"]
    nobody = terminal.client.put("/sandbox/cases/1", json={"fate": "stalled"})
    assert problem(nobody) == (404, "not_found")


def test_a_case_may_be_decided_against(server: PlatformServer, terminal: PlainTerminal) -> None:
    """A rejected case says so, in words, and has no light any more."""
    number = outcome(terminal.apply(relief(terminal)), "accepted")["case_number"]
    terminal.client.put(f"/sandbox/cases/{number}", json={"fate": "rejected"})
    server.jump(days=30)
    case = case_of(terminal)
    assert (case["state"], case["light"]) == ("rejected", "none")
    assert case["timeline"][-1]["what"]["zh-CN"].startswith("审批未通过")


def test_by_number_alone_nothing_personal_is_told(terminal: PlainTerminal) -> None:
    """Whoever has the number sees how far it is, not whose it is nor its certificate."""
    issued = outcome(terminal.apply(terminal.application(WANG)), "issued")
    number = issued["case_number"]
    own, anybody = case_of(terminal, WANG, number), terminal.affairs(None, number)
    assert own["certificate"] == issued["certificate"]["number"]
    case = anybody.json()["cases"][0]
    assert case == {**own, "certificate": None}
    assert case_of(terminal, CHAN, number)["certificate"] is None
    for personal in (WANG.card.name.reveal(), WANG.card.id_number.reveal()):
        assert personal not in anybody.text


@pytest.mark.parametrize("number", ["1", "99000020261123000001", ""])
def test_nothing_is_found_under_a_number_that_was_not_given(
    terminal: PlainTerminal, number: str
) -> None:
    """Nor under none at all, where nobody says who asks."""
    assert problem(terminal.affairs(None, number)) == (404, "not_found")
    assert terminal.affairs(LI).json() == {"cases": [], "complaints": []}


def test_the_newest_case_is_first_and_a_bundle_is_one(
    server: PlatformServer, terminal: PlainTerminal
) -> None:
    """A person sees each matter once; a part of a bundle is found by its own number."""
    outcome(terminal.apply(terminal.whole(LI, find(CATALOGUE, "990100600400"))), "accepted")
    server.jump(days=1)
    bundle = terminal.whole(LI, find(CATALOGUE, "own_work"))
    accepted = outcome(terminal.apply(bundle, "key-bundle-1"), "accepted")
    cases = terminal.affairs(LI).json()["cases"]
    assert [case["name"]["zh-CN"] for case in cases] == [
        "灵活就业一件事",
        "基本医疗保险关系转移接续",
    ]
    part = accepted["parts"][0]
    assert case_of(terminal, None, part["case_number"])["name"] == part["name"]


def test_a_business_has_its_cases_too(terminal: PlainTerminal) -> None:
    """What was filed for somebody is theirs as well as the one's who filed it."""
    body = terminal.whole(LI, find(CATALOGUE, "990100400100"), principal=for_enterprise(SHOP))
    number = outcome(terminal.apply(body), "accepted")["case_number"]
    assert case_of(terminal, LI)["number"] == number


def test_what_was_owed_is_handed_in_once(server: PlatformServer, terminal: PlainTerminal) -> None:
    """In time: noted, no longer owed, and the case is done by its day."""
    number = owing(terminal)
    assert [owed["material"] for owed in case_of(terminal)["owed"]] == [RECORD]
    server.jump(days=2)
    noted = outcome(supply(terminal, number), "noted")
    assert noted["number"] == number
    assert supply(terminal, number).headers["Idempotent-Replayed"] == "true"
    assert refused(supply(terminal, number, "key-supply-2")) == "nothing_owed"
    case = case_of(terminal)
    assert case["owed"] == []
    assert any(mark["what"]["en"] == "What you owed was received" for mark in case["timeline"])
    server.jump(days=30)
    assert case_of(terminal)["state"] == "done"


def test_what_is_owed_too_long_ends_the_case(
    server: PlatformServer, terminal: PlainTerminal
) -> None:
    """Overdue it waits for a supplement, which is still taken; then it is withdrawn."""
    number = owing(terminal)
    server.jump(days=7, seconds=12 * 3600)
    assert case_of(terminal)["state"] == "supplement"
    server.jump(days=30)
    case = case_of(terminal)
    assert (case["state"], case["light"]) == ("withdrawn", "none")
    assert refused(supply(terminal, number)) == "nothing_owed"


def test_a_late_supplement_is_taken(server: PlatformServer, terminal: PlainTerminal) -> None:
    """Within the grace it ends the waiting."""
    number = owing(terminal)
    server.jump(days=8)
    assert case_of(terminal)["state"] == "supplement"
    outcome(supply(terminal, number), "noted")
    assert case_of(terminal)["state"] in {"review", "approved"}


def test_a_supplement_is_checked_like_an_application(terminal: PlainTerminal) -> None:
    """Unknown pages, another's case, papers not owed, and putting it off again are not taken."""
    number = owing(terminal)
    page = {"sha256": "0" * 64, "media_type": "image/jpeg"}
    unknown = [{"material": RECORD, "way": "scan", "pages": [page]}]
    assert problem(supply(terminal, number, "unknown-1", materials=unknown)) == (
        422,
        "unknown_file",
    )
    other = supply(terminal, number, "others-1", CHAN)
    assert refused(other) == "unknown_case"
    assert refused(supply(terminal, "1", "no-case-1")) == "unknown_case"
    not_owed = [terminal.scanned("photo")]
    assert refused(supply(terminal, number, "not-owed", materials=not_owed)) == "nothing_owed"
    again = [{"material": RECORD, "way": "later"}]
    assert refused(supply(terminal, number, "later-on", materials=again)) == "incomplete"
    assert refused(supply(terminal, number, "expired1", ZHAO)) == "document_expired"
    assert [owed["material"] for owed in case_of(terminal)["owed"]] == [RECORD]


def test_a_case_without_wait_is_done_at_once(terminal: PlainTerminal) -> None:
    """An item decided at once is done when it is filed."""
    body = terminal.whole(LI, find(CATALOGUE, "990101000100"))
    accepted = outcome(terminal.apply(body), "accepted")
    assert accepted["promised_on"] == MONDAY.date().isoformat()
    case = case_of(terminal, LI)
    assert (case["state"], case["light"], case["filed_on"]) == ("done", "none", "2026-11-23")


def test_the_time_supervised_is_the_platforms(
    server: PlatformServer, terminal: PlainTerminal
) -> None:
    """Terms run from when a request arrived, not from when a terminal says it was made."""
    server.jump(days=10)
    late = MONDAY + timedelta(days=10)
    accepted = outcome(terminal.apply(relief(terminal)), "accepted")
    assert accepted["promised_on"] > late.date().isoformat()
    assert case_of(terminal)["filed_on"] == late.date().isoformat()


def test_what_is_done_is_an_e_certificate(server: PlatformServer, terminal: PlainTerminal) -> None:
    """Not before it is done, and once; it can be opened like any other."""
    number = outcome(terminal.apply(relief(terminal)), "accepted")["case_number"]
    before = terminal.held(WANG)
    server.jump(days=30)
    for _ in range(2):
        new = [one for one in terminal.held(WANG) if one not in before]
        assert [one["title"] for one in new] == ["临时救助决定书"]
    certificate = new[0]["number"]
    assert case_of(terminal, WANG, number)["certificate"] == certificate
    assert case_of(terminal, None, number)["certificate"] is None
    opened = terminal.client.post(
        f"/v1/certificates/{certificate}/open", json={"person": person(WANG)}
    ).json()["certificate"]
    assert opened["holder"] == WANG.card.name.reveal()
    assert opened["issued_at"] == case_of(terminal)["timeline"][-1]["at"]


def test_each_part_of_a_bundle_comes_to_its_own(
    server: PlatformServer, terminal: PlainTerminal
) -> None:
    """Of three items three results; what is rejected comes to none."""
    bundle = terminal.whole(LI, find(CATALOGUE, "own_work"))
    number = outcome(terminal.apply(bundle), "accepted")["case_number"]
    rejected = terminal.whole(LI, find(CATALOGUE, "990100500900"))
    other = outcome(terminal.apply(rejected, "rejected-1"), "accepted")["case_number"]
    terminal.client.put(f"/sandbox/cases/{other}", json={"fate": "rejected"})
    before = len(terminal.held(LI))
    server.jump(days=60)
    assert len(terminal.held(LI)) == before + 3
    for place in (1, 2, 3):
        assert case_of(terminal, LI, f"{number}-{place}")["certificate"]
    assert case_of(terminal, LI, other)["certificate"] is None
