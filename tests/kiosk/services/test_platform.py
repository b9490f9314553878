"""The adapter against the reference platform, over real HTTP: wishes, inquiries, and each fault."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from drivers.device import Personal, Point, Signature
from kiosk.core.cases import (
    Accepted,
    Application,
    CaseState,
    Complaint,
    Confirmation,
    FollowUp,
    Grade,
    Issued,
    KeptDraft,
    Match,
    Noted,
    Provided,
    Rating,
    Reason,
    Refused,
    Supplement,
    Way,
    Wish,
)
from kiosk.core.catalogue import Language
from kiosk.core.identity import Document, Person
from kiosk.core.inquiries import (
    Affairs,
    CheckCode,
    FindAffairs,
    ListCertificates,
    LoadDraft,
    LoadedDraft,
    MatchPolicies,
    OpenCertificate,
    OpenedCertificate,
    OpenUpload,
    PollUpload,
    SaveDraft,
    Share,
    Shared,
    Unanswered,
    Uploaded,
    UploadPage,
)
from kiosk.core.sheet import Sheet
from kiosk.core.troubles import Trouble
from kiosk.services import signed
from kiosk.services.platform import (
    Grant,
    HttpPlatform,
    PlatformProtocolError,
    PlatformUnavailable,
    Sending,
)
from sandbox import residents
from sandbox.devices.barcode_scanner import dynamic_code
from sandbox.platform.offer import PROOF_CODE
from sandbox.platform.server import PlatformServer
from tests.kiosk.services.paper_office import page
from tests.kiosk.services.scripted import adapter

ACCOUNT = "990100500700"  # changing the account a pension is paid into: answers, a page, signed
SIGNATURE = Signature((tuple(Point(x, x // 2, x) for x in range(0, 6000, 500)),), 12_000, 6_000)


@pytest.fixture(scope="module")
def server() -> Iterator[PlatformServer]:
    """The reference platform on a port of its own."""
    with PlatformServer() as server:
        yield server


@pytest.fixture
async def platform(server: PlatformServer) -> AsyncIterator[HttpPlatform]:
    """The adapter towards it, and no trouble in between."""
    server.faults("off")
    platform = adapter(server.address)
    yield platform
    await platform.aclose()


@pytest.fixture
def proof(applicant: Person) -> Application:
    """An application for what is issued at once."""
    return Application(PROOF_CODE, (PROOF_CODE,), applicant)


@pytest.fixture
def account(applicant: Person) -> Application:
    """An application with answers, a page and a signature, to be decided later."""
    answers = Sheet(
        {"new_bank_name": "示例银行", "new_bank_account": "6200009900001", "phone": "13900000000"}
    )
    return Application(
        ACCOUNT,
        (ACCOUNT,),
        applicant,
        answers=answers,
        materials=(Provided("bank_book", Way.SCAN, (page(b"\xff\xd8\xff bank book"),)),),
        signature=SIGNATURE,
    )


def sent(wish: Wish) -> Sending:
    """A wish as it is sent now."""
    return Sending(wish, "HY0001-261123-48017-K", datetime.now(UTC), "HY0001")


def fresh() -> str:
    """A key that was never used."""
    return str(uuid4())


async def hand_in(platform: HttpPlatform, wish: Application | Supplement) -> None:
    """Its pages, as intents do it."""
    for one in (one for material in wish.materials for one in material.pages):
        await platform.store_file(one)


async def certificate_of(platform: HttpPlatform, proof: Application) -> Issued:
    """A certificate that was just issued."""
    issued = await platform.deliver(sent(proof), fresh())
    assert isinstance(issued, Issued)
    return issued


# --- wishes ---


async def test_an_application_is_decided_once_for_a_key(
    platform: HttpPlatform, server: PlatformServer, proof: Application
) -> None:
    """A repeated key has the same decision and makes no second case."""
    before, key, sending = server.cases().cases, fresh(), sent(proof)
    first = await platform.deliver(sending, key)
    assert isinstance(first, Issued)
    assert await platform.deliver(sending, key) == first
    assert server.cases().cases == before + 1
    assert first.certificate.holder == proof.applicant.name
    assert first.certificate.facts


async def test_answers_pages_and_a_signature_arrive(
    platform: HttpPlatform, account: Application
) -> None:
    """A whole application is accepted, with its days; its pages have to be there first."""
    sending, key = sent(account), fresh()
    with pytest.raises(PlatformProtocolError, match=r"422 \(unknown_file\)"):
        await platform.deliver(sending, key)
    await hand_in(platform, account)
    await hand_in(platform, account)  # they are there already, which is fine
    accepted = await platform.deliver(sending, key)
    assert isinstance(accepted, Accepted)
    assert accepted.promised_on <= accepted.statutory_on


async def test_a_page_that_is_not_its_digest_is_not_taken(platform: HttpPlatform) -> None:
    """What was damaged on the way is found."""
    damaged = replace(page(b"\xff\xd8\xff whole"), content=b"\xff\xd8\xff hole")
    with pytest.raises(PlatformProtocolError, match=r"422 \(wrong_digest\)"):
        await platform.store_file(damaged)


async def test_what_is_incomplete_is_refused_in_the_language_of_the_resident(
    platform: HttpPlatform, account: Application
) -> None:
    """Refused is no error: its words say what is missing, its materials which papers."""
    bare = replace(account, materials=())
    chinese = await platform.deliver(sent(bare), fresh())
    english = await platform.deliver(sent(replace(bare, language=Language.ENGLISH)), fresh())
    assert isinstance(chinese, Refused)
    assert isinstance(english, Refused)
    assert chinese.reason == english.reason == "incomplete"
    assert chinese.materials == ("bank_book",)
    assert not chinese.words.isascii()
    assert chinese.words != english.words


async def test_a_supplement_to_no_case_is_refused(
    platform: HttpPlatform, applicant: Person
) -> None:
    """As whatever refers to what the platform does not know."""
    wish = Supplement(
        "none", applicant, (Provided("bank_book", Way.SCAN, (page(b"\xff\xd8\xff b"),)),)
    )
    await hand_in(platform, wish)
    refused = await platform.deliver(sent(wish), fresh())
    assert isinstance(refused, Refused)
    assert refused.reason == "unknown_case"


async def test_a_complaint_is_noted_answered_and_followed_up(
    platform: HttpPlatform, server: PlatformServer, applicant: Person
) -> None:
    """From what somebody said, over the reply, to what they think of it."""
    wish = Complaint("service", Personal("路灯坏了"), Personal("13900000000"), person=applicant)
    noted = await platform.deliver(sent(wish), fresh())
    assert isinstance(noted, Noted)
    assert noted.due_on is not None
    server.jump(days=60)
    [complaint] = (await affairs(platform, FindAffairs(applicant))).complaints
    assert complaint.number == noted.number
    assert complaint.reply
    settled = await platform.deliver(sent(FollowUp(noted.number, settled=True)), fresh())
    assert isinstance(settled, Noted)


async def test_a_policy_that_fits_is_confirmed(platform: HttpPlatform, applicant: Person) -> None:
    """Without an application: what fits is found, wanted, and taken from then on."""
    matches = await platform.consult(MatchPolicies(applicant))
    assert isinstance(matches, tuple)
    open_ones = [one.policy for one in matches if isinstance(one, Match) and not one.taken]
    [open_one, *_] = open_ones
    confirmed = await platform.deliver(sent(Confirmation(open_one, applicant)), fresh())
    assert isinstance(confirmed, Noted)


async def test_a_rating_is_left_once(platform: HttpPlatform, proof: Application) -> None:
    """A repeated key, and a case that has its rating already, are no trouble."""
    issued = await certificate_of(platform, proof)
    rating = Rating(issued.case_number, PROOF_CODE, Grade.DISSATISFIED, (Reason.SLOW,))
    sending, key = sent(rating), fresh()
    assert await platform.deliver(sending, key) == Noted(issued.case_number)
    assert await platform.deliver(sending, key) == Noted(issued.case_number)
    assert await platform.deliver(sending, fresh()) == Noted(issued.case_number)


async def test_a_key_for_two_requests_is_against_the_contract(
    platform: HttpPlatform, proof: Application
) -> None:
    """The platform says so by a stable code, and nothing personal is in the error."""
    key = fresh()
    await platform.deliver(sent(proof), key)
    with pytest.raises(PlatformProtocolError, match=r"422 \(key_reused\)") as raised:
        await platform.deliver(sent(proof), key)
    assert proof.applicant.name.reveal() not in str(raised.value)


# --- inquiries ---


async def affairs(platform: HttpPlatform, inquiry: FindAffairs) -> Affairs:
    """What has become of something."""
    reply = await platform.consult(inquiry)
    assert isinstance(reply, Affairs)
    return reply


async def test_whose_code_it_is(platform: HttpPlatform, applicant: Person) -> None:
    """A code of this minute is somebody's; any other is refused."""
    code = Personal(dynamic_code("wang", time.time()))
    found = await platform.consult(CheckCode(code))
    assert found == replace(applicant, document=Document.ELECTRONIC)
    refused = await platform.consult(CheckCode(Personal("990000-none")))
    assert refused == Unanswered(Trouble.CODE_REFUSED)


async def test_what_is_shared_is_what_was_agreed_to(
    platform: HttpPlatform, applicant: Person
) -> None:
    """With consent the answers that were asked for; without it none."""
    asked = Share(PROOF_CODE, applicant, None, ("contact.address",), (), consent=True)
    told = await platform.consult(asked)
    assert isinstance(told, Shared)
    assert set(told.answers) <= {"contact.address"}
    nothing = await platform.consult(replace(asked, consent=False))
    assert isinstance(nothing, Shared)
    assert (nothing.answers, nothing.certificates) == ({}, ())


async def test_a_case_is_found_by_whose_it_is_and_by_its_number(
    platform: HttpPlatform, account: Application
) -> None:
    """Its applicant sees all of theirs; by number alone there is one case, or none."""
    await hand_in(platform, account)
    accepted = await platform.deliver(sent(account), fresh())
    assert isinstance(accepted, Accepted)
    mine = (await affairs(platform, FindAffairs(account.applicant))).cases
    assert accepted.case_number in {case.number for case in mine}
    [case] = (await affairs(platform, FindAffairs(number=accepted.case_number))).cases
    assert case.state in CaseState
    assert case.promised_on == accepted.promised_on
    nothing = await platform.consult(FindAffairs(number="990000-none"))
    assert nothing == Unanswered(Trouble.NOT_FOUND)


async def test_a_certificate_is_listed_opened_and_printed(
    platform: HttpPlatform, proof: Application
) -> None:
    """By its holder alone, and no more often a day than allowed; what was not printed is free."""
    certificate = (await certificate_of(platform, proof)).certificate
    holder, number = proof.applicant, certificate.number
    held = await platform.consult(ListCertificates(holder))
    assert isinstance(held, tuple)
    assert number in {one.number for one in held if hasattr(one, "number")}
    opened = await platform.consult(OpenCertificate(holder, number))
    assert isinstance(opened, OpenedCertificate)
    assert opened.certificate == certificate
    keys = [fresh() for _ in range(opened.left + 1)]
    for left, key in enumerate(reversed(keys[:-1])):
        granted = await platform.grant_print(holder, number, key)
        assert isinstance(granted, Grant)
        assert granted.left == opened.left - left - 1
        assert await platform.grant_print(holder, number, key) == granted
    used = await platform.grant_print(holder, number, keys[-1])
    assert used == Unanswered(Trouble.QUOTA_USED)
    await platform.return_print(keys[0])
    await platform.return_print(keys[0])
    assert isinstance(await platform.grant_print(holder, number, fresh()), Grant)


async def test_somebody_elses_certificate_is_not_there(
    platform: HttpPlatform, proof: Application
) -> None:
    """Whoever knows its number learns nothing by it."""
    certificate = (await certificate_of(platform, proof)).certificate
    card = residents.LI.card
    other = replace(
        proof.applicant, name=card.name, id_number=card.id_number, birth_date=card.birth_date
    )
    assert await platform.consult(OpenCertificate(other, certificate.number)) == Unanswered(
        Trouble.NOT_FOUND
    )


async def test_a_phone_has_a_page_for_one_material(platform: HttpPlatform) -> None:
    """Its address is fresh, and what has come so far is asked again and again."""
    opened = await platform.consult(OpenUpload("bank_book"))
    assert isinstance(opened, UploadPage)
    assert opened.url.startswith("http")
    polled = await platform.consult(PollUpload(opened.session))
    assert polled == Uploaded((), ended=False)
    assert await platform.consult(PollUpload("none")) == Unanswered(Trouble.NOT_FOUND)


async def test_a_draft_is_kept_changed_and_submitted(
    platform: HttpPlatform, account: Application
) -> None:
    """It comes back as it was, one change after the other, and ends with its application."""
    await hand_in(platform, account)
    materials = tuple(
        replace(each, pages=tuple(replace(one, content=None) for one in each.pages))
        for each in account.materials
    )
    save = SaveDraft(ACCOUNT, account.applicant, account.answers, account.materials)
    kept = await platform.consult(save)
    assert isinstance(kept, KeptDraft)
    loaded = await platform.consult(LoadDraft(account.applicant, kept.draft.id))
    assert loaded == LoadedDraft(kept, dict(account.answers.items()), materials)
    changed = await platform.consult(replace(save, draft=kept.draft))
    assert isinstance(changed, KeptDraft)
    stale = await platform.consult(replace(save, draft=kept.draft))
    assert stale == Unanswered(Trouble.DRAFT_CHANGED)
    assert isinstance(
        await platform.deliver(sent(replace(account, draft=changed.draft)), fresh()), Accepted
    )
    gone = await platform.consult(LoadDraft(account.applicant, kept.draft.id))
    assert gone == Unanswered(Trouble.DRAFT_GONE)


# --- trouble ---


async def test_the_catalogue_is_a_signed_bundle_and_asked_for_by_its_etag(
    platform: HttpPlatform,
) -> None:
    """An unchanged one is not sent again."""
    bundle = await platform.catalogue(None)
    assert bundle is not None
    assert await platform.catalogue(signed.etag(signed.digest(bundle))) is None


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
    platform: HttpPlatform, server: PlatformServer, proof: Application
) -> None:
    """A proxy that sends something again makes no second case."""
    before = server.cases().cases
    server.faults("duplicate")
    assert isinstance(await platform.deliver(sent(proof), fresh()), Issued)
    assert server.cases().cases == before + 1
