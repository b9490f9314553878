"""From the review to the rating."""

from __future__ import annotations

from dataclasses import replace

from drivers.device import PrintOutcome
from kiosk.core import (
    availability,
    cases,
    effects,
    events,
    moves,
    papers,
    printing,
    questions,
    stepping,
)
from kiosk.core.acting import principal
from kiosk.core.cases import Application, Grade, Reason, Refused
from kiosk.core.catalogue import Text
from kiosk.core.events import Event
from kiosk.core.moves import Transition
from kiosk.core.scenes import Identify, Providing, Rating, Result, Review, Working
from kiosk.core.steps import Step
from kiosk.core.troubles import Trouble
from kiosk.core.views import NotedKind, PrintDone, PrintFailed, Printing
from kiosk.core.visit import Journey, Purpose, Visit


def review(journey: Journey, scene: Review, event: Event) -> Transition | None:
    """It is me and I want it; or something is to be corrected; or it is not me."""
    del scene
    match event:
        case events.Continue():
            return stepping.proceed(moves.unsigned(journey), Step.REVIEW)
        case events.Pick(key):
            return _correct(journey, key)
        case events.Decline():
            return moves.go(moves.forget_person(journey), Identify())
        case events.Back():
            return stepping.back(journey, Step.REVIEW)
        case _:
            return None


def _correct(journey: Journey, key: str) -> Transition | None:
    """Ask a question again, or for a material."""
    visit = journey.visit
    if visit is None:
        return None
    for step in stepping.ASKS:
        if questions.find(journey, visit, step, key):
            return moves.go(journey, stepping.filling(visit, step, key, correcting=True))
    if any(material.code == key for material in papers.needed(visit)):
        return moves.go(journey, Providing(key, correcting=True))
    return None


def working(journey: Journey, scene: Working, event: Event) -> Transition | None:
    """The platform's word, or none."""
    match event:
        case events.Decided(_, Refused() as refused):
            return _refused(journey, scene, refused)
        case events.Decided(_, outcome):
            noted = NOTED.get(type(scene.wish))
            return stepping.show_result(moves.note(journey, outcome=outcome, noted=noted))
        case events.EffectFailed() | events.TimerFired():
            return moves.stuck(journey, Trouble.UNEXPECTED)
        case _:
            return None


NOTED = {
    cases.Complaint: NotedKind.COMPLAINT,
    cases.Supplement: NotedKind.SUPPLEMENT,
    cases.Confirmation: NotedKind.CONFIRMATION,
    cases.FollowUp: NotedKind.FOLLOW_UP,
}


def _refused(journey: Journey, scene: Working, refused: Refused) -> Transition:
    """A material that was not taken is brought again; all else was said and stays so."""
    visit = journey.visit
    if refused.materials and isinstance(scene.wish, Application) and visit is not None:
        kept = {c: one for c, one in visit.provided.items() if c not in refused.materials}
        journey = moves.note(moves.unsigned(journey), provided=kept)
        again = Providing(refused.materials[0], words=refused.words)
        return moves.stuck(journey, Trouble.MATERIAL_REJECTED, words=refused.words, resume=again)
    return moves.stuck(moves.note(journey, outcome=refused), Trouble.REFUSED, words=refused.words)


# --- the result, on the screen and on paper ---


def result(journey: Journey, scene: Result, event: Event) -> Transition | None:
    """The certificate appears, the receipt is printed, the resident goes on."""
    match event:
        case events.CertificateDrawn(_, picture):
            return moves.go(journey, replace(scene, picture=picture, drawing=False))
        case events.Print() if not isinstance(scene.print, Printing):
            return _print(journey, scene)
        case events.PrintEnded(_, outcome):
            return _print_ended(journey, scene, outcome)
        case events.EffectFailed() if isinstance(scene.print, Printing):
            return moves.go(journey, _uncertain(scene, Trouble.PRINT_UNCERTAIN))
        case events.EffectFailed():
            return moves.go(journey, replace(scene, drawing=False))
        case events.Continue() if not isinstance(scene.print, Printing):
            return _after_result(journey)
        case _:
            return None


def _after_result(journey: Journey) -> Transition:
    visit = journey.visit
    if visit is None or visit.purpose is not Purpose.APPLY:
        return moves.home(journey)
    return stepping.proceed(journey, Step.RESULT)


def _print(journey: Journey, scene: Result) -> Transition:
    trouble = availability.why_no_print(journey.devices)
    if trouble:
        return moves.go(journey, replace(scene, print=PrintFailed(trouble)))
    visit = journey.visit
    if visit is None:
        return moves.stuck(journey, Trouble.UNEXPECTED)
    receipt = effects.PrintReceipt(
        visit.number,
        subject(visit),
        visit.person,
        scene.outcome,
        journey.language,
        scene.copies,
        principal(visit.sheet) if visit.matter else None,
    )
    return moves.go(journey, replace(scene, print=Printing()), receipt)


OTHER_SUBJECTS = {
    Purpose.COMPLAINT: Text("投诉反映", "Complaint"),
    Purpose.AFFAIRS: Text("补交材料", "Papers handed in later"),
    Purpose.POLICIES: Text("政策确认", "Benefit confirmed"),
}


def subject(visit: Visit) -> Text:
    """What a receipt, or the screen of a result, speaks of."""
    if visit.matter is not None:
        return visit.matter.name
    return OTHER_SUBJECTS.get(visit.purpose, OTHER_SUBJECTS[Purpose.COMPLAINT])


def _print_ended(journey: Journey, scene: Result, outcome: PrintOutcome) -> Transition:
    """What may be out counts as out: whatever is printed after it is marked as a copy."""
    state = printing.of_receipt(outcome)
    after = replace(scene, print=state, copies=scene.copies + printing.may_be_out(outcome))
    if isinstance(state, PrintDone):
        journey = moves.note(journey, receipts=after.copies)
    return moves.go(journey, after)


def _uncertain(scene: Result, trouble: Trouble) -> Result:
    return replace(scene, print=PrintFailed(trouble), copies=scene.copies + 1)


# --- how it was ---


def rating(journey: Journey, scene: Rating, event: Event) -> Transition | None:
    """One grade, once, or none; a poor one may have reasons."""
    match event:
        case events.Rate(grade) if not scene.given:
            chosen = replace(scene, chosen=grade)
            poor = grade <= Grade.DISSATISFIED
            return moves.go(journey, chosen) if poor else _give(journey, chosen)
        case events.Pick(code) if scene.chosen and not scene.given and code in set(Reason):
            return moves.go(journey, _toggled(scene, Reason(code)))
        case events.Continue() if scene.chosen and not scene.given:
            return _give(journey, scene)
        case events.TimerFired() if scene.chosen and not scene.given:
            return _give(journey, scene)
        case events.Continue():
            return moves.farewell(journey)
        case events.TimerFired() if scene.given:
            return moves.farewell(journey)
        case _:
            return None


def _toggled(scene: Rating, reason: Reason) -> Rating:
    chosen = {*scene.reasons} ^ {reason}
    return replace(scene, reasons=tuple(one for one in Reason if one in chosen))


def _give(journey: Journey, scene: Rating) -> Transition:
    code = journey.visit.matter.code if journey.visit and journey.visit.matter else ""
    if scene.chosen is None:
        return moves.farewell(journey)
    said = cases.Rating(scene.case_number, code, scene.chosen, scene.reasons)
    return moves.go(journey, replace(scene, given=True), effects.SendRating(said))
