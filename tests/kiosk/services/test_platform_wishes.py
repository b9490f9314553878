"""Every wish over real HTTP, decided by the reference platform, and each fault on the way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drivers.device import Personal
from kiosk.core.cases import (
    Accepted,
    Application,
    Complaint,
    Confirmation,
    FollowUp,
    Grade,
    Issued,
    Match,
    Noted,
    Provided,
    Rating,
    Reason,
    Refused,
    Supplement,
    Way,
)
from kiosk.core.catalogue import Language
from kiosk.core.identity import Person
from kiosk.core.inquiries import (
    FindAffairs,
    ListCertificates,
    MatchPolicies,
)
from kiosk.services import signed
from kiosk.services.platform import (
    HttpPlatform,
    PlatformProtocolError,
    PlatformUnavailable,
)
from sandbox.platform.offer import PROOF_CODE
from sandbox.platform.server import PlatformServer
from tests.kiosk.services.paper_office import page
from tests.kiosk.services.reference import affairs, certificate_of, fresh, hand_in, sent
from tests.kiosk.services.scripted import adapter


async def test_an_application_is_decided_once_for_a_key(
    http: HttpPlatform, server: PlatformServer, proof: Application
) -> None:
    """A repeated key has the same decision and makes no second case."""
    before, key, sending = server.cases().cases, fresh(), sent(proof)
    first = await http.deliver(sending, key)
    assert isinstance(first, Issued)
    assert await http.deliver(sending, key) == first
    assert server.cases().cases == before + 1
    assert first.certificate.holder == proof.applicant.name
    assert first.certificate.facts


async def test_answers_pages_and_a_signature_arrive(
    http: HttpPlatform, account: Application
) -> None:
    """A whole application is accepted, with its days; its pages have to be there first."""
    sending, key = sent(account), fresh()
    with pytest.raises(PlatformProtocolError, match=r"422 \(unknown_file\)"):
        await http.deliver(sending, key)
    await hand_in(http, account)
    await hand_in(http, account)  # they are there already, which is fine
    accepted = await http.deliver(sending, key)
    assert isinstance(accepted, Accepted)
    assert accepted.promised_on <= accepted.statutory_on


async def test_a_page_that_is_not_its_digest_is_not_taken(http: HttpPlatform) -> None:
    """What was damaged on the way is found."""
    damaged = replace(page(b"\xff\xd8\xff whole"), content=b"\xff\xd8\xff hole")
    with pytest.raises(PlatformProtocolError, match=r"422 \(wrong_digest\)"):
        await http.store_file(damaged)


async def test_what_is_incomplete_is_refused_in_the_language_of_the_resident(
    http: HttpPlatform, account: Application
) -> None:
    """Refused is no error: its words say what is missing, its materials which papers."""
    bare = replace(account, materials=())
    chinese = await http.deliver(sent(bare), fresh())
    english = await http.deliver(sent(replace(bare, language=Language.ENGLISH)), fresh())
    assert isinstance(chinese, Refused)
    assert isinstance(english, Refused)
    assert chinese.reason == english.reason == "incomplete"
    assert chinese.materials == ("bank_book",)
    assert not chinese.words.isascii()
    assert chinese.words != english.words


async def test_a_supplement_to_no_case_is_refused(http: HttpPlatform, applicant: Person) -> None:
    """As whatever refers to what the platform does not know."""
    wish = Supplement(
        "none", applicant, (Provided("bank_book", Way.SCAN, (page(b"\xff\xd8\xff b"),)),)
    )
    await hand_in(http, wish)
    refused = await http.deliver(sent(wish), fresh())
    assert isinstance(refused, Refused)
    assert refused.reason == "unknown_case"


async def test_a_complaint_is_noted_answered_and_followed_up(
    http: HttpPlatform, server: PlatformServer, applicant: Person
) -> None:
    """From what somebody said, over the reply, to what they think of it."""
    wish = Complaint("service", Personal("路灯坏了"), Personal("13900000000"), person=applicant)
    noted = await http.deliver(sent(wish), fresh())
    assert isinstance(noted, Noted)
    assert noted.due_on is not None
    server.jump(days=60)
    [complaint] = (await affairs(http, FindAffairs(applicant))).complaints
    assert complaint.number == noted.number
    assert complaint.reply
    settled = await http.deliver(sent(FollowUp(noted.number, settled=True)), fresh())
    assert isinstance(settled, Noted)


async def test_a_policy_that_fits_is_confirmed(http: HttpPlatform, applicant: Person) -> None:
    """Without an application: what fits is found, wanted, and taken from then on."""
    matches = await http.consult(MatchPolicies(applicant))
    assert isinstance(matches, tuple)
    open_ones = [one.policy for one in matches if isinstance(one, Match) and not one.taken]
    [open_one, *_] = open_ones
    confirmed = await http.deliver(sent(Confirmation(open_one, applicant)), fresh())
    assert isinstance(confirmed, Noted)


async def test_a_rating_is_left_once(http: HttpPlatform, proof: Application) -> None:
    """A repeated key, and a case that has its rating already, are no trouble."""
    issued = await certificate_of(http, proof)
    rating = Rating(issued.case_number, PROOF_CODE, Grade.DISSATISFIED, (Reason.SLOW,))
    sending, key = sent(rating), fresh()
    assert await http.deliver(sending, key) == Noted(issued.case_number)
    assert await http.deliver(sending, key) == Noted(issued.case_number)
    assert await http.deliver(sending, fresh()) == Noted(issued.case_number)


async def test_a_key_for_two_requests_is_against_the_contract(
    http: HttpPlatform, proof: Application
) -> None:
    """The platform says so by a stable code, and nothing personal is in the error."""
    key = fresh()
    await http.deliver(sent(proof), key)
    with pytest.raises(PlatformProtocolError, match=r"422 \(key_reused\)") as raised:
        await http.deliver(sent(proof), key)
    assert proof.applicant.name.reveal() not in str(raised.value)


async def test_the_catalogue_is_a_signed_bundle_and_asked_for_by_its_etag(
    http: HttpPlatform,
) -> None:
    """An unchanged one is not sent again."""
    bundle = await http.catalogue(None)
    assert bundle is not None
    assert await http.catalogue(signed.etag(signed.digest(bundle))) is None


@pytest.mark.parametrize("mode", ["error", "drop_before", "drop_after", "slow"])
async def test_a_platform_in_trouble_is_unavailable(
    server: PlatformServer, proof: Application, mode: str
) -> None:
    """Whatever the trouble, the same key leads to one case once it is over."""
    platform = adapter(server.address, timeout=0.5)
    before, key, sending = server.cases().cases, fresh(), sent(proof)
    server.faults(mode, 3.0)
    with pytest.raises(PlatformUnavailable):
        await platform.deliver(sending, key)
    with pytest.raises(PlatformUnavailable):
        await platform.consult(ListCertificates(proof.applicant))
    assert not await platform.reachable()
    server.faults("off")
    assert await platform.reachable()
    assert isinstance(await platform.deliver(sending, key), Issued)
    assert server.cases().cases == before + 1
    await platform.aclose()


async def test_a_request_that_arrives_twice_counts_once(
    http: HttpPlatform, server: PlatformServer, proof: Application
) -> None:
    """A proxy that sends something again makes no second case."""
    before = server.cases().cases
    server.faults("duplicate")
    assert isinstance(await http.deliver(sent(proof), fresh()), Issued)
    assert server.cases().cases == before + 1
