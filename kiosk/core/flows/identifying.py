"""Who is there: by card or code, and by face where an item asks for it."""

from __future__ import annotations

from dataclasses import replace

from drivers.device import Fault
from kiosk.core import availability, effects, events, moves, stepping, troubles
from kiosk.core.events import Event
from kiosk.core.identity import Person
from kiosk.core.inquiries import CheckCode, CompareFace, FaceVerdict, Unanswered
from kiosk.core.moves import Transition
from kiosk.core.scenes import FaceCheck, Identify
from kiosk.core.steps import Step
from kiosk.core.troubles import Trouble
from kiosk.core.visit import Journey, Purpose

ATTEMPTS = 3  # what failed so often is not tried on and on: help is offered


def identify(journey: Journey, scene: Identify, event: Event) -> Transition | None:
    """The card is read, tried again, or cannot be."""
    match event:
        case events.CardPlaced(_, means):
            return moves.go(journey, replace(scene, reading=means, trouble=None))
        case events.Identified(_, person):
            return identified(journey, person)
        case events.CodeShown(_, code):
            return moves.ask(journey, CheckCode(code))
        case events.ReadFailed(_, _, fault):
            return read_failed(journey, scene, troubles.of_read(fault))
        case events.EffectFailed():
            return moves.stuck(journey, Trouble.READER_UNAVAILABLE, resume=Identify())
        case events.Back():
            return stepping.back(journey, Step.IDENTIFY)
        case _:
            return None


def read_failed(journey: Journey, scene: Identify, trouble: Trouble) -> Transition:
    """Once more, or help: where one reader fails the others still wait."""
    failures = scene.failures + 1
    others = availability.means(journey.devices, reachable=journey.platform_reachable)
    if failures >= ATTEMPTS or (trouble is Trouble.READER_UNAVAILABLE and len(others) < 2):
        return moves.stuck(journey, trouble, resume=Identify())
    again = effects.ReadIdentity(journey.visits, frozenset(others))
    return moves.go(journey, Identify(trouble=trouble, failures=failures), again)


def identified(journey: Journey, person: Person) -> Transition:
    """It is known who is there: on with what they came for."""
    journey = moves.note(journey, person=person)
    visit = journey.visit
    if person.valid_until is not None and person.valid_until < journey.today:
        return moves.stuck(moves.note(journey, person=None), Trouble.CARD_EXPIRED)
    if visit is None or visit.purpose is not Purpose.APPLY:
        return stepping.identify(journey)
    if visit.matter and person.age(journey.today) < visit.matter.youngest:
        return moves.stuck(moves.note(journey, person=None), Trouble.UNDERAGE)
    return stepping.proceed(journey, Step.IDENTIFY)


def face_check(journey: Journey, scene: FaceCheck, event: Event) -> Transition | None:
    """Consent, a picture, and the platform's word."""
    match event:
        case events.Continue() if not scene.consented:
            return moves.go(journey, FaceCheck(consented=True))
        case events.Continue() | events.Retry() if scene.trouble:
            return moves.go(journey, FaceCheck(consented=True, failures=scene.failures))
        case events.Decline():
            return moves.stuck(journey, Trouble.FACE_DECLINED, resume=FaceCheck())
        case events.FaceSeen(_, guidance, picture) if not scene.comparing:
            return moves.go(journey, replace(scene, guidance=guidance, picture=picture))
        case events.FaceTaken(_, photo):
            return _compare(journey, scene, photo)
        case events.FaceFailed(_, fault):
            return _failed(journey, scene, _of_face(fault))
        case events.EffectFailed():
            return moves.stuck(journey, Trouble.FACE_UNAVAILABLE, resume=FaceCheck())
        case events.Consulted(_, CompareFace(), reply) if scene.comparing:
            return _compared(journey, scene, reply)
        case events.Back():
            return stepping.back(journey, Step.FACE)
        case _:
            return None


def _compare(journey: Journey, scene: FaceCheck, photo: bytes) -> Transition:
    visit = journey.visit
    if visit is None or visit.person is None:
        return moves.stuck(journey, Trouble.UNEXPECTED)
    asked = effects.Consult(visit.number, CompareFace(visit.person, photo))
    return moves.go(journey, replace(scene, comparing=True), asked)


def _compared(journey: Journey, scene: FaceCheck, reply: object) -> Transition:
    match reply:
        case FaceVerdict(same=True):
            return stepping.proceed(moves.note(journey, face_matched=True), Step.FACE)
        case FaceVerdict():
            return _failed(journey, scene, Trouble.FACE_DIFFERS)
        case Unanswered(Trouble.FACE_NOT_SEEN as trouble):
            return _failed(journey, scene, trouble)
        case Unanswered(trouble):
            return moves.stuck(journey, trouble, resume=FaceCheck(consented=True))
        case _:
            return moves.stuck(journey, Trouble.UNEXPECTED)


def _failed(journey: Journey, scene: FaceCheck, trouble: Trouble) -> Transition:
    failures = scene.failures + 1
    again = FaceCheck(consented=True, trouble=trouble, failures=failures)
    if trouble is Trouble.FACE_UNAVAILABLE or failures >= ATTEMPTS:
        return moves.stuck(journey, trouble, resume=FaceCheck(consented=True))
    return moves.go(journey, again)


def _of_face(fault: Fault) -> Trouble:
    seen = fault.code.startswith("face.")
    return Trouble.FACE_NOT_SEEN if seen else Trouble.FACE_UNAVAILABLE


def code_checked(journey: Journey, reply: object) -> Transition:
    """Whose electronic identity it is, or that it counts no more."""
    match reply:
        case Person() as person:
            return identified(journey, person)
        case Unanswered(Trouble.CODE_REFUSED as trouble):
            return moves.go(journey, Identify(trouble=trouble))
        case Unanswered(trouble):
            return moves.stuck(journey, trouble, resume=Identify())
        case _:
            return moves.stuck(journey, Trouble.UNEXPECTED, resume=Identify())
