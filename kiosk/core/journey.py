"""The journey of a visit: update(journey, event) is the next journey and what to do in the world.

Every pair of scene and event has an answer; most often it is "stay". Timers, the card reader and
the wipe follow from how the scene changed, so that no branch can forget them (`_consequences`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from drivers.device import DeviceKind
from kiosk.core import availability, effects, events, moves, reactions, troubles
from kiosk.core.effects import Effect
from kiosk.core.events import Event
from kiosk.core.moves import Transition
from kiosk.core.scenes import (
    Attract,
    Farewell,
    Help,
    Home,
    Identify,
    Journey,
    Notice,
    Overlay,
    Rating,
    Result,
    Review,
    Scene,
    Settings,
    StillThere,
    Stuck,
    Working,
    bottom,
)
from kiosk.core.troubles import Trouble
from kiosk.core.views import NotPrinted, PrintFailed


def update(journey: Journey, event: Event) -> Transition:
    """The next journey and its effects; for every scene and every event, and never an exception."""
    if _is_stale(journey, event):
        return Transition(journey)
    answer = _anywhere(journey, event) or _in_scene(journey, journey.scene, event)
    timer = _timer(journey, answer.journey, event)
    moved = replace(answer.journey, timer=timer.token) if timer else answer.journey
    follow = (*answer.effects, *_consequences(journey, moved))
    return Transition(moved, (*follow, timer) if timer else follow)


def _is_stale(journey: Journey, event: Event) -> bool:
    """Whether an answer belongs to a visit that is over, or a timer was replaced."""
    match event:
        case events.TimerFired(token):
            return token != journey.timer
        case (
            events.CardPlaced(visit)
            | events.CardRead(visit)
            | events.ReadFailed(visit)
            | events.Decided(visit)
            | events.CertificateDrawn(visit)
            | events.PrintEnded(visit)
            | events.EffectFailed(visit)
        ):
            return journey.visit is None or journey.visit.number != visit
        case _:
            return False


# --- what happens wherever the resident is ---


def _anywhere(journey: Journey, event: Event) -> Transition | None:
    match event:
        case events.DeviceChanged():
            return _device_changed(journey, event)
        case events.PlatformChanged(reachable):
            return Transition(replace(journey, platform_reachable=reachable))
        case events.CatalogueChanged(catalogue):
            return Transition(replace(journey, catalogue=catalogue))
        case events.Speak(language):
            return Transition(replace(journey, language=language))
        case events.CallHelp():
            return _call_help(journey)
        case events.Leave():
            return _leave(journey)
        case _:
            return None


def _device_changed(journey: Journey, event: events.DeviceChanged) -> Transition:
    """A reader lost while a card is waited for is told at once; one that is back goes on."""
    journey = replace(journey, devices={**journey.devices, event.kind: event.status})
    if event.kind is DeviceKind.RECEIPT_PRINTER:
        return _printer_changed(journey)
    reader_trouble = troubles.of_reader(event.status)
    match journey.scene:
        case Identify() if reader_trouble:
            return moves.stuck(journey, reader_trouble, resume=Identify())
        case Stuck(Trouble.READER_UNAVAILABLE, resume=Identify()) if not reader_trouble:
            return moves.go(journey, Identify())
        case _:
            return Transition(journey)


def _printer_changed(journey: Journey) -> Transition:
    """A receipt that could not be printed is offered again once the printer can."""
    match journey.scene:
        case Result(print=PrintFailed(trouble)) as scene if (
            trouble is not Trouble.PRINT_UNCERTAIN
            and availability.why_no_print(journey.devices) is None
        ):
            return moves.go(journey, replace(scene, print=NotPrinted(None)))
        case _:
            return Transition(journey)


def _call_help(journey: Journey) -> Transition:
    if isinstance(journey.scene, Help):
        return Transition(journey)
    if journey.visit is None:
        journey = moves.begin(journey)
    scene = bottom(journey.scene)
    told = effects.TellHelp(journey.visits, type(scene).__name__.lower())
    return moves.go(journey, Help(scene), told)


def _leave(journey: Journey) -> Transition:
    """The visit ends; whoever laid a card down is reminded of it first."""
    match bottom(journey.scene):
        case Working():
            return Transition(journey)
        case Attract() | Farewell():
            return moves.end(journey)
        case Identify(reading=True):
            return moves.farewell(journey)
        case _ if journey.visit and journey.visit.person:
            return moves.farewell(journey)
        case _:
            return moves.end(journey)


# --- what happens in one scene ---


def _in_scene(journey: Journey, scene: Scene, event: Event) -> Transition:
    match scene:
        case Attract():
            return reactions.attract(journey, event)
        case Home():
            return reactions.home(journey, event)
        case Notice():
            return reactions.notice(journey, event)
        case Identify():
            return reactions.identify(journey, scene, event)
        case Review():
            return reactions.review(journey, event)
        case Working():
            return reactions.working(journey, event)
        case Result():
            return reactions.result(journey, scene, event)
        case Rating():
            return reactions.rating(journey, scene, event)
        case Farewell():
            return reactions.farewell(journey, event)
        case Stuck():
            return reactions.stuck(journey, scene, event)
        case StillThere() | Help():
            return _overlay(journey, scene, event)


def _overlay(journey: Journey, scene: Overlay, event: Event) -> Transition:
    """A touch uncovers the scene beneath; answers reach it, and uncover it where it changed."""
    match event:
        case events.TimerFired() if isinstance(scene, StillThere):
            return moves.end(journey)
        case events.TimerFired():
            return moves.go(journey, StillThere(scene.beneath))
        case events.Continue() | events.Back() | events.Touched() | events.Start():
            return moves.go(journey, scene.beneath)
        case _:
            answer = _in_scene(replace(journey, scene=scene.beneath), scene.beneath, event)
            below = answer.journey.scene
            if type(below) is not type(scene.beneath) or isinstance(event, events.CardPlaced):
                return answer
            covered = replace(answer.journey, scene=replace(scene, beneath=below))
            return Transition(covered, answer.effects)


# --- what follows from how the scene changed ---


def _consequences(before: Journey, after: Journey) -> Iterator[Effect]:
    was, now = _reads_card(before.scene), _reads_card(after.scene)
    if now and not was:
        yield effects.ReadCard(after.visits)
    if was and not now:
        yield effects.StopReading()
    if before.visit is not None and after.visit is None:
        yield effects.EndVisit(before.visit.number)


def _reads_card(scene: Scene) -> bool:
    return isinstance(bottom(scene), Identify)


def _timer(before: Journey, after: Journey, event: Event) -> effects.SetTimer | None:
    """A fresh timer whenever a resident did something or the scene is another one."""
    acted = isinstance(event, events.Intent | events.CardPlaced)
    if acted or type(after.scene) is not type(before.scene):
        return effects.SetTimer(before.timer + 1, _patience(after.scene, after.settings))
    return None


def _patience(scene: Scene, settings: Settings) -> float | None:
    """Seconds until TimerFired in a scene, None for ever."""
    match scene:
        case Attract():
            return None
        case StillThere():
            return settings.warning
        case Working():
            return settings.working
        case Farewell():
            return settings.farewell
        case Rating(chosen=grade) if grade is not None:
            return settings.thanks
        case _:
            return settings.idle
