"""Inquiries, uploads and wishes, against the reference platform over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import httpx
import pytest

from drivers.device import Personal
from kiosk.core import events
from kiosk.core.cases import (
    Application,
    Attachment,
    Complaint,
    Grade,
    Issued,
    KeptDraft,
    Noted,
    Provided,
    Rating,
    Refused,
    Way,
)
from kiosk.core.effects import Consult, EndVisit, SendRating, StopConsulting, Submit, WatchUpload
from kiosk.core.inquiries import (
    CheckCode,
    ListCertificates,
    LoadDraft,
    LoadedDraft,
    OpenUpload,
    SaveDraft,
    Unanswered,
    UploadPage,
)
from kiosk.core.sheet import Sheet
from kiosk.core.troubles import Trouble
from kiosk.services.platform import HttpPlatform
from sandbox.platform.faults import Mode
from sandbox.platform.offer import PROOF_CODE
from tests.kiosk.services.hands.bench import Bench, bench
from tests.kiosk.services.hands.people import LI, WANG, jpeg
from tests.kiosk.services.reference import ACCOUNT
from tests.kiosk.services.scripted import says

pytestmark = pytest.mark.usefixtures("no_leaks")


@pytest.fixture
async def counter(tmp_path: Path) -> AsyncIterator[Bench]:
    """Hands with no more than a platform to work with."""
    async with bench(tmp_path) as one:
        yield one


def draft(page: Attachment) -> SaveDraft:
    """Something half filled in, with a page that was scanned."""
    materials = (Provided("bank_book", Way.SCAN, (page,)),)
    return SaveDraft(ACCOUNT, WANG, Sheet({"new_bank_name": "示例银行"}), materials)


# --- inquiries ---


async def test_an_inquiry_is_answered(counter: Bench) -> None:
    """What the platform says comes back with what it was asked."""
    asked = ListCertificates(WANG)
    counter.carry_out(Consult(1, asked))
    answered = await counter.come(events.Consulted)
    assert (answered.visit, answered.inquiry) == (1, asked)
    assert isinstance(answered.reply, tuple)


async def test_what_the_platform_says_no_to_is_said(counter: Bench) -> None:
    """A code that is nobody's is no mistake of anybody's."""
    counter.carry_out(Consult(1, CheckCode(Personal("990000-none"))))
    answered = await counter.come(events.Consulted)
    assert answered.reply == Unanswered(Trouble.CODE_REFUSED)
    assert not counter.report.told


@pytest.mark.parametrize("mode", [Mode.ERROR, Mode.DROP_BEFORE])
async def test_a_platform_that_is_away_is_said_to_be(counter: Bench, mode: Mode) -> None:
    """The resident is told at once, and may ask again."""
    counter.server.faults(mode)
    counter.carry_out(Consult(1, ListCertificates(WANG)))
    assert (await counter.come(events.Consulted)).reply == Unanswered(Trouble.PLATFORM_AWAY)


async def test_an_answer_against_the_contract_is_no_answer_and_staff_hears_of_it(
    tmp_path: Path,
) -> None:
    """A resident never sees what nobody promised."""
    nonsense = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n[]"
    async with says(nonsense) as script, bench(tmp_path, platform=script.platform) as counter:
        counter.carry_out(Consult(1, ListCertificates(WANG)))
        assert (await counter.come(events.Consulted)).reply == Unanswered(Trouble.UNEXPECTED)
        assert counter.report.told == ["platform_odd"]


@pytest.mark.parametrize("stop", [StopConsulting(), EndVisit(1)])
async def test_nobody_is_told_who_does_not_wait_any_more(
    counter: Bench, stop: StopConsulting | EndVisit
) -> None:
    """An answer that would come too late does not come."""
    counter.server.faults(Mode.SLOW, 1.0)
    counter.carry_out(Consult(1, ListCertificates(WANG)))
    counter.carry_out(stop)
    counter.server.faults(Mode.OFF)
    counter.carry_out(Consult(2, ListCertificates(WANG)))
    assert (await counter.come(events.Consulted)).visit == 2
    await counter.hands.settle()
    assert counter.events.empty()


async def test_a_draft_is_kept_with_its_pages(counter: Bench) -> None:
    """The pages are there before the draft names them; it is found again with both."""
    content = jpeg()
    page = Attachment(sha256(content).hexdigest(), content=content)
    counter.carry_out(Consult(1, draft(page)))
    kept = (await counter.come(events.Consulted)).reply
    assert isinstance(kept, KeptDraft)
    counter.carry_out(Consult(1, LoadDraft(WANG, kept.draft.id)))
    loaded = (await counter.come(events.Consulted)).reply
    assert isinstance(loaded, LoadedDraft)
    assert loaded.materials == (Provided("bank_book", Way.SCAN, (replace(page, content=None),)),)


@pytest.mark.parametrize("stop", [StopConsulting(), EndVisit(1)])
async def test_a_draft_under_way_is_kept_though_nobody_waits(
    counter: Bench, stop: StopConsulting | EndVisit
) -> None:
    """Whoever asked for it and left finds it again."""
    content = jpeg()
    counter.carry_out(Consult(1, draft(Attachment(sha256(content).hexdigest(), content=content))))
    counter.carry_out(stop)
    await counter.hands.settle()
    assert isinstance((await counter.come(events.Consulted)).reply, KeptDraft)


# --- uploads ---


class Pauses:
    """Pauses that last until the test lets them end."""

    def __init__(self) -> None:
        self.begun: asyncio.Queue[asyncio.Event] = asyncio.Queue()

    async def sleep(self, seconds: float) -> None:
        """Pause."""
        del seconds
        over = asyncio.Event()
        self.begun.put_nowait(over)
        await over.wait()

    async def end(self) -> None:
        """Wait until somebody pauses, and let them go on."""
        (await asyncio.wait_for(self.begun.get(), 20)).set()


async def opened(platform: HttpPlatform) -> UploadPage:
    """A page for a phone."""
    reply = await platform.consult(OpenUpload("id_copy"))
    assert isinstance(reply, UploadPage)
    return reply


async def send(page: UploadPage) -> None:
    """What a phone does."""
    async with httpx.AsyncClient(follow_redirects=True) as phone:
        files = {"pages": ("page.jpg", jpeg(), "image/jpeg")}
        (await phone.post(page.url, files=files)).raise_for_status()


async def test_what_a_phone_sends_arrives(tmp_path: Path) -> None:
    """Asked again and again: nothing yet, then its page; a platform away in between is nothing."""
    pauses = Pauses()
    async with bench(tmp_path, sleep=pauses.sleep) as counter:
        page = await opened(counter.platform)
        counter.carry_out(WatchUpload(1, page.session))
        first = await counter.come(events.Uploaded)
        assert first == events.Uploaded(1, page.session, (), ended=False)
        await send(page)
        counter.server.faults(Mode.ERROR)
        await pauses.end()
        over = await asyncio.wait_for(pauses.begun.get(), 20)  # that question was in vain
        counter.server.faults(Mode.OFF)
        over.set()
        arrived = await counter.come(events.Uploaded)
        assert len(arrived.pages) == 1
        assert not arrived.ended
        counter.carry_out(EndVisit(1))


async def test_a_page_for_a_phone_ends(tmp_path: Path) -> None:
    """After five minutes it is said to have ended, and nobody asks any more."""
    pauses = Pauses()
    async with bench(tmp_path, sleep=pauses.sleep) as counter:
        page = await opened(counter.platform)
        counter.server.jump(seconds=page.seconds + 1)
        counter.carry_out(WatchUpload(1, page.session))
        assert (await counter.come(events.Uploaded)).ended
        assert pauses.begun.empty()


async def test_a_page_that_nobody_knows_has_ended(counter: Bench) -> None:
    """A platform that lost it keeps nobody waiting."""
    counter.carry_out(WatchUpload(1, "nobodys"))
    assert await counter.come(events.Uploaded) == events.Uploaded(1, "nobodys", (), ended=True)


# --- wishes ---


async def test_a_wish_is_decided(counter: Bench) -> None:
    """The decision comes back, and the operations team hears what it was."""
    counter.carry_out(Submit(1, Application(PROOF_CODE, (PROOF_CODE,), WANG)))
    assert isinstance((await counter.come(events.Decided)).outcome, Issued)
    counter.carry_out(Submit(2, Application(PROOF_CODE, (PROOF_CODE,), LI)))
    assert isinstance((await counter.come(events.Decided)).outcome, Refused)
    counter.carry_out(Submit(3, Complaint("noise", Personal("太吵了"))))
    assert isinstance((await counter.come(events.Decided)).outcome, Noted)
    assert counter.report.told == ["application_issued", "application_refused", "complaint_noted"]


async def test_a_wish_is_sent_though_its_visit_ended(counter: Bench) -> None:
    """What was asked for happens, whoever left meanwhile."""
    counter.carry_out(Submit(1, Application(PROOF_CODE, (PROOF_CODE,), WANG)))
    counter.carry_out(EndVisit(1))
    await counter.hands.settle()
    assert counter.server.cases().cases == 1


async def test_a_rating_reaches_the_platform(counter: Bench) -> None:
    """Written down and sent; nothing comes back."""
    counter.carry_out(Submit(1, Application(PROOF_CODE, (PROOF_CODE,), WANG)))
    issued = (await counter.come(events.Decided)).outcome
    assert isinstance(issued, Issued)
    rating = Rating(issued.case_number, PROOF_CODE, Grade.SATISFIED)
    counter.carry_out(SendRating(rating))
    await counter.hands.settle()
    while counter.intents.pending():  # noqa: ASYNC110 # the platform answers in its own time
        await asyncio.sleep(0.01)
    assert counter.server.cases().ratings == 1
    assert counter.events.empty()
