"""Events one after another, in a journey and out of it."""

from __future__ import annotations

from kiosk.core.effects import Effect
from kiosk.core.events import Event
from kiosk.core.journey import update
from kiosk.core.visit import Journey


def play(journey: Journey, *happenings: Event) -> tuple[Journey, list[Effect]]:
    """The journey after all events, and every effect on the way."""
    asked: list[Effect] = []
    for event in happenings:
        transition = update(journey, event)
        journey = transition.journey
        asked.extend(transition.effects)
    return journey, asked
