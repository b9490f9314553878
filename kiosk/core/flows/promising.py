"""Commitments, deferrals, and the signature."""

from __future__ import annotations

from kiosk.core import events, moves, stepping
from kiosk.core.events import Event
from kiosk.core.moves import Transition
from kiosk.core.scenes import Deferral, Promise, Review, Signing
from kiosk.core.steps import Step
from kiosk.core.visit import Journey


def promise(journey: Journey, scene: Promise, event: Event) -> Transition | None:
    """告知承诺: made, or declined; then the proof itself is asked for."""
    visit = journey.visit
    if visit is None:
        return moves.home(journey)
    match event:
        case events.Continue():
            made = moves.note(journey, promised=(*visit.promised, scene.item))
            return stepping.advance(made, Step.COMMIT)
        case events.Decline():
            declined = moves.note(journey, declined=(*visit.declined, scene.item))
            return stepping.advance(declined, Step.COMMIT)
        case events.Back():
            undone = moves.note(journey, promised=(), declined=())
            return stepping.back(undone, Step.COMMIT)
        case _:
            return None


def deferral(journey: Journey, scene: Deferral, event: Event) -> Transition | None:
    """容缺受理: agreed to, or the materials are brought now after all."""
    del scene
    match event:
        case events.Continue():
            return stepping.proceed(moves.note(journey, agreed=True), Step.MATERIALS)
        case events.Decline() | events.Back():
            return stepping.advance(moves.bring_now(journey), Step.MATERIALS)
        case _:
            return None


def signing(journey: Journey, scene: Signing, event: Event) -> Transition | None:
    """Signed, or declared by whoever cannot write: it is sent; too little is not taken."""
    del scene
    match event:
        case events.Sign(signature) if signature.fault is None:
            return stepping.proceed(moves.note(journey, signature=signature), Step.SIGN)
        case events.Decline():
            return stepping.proceed(moves.note(journey, declared=True), Step.SIGN)
        case events.Back():
            return moves.go(journey, Review())
        case _:
            return None
