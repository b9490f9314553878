"""From the first touch to the notice of what was chosen."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core import effects, events, matter, moves, questions, stepping
from kiosk.core.catalogue import Category
from kiosk.core.events import Event
from kiosk.core.flows import staff
from kiosk.core.moves import Transition
from kiosk.core.scenes import (
    AskHow,
    Attract,
    Copying,
    Home,
    Listing,
    Notice,
    Scene,
    Search,
)
from kiosk.core.steps import Step
from kiosk.core.troubles import Trouble
from kiosk.core.visit import Journey, Purpose


def attract(journey: Journey, scene: Attract, event: Event) -> Transition | None:
    """A touch begins a visit, unless residents are not served; staff come in by a way of theirs.

    One on an announcement begins with what it is about.
    """
    del scene
    match event:
        case events.CallStaff():
            return staff.enter(journey)
        case _ if not moves.serves(journey):
            return None
        case events.Start(spoken=True):
            comfort = replace(journey.comfort, spoken=True)
            return Transition(moves.begin(replace(journey, comfort=comfort)))
        case events.Start() | events.Touched():
            return Transition(moves.begin(journey))
        case events.Choose(code):
            return _choose(moves.begin(journey), code, Home())
        case events.Want(Purpose.POLICIES):
            return _want(moves.begin(journey), Purpose.POLICIES)
        case _:
            return None


def home(journey: Journey, scene: Home, event: Event) -> Transition | None:
    """Something is chosen, or looked for."""
    del scene
    match event:
        case events.Choose(code):
            return _choose(journey, code, Home(code))
        case events.Browse(group):
            return _browse(journey, group)
        case events.Find(query):
            return _find(journey, Search(), query)
        case events.Want(purpose):
            return _want(journey, purpose)
        case _:
            return None


def listing(journey: Journey, scene: Listing, event: Event) -> Transition | None:
    """One of a category or a label is chosen."""
    match event:
        case events.Choose(code):
            return _choose(journey, code, replace(scene, after=code))
        case events.Back():
            return moves.go(journey, Home(scene.group))
        case _:
            return None


def search(journey: Journey, scene: Search, event: Event) -> Transition | None:
    """Letters come, hits come; one is chosen."""
    match event:
        case events.Find(query):
            return _find(journey, scene, query)
        case events.Found(_, query, hits) if query == scene.query:
            return moves.go(journey, replace(scene, hits=hits))
        case events.Choose(code):
            return _choose(journey, code, scene)
        case events.Want(purpose):
            return _want(journey, purpose)
        case events.Back():
            return moves.go(journey, Home())
        case _:
            return None


def _browse(journey: Journey, group: Category | str | None) -> Transition:
    if isinstance(group, Category) or group is None or journey.catalogue.label(group):
        return moves.go(journey, Listing(group))
    return moves.stuck(journey, Trouble.ITEM_WITHDRAWN, resume=Home())


LONGEST_QUERY = 40


def _find(journey: Journey, scene: Search, query: str) -> Transition:
    query = query[:LONGEST_QUERY]
    hits = scene.hits if query else ()
    asked = (effects.FindItems(journey.visits, query),) if query else ()
    return moves.go(journey, Search(query, hits), *asked)


def _choose(journey: Journey, code: str, came_from: Scene) -> Transition:
    found = matter.find(journey.catalogue, code)
    if found is None:
        return moves.stuck(journey, Trouble.ITEM_WITHDRAWN, resume=Home())
    journey = moves.note(moves.choose(journey, Purpose.APPLY, found), came_from=came_from)
    return stepping.advance(journey, Step.NOTICE)


def _want(journey: Journey, purpose: Purpose) -> Transition:
    journey = moves.choose(journey, purpose)
    match purpose:
        case Purpose.AFFAIRS:
            return moves.go(journey, AskHow())
        case Purpose.CERTIFICATES | Purpose.POLICIES:
            return stepping.identify(journey)
        case Purpose.COPY:
            return moves.go(journey, Copying())
        case Purpose.COMPLAINT if journey.visit:
            first = questions.COMPLAINT[0].key
            return moves.go(journey, stepping.filling(journey.visit, Step.FORM, first))
        case _:
            return moves.go(journey, Home())


def _for_others(journey: Journey) -> bool:
    matter = journey.visit.matter if journey.visit else None
    return matter is not None and questions.for_others(matter)


def notice(journey: Journey, scene: Notice, event: Event) -> Transition | None:
    """Everything was told: on, or back."""
    del scene
    match event:
        case events.Continue() if moves.why_not(journey) is None:
            return stepping.proceed(journey, Step.NOTICE)
        case events.Pick("others") if moves.why_not(journey) is None and _for_others(journey):
            return stepping.proceed(moves.fill(journey, "for.whom", ""), Step.NOTICE)
        case events.Back() if visit := journey.visit:
            return moves.go(moves.home(journey).journey, visit.came_from)
        case _:
            return None
