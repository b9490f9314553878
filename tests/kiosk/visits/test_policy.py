"""What the policy asks of a terminal, line by line: on real services, over real HTTP."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from drivers.device import Personal
from kiosk.core import events, views
from kiosk.core.cases import Grade, Light, Reason, Way
from kiosk.core.catalogue import Language
from kiosk.core.identity import Authority, Means
from kiosk.core.troubles import Trouble
from kiosk.core.visit import Purpose
from sandbox.applicant import Applicant
from sandbox.journey import drive, play
from sandbox.platform.faults import Mode
from sandbox.platform.offer import PROOF_CODE
from sandbox.platform.publishing.desk import Issue
from sandbox.residents import find
from sandbox.stage import Stage
from tests.waiting import eventually

pytestmark = [pytest.mark.usefixtures("no_leaks"), pytest.mark.timeout(180)]

ALLOWANCE = "990100300500"  # 临时救助: a commitment, a paper that may follow, a signature
NEWBORN = "newborn"
DEVICES = ("document-camera", "face-camera", "barcode-newland")


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A terminal with every camera, and a platform that offers the whole catalogue."""
    with Stage(tmp_path, devices=DEVICES) as stage:
        yield stage


def applicant(stage: Stage, code: str, who: str = "li", **how: Any) -> Applicant:  # noqa: ANN401 # an Applicant's
    """Somebody who wants it."""
    return Applicant(code, stage.platform.office.catalogue, resident=find(who), **how)


def sandbox(stage: Stage, method: str, path: str, **body: object) -> Any:  # noqa: ANN401 # JSON
    """Ask the platform's other side."""
    answer = httpx.request(method, f"{stage.platform.address}/sandbox/{path}", json=body or None)
    return answer.raise_for_status().json()


def again(stage: Stage, purpose: Purpose) -> None:
    """From whatever is on to another service, as somebody new."""
    while not isinstance(stage.shown[-1].body, views.AttractView):
        stage.touch(events.Leave())
        time.sleep(0.05)
    stage.world.act("card lift")
    stage.touch(events.Start())
    stage.see(views.HomeView)
    stage.touch(events.Want(purpose))


# --- the table, from the top ----------------------------------------------------------------------


def test_catalogue_only(stage: Stage) -> None:
    """清单之外无审批: what was withdrawn is gone after the visit, and no code reaches it."""
    stage.open(PROOF_CODE)
    stage.platform.issue(Issue(withdraw=frozenset({PROOF_CODE})))
    stage.touch(events.Leave())
    eventually(lambda: stage.kiosk._terminal._journey.catalogue.serial == 2)
    stage.touch(events.Start())
    home = stage.see(views.HomeView)
    assert home.tiles
    assert PROOF_CODE not in {tile.code for tile in home.tiles}
    stage.touch(events.Choose(PROOF_CODE))
    assert stage.see(views.FaultView).trouble is Trouble.ITEM_WITHDRAWN


def test_one_notice(stage: Stage) -> None:
    """一次告知: conditions, materials, steps, times and fee are there before anything starts."""
    notice = stage.open(ALLOWANCE)
    assert notice.conditions
    assert notice.materials
    assert notice.legal_basis
    assert notice.departments
    assert 0 < notice.promised_days <= notice.statutory_days
    assert len(notice.flow) > 5


def test_one_form_and_nothing_twice(stage: Stage) -> None:
    """一表申请、不得重复提交: what departments know is filled in, no question comes twice."""
    someone = applicant(stage, NEWBORN)
    played = play(stage, someone, Language.CHINESE)
    assert played.ended_well, played.trouble
    labels = [v.body.label for v in stage.shown if isinstance(v.body, views.QuestionView)]
    changes = [one for n, one in enumerate(labels) if n == 0 or one != labels[n - 1]]
    assert len(changes) == len(set(changes))
    assert sandbox(stage, "GET", "shares")["disclosures"]


def test_one_matter(stage: Stage) -> None:
    """一件事一次办: several departments, one application, one number, a case for each item."""
    drive(stage, applicant(stage, NEWBORN), "accepted")
    accepted = stage.see(views.AcceptedView)
    assert len(accepted.parts) == len(stage.platform.office.catalogue.bundle(NEWBORN).items)  # type: ignore[union-attr] # it is there
    assert len({part.case_number for part in accepted.parts}) == len(accepted.parts)


def test_end_to_end(stage: Stage) -> None:
    """全程网办: applied, accepted, decided in the promised time, and the certificate is there."""
    drive(stage, applicant(stage, ALLOWANCE), "accepted")
    number = stage.see(views.AcceptedView).case_number
    stage.platform.jump(days=60)
    again(stage, Purpose.AFFAIRS)
    stage.see(views.AskHowView)
    stage.touch(events.Pick("number"))
    stage.see(views.QuestionView)
    stage.touch(events.Enter(Personal(number)), events.Continue())
    case = stage.see(views.CaseView)
    assert case.number == number
    assert len(case.timeline) >= 2


def test_cross_region(stage: Stage) -> None:
    """跨省通办: handed in here, decided in the place that was chosen."""
    catalogue = stage.platform.office.catalogue
    code = "990100600400"  # 基本医疗保险关系转移接续
    elsewhere = next(r for r in catalogue.inside(None) if r.code != "990000000000")
    someone = applicant(stage, code, prefers=frozenset({elsewhere.code}))
    drive(stage, someone, "accepted")
    number = stage.see(views.AcceptedView).case_number
    again(stage, Purpose.AFFAIRS)
    stage.touch(events.Pick("document"))
    stage.see(views.IdentifyView)
    stage.world.act("card li")
    case = stage.see(views.CaseView)
    assert case.number == number
    assert elsewhere.name.zh in case.department


def test_commitment(stage: Stage) -> None:
    """告知承诺制: told, promised, signed; the proof it stands for is not asked for."""
    drive(stage, applicant(stage, ALLOWANCE), "promise")
    promise = stage.see(views.PromiseView)
    assert promise.told
    assert promise.promise
    assert promise.consequence
    assert promise.replaces
    drive(stage, applicant(stage, ALLOWANCE), "signature")
    assert views.Signs.COMMITMENT in stage.see(views.SignatureView).signs
    drive(stage, applicant(stage, ALLOWANCE), "accepted")
    asked = {v.body.name for v in stage.shown if isinstance(v.body, views.ProvideView)}
    assert not asked & set(promise.replaces)


def test_deferred_material(stage: Stage) -> None:
    """容缺受理: accepted though it is missing; what, until when; handed in here later."""
    someone = applicant(stage, ALLOWANCE, ways=(Way.LATER, Way.SCAN))
    drive(stage, someone, "deferral")
    assert stage.see(views.DeferralView).missing
    drive(stage, someone, "accepted")
    owed = stage.see(views.AcceptedView).owed
    assert owed
    again(stage, Purpose.AFFAIRS)
    stage.touch(events.Pick("document"))
    stage.see(views.IdentifyView)
    stage.world.act("card li")
    case = stage.see(views.CaseView)
    assert [one.code for one in case.owed] == [one.code for one in owed]
    stage.touch(events.Pick(owed[0].code))
    stage.see(views.ProvideView)
    stage.touch(events.Pick(Way.SCAN))
    stage.world.act("page a4")
    stage.see(views.ScanView, lambda scan: scan.pages)
    stage.touch(events.Continue())
    noted = stage.see(views.NotedView)
    assert noted.kind is views.NotedKind.SUPPLEMENT


def test_four_e(stage: Stage) -> None:
    """四电: an e-certificate that is held serves for the paper, and is not asked for."""
    drive(stage, applicant(stage, "990100300100", "wang"), "review")  # 最低生活保障认定
    review = stage.see(views.ReviewView)
    assert Way.HELD in {one.way for one in review.materials}


def test_no_application(stage: Stage) -> None:
    """免申即享: what fits somebody is found for them; they confirm, or need do nothing."""
    again(stage, Purpose.POLICIES)
    stage.see(views.IdentifyView)
    stage.world.act("card wang")
    policies = stage.see(views.PoliciesView)
    assert policies.matches
    wanted = next(match for match in policies.matches if not match.taken)
    stage.touch(events.Pick(wanted.code))
    assert stage.see(views.PolicyView).why
    stage.touch(events.Continue())
    assert stage.see(views.NotedView).kind is views.NotedKind.CONFIRMATION
    again(stage, Purpose.POLICIES)
    stage.see(views.IdentifyView)
    stage.world.act("card wang")
    after = stage.see(views.PoliciesView)
    assert next(one for one in after.matches if one.code == wanted.code).taken


def test_complaint_to_follow_up(stage: Stage) -> None:
    """有诉即办: a number and a day at once, a reply, and whether it settles the matter."""
    again(stage, Purpose.COMPLAINT)
    stage.see(views.QuestionView)
    stage.touch(events.Pick("slow"))
    stage.touch(events.Enter(Personal("等了很久")), events.Continue(), events.Decline())
    noted = stage.see(views.NotedView)
    assert noted.kind is views.NotedKind.COMPLAINT
    assert noted.due_on
    sandbox(stage, "PUT", f"complaints/{noted.number}/reply", words="已经整改，谢谢您。")
    again(stage, Purpose.AFFAIRS)
    stage.touch(events.Pick("number"))
    stage.see(views.QuestionView)
    stage.touch(events.Enter(Personal(noted.number)), events.Continue())
    assert stage.see(views.ComplaintView).reply
    stage.touch(events.Pick("no"))
    assert stage.see(views.NotedView).kind is views.NotedKind.FOLLOW_UP


def test_rating_with_rectification(stage: Stage) -> None:
    """好差评: no default, five grades, reasons; a poor one starts a rectification."""
    drive(stage, applicant(stage, PROOF_CODE, "wang"), "rating")
    rating = stage.see(views.RatingView)
    assert rating.chosen is None
    assert rating.url
    assert httpx.get(rating.url).status_code == 200
    stage.touch(events.Rate(Grade.VERY_DISSATISFIED))
    stage.see(views.RatingView, lambda v: v.chosen is Grade.VERY_DISSATISFIED)
    stage.touch(events.Pick(Reason.SLOW))
    stage.see(views.RatingView, lambda v: v.reasons == (Reason.SLOW,))
    stage.touch(events.Continue())
    stage.see(views.FarewellView)
    eventually(lambda: sandbox(stage, "GET", "rectifications"))


def test_time_supervision(stage: Stage) -> None:
    """电子监察: yellow when the promised day is near, red when it is over, with both dates."""
    drive(stage, applicant(stage, ALLOWANCE), "accepted")
    number = stage.see(views.AcceptedView).case_number
    sandbox(stage, "PUT", f"cases/{number}", fate="stalled")
    seen: set[Light] = set()
    for _ in range(40):
        again(stage, Purpose.AFFAIRS)
        stage.touch(events.Pick("number"))
        stage.see(views.QuestionView)
        stage.touch(events.Enter(Personal(number)), events.Continue())
        case = stage.see(views.CaseView)
        seen.add(case.light)
        if case.light is Light.RED:
            break
        stage.platform.jump(days=1)
    assert seen >= {Light.GREEN, Light.YELLOW, Light.RED}
    assert case.promised_on < case.statutory_on


def test_assisted(stage: Stage) -> None:
    """帮办代办: acting for another, with the authority on the review and on the receipt."""
    code = "990100600500"  # 基本医疗保险参保凭证
    someone = applicant(stage, code)
    stage.open(code)
    stage.touch(events.Pick("others"))
    stage.see(views.IdentifyView)
    stage.world.act("card li")
    stage.see(views.QuestionView)
    stage.touch(events.Pick("person"))
    chan = find("chan").card
    stage.see(views.QuestionView, lambda q: not q.options)
    stage.touch(events.Enter(chan.name), events.Continue())
    stage.touch(events.Enter(chan.id_number), events.Continue())
    stage.see(views.QuestionView, lambda q: q.options)
    stage.touch(events.Pick(Authority.FAMILY))
    view = drive(stage, someone, "review")
    assert isinstance(view.body, views.ReviewView)
    assert view.body.for_whom is not None
    assert view.body.for_whom.authority is Authority.FAMILY


def test_help_from_every_screen(stage: Stage) -> None:
    """帮办: help is one touch away and the visit goes on beneath it; the hotline stands there."""
    stage.open(ALLOWANCE)
    assert stage.shown[-1].frame.hotline == "12345"
    stage.touch(events.CallHelp())
    assert stage.see(views.HelpView).attendant_phone
    stage.touch(events.Continue())
    stage.see(views.NoticeView)


# --- who one is -----------------------------------------------------------------------------------


def test_an_electronic_identity_serves_as_well_as_a_card(stage: Stage) -> None:
    """The code of a phone, read by the scanner and known by the platform."""
    played = play(stage, applicant(stage, PROOF_CODE, "wang", means=Means.CODE), Language.ENGLISH)
    assert played.ended_well, played.trouble


def test_a_face_is_asked_for_where_the_item_asks_for_it(stage: Stage) -> None:
    """资格认证: the holder's face is compared by the platform; another's is told apart."""
    code = "990100500400"
    played = play(stage, applicant(stage, code, "wang"), Language.CHINESE)
    assert played.ended_well, played.trouble
    drive(stage, applicant(stage, code, "wang"), "face_check")
    stage.world.act("face li")
    stage.touch(events.Continue())
    stage.see(views.FaceCheckView, lambda v: v.trouble is Trouble.FACE_DIFFERS)


@pytest.mark.parametrize(
    ("who", "trouble"), [("zhao", Trouble.CARD_EXPIRED), ("xiao", Trouble.UNDERAGE)]
)
def test_whoever_may_not_apply_is_told_why(stage: Stage, who: str, trouble: Trouble) -> None:
    """An expired card, and somebody too young: words of their own, and nothing is sent."""
    stage.go_to_reader(ALLOWANCE)
    stage.world.act(f"card {who}")
    assert stage.see(views.FaultView).trouble is trouble
    assert stage.platform.cases().cases == 0


# --- when things go wrong -------------------------------------------------------------------------


def test_the_platform_away_keeps_the_request(stage: Stage) -> None:
    """Everything is typed and brought, kept with a number, and sent when it is back."""
    drive(stage, applicant(stage, ALLOWANCE), "review")
    stage.platform.faults(Mode.ERROR)
    someone = applicant(stage, ALLOWANCE)
    drive(stage, someone, "kept")
    assert stage.see(views.KeptView).number
    stage.platform.faults(Mode.OFF)
    eventually(lambda: stage.platform.cases().cases == 1)


def test_an_answer_lost_is_asked_for_again_and_makes_one_case(stage: Stage) -> None:
    """Gone after accepting: the same key, the same case."""
    drive(stage, applicant(stage, ALLOWANCE), "review")
    stage.platform.faults(Mode.DROP_AFTER)
    drive(stage, applicant(stage, ALLOWANCE), "kept", "accepted")
    stage.platform.faults(Mode.OFF)
    eventually(lambda: stage.platform.cases().cases == 1)
    assert stage.platform.cases().cases == 1


def test_a_person_without_prefill_types_everything(stage: Stage) -> None:
    """Nothing is known of a foreigner: the form is whole, and nobody is stopped."""
    played = play(stage, applicant(stage, "990100100500", "anna"), Language.ENGLISH)
    assert played.ended_well, played.trouble


def test_a_rejected_paper_is_brought_again(stage: Stage) -> None:
    """The platform's words, that one paper, and the same application goes through."""
    someone = applicant(stage, ALLOWANCE)
    drive(stage, someone, "review")
    brought = [one.code for one in stage.see(views.ReviewView).materials if one.way is Way.SCAN]
    sandbox(stage, "PUT", "materials/rejected", materials=brought[:1])
    stage.touch(events.Continue())
    signed = drive(stage, someone, "fault", "accepted")
    assert isinstance(signed.body, views.FaultView)
    assert signed.body.trouble is Trouble.MATERIAL_REJECTED
    assert signed.body.words
    sandbox(stage, "PUT", "materials/rejected", materials=[])
    stage.touch(events.Retry())
    assert stage.see(views.ProvideView).words == signed.body.words
    drive(stage, someone, "accepted")


def test_an_item_withdrawn_in_the_middle_says_so(stage: Stage) -> None:
    """The platform refuses it in its own words; what was typed is not sent elsewhere."""
    drive(stage, applicant(stage, PROOF_CODE, "wang"), "review")
    stage.platform.issue(Issue(withdraw=frozenset({PROOF_CODE})))
    stage.touch(events.Continue())
    fault = stage.see(views.FaultView)
    assert fault.trouble is Trouble.REFUSED
    assert fault.words


def test_two_terminals_with_one_draft(stage: Stage, tmp_path: Path) -> None:
    """Kept here, continued elsewhere: the newer one stays, and whoever has the older is told."""
    someone = applicant(stage, ALLOWANCE)
    drive(stage, someone, "question")
    stage.touch(events.Leave())
    stage.see(views.KeepDraftView)
    stage.touch(events.Continue())
    kept = stage.see(views.DraftKeptView)
    assert httpx.get(kept.url).status_code == 200
    drive_resumed(stage, someone)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with Stage(elsewhere, platform=stage.platform, devices=DEVICES) as other:
        drive_resumed(other, someone)
        keep(other)
        other.see(views.DraftKeptView)
    keep(stage)
    assert stage.see(views.FaultView).trouble is Trouble.DRAFT_CHANGED


def drive_resumed(stage: Stage, someone: Applicant) -> None:
    """As far as a question, with the draft taken up."""
    again(stage, Purpose.APPLY)
    drive(stage, someone, "resume")
    stage.touch(events.Continue())
    drive(stage, someone, "question", "provide", "promise")


def keep(stage: Stage) -> None:
    """Leave, and keep what was filled in."""
    stage.touch(events.Leave())
    stage.see(views.KeepDraftView)
    stage.touch(events.Continue())


def test_all_answers_are_gone_when_the_visit_ends(stage: Stage) -> None:
    """The next person finds an empty form."""
    drive(stage, applicant(stage, ALLOWANCE), "review")
    again(stage, Purpose.APPLY)
    drive(stage, applicant(stage, ALLOWANCE, "wang"), "question")
    question = stage.see(views.QuestionView)
    assert not question.text
