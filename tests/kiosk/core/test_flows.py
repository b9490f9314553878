"""Whole applications, played through the pure core: what is asked, and what is sent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from drivers.device import DeviceKind, Disconnected, Personal
from kiosk.core import cases, effects, events, inquiries, matter, moves, scenes, views
from kiosk.core.catalogue import Audience, Category, Given
from kiosk.core.events import Event
from kiosk.core.identity import Authority, Means
from kiosk.core.journey import update
from kiosk.core.present import view
from kiosk.core.steps import Step
from kiosk.core.troubles import Trouble
from kiosk.core.visit import Journey, Purpose
from sandbox.applicant import SIGNATURE, Applicant
from tests.kiosk.core.playing import play

World = Any  # the fixture of conftest.py, which importlib mode keeps from being imported
Pure = Any  # likewise


def applied(world: World, code: str, **how: object) -> Pure:
    """The pure world after somebody has applied for a code."""
    pure = world.pure(world.catalogue, **how)
    pure.play(Applicant(code, world.catalogue, today=world.today))
    return pure


def application(pure: Pure) -> cases.Application:
    """The one application that was sent."""
    [sent] = [wish for wish in pure.wishes if isinstance(wish, cases.Application)]
    return sent


def test_everything_an_item_asks_for_is_asked_once_and_sent(world: World) -> None:
    """One form, each question once; materials, commitment and signature as they were given."""
    pure = applied(world, "whole")
    assert len(pure.asked) == len(set(pure.asked)) + pure.asked.count("phone") - 1
    sent = application(pure)
    assert sent.items == ("whole",)
    assert sent.commitments == ("whole",)
    assert sent.signature == SIGNATURE
    ways = {one.material: one.way for one in sent.materials}
    assert ways == {
        "household_register": cases.Way.SCAN,
        "diagnosis": cases.Way.SCAN,
        "photo": cases.Way.SCAN,
        "income": cases.Way.PROMISED,
    }
    assert sent.answers.of("delivery.way") == "here"
    assert sent.answers.of("phone")


def test_what_is_known_elsewhere_is_neither_typed_nor_brought(world: World) -> None:
    """With consent the form is filled and the paper is held: neither is asked for."""
    shared = inquiries.Shared({"contact.phone": "0394-9900123"}, (world.held,))
    pure = applied(world, "whole", shared=shared)
    assert "phone" not in pure.asked
    sent = application(pure)
    assert sent.answers.of("phone") == "0394-9900123"
    held = next(one for one in sent.materials if one.material == "household_register")
    assert (held.way, held.certificate) == (cases.Way.HELD, world.held.number)


def test_nothing_of_somebody_is_left_for_whoever_says_not_me(world: World) -> None:
    """Whose card it was by mistake is forgotten whole: answers, certificates, papers, consent."""
    shared = inquiries.Shared({"contact.phone": "0394-9900123"}, (world.held,))
    pure = world.pure(world.catalogue, shared=shared)
    applicant = Applicant("whole", world.catalogue, today=world.today)
    pure.play(applicant, until="review")
    pure.happen(events.Decline())
    visit = pure.journey.visit
    assert visit.matter is not None
    assert (visit.person, visit.consented, visit.held) == (None, None, ())
    assert (len(visit.sheet), dict(visit.provided), visit.promised) == (0, {}, ())


def test_a_valid_certificate_serves_though_a_newer_one_was_revoked(world: World) -> None:
    """Of several of a kind the one that counts is taken, whichever was issued last."""
    newer = replace(world.held, number="H-9", issued_on=world.today, revoked=True)
    pure = applied(world, "whole", shared=inquiries.Shared({}, (world.held, newer)))
    held = next(o for o in application(pure).materials if o.material == "household_register")
    assert held.certificate == world.held.number


def test_where_everything_is_held_nothing_is_brought(world: World) -> None:
    """An item whose every paper is held goes past the papers, and sends them all the same."""
    [paper, *_] = world.whole.materials
    item = world.whole.model_copy(update={"materials": (paper,), "commitment": None})
    catalogue = world.catalogue.model_copy(update={"items": (item,), "bundles": ()})
    pure = world.pure(catalogue, shared=inquiries.Shared({}, (world.held,)))
    pure.play(Applicant("whole", catalogue, today=world.today))
    assert "provide" not in pure.seen
    assert [one.way for one in application(pure).materials] == [cases.Way.HELD]


def test_an_expired_certificate_serves_for_nothing(world: World) -> None:
    """It is named where the paper is asked for, and the paper has to be brought."""
    old = replace(world.held, valid_until=world.today.replace(year=2025))
    pure = applied(world, "whole", shared=inquiries.Shared({}, (old,)))
    ways = {one.material: one.way for one in application(pure).materials}
    assert ways["household_register"] is cases.Way.SCAN


def test_a_bundle_asks_for_nothing_twice(world: World) -> None:
    """一件事一次办: one form and one set of papers for all items, one application."""
    pure = applied(world, "both")
    sent = application(pure)
    assert sent.items == ("pension-proof", "whole")
    assert pure.asked.count("children") == 1


def test_what_a_bundle_gives_itself_is_sent_unasked(world: World) -> None:
    """It is an answer like any other, which can be changed on the review, and back goes past it."""
    [bundle] = world.catalogue.bundles
    given = bundle.model_copy(update={"given": (Given(key="married", answer="yes"),)})
    catalogue = world.catalogue.model_copy(update={"bundles": (given,)})
    pure = world.pure(catalogue)
    pure.play(Applicant("both", catalogue, today=world.today))
    assert "married" not in pure.asked
    assert application(pure).answers.of("married") == "yes"


def test_what_a_bundle_gives_holds_for_the_bundle_alone(world: World) -> None:
    """Whatever was answered before it, and whatever is applied for after it in the same visit."""
    [bundle] = world.catalogue.bundles
    given = bundle.model_copy(update={"given": (Given(key="married", answer="yes"),)})
    catalogue = world.catalogue.model_copy(update={"bundles": (given,)})
    journey = moves.begin(replace(world.journey, catalogue=catalogue))
    journey = moves.fill(journey, "married", "no")
    journey = moves.choose(journey, Purpose.APPLY, matter.find(catalogue, "both"))
    assert journey.visit is not None
    assert journey.visit.sheet.of("married") == "yes"
    journey = moves.choose(journey, Purpose.APPLY, matter.find(catalogue, "whole"))
    assert journey.visit is not None
    assert not journey.visit.sheet.has("married")


def test_only_what_is_put_to_somebody_is_counted(world: World) -> None:
    """Steps and questions that are usual or found elsewhere leave no gap in their numbers."""
    shared = inquiries.Shared({"contact.phone": "0394-9900123"}, (world.held,))
    pure = applied(world, "whole", shared=shared)
    shown = [one for one in pure.shown if isinstance(one.body, views.QuestionView)]
    form = dict.fromkeys(one.body.number for one in shown if one.body.step is Step.FORM)
    assert [*form] == [*range(1, len(form) + 1)]
    papers = [one.body for one in pure.shown if isinstance(one.body, views.ProvideView)]
    assert papers[0].number == 1
    until_signed = pure.shown[: pure.seen.index("signature") + 1]
    steps = dict.fromkeys(one.frame.step for one in until_signed if one.frame.step)
    assert [*steps] == [*range(1, len(steps) + 1)]


def test_acting_for_an_enterprise_shows_the_authority(world: World) -> None:
    """Who may not apply for themselves is asked for which enterprise, and by what right."""
    pure = applied(world, "licence")
    sent = application(pure)
    assert sent.principal is not None
    assert sent.principal.kind is Audience.ENTERPRISE
    assert sent.principal.authority is Authority.LEGAL_REPRESENTATIVE
    assert "for.whom" not in pure.asked


def test_who_waits_is_told_of_the_certificate_that_comes_at_once(world: World) -> None:
    """Of one's own certificate, not of a case, nor of another person's that is looked at first."""

    def awaited(pure: Pure, wish: cases.Application) -> str | None:
        body = view(replace(pure.journey, scene=scenes.Working(wish))).body
        assert isinstance(body, views.WorkingView)
        return body.result_name

    proof, whole = applied(world, "pension-proof"), applied(world, "whole")
    own, another = application(proof), application(applied(world, "licence")).principal
    assert awaited(proof, own) == "证明"
    assert awaited(whole, application(whole)) is None
    assert awaited(proof, replace(own, principal=another)) is None


def to_question(world: World, code: str = "whole", *first: Event) -> Journey:
    """As far as the first question of the form, without any prefill."""
    journey, _ = play(
        world.journey,
        events.Start(),
        events.Choose(code),
        *(first or (events.Continue(),)),
        events.Identified(1, world.person),
    )
    if isinstance(journey.scene, scenes.FaceCheck):
        journey, asked = play(journey, events.Continue(), events.FaceTaken(1, b"jpeg"))
        [consult] = [e for e in asked if isinstance(e, effects.Consult)]
        same = inquiries.FaceVerdict(same=True)
        journey, _ = play(journey, events.Consulted(1, consult.inquiry, same))
    return journey


def consulted(journey: Journey, reply: inquiries.Reply) -> Event:
    """The answer to what is being asked."""
    assert isinstance(journey.scene, scenes.Asking)
    return events.Consulted(journey.visits, journey.scene.inquiry, reply)


def test_for_somebody_else_is_one_touch_on_the_notice(world: World) -> None:
    """Nobody who applies for themselves is asked for whom; whoever does not says so at once."""
    journey = to_question(world, "whole", events.Pick("others"))
    body = view(journey).body
    assert isinstance(body, views.QuestionView)
    assert [option.code for option in body.options] == ["self", "person", "enterprise"]


def test_without_consent_nothing_is_asked_of_other_departments(world: World) -> None:
    """A no is as easy as a yes, and what is sent then names no record and no certificate."""
    journey, _ = play(to_question(world), events.Decline())
    assert isinstance(journey.scene, scenes.Asking)
    inquiry = journey.scene.inquiry
    assert isinstance(inquiry, inquiries.Share)
    assert (inquiry.keys, inquiry.certificates, inquiry.consent) == ((), (), False)


def test_a_platform_away_is_never_in_the_way_of_the_form(world: World) -> None:
    """A person without prefill, and a platform that does not answer: everything is typed."""
    journey, _ = play(to_question(world), events.Continue())
    journey, _ = play(journey, consulted(journey, inquiries.Unanswered(Trouble.PLATFORM_AWAY)))
    assert isinstance(journey.scene, scenes.Promise)


def test_a_draft_is_offered_and_goes_on_where_it_was_left(world: World) -> None:
    """What was filled in at another terminal is there, and only the rest is asked."""
    journey, _ = play(to_question(world), events.Continue())
    journey, _ = play(journey, consulted(journey, inquiries.Shared({}, (), world.draft)))
    assert isinstance(view(journey).body, views.ResumeView)
    journey, _ = play(journey, events.Continue())
    journey, _ = play(journey, consulted(journey, world.loaded))
    assert journey.visit is not None
    assert journey.visit.sheet.of("phone") == "0394-9900123"
    assert journey.visit.draft == world.draft.draft


def at_form(world: World) -> Journey:
    """At the form, after consent and the commitment."""
    journey, _ = play(to_question(world), events.Continue())
    journey, _ = play(journey, consulted(journey, inquiries.Shared({})), events.Continue())
    assert isinstance(journey.scene, scenes.Filling)
    return journey


def test_leaving_with_something_filled_in_offers_to_keep_it(world: World) -> None:
    """Kept, it has a day and an address for the phone; a newer one elsewhere stays."""
    journey, _ = play(at_form(world), events.Leave())
    assert isinstance(view(journey).body, views.KeepDraftView)
    journey, _ = play(journey, events.Continue())
    kept, _ = play(journey, consulted(journey, world.draft))
    assert isinstance(view(kept).body, views.DraftKeptView)
    changed, _ = play(journey, consulted(journey, inquiries.Unanswered(Trouble.DRAFT_CHANGED)))
    assert view(changed).body == views.FaultView(Trouble.DRAFT_CHANGED, None, can_retry=False)


def test_a_wrong_answer_says_why_and_goes_nowhere(world: World) -> None:
    """The question stays with what was typed, and its problem."""
    journey = at_form(world)
    journey, _ = play(journey, events.Pick("990000000000"))
    wrong, _ = play(journey, events.Enter(Personal("12")), events.Continue())
    body = view(wrong).body
    assert isinstance(body, views.QuestionView)
    assert body.problem is not None
    assert body.text == Personal("12")


def test_back_goes_through_the_questions_and_their_answers(world: World) -> None:
    """Every step back shows what was answered there, up to the notice."""
    journey, _ = play(at_form(world), events.Pick("990000000000"))
    journey, _ = play(journey, events.Enter(Personal("0394-9900123")), events.Continue())
    assert view(journey).body.label == "结婚了吗"  # type: ignore[union-attr] # a question
    journey, _ = play(journey, events.Back())
    body = view(journey).body
    assert isinstance(body, views.QuestionView)
    assert body.text == Personal("0394-9900123")
    journey, _ = play(journey, events.Back(), events.Back())
    assert journey.scene == scenes.Notice()


def test_a_declined_commitment_asks_for_the_paper(world: World) -> None:
    """What would have been promised is brought instead."""
    journey, _ = play(to_question(world), events.Continue())
    journey, _ = play(journey, consulted(journey, inquiries.Shared({})), events.Decline())
    pure = world.pure(world.catalogue)
    pure.journey = journey
    pure.play(Applicant("whole", world.catalogue, today=world.today))
    ways = {one.material: one.way for one in application(pure).materials}
    assert ways["income"] is cases.Way.SCAN
    assert application(pure).commitments == ()


def test_a_deferred_paper_is_agreed_to_and_signed_for(world: World) -> None:
    """容缺: what is missing and until when is shown, and a signature is asked for."""
    pure = world.pure(world.catalogue)
    applicant = Applicant("whole", world.catalogue, today=world.today)
    applicant.ways = (cases.Way.LATER, cases.Way.SCAN)
    pure.play(applicant)
    assert "deferral" in pure.seen
    assert "signature" in pure.seen
    ways = {one.material: one.way for one in application(pure).materials}
    assert ways["diagnosis"] is cases.Way.LATER


def test_a_rejected_paper_is_brought_again_and_all_else_stays(world: World) -> None:
    """The platform's words are shown, then that one paper is asked for."""
    pure = applied(world, "whole")
    sent = application(pure)
    journey = replace(pure.journey, scene=scenes.Working(sent))
    journey, _ = play(journey, events.Decided(journey.visits, world.rejected))
    body = view(journey).body
    assert body == views.FaultView(Trouble.MATERIAL_REJECTED, world.rejected.words, can_retry=True)
    journey, _ = play(journey, events.Retry())
    again = view(journey).body
    assert isinstance(again, views.ProvideView)
    assert again.words == world.rejected.words
    assert journey.visit is not None
    assert "diagnosis" in journey.visit.provided


def test_a_paper_can_come_from_a_phone(world: World) -> None:
    """Without a camera the phone is the way: its pages are handed in."""
    pure = world.pure(world.catalogue)
    gone = events.DeviceChanged(DeviceKind.DOCUMENT_CAMERA, Disconnected("unplugged"))
    pure.happen(gone)
    pure.play(Applicant("whole", world.catalogue, today=world.today))
    ways = {one.material: one.way for one in application(pure).materials}
    assert ways["household_register"] is cases.Way.PHONE
    assert "upload" in pure.seen


def test_a_second_matter_asks_nothing_that_the_first_one_did(world: World) -> None:
    """不得要求重复提交: card, face, answers and papers serve for the next matter too."""
    journey = at_form(world)
    pure = world.pure(world.catalogue)
    pure.journey = journey
    pure.happen(events.Enter(Personal("0394-9900123")))
    pure.happen(events.Continue())
    pure.play(Applicant("whole", world.catalogue, today=world.today))
    pure.journey = replace(pure.journey, scene=scenes.Home())
    asked_before = len(pure.asked)
    pure.play(Applicant("licence", world.catalogue, today=world.today))
    again = pure.asked[asked_before:]
    assert "phone" not in again
    assert "identify" not in pure.seen[pure.seen.index("rating") :]


def test_a_face_that_differs_is_tried_again_then_another_way_is_offered(world: World) -> None:
    """Three failures stop; nobody is compared without having agreed."""
    journey, asked = play(
        world.journey,
        events.Start(),
        events.Choose("whole"),
        events.Continue(),
        events.Identified(1, world.person),
    )
    assert not any(isinstance(e, effects.CaptureFace) for e in asked)
    for _ in range(3):
        journey, asked = play(journey, events.Continue(), events.FaceTaken(1, b"jpeg"))
        [consult] = [e for e in asked if isinstance(e, effects.Consult)]
        other = inquiries.FaceVerdict(same=False)
        journey, _ = play(journey, events.Consulted(1, consult.inquiry, other))
    assert view(journey).body == views.FaultView(Trouble.FACE_DIFFERS, None, can_retry=True)


def test_a_code_is_checked_by_the_platform(world: World) -> None:
    """An electronic identity that does not count is said so where it was shown."""
    wish = (events.Start(), events.Choose("pension-proof"), events.Continue())
    journey, _ = play(world.journey, *wish, events.CodeShown(1, Personal("code")))
    bad, _ = play(journey, consulted(journey, inquiries.Unanswered(Trouble.CODE_REFUSED)))
    body = view(bad).body
    assert isinstance(body, views.IdentifyView)
    assert body.trouble is Trouble.CODE_REFUSED
    good, _ = play(journey, consulted(journey, world.person))
    assert isinstance(view(good).body, views.ReviewView)


def test_progress_shows_a_case_and_takes_what_is_owed_to_it(world: World) -> None:
    """By document: the list, the case with its dates, and the paper handed in later."""
    journey, _ = play(
        world.journey,
        events.Start(),
        events.Want(Purpose.AFFAIRS),
        events.Pick("document"),
        events.Identified(1, world.person),
    )
    journey, _ = play(journey, consulted(journey, inquiries.Affairs((world.case,))))
    body = view(journey).body
    assert isinstance(body, views.CaseView)
    assert (body.promised_on, body.statutory_on) == ("2026-12-07", "2026-12-21")
    journey, asked = play(
        journey,
        events.Pick("diagnosis"),
        events.Pick(cases.Way.SCAN),
        events.PageTaken(1, world.page),
        events.Continue(),
    )
    [sent] = [e.wish for e in asked if isinstance(e, effects.Submit)]
    assert isinstance(sent, cases.Supplement)
    assert sent.case_number == world.case.number


def test_one_complaint_alone_is_shown_at_once(world: World) -> None:
    """Whoever typed its number has nothing to choose from."""
    asked = (events.Start(), events.Want(Purpose.AFFAIRS), events.Pick("number"))
    number = Personal("TS20261125001")
    journey, _ = play(world.journey, *asked, events.Enter(number), events.Continue())
    today = world.today
    complaint = cases.ComplaintCase("TS20261125001", today, today, cases.Light.GREEN)
    journey, _ = play(journey, consulted(journey, inquiries.Affairs((), (complaint,))))
    assert view(journey).name == "complaint"


def test_a_complaint_needs_nobodys_name(world: World) -> None:
    """有诉即办: three questions, the last of which may be skipped, and a number at once."""
    journey, asked = play(
        world.journey,
        events.Start(),
        events.Want(Purpose.COMPLAINT),
        events.Pick("slow"),
        events.Enter(Personal("等了三个月")),
        events.Continue(),
        events.Decline(),
    )
    [sent] = [e.wish for e in asked if isinstance(e, effects.Submit)]
    assert isinstance(sent, cases.Complaint)
    assert (sent.subject, sent.person, sent.phone) == ("slow", None, None)
    journey, _ = play(journey, events.Decided(1, cases.Noted("T-1", world.today)))
    assert view(journey).body.number == "T-1"  # type: ignore[union-attr] # what was noted


def test_a_receipt_is_not_left_behind(world: World) -> None:
    """Who laid no card down but had a receipt printed is reminded of it as well."""
    journey, _ = play(world.journey, events.Start())
    assert journey.visit is not None
    journey = replace(journey, visit=replace(journey.visit, receipts=1))
    journey, _ = play(journey, events.Leave())
    assert view(journey).body == views.FarewellView(with_receipt=True)


def test_a_number_is_not_spelled(world: World) -> None:
    """For a case's number there are capitals and digits; for words there is an input method."""
    asked = (events.Start(), events.Want(Purpose.AFFAIRS), events.Pick("number"))
    journey, _ = play(world.journey, *asked)
    assert not view(journey).body.spelled  # type: ignore[union-attr] # a question
    told = (events.Start(), events.Want(Purpose.COMPLAINT), events.Pick("slow"))
    journey, _ = play(world.journey, *told)
    assert view(journey).body.spelled  # type: ignore[union-attr] # a question


def test_a_certificate_is_printed_as_often_as_it_may_be(world: World) -> None:
    """At none left nothing is asked of the printer."""
    shown = scenes.CertificateShown(replace(world.opened, left=0), (world.held,))
    journey, asked = play(world.at(shown), events.Print())
    assert not any(isinstance(e, effects.PrintCertificate) for e in asked)
    body = view(journey).body
    assert isinstance(body, views.CertificateView)
    assert body.print == views.PrintFailed(Trouble.QUOTA_USED)


def test_copies_stop_at_the_quota(world: World) -> None:
    """Pages times copies never exceed what a visit has left."""
    copying = scenes.Copying((world.page,) * 4, copies=1)
    journey = world.at(copying)
    for _ in range(20):
        journey, _ = play(journey, events.Pick("more"))
    assert isinstance(journey.scene, scenes.Copying)
    assert journey.scene.copies * 4 <= journey.settings.copies


def test_means_are_those_that_work(world: World) -> None:
    """A code needs the platform: without it only cards are asked for."""
    journey, _ = play(world.journey, events.PlatformChanged(reachable=False))
    journey, _ = play(journey, events.Start(), events.Choose("pension-proof"), events.Continue())
    body = view(journey).body
    assert isinstance(body, views.IdentifyView)
    assert body.means == (Means.ID_CARD, Means.SOCIAL_CARD)


def test_a_question_says_for_what_it_is_asked(world: World) -> None:
    """Of a complaint and of a case's number the service is named; of an application none."""
    complains, _ = play(world.journey, events.Start(), events.Want(Purpose.COMPLAINT))
    asks = (events.Start(), events.Want(Purpose.AFFAIRS), events.Pick("number"))
    looks_up, _ = play(world.journey, *asks)
    bodies = [view(journey).body for journey in (complains, looks_up, at_form(world))]
    services = [body.service for body in bodies if isinstance(body, views.QuestionView)]
    assert services == [Purpose.COMPLAINT, Purpose.AFFAIRS, None]


def test_back_leads_to_where_something_was_chosen(world: World) -> None:
    """From the notice to the list or the hits, and from the list to its category."""
    listing = (events.Start(), events.Browse(Category.SOCIAL))
    chosen = (events.Choose("whole"), events.Continue(), events.Back())
    journey, _ = play(world.journey, *listing, *chosen, events.Back())
    assert journey.scene == scenes.Listing(Category.SOCIAL, "whole")
    assert play(journey, events.Back())[0].scene == scenes.Home(Category.SOCIAL)
    found = (events.Start(), events.Find("yl"), *chosen, events.Back())
    assert play(world.journey, *found)[0].scene == scenes.Search("yl")


def test_what_was_looked_at_is_gone_with_the_visit(world: World) -> None:
    """Whoever comes next begins at the front."""
    listing = (events.Start(), events.Browse(Category.SOCIAL), events.Back(), events.Leave())
    journey, _ = play(world.journey, *listing, events.Start())
    assert journey.scene == scenes.Home()


def test_whoever_cannot_write_declares_and_it_is_sent(world: World) -> None:
    """A declaration goes where a signature would; what is corrected is declared anew."""
    pure = applied(world, "whole")
    visit = pure.journey.visit
    assert visit is not None
    signing = replace(
        pure.journey, scene=scenes.Signing(), visit=replace(visit, signature=None, outcome=None)
    )
    sent = update(signing, events.Decline())
    wishes = [one.wish for one in sent.effects if isinstance(one, effects.Submit)]
    applications = [one for one in wishes if isinstance(one, cases.Application)]
    assert [(one.declared, one.signature) for one in applications] == [(True, None)]
    again = replace(sent.journey, scene=scenes.Review())
    assert update(again, events.Continue()).journey.scene == scenes.Signing()
