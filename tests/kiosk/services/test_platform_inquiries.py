"""Every inquiry over real HTTP, answered by the reference platform."""

from __future__ import annotations

import time
from dataclasses import replace

from drivers.device import Personal
from kiosk.core.cases import (
    Accepted,
    Application,
    CaseState,
    KeptDraft,
)
from kiosk.core.identity import Document, Person
from kiosk.core.inquiries import (
    CheckCode,
    CompareFace,
    FaceVerdict,
    FindAffairs,
    ListCertificates,
    LoadDraft,
    LoadedDraft,
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
from kiosk.core.troubles import Trouble
from kiosk.services.platform import (
    Grant,
    HttpPlatform,
)
from sandbox import residents
from sandbox.devices.barcode_scanner import dynamic_code
from tests.kiosk.services.reference import (
    ACCOUNT,
    affairs,
    certificate_of,
    fresh,
    hand_in,
    photo_of,
    sent,
)


async def test_whose_code_it_is(http: HttpPlatform, applicant: Person) -> None:
    """A code of this minute is somebody's; any other is refused."""
    code = Personal(dynamic_code("wang", time.time()))
    found = await http.consult(CheckCode(code))
    assert found == replace(applicant, document=Document.ELECTRONIC)
    refused = await http.consult(CheckCode(Personal("990000-none")))
    assert refused == Unanswered(Trouble.CODE_REFUSED)


async def test_whose_face_it_is(http: HttpPlatform, applicant: Person) -> None:
    """The holder's own, somebody else's, or none in the picture."""
    assert await http.consult(CompareFace(applicant, photo_of("wang"))) == FaceVerdict(same=True)
    assert await http.consult(CompareFace(applicant, photo_of("li"))) == FaceVerdict(same=False)
    nobody = await http.consult(CompareFace(applicant, photo_of(None)))
    assert nobody == Unanswered(Trouble.FACE_NOT_SEEN)


async def test_what_is_shared_is_what_was_agreed_to(http: HttpPlatform, applicant: Person) -> None:
    """With consent the answers that were asked for; without it none."""
    asked = Share(ACCOUNT, applicant, None, ("contact.phone",), (), consent=True)
    told = await http.consult(asked)
    assert isinstance(told, Shared)
    assert set(told.answers) == {"contact.phone"}
    nothing = await http.consult(replace(asked, consent=False))
    assert isinstance(nothing, Shared)
    assert (nothing.answers, nothing.certificates) == ({}, ())


async def test_a_case_is_found_by_whose_it_is_and_by_its_number(
    http: HttpPlatform, account: Application
) -> None:
    """Its applicant sees all of theirs; by number alone there is one case, or none."""
    await hand_in(http, account)
    accepted = await http.deliver(sent(account), fresh())
    assert isinstance(accepted, Accepted)
    mine = (await affairs(http, FindAffairs(account.applicant))).cases
    assert accepted.case_number in {case.number for case in mine}
    [case] = (await affairs(http, FindAffairs(number=accepted.case_number))).cases
    assert case.state in CaseState
    assert case.promised_on == accepted.promised_on
    nothing = await http.consult(FindAffairs(number="990000-none"))
    assert nothing == Unanswered(Trouble.NOT_FOUND)


async def test_a_certificate_is_listed_opened_and_printed(
    http: HttpPlatform, proof: Application
) -> None:
    """By its holder alone, and no more often a day than allowed; what was not printed is free."""
    certificate = (await certificate_of(http, proof)).certificate
    holder, number = proof.applicant, certificate.number
    held = await http.consult(ListCertificates(holder))
    assert isinstance(held, tuple)
    assert number in {one.number for one in held if hasattr(one, "number")}
    opened = await http.consult(OpenCertificate(holder, number))
    assert isinstance(opened, OpenedCertificate)
    assert opened.certificate == certificate
    keys = [fresh() for _ in range(opened.left + 1)]
    for left, key in enumerate(reversed(keys[:-1])):
        granted = await http.grant_print(holder, number, key)
        assert isinstance(granted, Grant)
        assert granted.left == opened.left - left - 1
        assert await http.grant_print(holder, number, key) == granted
    used = await http.grant_print(holder, number, keys[-1])
    assert used == Unanswered(Trouble.QUOTA_USED)
    await http.return_print(keys[0])
    await http.return_print(keys[0])
    assert isinstance(await http.grant_print(holder, number, fresh()), Grant)


async def test_somebody_elses_certificate_is_not_there(
    http: HttpPlatform, proof: Application
) -> None:
    """Whoever knows its number learns nothing by it."""
    certificate = (await certificate_of(http, proof)).certificate
    card = residents.LI.card
    other = replace(
        proof.applicant, name=card.name, id_number=card.id_number, birth_date=card.birth_date
    )
    assert await http.consult(OpenCertificate(other, certificate.number)) == Unanswered(
        Trouble.NOT_FOUND
    )


async def test_a_phone_has_a_page_for_one_material(http: HttpPlatform) -> None:
    """Its address is fresh, and what has come so far is asked again and again."""
    opened = await http.consult(OpenUpload("bank_book"))
    assert isinstance(opened, UploadPage)
    assert opened.url.startswith("http")
    polled = await http.consult(PollUpload(opened.session))
    assert polled == Uploaded((), ended=False)
    assert await http.consult(PollUpload("none")) == Unanswered(Trouble.NOT_FOUND)


async def test_a_draft_is_kept_changed_and_submitted(
    http: HttpPlatform, account: Application
) -> None:
    """It comes back as it was, one change after the other, and ends with its application."""
    await hand_in(http, account)
    materials = tuple(
        replace(each, pages=tuple(replace(one, content=None) for one in each.pages))
        for each in account.materials
    )
    save = SaveDraft(ACCOUNT, account.applicant, account.answers, account.materials)
    kept = await http.consult(save)
    assert isinstance(kept, KeptDraft)
    loaded = await http.consult(LoadDraft(account.applicant, kept.draft.id))
    assert loaded == LoadedDraft(kept, dict(account.answers.items()), materials)
    changed = await http.consult(replace(save, draft=kept.draft))
    assert isinstance(changed, KeptDraft)
    stale = await http.consult(replace(save, draft=kept.draft))
    assert stale == Unanswered(Trouble.DRAFT_CHANGED)
    assert isinstance(
        await http.deliver(sent(replace(account, draft=changed.draft)), fresh()), Accepted
    )
    gone = await http.consult(LoadDraft(account.applicant, kept.draft.id))
    assert gone == Unanswered(Trouble.DRAFT_GONE)
