"""免申即享: what fits somebody, to be confirmed or with nothing left to do."""

from __future__ import annotations

from kiosk.core import effects, events, moves
from kiosk.core.cases import Confirmation, Match
from kiosk.core.catalogue import PolicyMode
from kiosk.core.events import Event
from kiosk.core.moves import Transition
from kiosk.core.scenes import Asking, PolicyList, PolicyShown, Working
from kiosk.core.visit import Journey


def matched(journey: Journey, scene: Asking, reply: object) -> Transition:
    """What fits, as far as the catalogue knows it; or why nobody can say."""
    if not isinstance(reply, tuple):
        return moves.unanswered(journey, scene, reply)
    matches = (one for one in reply if isinstance(one, Match))
    known = tuple(m for m in matches if journey.catalogue.policy(m.policy))
    return moves.go(journey, PolicyList(known))


def policy_list(journey: Journey, scene: PolicyList, event: Event) -> Transition | None:
    """One of them is looked at."""
    match event:
        case events.Pick(code):
            fits = next((m for m in scene.matches if m.policy == code), None)
            return moves.go(journey, PolicyShown(fits, scene.matches)) if fits else None
        case events.Back() | events.Continue():
            return moves.home(journey)
        case _:
            return None


def policy_shown(journey: Journey, scene: PolicyShown, event: Event) -> Transition | None:
    """Confirmed, where anything is to be confirmed."""
    visit = journey.visit
    policy = journey.catalogue.policy(scene.match.policy)
    to_confirm = policy is not None and policy.mode is PolicyMode.CONFIRM and not scene.match.taken
    match event:
        case events.Continue() if to_confirm and visit and visit.person:
            wish = Confirmation(scene.match.policy, visit.person, language=journey.language)
            return moves.go(journey, Working(wish), effects.Submit(visit.number, wish))
        case events.Back() | events.Continue():
            return moves.go(journey, PolicyList(scene.matches))
        case _:
            return None
