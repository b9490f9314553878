"""The moves a journey is made of: from scene to scene, forward in the flow, to its end."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.core import availability, cases, effects, steps
from kiosk.core.effects import Effect
from kiosk.core.scenes import (
    Attract,
    Farewell,
    Home,
    Identify,
    Journey,
    Notice,
    Rating,
    Result,
    Review,
    Scene,
    Stuck,
    Visit,
    Working,
)
from kiosk.core.steps import Step
from kiosk.core.troubles import Trouble


@dataclass(frozen=True, slots=True)
class Transition:
    """Where the journey goes, and what to do about it, in order."""

    journey: Journey
    effects: tuple[Effect, ...] = ()


def why_not(journey: Journey) -> Trouble | None:
    """What keeps the visit's item from being offered right now, or None."""
    item = journey.visit.item if journey.visit else None
    return availability.why_not(item, journey.devices) if item else None


def go(journey: Journey, scene: Scene, *asked: Effect) -> Transition:
    """Another scene, with what to do on the way."""
    return Transition(replace(journey, scene=scene), asked)


def stuck(
    journey: Journey, trouble: Trouble, *, words: str | None = None, resume: Scene | None = None
) -> Transition:
    """A trouble stands in the way; `resume` is where trying again leads."""
    return go(journey, Stuck(trouble, words, resume))


def note(journey: Journey, **facts: object) -> Journey:
    """The journey with something more known of its visit."""
    if journey.visit is None:
        return journey
    return replace(journey, visit=replace(journey.visit, **facts))  # type: ignore[arg-type] # checked by replace itself


def proceed(journey: Journey, step: Step) -> Transition:
    """The step that follows in the item's flow, or the farewell at its end."""
    visit = journey.visit
    if visit is None or visit.item is None:
        return end(journey)
    following = steps.after(visit.item, step)
    return farewell(journey) if following is None else enter(journey, following)


def enter(journey: Journey, step: Step) -> Transition:
    """Go to a step, past those that have nothing left to ask (nothing is asked twice)."""
    visit = journey.visit
    match step:
        case Step.NOTICE:
            return go(journey, Notice())
        case Step.IDENTIFY if visit and visit.person:
            return proceed(journey, step)
        case Step.IDENTIFY:
            return go(journey, Identify())
        case Step.REVIEW:
            return go(journey, Review())
        case Step.SUBMIT:
            return _submit(journey)
        case Step.RESULT:
            return _show_result(journey)
        case Step.RATING if visit and isinstance(visit.outcome, cases.Issued):
            return go(journey, Rating(visit.outcome.case_number))
        case Step.RATING:
            return proceed(journey, step)


def _submit(journey: Journey) -> Transition:
    visit = journey.visit
    if visit is None or visit.item is None or visit.person is None:
        return stuck(journey, Trouble.UNEXPECTED)
    application = cases.Application(visit.item.code, visit.person, journey.language)
    return go(journey, Working(), effects.Submit(visit.number, application))


def _show_result(journey: Journey) -> Transition:
    match journey.visit:
        case Visit(number, outcome=cases.Issued(_, certificate) as issued):
            draw = effects.DrawCertificate(number, certificate, journey.language)
            return go(journey, Result(issued, drawing=True), draw)
        case Visit(outcome=cases.Kept() as kept):
            return go(journey, Result(kept))
        case _:
            return stuck(journey, Trouble.UNEXPECTED)


def begin(journey: Journey) -> Journey:
    """A new visit, at home."""
    number = journey.visits + 1
    return replace(journey, scene=Home(), visit=Visit(number), visits=number)


def farewell(journey: Journey) -> Transition:
    """Card and papers are still to be taken."""
    return go(journey, Farewell())


def end(journey: Journey) -> Transition:
    """Nobody is there any more; nothing of the visit is left in the journey."""
    language = journey.settings.language
    return Transition(replace(journey, scene=Attract(), visit=None, language=language))
