"""Progress: what has become of cases and complaints, and what is owed to them."""

from __future__ import annotations

from kiosk.core import effects, events, moves, questions, stepping
from kiosk.core.cases import FollowUp
from kiosk.core.events import Event
from kiosk.core.inquiries import Affairs
from kiosk.core.moves import Transition
from kiosk.core.scenes import (
    AffairsList,
    AskHow,
    Asking,
    CaseShown,
    ComplaintShown,
    Providing,
    Working,
)
from kiosk.core.steps import Step
from kiosk.core.visit import Journey


def ask_how(journey: Journey, scene: AskHow, event: Event) -> Transition | None:
    """By document or by number."""
    del scene
    match event:
        case events.Pick("document"):
            return stepping.identify(journey)
        case events.Pick("number") if journey.visit:
            key = questions.CASE_NUMBER.key
            return moves.go(journey, stepping.filling(journey.visit, Step.FORM, key))
        case events.Back():
            return moves.home(journey)
        case _:
            return None


def found(journey: Journey, scene: Asking, reply: object) -> Transition:
    """One alone is shown at once, several as a list."""
    match reply:
        case Affairs((case,), ()):
            return moves.go(journey, CaseShown(case, reply))
        case Affairs((), (complaint,)):
            return moves.go(journey, ComplaintShown(complaint, reply))
        case Affairs():
            return moves.go(journey, AffairsList(reply))
        case _:
            return moves.unanswered(journey, scene, reply)


def affairs_list(journey: Journey, scene: AffairsList, event: Event) -> Transition | None:
    """One of them is looked at."""
    match event:
        case events.Pick(number):
            return _show(journey, scene.affairs, number)
        case events.Back() | events.Continue():
            return moves.home(journey)
        case _:
            return None


def _show(journey: Journey, affairs: Affairs, number: str) -> Transition | None:
    for case in affairs.cases:
        if case.number == number:
            return moves.go(journey, CaseShown(case, affairs))
    for complaint in affairs.complaints:
        if complaint.number == number:
            return moves.go(journey, ComplaintShown(complaint, affairs))
    return None


def _up(journey: Journey, affairs: Affairs) -> Transition:
    several = len(affairs.cases) + len(affairs.complaints) > 1
    return moves.go(journey, AffairsList(affairs)) if several else moves.home(journey)


def case_shown(journey: Journey, scene: CaseShown, event: Event) -> Transition | None:
    """What is owed is handed in, by whoever's case it is."""
    match event:
        case events.Pick(code) if any(owed.material == code for owed in scene.case.owed):
            if journey.visit is None or journey.visit.person is None:
                return stepping.identify(journey)
            return moves.go(journey, Providing(code, case=scene))
        case events.Back() | events.Continue():
            return _up(journey, scene.affairs)
        case _:
            return None


def complaint_shown(journey: Journey, scene: ComplaintShown, event: Event) -> Transition | None:
    """Whether the reply settles it."""
    complaint = scene.complaint
    match event:
        case events.Pick("yes" | "no" as said) if complaint.reply and complaint.settled is None:
            wish = FollowUp(complaint.number, said == "yes", journey.language)
            return moves.go(journey, Working(wish), effects.Submit(journey.visits, wish))
        case events.Back() | events.Continue():
            return _up(journey, scene.affairs)
        case _:
            return None
