"""What the adapter makes of each answer: taken when it is right, never shown when it is not."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.device import Personal
from kiosk.core.cases import (
    Accepted,
    Application,
    Complaint,
    Draft,
    FollowUp,
    Grade,
    Issued,
    Noted,
    Rating,
    Refused,
    Supplement,
    Wish,
)
from kiosk.core.catalogue import Language
from kiosk.core.identity import Document, Person
from kiosk.core.inquiries import (
    CheckCode,
    CompareFace,
    FindAffairs,
    Inquiry,
    ListCertificates,
    LoadDraft,
    OpenCertificate,
    OpenUpload,
    PollUpload,
    SaveDraft,
    Unanswered,
)
from kiosk.core.sheet import Sheet
from kiosk.core.troubles import Trouble
from kiosk.services.platform import PlatformProtocolError, Sending, decisions, inquiries
from kiosk.services.platform.line import Answer
from tests.kiosk.services import answers as said
from tests.kiosk.services.answers import (
    APPLICATION,
    CHILD,
    DECISIONS,
    REPLIES,
    SHARE,
    SOMEBODY,
    WANG,
)


def answer(value: object, status: int = 200) -> Answer:
    """An answer that says it in JSON."""
    return Answer("POST /v1/something", status, {}, json.dumps(value).encode())


def status_of(inquiry: Inquiry) -> int:
    """The one with which it is answered."""
    return 201 if isinstance(inquiry, OpenUpload) else 200


@pytest.mark.parametrize(("wish", "value", "kind"), DECISIONS)
@pytest.mark.parametrize("status", [200, 201])
def test_every_decision_is_read_whole(
    wish: Wish, value: said.Answer, kind: type[object], status: int
) -> None:
    """The first time and repeated, with members nobody knows yet."""
    decided = decisions.decision(answer({**value, "new": {"member": 1}}, status), wish)
    assert isinstance(decided, kind)
    match decided:
        case Issued(certificate=certificate):
            assert certificate.holder == WANG.name
            assert certificate.facts[0].value == "15 年"
        case Accepted(parts=parts, owed=owed):
            assert (parts[0].case_number, owed[0].material) == ("CASE-1-1", "id_copy")
        case Refused(materials=materials):
            assert materials == ("id_copy",)
        case Noted(number=number):
            assert number == "TS1"


@pytest.mark.parametrize("language", Language)
def test_words_of_refusal_are_in_the_residents_language(language: Language) -> None:
    """They are shown as they come."""
    decided = decisions.decision(answer(said.REFUSED), replace(APPLICATION, language=language))
    assert isinstance(decided, Refused)
    assert decided.words == said.TEXT[language.value]


@pytest.mark.parametrize("value", [said.ISSUED, said.ACCEPTED])
def test_a_certificate_reaches_its_holder_and_whom_they_act_for(value: object) -> None:
    """Whoever else asked does not see it, and the error names nobody."""
    mine = decisions.decision(answer(value), APPLICATION)
    assert isinstance(mine, Issued | Accepted)
    guardian = Application(
        "item", ("item",), SOMEBODY, principal=replace(CHILD, number=WANG.id_number)
    )
    assert decisions.decision(answer(value), guardian) == mine
    for stranger in (
        Application("item", ("item",), SOMEBODY),
        Application("item", ("item",), SOMEBODY, principal=CHILD),
    ):
        with pytest.raises(PlatformProtocolError, match=r"a certificate of somebody else$"):
            decisions.decision(answer(value), stranger)


@pytest.mark.parametrize(
    ("wish", "value"),
    [
        (APPLICATION, said.NOTED),
        (Supplement("CASE-1", WANG, ()), said.ISSUED),
        (Complaint("road", Personal("灯坏了")), said.REFUSED),
        (FollowUp("TS1", settled=True), said.ACCEPTED),
        (Rating("CASE-9", "item", Grade.SATISFIED), said.NOTED),
    ],
)
def test_an_outcome_that_does_not_fit_the_wish_is_against_the_contract(
    wish: Wish, value: object
) -> None:
    """Nobody is told that a complaint was issued, or that another's case was rated."""
    with pytest.raises(PlatformProtocolError):
        decisions.decision(answer(value), wish)


def test_a_case_that_has_its_rating_is_rated() -> None:
    """It was rated on the phone meanwhile: that is no trouble, and nothing is sent again."""
    wish = Rating("CASE-1", "item", Grade.SATISFIED)
    rated = answer({"code": "already_rated"}, 409)
    assert decisions.decision(rated, wish) == Noted("CASE-1")
    with pytest.raises(PlatformProtocolError, match=r"409 \(already_rated\)"):
        decisions.decision(rated, APPLICATION)


@pytest.mark.parametrize(("inquiry", "value"), REPLIES)
def test_every_answer_is_read_whole(inquiry: Inquiry, value: said.Answer) -> None:
    """With members nobody knows yet, and in the core's own types."""
    reply = inquiries.reply(inquiry, answer({**value, "new": 1}, status_of(inquiry)))
    assert not isinstance(reply, Unanswered)
    assert "王秀英" not in repr(reply)
    if isinstance(inquiry, CheckCode):
        assert isinstance(reply, Person)
        assert (reply.name, reply.document) == (WANG.name, Document.ELECTRONIC)


@pytest.mark.parametrize(
    ("inquiry", "value", "says"),
    [
        (replace(SHARE, consent=False), said.SHARED, "what nobody agreed to"),
        (replace(SHARE, code="other"), said.SHARED, "another draft"),
        (FindAffairs(number="CASE-2"), {"cases": [said.CASE], "complaints": []}, "other affairs"),
        (FindAffairs(number="CASE-2"), {"cases": [], "complaints": [said.COMPLAINT]}, "other aff"),
        (OpenCertificate(WANG, "CB2"), {"certificate": said.CERTIFICATE, "left": 3}, "another"),
        (OpenCertificate(SOMEBODY, "CB1"), {"certificate": said.CERTIFICATE, "left": 3}, "else$"),
        (SaveDraft("other", WANG, Sheet(), ()), said.DRAFT, "another item"),
        (LoadDraft(WANG, "D2"), said.LOADED, "another draft"),
    ],
)
def test_an_answer_to_another_question_is_shown_to_nobody(
    inquiry: Inquiry, value: object, says: str
) -> None:
    """A platform that mixes people or things up is against the contract."""
    with pytest.raises(PlatformProtocolError, match=says):
        inquiries.reply(inquiry, answer(value))


def test_no_more_is_taken_than_was_asked_for() -> None:
    """What the platform tells beyond that is dropped at once."""
    told = inquiries.reply(replace(SHARE, keys=(), certificates=()), answer(said.SHARED))
    assert not isinstance(told, Unanswered)
    assert (getattr(told, "answers", None), getattr(told, "certificates", None)) == ({}, ())


@pytest.mark.parametrize(
    ("inquiry", "status", "code", "trouble"),
    [
        (CheckCode(Personal("code")), 404, "code_refused", Trouble.CODE_REFUSED),
        (CompareFace(WANG, b"photo"), 422, "no_face", Trouble.FACE_NOT_SEEN),
        (FindAffairs(number="CASE-1"), 404, "not_found", Trouble.NOT_FOUND),
        (OpenCertificate(WANG, "CB1"), 404, "not_found", Trouble.NOT_FOUND),
        (OpenCertificate(WANG, "CB1"), 409, "certificate_invalid", Trouble.CERTIFICATE_INVALID),
        (PollUpload("U1"), 404, "not_found", Trouble.NOT_FOUND),
        (SaveDraft("item", WANG, Sheet(), ()), 409, "draft_changed", Trouble.DRAFT_CHANGED),
        (LoadDraft(WANG, "D1"), 410, "draft_gone", Trouble.DRAFT_GONE),
    ],
)
def test_what_the_platform_does_not_know_is_told_to_the_resident(
    inquiry: Inquiry, status: int, code: str, trouble: Trouble
) -> None:
    """A problem with a meaning for residents is an answer."""
    assert inquiries.reply(inquiry, answer({"code": code}, status)) == Unanswered(trouble)


def test_an_address_that_is_wrong_is_no_answer() -> None:
    """Where nothing can be missing, "not found" says that it is not the platform at all."""
    with pytest.raises(PlatformProtocolError, match=r"404 \(not_found\)"):
        inquiries.reply(ListCertificates(WANG), answer({"code": "not_found"}, 404))


def test_a_print_is_granted_or_why_not() -> None:
    """With the words that go over it and how many may follow."""
    granted = inquiries.grant(answer(said.GRANT, 201))
    assert not isinstance(granted, Unanswered)
    assert (granted.watermark.zh, granted.copy, granted.left) == (said.TEXT["zh-CN"], 1, 2)
    used = answer({"code": "quota_used"}, 409)
    assert inquiries.grant(used) == Unanswered(Trouble.QUOTA_USED)
    with pytest.raises(PlatformProtocolError, match=r"404 \(no problem details\)"):
        inquiries.grant(answer({"detail": "Not Found"}, 404))


def test_a_wish_is_sent_with_the_same_bytes_each_time() -> None:
    """The members of the wish, and who sent it; the language of the screen is not sent."""
    made_at = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    wish = replace(APPLICATION, answers=Sheet({"phone": "139"}), draft=Draft("D1", 2))
    request = decisions.request(Sending(wish, "K-1", made_at, "HY0001"), "key")
    assert request.body == {
        "code": "item",
        "items": ["item"],
        "applicant": {**said.PERSON, "document": "resident", "address": None},
        "principal": None,
        "answers": {"phone": "139"},
        "materials": [],
        "commitments": [],
        "signature": None,
        "declared": False,
        "decided_in": None,
        "draft": {"id": "D1", "version": 2},
        "terminal": "HY0001",
        "number": "K-1",
        "made_at": "2026-11-23T01:00:00+00:00",
    }
    assert "王秀英" not in repr(request)


def test_a_number_that_is_no_name_stays_one_step_of_the_path() -> None:
    """Whatever stands where a number belongs, no other address is asked."""
    request = inquiries.request(OpenCertificate(WANG, "../prints/a b"), "HY0001")
    assert request.url == "/v1/certificates/..%2Fprints%2Fa%20b/open"
    assert request.where == "POST /v1/certificates/{}/open"


# --- nonsense ---

NONSENSE: st.SearchStrategy[object] = (
    st.none() | st.booleans() | st.integers() | st.text() | st.just([]) | st.just({})
)
Where = tuple[str | int, ...]


def broken(value: object, path: Where, by: object) -> object:
    """A copy with the member at `path` replaced."""
    if not path:
        return by
    head, *rest = path
    if isinstance(value, dict):
        return {**value, head: broken(value[head], tuple(rest), by)}
    assert isinstance(value, list)
    return [broken(value[0], tuple(rest), by)]


def paths(value: object, before: Where = ()) -> Iterator[Where]:
    """Every member there is."""
    steps: Iterable[tuple[str | int, object]] = ()
    if isinstance(value, dict):
        steps = value.items()
    elif isinstance(value, list):
        steps = [(0, each) for each in value[:1]]
    for name, inner in steps:
        yield (*before, name)
        yield from paths(inner, (*before, name))


@given(st.data(), st.sampled_from(DECISIONS), NONSENSE)
def test_a_decision_is_right_or_refused_and_never_quoted(
    data: st.DataObject, case: tuple[Wish, said.Answer, type[object]], by: object
) -> None:
    """A member replaced by anything gives a decision, or an error without its contents."""
    wish, value, _ = case
    path = data.draw(st.sampled_from(list(paths(value))))
    try:
        decided = decisions.decision(answer(broken(value, path, by)), wish)
    except PlatformProtocolError as error:
        assert "王秀英" not in str(error)  # noqa: PT017 - either of both is good
        assert len(str(error)) < 200  # noqa: PT017 - likewise
    else:
        assert "王秀英" not in repr(decided)


@given(st.data(), st.sampled_from(REPLIES), NONSENSE)
def test_a_reply_is_right_or_refused_and_never_quoted(
    data: st.DataObject, case: tuple[Inquiry, said.Answer], by: object
) -> None:
    """So is the answer to any inquiry."""
    inquiry, value = case
    path = data.draw(st.sampled_from(list(paths(value))))
    try:
        reply = inquiries.reply(inquiry, answer(broken(value, path, by), status_of(inquiry)))
    except PlatformProtocolError as error:
        assert "王秀英" not in str(error)  # noqa: PT017 - either of both is good
        assert len(str(error)) < 200  # noqa: PT017 - likewise
    else:
        assert "王秀英" not in repr(reply)
