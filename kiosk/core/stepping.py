"""Through the steps of a matter: forward to what is still to be asked, and back."""

from __future__ import annotations

from kiosk.core import moves, papers, questions, scenes, steps
from kiosk.core.acting import principal
from kiosk.core.cases import Accepted, Application, Issued, Kept, Noted
from kiosk.core.effects import DrawCertificate, Submit
from kiosk.core.inquiries import FindAffairs, ListCertificates, MatchPolicies, Share
from kiosk.core.matter import Matter
from kiosk.core.moves import Transition
from kiosk.core.sheet import Sheet
from kiosk.core.steps import Step
from kiosk.core.troubles import Trouble
from kiosk.core.visit import Journey, Purpose, Visit


def advance(journey: Journey, step: Step) -> Transition:
    """The first step from `step` on that has something left to ask; the farewell at the end."""
    visit = journey.visit
    if visit is None or visit.matter is None:
        return moves.home(journey)
    every = tuple(Step)
    still_to_come = every[every.index(step) :]
    for following in steps.flow(visit.matter):
        if following not in still_to_come:
            continue
        if (opened := _open(journey, visit, visit.matter, following)) is not None:
            return opened
    return moves.farewell(journey)


def proceed(journey: Journey, step: Step) -> Transition:
    """What follows after a step."""
    visit = journey.visit
    following = steps.after(visit.matter, step) if visit and visit.matter else None
    return moves.farewell(journey) if following is None else advance(journey, following)


def resume(journey: Journey) -> Transition:
    """The first thing that is still to be asked, wherever it was interrupted."""
    return advance(journey, Step.IDENTIFY)


def back(journey: Journey, step: Step) -> Transition:
    """What a resident saw before a step: its last question, or the notice."""
    visit = journey.visit
    if visit is None or visit.matter is None:
        return moves.home(journey)
    flow = steps.flow(visit.matter)
    for earlier in reversed(flow[: flow.index(step)] if step in flow else ()):
        asked = questions.put(journey.catalogue, visit, earlier)
        if asked and earlier in ASKS:
            return moves.go(journey, filling(visit, earlier, asked[-1].key))
        if earlier is Step.NOTICE:
            return moves.go(journey, scenes.Notice())
    return moves.home(journey)


ASKS = (Step.WHOM, Step.FORM, Step.DELIVERY)


def filling(visit: Visit, step: Step, key: str, *, correcting: bool = False) -> scenes.Filling:
    """A question, with what was answered before."""
    return scenes.Filling(step, key, visit.sheet.of(key), correcting=correcting)


def _open(journey: Journey, visit: Visit, matter: Matter, step: Step) -> Transition | None:
    """A step where it has anything left to ask; None to pass it by (nothing is asked twice)."""
    match step:
        case Step.NOTICE:
            return moves.go(journey, scenes.Notice())
        case Step.IDENTIFY:
            return None if visit.person else moves.go(journey, scenes.Identify())
        case Step.FACE:
            return None if visit.face_matched else moves.go(journey, scenes.FaceCheck())
        case Step.WHOM | Step.FORM | Step.DELIVERY:
            return _ask(journey, visit, step)
        case Step.SHARE:
            return _share(journey, visit, matter)
        case Step.COMMIT:
            return _promise(journey, visit, matter)
        case Step.MATERIALS:
            return _materials(journey, visit)
        case Step.REVIEW:
            return moves.go(journey, scenes.Review())
        case Step.SIGN:
            return moves.go(journey, scenes.Signing()) if must_sign(visit, matter) else None
        case Step.SUBMIT:
            return _submit(journey, visit, matter)
        case Step.RESULT:
            return show_result(journey)
        case Step.RATING:
            return _rate(journey, visit)


def _ask(journey: Journey, visit: Visit, step: Step) -> Transition | None:
    usual = questions.usual(journey.catalogue, visit)
    if any(not visit.sheet.has(key) for key in usual):
        return advance(moves.note(journey, sheet=visit.sheet.known(usual)), step)
    question = questions.unanswered(journey, visit, step)
    return None if question is None else moves.go(journey, filling(visit, step, question.key))


def _share(journey: Journey, visit: Visit, matter: Matter) -> Transition | None:
    """Consent first, where there is anything to consent to; then drafts are looked for too."""
    if visit.consented is not None or not journey.platform_reachable:
        return None
    if steps.shared_keys(matter) or steps.certificates(matter):
        return moves.go(journey, scenes.Consent())
    return ask_to_share(moves.note(journey, consented=False))


def ask_to_share(journey: Journey) -> Transition:
    """What other departments know, as far as the resident agrees; and a draft, if there is one."""
    visit = journey.visit
    if visit is None or visit.matter is None or visit.person is None:
        return moves.stuck(journey, Trouble.UNEXPECTED)
    matter, agreed = visit.matter, bool(visit.consented)
    inquiry = Share(
        matter.code,
        visit.person,
        principal(visit.sheet),
        steps.shared_keys(matter) if agreed else (),
        steps.certificates(matter) if agreed else (),
        agreed,
    )
    return moves.go(journey, scenes.Asking(inquiry))


def _promise(journey: Journey, visit: Visit, matter: Matter) -> Transition | None:
    done = {*visit.promised, *visit.declined}
    left = [item.code for item in matter.commitments if item.code not in done]
    return moves.go(journey, scenes.Promise(left[0])) if left else None


def _materials(journey: Journey, visit: Visit) -> Transition | None:
    if left := papers.pending(visit, journey.today):
        return moves.go(journey, scenes.Providing(left[0].code))
    if papers.deferred(visit) and not visit.agreed:
        return moves.go(journey, scenes.Deferral())
    return None


def must_sign(visit: Visit, matter: Matter) -> bool:
    """Whether a signature is still missing: for the application, a commitment or a deferral."""
    wanted = matter.signature or bool(visit.promised) or bool(papers.deferred(visit))
    return wanted and visit.signature is None and not visit.declared


def _submit(journey: Journey, visit: Visit, matter: Matter) -> Transition:
    if visit.person is None:
        return moves.stuck(journey, Trouble.UNEXPECTED)
    application = Application(
        code=matter.code,
        items=tuple(item.code for item in matter.items),
        applicant=visit.person,
        language=journey.language,
        principal=principal(visit.sheet),
        answers=_answers(journey, visit),
        materials=papers.brought(visit, journey.today),
        commitments=visit.promised,
        signature=visit.signature,
        declared=visit.declared,
        decided_in=visit.sheet.of("decided.in") or None,
        draft=visit.draft,
    )
    return moves.go(journey, scenes.Working(application), Submit(visit.number, application))


def _answers(journey: Journey, visit: Visit) -> Sheet:
    """What the form and the delivery ask, and nothing else of the visit."""
    asked = (
        one.key
        for step in (Step.FORM, Step.DELIVERY)
        for one in questions.of_step(journey.catalogue, visit, step)
        if one.key != "decided.in"
    )
    return Sheet({key: visit.sheet.of(key) for key in asked if visit.sheet.of(key)})


def show_result(journey: Journey) -> Transition:
    """What came of it."""
    match journey.visit:
        case Visit(number, outcome=Issued(_, certificate) as issued):
            draw = DrawCertificate(number, certificate, journey.language)
            return moves.go(journey, scenes.Result(issued, drawing=True), draw)
        case Visit(outcome=Accepted() | Noted() | Kept() as outcome):
            return moves.go(journey, scenes.Result(outcome))
        case _:
            return moves.stuck(journey, Trouble.UNEXPECTED)


def _rate(journey: Journey, visit: Visit) -> Transition | None:
    match visit.outcome:
        case Issued(number) | Accepted(number):
            return moves.go(journey, scenes.Rating(number))
        case _:
            return None


def identify(journey: Journey) -> Transition:
    """Who is there, unless that is known; then what they came for, where it is no application."""
    visit = journey.visit
    if visit is None or visit.person is None:
        return moves.go(journey, scenes.Identify())
    match visit.purpose:
        case Purpose.AFFAIRS:
            return moves.ask(journey, FindAffairs(visit.person))
        case Purpose.CERTIFICATES:
            return moves.ask(journey, ListCertificates(visit.person))
        case Purpose.POLICIES:
            return moves.ask(journey, MatchPolicies(visit.person))
        case _:
            return resume(journey)
