"""What comes of applications, supplements, complaints, confirmations and ratings."""

from __future__ import annotations

from datetime import date

import httpx
import pytest

from tests.conformance.speaker import (
    PICTURE,
    Body,
    Speaker,
    expect_problem,
    expect_text,
    new_key,
    sha256,
)

GONE = "CONFORM-NONE"


def test_an_instant_item_is_issued(speaker: Speaker) -> None:
    """With a certificate of the applicant's own that anybody can verify."""
    issued, person = speaker.issued(), speaker.person()
    certificate = issued["certificate"]
    assert issued["case_number"]
    assert (certificate["holder"], certificate["holder_id"]) == (
        person["name"],
        person["id_number"],
    )
    for fact in certificate["facts"]:
        expect_text(fact["label"])
    page = httpx.get(certificate["verify_url"], timeout=30, trust_env=False)
    assert page.status_code == httpx.codes.OK
    assert page.headers["Content-Type"].startswith("text/html")


def test_a_case_is_accepted_with_its_days(speaker: Speaker) -> None:
    """The promised day is not after the statutory one."""
    accepted = speaker.accepted()
    promised, statutory = (date.fromisoformat(accepted[n]) for n in ("promised_on", "statutory_on"))
    assert promised <= statutory
    assert accepted["case_number"]


def test_an_item_that_is_not_offered_is_refused(speaker: Speaker) -> None:
    """It was withdrawn, or never there; the words are for residents."""
    body = speaker.application("instant", code="CONFORM-0", items=["CONFORM-0"])
    answer = speaker.send("/v1/applications", body)
    assert answer.status_code == httpx.codes.CREATED
    refused = answer.json()
    assert (refused["outcome"], refused["reason"]) == ("refused", "item_withdrawn")
    expect_text(refused["words"])


def test_a_document_that_ran_out_is_refused(speaker: Speaker) -> None:
    """Whatever the terminal let pass is looked at again."""
    applicant = speaker.person() | {"valid_until": "2001-01-01"}
    body = speaker.application("instant", applicant=applicant)
    refused = speaker.send("/v1/applications", body).json()
    assert (refused["outcome"], refused["reason"]) == ("refused", "document_expired")


def test_somebody_else_under_that_number_is_refused(speaker: Speaker) -> None:
    """Name and number belong together."""
    applicant = speaker.person() | {"name": speaker.person("stranger")["name"]}
    body = speaker.application("instant", applicant=applicant)
    refused = speaker.send("/v1/applications", body).json()
    assert (refused["outcome"], refused["reason"]) == ("refused", "identity_mismatch")


def test_whoever_is_not_entitled_is_refused(speaker: Speaker) -> None:
    """With a reason of the item's own."""
    reason = speaker.example("refused")["reason"]
    body = speaker.application("instant", "stranger")
    refused = speaker.send("/v1/applications", body).json()
    assert (refused["outcome"], refused["reason"]) == ("refused", reason)


def test_whoever_is_too_young_is_refused(speaker: Speaker) -> None:
    """A guardian acts for them."""
    body = speaker.whole(applicant=speaker.person("minor"))
    refused = speaker.send("/v1/applications", body).json()
    assert (refused["outcome"], refused["reason"]) == ("refused", "underage")


def test_a_missing_material_is_named(speaker: Speaker) -> None:
    """Everything is checked anew by the catalogue."""
    refused = speaker.send("/v1/applications", speaker.application("case")).json()
    assert (refused["outcome"], refused["reason"]) == ("refused", "incomplete")
    assert speaker.example("case")["material"] in refused["materials"]


def test_a_missing_answer_is_refused(speaker: Speaker) -> None:
    """So are the answers."""
    if not speaker.example("case").get("answers"):
        pytest.skip("optional: the example item asks nothing")
    refused = speaker.send("/v1/applications", speaker.whole(answers={})).json()
    assert (refused["outcome"], refused["reason"]) == ("refused", "incomplete")


def test_a_page_that_was_never_handed_in_is_a_mistake(speaker: Speaker) -> None:
    """It is no refusal: once it is handed in, the same key leads to a case."""
    content, key = PICTURE + new_key().encode(), new_key()
    material = {
        "material": speaker.example("case")["material"],
        "way": "scan",
        "pages": [{"sha256": sha256(content), "media_type": "image/jpeg"}],
        "certificate": None,
    }
    body = speaker.application("case", materials=[material])
    expect_problem(speaker.send("/v1/applications", body, key), 422, "unknown_file")
    speaker.put(content).raise_for_status()
    assert speaker.send("/v1/applications", body, key).json()["outcome"] == "accepted"


def test_what_may_follow_follows(speaker: Speaker) -> None:
    """容缺受理: accepted with what is owed and until when; handed in, it is noted."""
    item = speaker.example("deferred")
    later = {"material": item["material"], "way": "later", "pages": [], "certificate": None}
    body = speaker.application("deferred", materials=[later])
    accepted = speaker.send("/v1/applications", body).json()
    assert accepted["outcome"] == "accepted"
    [owed] = accepted["owed"]
    assert owed["material"] == item["material"]
    expect_text(owed["name"])
    supplement = speaker.wish(
        case_number=accepted["case_number"],
        applicant=speaker.person(),
        materials=[speaker.scanned(item["material"])],
    )
    answer = speaker.send("/v1/supplements", supplement)
    assert answer.status_code == httpx.codes.CREATED
    assert answer.json()["outcome"] == "noted"


def test_a_supplement_to_no_case_is_refused(speaker: Speaker) -> None:
    """So is one to somebody else's, by the same words."""
    material = speaker.scanned(speaker.example("case")["material"])
    accepted = speaker.accepted()
    for case, who in ((GONE, "person"), (accepted["case_number"], "stranger")):
        wish = speaker.wish(case_number=case, applicant=speaker.person(who), materials=[material])
        refused = speaker.send("/v1/supplements", wish).json()
        assert (refused["outcome"], refused["reason"]) == ("refused", "unknown_case")


@pytest.mark.parametrize("named", [False, True])
def test_a_complaint_is_noted_with_its_day(speaker: Speaker, *, named: bool) -> None:
    """有诉即办: by anybody, with or without a name; when the answer is due is told."""
    body = speaker.complaint(person=speaker.person() if named else None)
    answer = speaker.send("/v1/complaints", body)
    assert answer.status_code == httpx.codes.CREATED
    noted = answer.json()
    assert noted["outcome"] == "noted"
    assert date.fromisoformat(noted["due_on"]) >= date.fromisoformat(body["made_at"][:10])


def test_a_follow_up_to_nothing_is_refused(speaker: Speaker) -> None:
    """回访 is of a complaint that has its reply."""
    wish = speaker.wish(complaint=GONE, settled=True)
    refused = speaker.send("/v1/follow-ups", wish).json()
    assert (refused["outcome"], refused["reason"]) == ("refused", "unknown_case")
    fresh = speaker.send("/v1/complaints", speaker.complaint()).json()["number"]
    early = speaker.send("/v1/follow-ups", speaker.wish(complaint=fresh, settled=True)).json()
    assert early["outcome"] == "refused"
    expect_text(early["words"])


def match(speaker: Speaker, code: str) -> Body:
    """How a policy fits the person."""
    told = speaker.ask("/v1/policies/matches", person=speaker.person(), principal=None).json()
    [found] = [one for one in told["matches"] if one["policy"] == code]
    assert isinstance(found, dict)
    return found


def test_a_policy_that_fits_is_found_and_wanted(speaker: Speaker) -> None:
    """免申即享: whoever matches says yes, and nothing is left to do; others are refused."""
    code = speaker.example("policy")["code"]
    expect_text(match(speaker, code)["why"])
    wish = speaker.wish(policy=code, person=speaker.person(), principal=None)
    assert speaker.send("/v1/confirmations", wish).is_success
    assert match(speaker, code)["taken"]
    stranger = speaker.wish(policy=code, person=speaker.person("stranger"), principal=None)
    assert speaker.send("/v1/confirmations", stranger).json()["outcome"] == "refused"


@pytest.mark.parametrize("grade", [1, 5])
def test_a_case_has_one_rating(speaker: Speaker, grade: int) -> None:
    """好差评: noted under the number of the case, and a second one is too late."""
    case, code = speaker.issued()["case_number"], speaker.example("instant")["code"]
    wish = speaker.wish(case_number=case, item_code=code, grade=grade, reasons=[])
    answer = speaker.send("/v1/ratings", wish)
    assert answer.status_code == httpx.codes.CREATED
    assert answer.json()["number"] == case
    expect_problem(speaker.send("/v1/ratings", wish), 409, "already_rated")


@pytest.mark.parametrize("grade", [0, 6, "5", 4.5, True])
def test_there_are_five_grades(speaker: Speaker, grade: object) -> None:
    """Whole numbers from 1 to 5."""
    case, code = speaker.issued()["case_number"], speaker.example("instant")["code"]
    wish = speaker.wish(case_number=case, item_code=code, grade=grade, reasons=[])
    expect_problem(speaker.send("/v1/ratings", wish), 422, "invalid_request")


def test_what_is_no_case_has_no_rating(speaker: Speaker) -> None:
    """A rating is of one case."""
    wish = speaker.wish(case_number=GONE, item_code="any", grade=5, reasons=[])
    expect_problem(speaker.send("/v1/ratings", wish), 422, "unknown_case")


@pytest.mark.optional
def test_a_case_can_be_rated_on_the_phone(speaker: Speaker) -> None:
    """Its page needs no script and is kept nowhere."""
    url = speaker.issued().get("rating_url")
    assert url
    page = httpx.get(url, timeout=30, trust_env=False)
    assert page.status_code == httpx.codes.OK
    assert "<script" not in page.text
    assert "no-store" in page.headers["Cache-Control"]
