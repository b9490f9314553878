"""The moves a journey is made of: from scene to scene, forward in the flow and back, to its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from drivers.device import PrintEvidence
from kiosk.core import availability, papers, questions, scenes, steps
from kiosk.core.acting import principal
from kiosk.core.cases import Accepted, Application, Issued, Kept, Noted, Provided, Way
from kiosk.core.effects import DrawCertificate, Effect, Submit
from kiosk.core.events import SheetsEnded
from kiosk.core.inquiries import (
    FindAffairs,
    Inquiry,
    ListCertificates,
    MatchPolicies,
    Share,
    Unanswered,
)
from kiosk.core.matter import Matter
from kiosk.core.scenes import Scene
from kiosk.core.sheet import Sheet
from kiosk.core.steps import Step
from kiosk.core.troubles import Trouble
from kiosk.core.visit import Journey, Purpose, Visit


@dataclass(frozen=True, slots=True)
class Transition:
    """Where the journey goes, and what to do about it, in order."""

    journey: Journey
    effects: tuple[Effect, ...] = ()


def go(journey: Journey, scene: Scene, *asked: Effect) -> Transition:
    """Another scene, with what to do on the way."""
    return Transition(replace(journey, scene=scene), asked)


def stuck(
    journey: Journey, trouble: Trouble, *, words: str | None = None, resume: Scene | None = None
) -> Transition:
    """A trouble stands in the way; `resume` is where trying again leads."""
    return go(journey, scenes.Stuck(trouble, words, resume))


def note(journey: Journey, **facts: object) -> Journey:
    """The journey with something more known of its visit."""
    if journey.visit is None:
        return journey
    return replace(journey, visit=replace(journey.visit, **facts))  # type: ignore[arg-type] # checked by replace itself


def fill(journey: Journey, key: str, text: str) -> Journey:
    """The journey with one more answer."""
    sheet = journey.visit.sheet if journey.visit else Sheet()
    return note(journey, sheet=sheet.fill(key, text))


def why_not(journey: Journey, matter: Matter | None = None) -> Trouble | None:
    """What keeps a matter, or that of the visit, from being offered right now; None: nothing."""
    matter = matter or (journey.visit.matter if journey.visit else None)
    if matter is None:
        return None
    return availability.why_not(matter, journey.devices, reachable=journey.platform_reachable)


# --- a visit ---


def begin(journey: Journey) -> Journey:
    """A new visit, at home."""
    number = journey.visits + 1
    return replace(journey, scene=scenes.Home(), visit=Visit(number), visits=number)


def home(journey: Journey) -> Transition:
    """Something else is wanted: who is there and what was answered stays, the matter does not."""
    visit = journey.visit
    if visit is None:
        return end(journey)
    return go(replace(journey, visit=_fresh(visit, Purpose.APPLY, None)), scenes.Home())


def choose(journey: Journey, purpose: Purpose, matter: Matter | None = None) -> Journey:
    """Something is wanted; what belonged to another matter alone is forgotten."""
    if journey.visit is None:
        return journey
    return replace(journey, visit=_fresh(journey.visit, purpose, matter))


_OF_ONE_MATTER = ("for.", "principal.", "enterprise.", "decided.", "delivery.", "complaint.")
_OF_A_CASE = ("case.",)


def _fresh(visit: Visit, purpose: Purpose, matter: Matter | None) -> Visit:
    gone = (*_OF_ONE_MATTER, *_OF_A_CASE)
    kept = {key: text for key, text in visit.sheet.items() if not key.startswith(gone)}
    papers_at_hand = {c: p for c, p in visit.provided.items() if p.pages or p.certificate}
    return Visit(
        visit.number,
        purpose,
        matter,
        person=visit.person,
        face_matched=visit.face_matched,
        sheet=Sheet(kept),
        held=visit.held,
        provided=papers_at_hand,
        receipts=visit.receipts,
        sheets=visit.sheets,
    )


def farewell(journey: Journey) -> Transition:
    """Card and papers are still to be taken."""
    return go(journey, scenes.Farewell())


def end(journey: Journey) -> Transition:
    """Nobody is there any more; nothing of the visit is left in the journey."""
    language = journey.settings.language
    return Transition(replace(journey, scene=scenes.Attract(), visit=None, language=language))


# --- the flow ---


def advance(journey: Journey, step: Step) -> Transition:
    """The first step from `step` on that has something left to ask; the farewell at the end."""
    visit = journey.visit
    if visit is None or visit.matter is None:
        return home(journey)
    for following in steps.flow(visit.matter):
        if tuple(Step).index(following) < tuple(Step).index(step):
            continue
        if (opened := _open(journey, visit, visit.matter, following)) is not None:
            return opened
    return farewell(journey)


def proceed(journey: Journey, step: Step) -> Transition:
    """What follows after a step."""
    visit = journey.visit
    following = steps.after(visit.matter, step) if visit and visit.matter else None
    return farewell(journey) if following is None else advance(journey, following)


def resume(journey: Journey) -> Transition:
    """The first thing that is still to be asked, wherever it was interrupted."""
    return advance(journey, Step.IDENTIFY)


def back(journey: Journey, step: Step) -> Transition:
    """What a resident saw before a step: its last question, or the notice."""
    visit = journey.visit
    if visit is None or visit.matter is None:
        return home(journey)
    flow = steps.flow(visit.matter)
    for earlier in reversed(flow[: flow.index(step)] if step in flow else ()):
        every = questions.of_step(journey.catalogue, visit, earlier)
        usual = questions.usual(journey.catalogue, visit)
        asked = [one for one in every if usual.get(one.key) != visit.sheet.of(one.key)]
        if asked and earlier in ASKS:
            return go(journey, filling(visit, earlier, asked[-1].key))
        if earlier is Step.NOTICE:
            return go(journey, scenes.Notice())
    return home(journey)


ASKS = (Step.WHOM, Step.FORM, Step.DELIVERY)


def filling(visit: Visit, step: Step, key: str, *, correcting: bool = False) -> scenes.Filling:
    """A question, with what was answered before."""
    return scenes.Filling(step, key, visit.sheet.of(key), correcting=correcting)


def _open(journey: Journey, visit: Visit, matter: Matter, step: Step) -> Transition | None:
    """A step where it has anything left to ask; None to pass it by (nothing is asked twice)."""
    match step:
        case Step.NOTICE:
            return go(journey, scenes.Notice())
        case Step.IDENTIFY:
            return None if visit.person else go(journey, scenes.Identify())
        case Step.FACE:
            return None if visit.face_matched else go(journey, scenes.FaceCheck())
        case Step.WHOM | Step.FORM | Step.DELIVERY:
            return _ask(journey, visit, step)
        case Step.SHARE:
            return _share(journey, visit, matter)
        case Step.COMMIT:
            return _promise(journey, visit, matter)
        case Step.MATERIALS:
            return _materials(journey, visit)
        case Step.REVIEW:
            return go(journey, scenes.Review())
        case Step.SIGN:
            return go(journey, scenes.Signing()) if must_sign(visit, matter) else None
        case Step.SUBMIT:
            return _submit(journey, visit, matter)
        case Step.RESULT:
            return show_result(journey)
        case Step.RATING:
            return _rate(journey, visit)


def _ask(journey: Journey, visit: Visit, step: Step) -> Transition | None:
    usual = questions.usual(journey.catalogue, visit)
    if any(not visit.sheet.has(key) for key in usual):
        return advance(note(journey, sheet=visit.sheet.known(usual)), step)
    question = questions.unanswered(journey, visit, step)
    return None if question is None else go(journey, filling(visit, step, question.key))


def _share(journey: Journey, visit: Visit, matter: Matter) -> Transition | None:
    """Consent first, where there is anything to consent to; then drafts are looked for too."""
    if visit.consented is not None or not journey.platform_reachable:
        return None
    if steps.shared_keys(matter) or steps.certificates(matter):
        return go(journey, scenes.Consent())
    return ask_to_share(note(journey, consented=False))


def ask_to_share(journey: Journey) -> Transition:
    """What other departments know, as far as the resident agrees; and a draft, if there is one."""
    visit = journey.visit
    if visit is None or visit.matter is None or visit.person is None:
        return stuck(journey, Trouble.UNEXPECTED)
    matter, agreed = visit.matter, bool(visit.consented)
    inquiry = Share(
        matter.code,
        visit.person,
        principal(visit.sheet),
        steps.shared_keys(matter) if agreed else (),
        steps.certificates(matter) if agreed else (),
        agreed,
    )
    return go(journey, scenes.Asking(inquiry))


def _promise(journey: Journey, visit: Visit, matter: Matter) -> Transition | None:
    done = {*visit.promised, *visit.declined}
    left = [item.code for item in matter.commitments if item.code not in done]
    return go(journey, scenes.Promise(left[0])) if left else None


def _materials(journey: Journey, visit: Visit) -> Transition | None:
    if left := papers.pending(visit, journey.today):
        return go(journey, scenes.Providing(left[0].code))
    if papers.deferred(visit) and not visit.agreed:
        return go(journey, scenes.Deferral())
    return None


def must_sign(visit: Visit, matter: Matter) -> bool:
    """Whether a signature is still missing: for the application, a commitment or a deferral."""
    wanted = matter.signature or bool(visit.promised) or bool(papers.deferred(visit))
    return wanted and visit.signature is None


def _submit(journey: Journey, visit: Visit, matter: Matter) -> Transition:
    if visit.person is None:
        return stuck(journey, Trouble.UNEXPECTED)
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
        decided_in=visit.sheet.of("decided.in") or None,
        draft=visit.draft,
    )
    return go(journey, scenes.Working(application), Submit(visit.number, application))


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
            return go(journey, scenes.Result(issued, drawing=True), draw)
        case Visit(outcome=Accepted() | Noted() | Kept() as outcome):
            return go(journey, scenes.Result(outcome))
        case _:
            return stuck(journey, Trouble.UNEXPECTED)


def _rate(journey: Journey, visit: Visit) -> Transition | None:
    match visit.outcome:
        case Issued(number) | Accepted(number):
            return go(journey, scenes.Rating(number))
        case _:
            return None


def ask(journey: Journey, inquiry: Inquiry, beneath: Scene | None = None) -> Transition:
    """Ask the platform, and show that somebody waits for it."""
    return go(journey, scenes.Asking(inquiry, beneath))


def copies_left(journey: Journey) -> int:
    """Sheets that this visit may still copy free of charge."""
    return max(journey.settings.copies - (journey.visit.sheets if journey.visit else 0), 0)


def brought(journey: Journey, provided: Provided) -> Journey:
    """The journey with one more material."""
    before: Mapping[str, Provided] = journey.visit.provided if journey.visit else {}
    return note(journey, provided={**before, provided.material: provided})


def identify(journey: Journey) -> Transition:
    """Who is there, unless that is known; then what they came for, where it is no application."""
    visit = journey.visit
    if visit is None or visit.person is None:
        return go(journey, scenes.Identify())
    match visit.purpose:
        case Purpose.AFFAIRS:
            return ask(journey, FindAffairs(visit.person))
        case Purpose.CERTIFICATES:
            return ask(journey, ListCertificates(visit.person))
        case Purpose.POLICIES:
            return ask(journey, MatchPolicies(visit.person))
        case _:
            return resume(journey)


def bring_now(journey: Journey) -> Journey:
    """The journey in which nothing is put off any more."""
    visit = journey.visit
    provided = visit.provided if visit else {}
    kept = {code: one for code, one in provided.items() if one.way is not Way.LATER}
    return note(journey, provided=kept, agreed=False)


def unanswered(journey: Journey, scene: scenes.Asking, reply: object) -> Transition:
    """There is no answer: it may be asked again, unless that would be the same again."""
    trouble = reply.trouble if isinstance(reply, Unanswered) else Trouble.UNEXPECTED
    final = {Trouble.NOT_FOUND, Trouble.CERTIFICATE_INVALID, Trouble.DRAFT_GONE}
    return stuck(journey, trouble, resume=scene.beneath if trouble in final else scene)


def sheets_out(journey: Journey, event: SheetsEnded) -> Journey:
    """The journey after a print on sheets: what may be out counts as out."""
    begun = event.outcome.evidence is not PrintEvidence.NOT_STARTED
    if journey.visit is None or not begun:
        return journey
    return note(journey, sheets=journey.visit.sheets + event.sheets)
