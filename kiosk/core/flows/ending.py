"""The end of a visit, and what stands in its way."""

from __future__ import annotations

from kiosk.core import events, moves
from kiosk.core.events import Event
from kiosk.core.moves import Transition
from kiosk.core.scenes import Farewell, Home, Stuck
from kiosk.core.troubles import Trouble
from kiosk.core.visit import Journey


def farewell(journey: Journey, scene: Farewell, event: Event) -> Transition | None:
    """Any touch, or a while, ends the visit."""
    del scene
    match event:
        case events.Continue() | events.Start() | events.Touched() | events.TimerFired():
            return moves.end(journey)
        case _:
            return None


def stuck(journey: Journey, scene: Stuck, event: Event) -> Transition | None:
    """Try again, do something else, or leave."""
    match event:
        case events.Retry() if scene.resume is not None:
            return _retry(journey, scene)
        case events.Continue() | events.Back():
            return moves.home(journey)
        case _:
            return None


def _retry(journey: Journey, scene: Stuck) -> Transition | None:
    """Trying again leads back only when what stood in the way is gone as far as anybody knows."""
    if scene.trouble is Trouble.READER_UNAVAILABLE and moves.why_not(journey):
        return None
    if isinstance(scene.resume, Home):
        return moves.home(journey)
    return moves.go(journey, scene.resume or Home())
