"""What each scene does with what happens in it; what it has no answer for, it lets pass."""

from __future__ import annotations

from dataclasses import replace

from drivers.device import PrintEvidence, PrintOutcome
from kiosk.core import availability, cases, effects, events, moves, steps, troubles
from kiosk.core.events import Event
from kiosk.core.moves import Transition
from kiosk.core.scenes import (
    Home,
    Identify,
    Journey,
    Notice,
    Rating,
    Result,
    Review,
    StillThere,
    Stuck,
)
from kiosk.core.steps import Step
from kiosk.core.troubles import Trouble
from kiosk.core.views import PrintDone, PrintFailed, Printing

READ_ATTEMPTS = 3  # a card that failed so often is not tried on and on: help is offered


def attract(journey: Journey, event: Event) -> Transition:
    """A touch begins a visit."""
    match event:
        case events.Start() | events.Touched():
            return Transition(moves.begin(journey))
        case _:
            return Transition(journey)


def home(journey: Journey, event: Event) -> Transition:
    """An item is chosen."""
    match event:
        case events.Choose(code):
            item = journey.catalogue.find(code)
            if item is None:
                return moves.stuck(journey, Trouble.ITEM_WITHDRAWN, resume=Home())
            return moves.enter(moves.note(journey, item=item), steps.flow(item)[0])
        case events.TimerFired():
            return moves.go(journey, StillThere(Home()))
        case _:
            return Transition(journey)


def notice(journey: Journey, event: Event) -> Transition:
    """Everything was told: on, or back."""
    match event:
        case events.Continue() if moves.why_not(journey) is None:
            return moves.proceed(journey, Step.NOTICE)
        case events.Back():
            return moves.go(journey, Home())
        case events.TimerFired():
            return moves.go(journey, StillThere(Notice()))
        case _:
            return Transition(journey)


def identify(journey: Journey, scene: Identify, event: Event) -> Transition:
    """The card is read, tried again, or cannot be."""
    match event:
        case events.CardPlaced():
            return moves.go(journey, replace(scene, reading=True, trouble=None))
        case events.CardRead(_, person, today):
            journey = moves.note(journey, person=person)
            if person.valid_until is not None and person.valid_until < today:
                return moves.stuck(journey, Trouble.CARD_EXPIRED)
            return moves.proceed(journey, Step.IDENTIFY)
        case events.ReadFailed(_, fault):
            return _read_failed(journey, scene, troubles.of_read(fault))
        case events.EffectFailed():
            return moves.stuck(journey, Trouble.READER_UNAVAILABLE, resume=Identify())
        case events.Back():
            return moves.go(journey, Notice())
        case events.TimerFired():
            return moves.go(journey, StillThere(scene))
        case _:
            return Transition(journey)


def _read_failed(journey: Journey, scene: Identify, trouble: Trouble) -> Transition:
    failures = scene.failures + 1
    if trouble is Trouble.READER_UNAVAILABLE or failures >= READ_ATTEMPTS:
        return moves.stuck(journey, trouble, resume=Identify())
    again = effects.ReadCard(journey.visits)
    return moves.go(journey, Identify(trouble=trouble, failures=failures), again)


def review(journey: Journey, event: Event) -> Transition:
    """It is me and I want it; or it is not me."""
    match event:
        case events.Continue():
            return moves.proceed(journey, Step.REVIEW)
        case events.Back():
            return moves.go(moves.note(journey, person=None), Identify())
        case events.TimerFired():
            return moves.go(journey, StillThere(Review()))
        case _:
            return Transition(journey)


def working(journey: Journey, event: Event) -> Transition:
    """The platform's word, or none."""
    match event:
        case events.Decided(_, cases.Refused(_, words) as refused):
            return moves.stuck(moves.note(journey, outcome=refused), Trouble.REFUSED, words=words)
        case events.Decided(_, outcome):
            return moves.proceed(moves.note(journey, outcome=outcome), Step.SUBMIT)
        case events.EffectFailed() | events.TimerFired():
            return moves.stuck(journey, Trouble.UNEXPECTED)
        case _:
            return Transition(journey)


def result(journey: Journey, scene: Result, event: Event) -> Transition:
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
            return moves.proceed(journey, Step.RESULT)
        case events.TimerFired():
            return moves.go(journey, StillThere(scene))
        case _:
            return Transition(journey)


def _print(journey: Journey, scene: Result) -> Transition:
    trouble = availability.why_no_print(journey.devices)
    if trouble:
        return moves.go(journey, replace(scene, print=PrintFailed(trouble)))
    visit = journey.visit
    if visit is None or visit.item is None or visit.person is None:
        return moves.stuck(journey, Trouble.UNEXPECTED)
    receipt = effects.PrintReceipt(
        visit.number, visit.item, visit.person, scene.outcome, journey.language, scene.copies
    )
    return moves.go(journey, replace(scene, print=Printing()), receipt)


def _print_ended(journey: Journey, scene: Result, outcome: PrintOutcome) -> Transition:
    """What may be out counts as out: whatever is printed after it is marked as a copy."""
    trouble = troubles.of_printer(outcome.status)
    match outcome.evidence:
        case PrintEvidence.CONFIRMED | PrintEvidence.SENT:
            done = PrintDone(confirmed=outcome.evidence is PrintEvidence.CONFIRMED)
            after = replace(scene, print=done, copies=scene.copies + 1)
            return moves.go(moves.note(journey, receipts=after.copies), after)
        case PrintEvidence.UNKNOWN:
            return moves.go(journey, _uncertain(scene, trouble or Trouble.PRINT_UNCERTAIN))
        case PrintEvidence.NOT_STARTED:
            failed = PrintFailed(trouble or Trouble.PRINTER_UNAVAILABLE)
            return moves.go(journey, replace(scene, print=failed))


def _uncertain(scene: Result, trouble: Trouble) -> Result:
    return replace(scene, print=PrintFailed(trouble), copies=scene.copies + 1)


def rating(journey: Journey, scene: Rating, event: Event) -> Transition:
    """One grade, once, or none."""
    match event:
        case events.Rate(grade) if scene.chosen is None:
            item = journey.visit.item if journey.visit else None
            rating = cases.Rating(scene.case_number, item.code if item else "", grade)
            return moves.go(journey, replace(scene, chosen=grade), effects.SendRating(rating))
        case events.Continue():
            return moves.farewell(journey)
        case events.TimerFired() if scene.chosen is not None:
            return moves.farewell(journey)
        case events.TimerFired():
            return moves.go(journey, StillThere(scene))
        case _:
            return Transition(journey)


def farewell(journey: Journey, event: Event) -> Transition:
    """Any touch, or a while, ends the visit."""
    match event:
        case events.Continue() | events.Start() | events.Touched() | events.TimerFired():
            return moves.end(journey)
        case _:
            return Transition(journey)


def stuck(journey: Journey, scene: Stuck, event: Event) -> Transition:
    """Try again, do something else, or leave."""
    match event:
        case events.Retry() if scene.resume is not None:
            return _retry(journey, scene)
        case events.Continue() | events.Back():
            return moves.go(moves.note(journey, item=None, outcome=None), Home())
        case events.TimerFired():
            return moves.go(journey, StillThere(scene))
        case _:
            return Transition(journey)


def _retry(journey: Journey, scene: Stuck) -> Transition:
    """Trying again leads back only when what stood in the way is gone as far as anybody knows."""
    if scene.trouble is Trouble.READER_UNAVAILABLE and moves.why_not(journey):
        return Transition(journey)
    return moves.go(journey, scene.resume or Home())
