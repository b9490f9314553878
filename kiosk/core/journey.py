"""The journey of a visit: update(journey, event) is the next journey and what to do in the world.

Every pair of scene and event has an answer; most often it is "stay". Timers, whatever a device or
the platform is asked for, and the wipe follow from how the scene changed, so that no branch can
forget them (`_consequences`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final, get_args

from drivers.device import DeviceKind
from kiosk.core import availability, effects, events, moves, scenes
from kiosk.core.comfort import Comfort
from kiosk.core.effects import Effect
from kiosk.core.events import Event
from kiosk.core.flows import REACTIONS, drafts
from kiosk.core.moves import Transition
from kiosk.core.present import view
from kiosk.core.scenes import Overlay, Scene, bottom
from kiosk.core.staff import Role
from kiosk.core.troubles import Trouble
from kiosk.core.views import NotPrinted, PrintFailed
from kiosk.core.visit import Journey, Settings

_ANSWERS: Final = get_args(events.VisitAnswer)
_STAFF_ANSWERS: Final = get_args(events.StaffAnswer)


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
    """Whether an answer belongs to a visit or an entry that is over, or a timer was replaced."""
    if isinstance(event, events.TimerFired):
        return event.token != journey.timer
    if isinstance(event, _ANSWERS):
        return journey.visit is None or journey.visit.number != event.visit
    if isinstance(event, _STAFF_ANSWERS):
        return not isinstance(journey.scene, scenes.StaffScene) or journey.entries != event.entry
    return False


# --- what happens wherever the resident is ---


def _anywhere(journey: Journey, event: Event) -> Transition | None:
    serves = moves.serves(journey)
    match event:
        case events.DeviceChanged():
            return _device_changed(journey, event)
        case events.PlatformChanged(reachable):
            return Transition(replace(journey, platform_reachable=reachable))
        case events.CatalogueChanged(catalogue):
            return Transition(replace(journey, catalogue=catalogue))
        case events.DayBegan(today):
            return Transition(replace(journey, today=today))
        case events.Speak(language):
            return Transition(replace(journey, language=language))
        case events.Adjust() | events.ShowComfort() | events.CallHelp() if not serves:
            return Transition(journey)
        case events.Adjust(comfort):
            return _adjust(journey, comfort)
        case events.ShowComfort():
            return _show_comfort(journey)
        case events.Earphones(plugged):
            return _earphones(journey, plugged=plugged)
        case events.CallHelp():
            return _call_help(journey)
        case events.Leave():
            return _leave(journey)
        case _:
            return None


def _device_changed(journey: Journey, event: events.DeviceChanged) -> Transition:
    """Readers lost while a card is waited for are told at once; one that is back goes on."""
    journey = replace(journey, devices={**journey.devices, event.kind: event.status})
    if event.kind in {DeviceKind.RECEIPT_PRINTER, DeviceKind.DOCUMENT_PRINTER}:
        return _printer_changed(journey)
    lost = availability.why_no_identity(journey.devices, reachable=journey.platform_reachable)
    match journey.scene:
        case scenes.Identify() if lost:
            return moves.stuck(journey, lost, resume=scenes.Identify())
        case scenes.Stuck(Trouble.READER_UNAVAILABLE, resume=scenes.Identify()) if not lost:
            return moves.go(journey, scenes.Identify())
        case _:
            return Transition(journey)


def _printer_changed(journey: Journey) -> Transition:
    """What could not be printed is offered again once its printer can."""
    match journey.scene:
        case scenes.Result(print=PrintFailed(trouble)) as scene if trouble in _OF_THE_PRINTER:
            barred = availability.why_no_print(journey.devices)
        case (
            scenes.CertificateShown(print=PrintFailed(trouble))
            | scenes.Copying(print=PrintFailed(trouble))
        ) as scene if trouble in _OF_THE_PRINTER:
            barred = availability.why_no_sheets(journey.devices)
        case _:
            return Transition(journey)
    return Transition(journey) if barred else _offer_again(journey, scene)


# What is over when the printer can print again; what may be out, and what is used up, is not.
_OF_THE_PRINTER: Final = frozenset(
    {
        Trouble.PAPER_OUT,
        Trouble.COVER_OPEN,
        Trouble.PRINTER_UNAVAILABLE,
        Trouble.SHEETS_OUT,
        Trouble.DOCUMENT_PRINTER_UNAVAILABLE,
    }
)


def _offer_again(
    journey: Journey, scene: scenes.Result | scenes.CertificateShown | scenes.Copying
) -> Transition:
    return moves.go(journey, replace(scene, print=NotPrinted(None)))


def _call_help(journey: Journey) -> Transition:
    if isinstance(journey.scene, scenes.Help):
        return Transition(journey)
    if journey.visit is None:
        journey = moves.begin(journey)
    scene = bottom(journey.scene)
    told = effects.TellHelp(journey.visits, view(replace(journey, scene=scene)).name)
    return moves.go(journey, scenes.Help(scene), told)


def _adjust(journey: Journey, comfort: Comfort) -> Transition:
    """Whoever changes something is there: with the first touch a visit begins."""
    adjusted = replace(journey, comfort=comfort)
    return Transition(adjusted if journey.visit else moves.begin(adjusted))


def _earphones(journey: Journey, *, plugged: bool) -> Transition:
    """Plugged in they begin a visit; pulled out while nobody is there they begin none."""
    comfort = journey.comfort.plugged(earphones=plugged)
    if plugged and moves.serves(journey):
        return _adjust(journey, comfort)
    return Transition(replace(journey, comfort=comfort))


def _show_comfort(journey: Journey) -> Transition:
    if isinstance(journey.scene, scenes.Adjusting):
        return Transition(journey)
    if journey.visit is None:
        journey = moves.begin(journey)
    return moves.go(journey, scenes.Adjusting(bottom(journey.scene)))


def _leave(journey: Journey) -> Transition:
    """The visit ends; what was filled in may be kept, and who has something to take is reminded."""
    beneath = bottom(journey.scene)
    match beneath:
        case scenes.Working():
            return Transition(journey)
        case scenes.Attract() | scenes.Farewell() | scenes.StaffPin() | scenes.Staffed():
            return moves.end(journey)
        case scenes.Identify(reading=means) if means:
            return moves.farewell(journey)
        case scenes.KeepDraft() | scenes.DraftKept() | scenes.Asking():
            return moves.farewell(journey)
        case _ if _in_application(beneath) and drafts.worth_keeping(journey):
            return moves.go(journey, scenes.KeepDraft(beneath))
        case _ if (visit := journey.visit) and (visit.person or visit.receipts or visit.sheets):
            return moves.farewell(journey)
        case _:
            return moves.end(journey)


def _in_application(scene: Scene) -> bool:
    """Whether something was being filled in."""
    return isinstance(
        scene,
        scenes.Filling
        | scenes.Promise
        | scenes.Providing
        | scenes.Scanning
        | scenes.Uploading
        | scenes.Deferral
        | scenes.Review
        | scenes.Signing,
    )


# --- what happens in one scene ---


def _in_scene(journey: Journey, scene: Scene, event: Event) -> Transition:
    if isinstance(scene, Overlay):
        return _overlay(journey, scene, event)
    answer = REACTIONS[type(scene)](journey, scene, event)
    if answer is not None:
        return answer
    if isinstance(event, events.TimerFired) and not isinstance(scene, scenes.Attract):
        return moves.go(journey, scenes.StillThere(scene))
    return Transition(journey)


def _overlay(journey: Journey, scene: Overlay, event: Event) -> Transition:
    """A touch uncovers the scene beneath; answers reach it, and uncover it where it changed."""
    match event:
        case events.TimerFired() if isinstance(scene, scenes.StillThere):
            return moves.end(journey)
        case events.TimerFired():
            return moves.go(journey, scenes.StillThere(scene.beneath))
        case events.Touched() if isinstance(scene, scenes.Adjusting):
            return Transition(journey)
        case events.Continue() | events.Back() | events.Touched() | events.Start():
            return moves.go(journey, scene.beneath)
        case _:
            return _beneath(journey, scene, event)


def _beneath(journey: Journey, scene: Overlay, event: Event) -> Transition:
    answer = _in_scene(replace(journey, scene=scene.beneath), scene.beneath, event)
    below = answer.journey.scene
    if type(below) is not type(scene.beneath) or isinstance(event, events.CardPlaced):
        return answer
    covered = replace(answer.journey, scene=replace(scene, beneath=below))
    return Transition(covered, answer.effects)


# --- what follows from how the scene changed ---


def _consequences(before: Journey, after: Journey) -> Iterator[Effect]:
    was, now = _under_way(before), _under_way(after)
    going_on = {type(begun) for begun in now}
    yield from (_ENDS[type(begun)]() for begun in was if type(begun) not in going_on)
    yield from (begun for begun in now if begun not in was)
    if before.visit is not None and after.visit is None:
        yield effects.EndVisit(before.visit.number)


_ENDS: Final[dict[type[Effect], Callable[[], Effect]]] = {
    effects.ReadIdentity: effects.StopReading,
    effects.CaptureFace: effects.StopCapture,
    effects.WatchPage: effects.StopWatching,
    effects.WatchUpload: effects.StopUpload,
    effects.Consult: effects.StopConsulting,
    effects.TestDevice: effects.StopTest,
    effects.WatchInside: effects.StopInside,
}


def _under_way(journey: Journey) -> tuple[Effect, ...]:
    """What goes on in the world as long as a scene is on; begun and ended with it."""
    visit, scene = journey.visits, bottom(journey.scene)
    match scene:
        case scenes.Identify():
            reachable = journey.platform_reachable
            means = availability.means(journey.devices, reachable=reachable)
            return (effects.ReadIdentity(visit, frozenset(means)),)
        case scenes.FaceCheck(consented=True, comparing=False, trouble=None):
            return (effects.CaptureFace(visit),)
        case scenes.Scanning(watching=True):
            return (effects.WatchPage(visit),)
        case scenes.Uploading(_, page):
            return (effects.WatchUpload(visit, page.session),)
        case scenes.Asking(inquiry):
            return (effects.Consult(visit, inquiry),)
        case scenes.Staffed(Role.TECHNICIAN, testing=testing):
            test = (effects.TestDevice(journey.entries, testing),) if testing else ()
            return (effects.WatchInside(journey.entries), *test)
        case _:
            return ()


# A touch, a card, a page, a phone: somebody is there.
_SIGNS_OF_LIFE = events.Intent | events.CardPlaced | events.PageTaken | events.FaceTaken


def _timer(before: Journey, after: Journey, event: Event) -> effects.SetTimer | None:
    """A fresh timer whenever a resident did something or the scene is another one."""
    sent = isinstance(event, events.Uploaded) and after.scene != before.scene
    if sent or isinstance(event, _SIGNS_OF_LIFE) or type(after.scene) is not type(before.scene):
        return effects.SetTimer(before.timer + 1, _patience(after))
    return None


def _patience(journey: Journey) -> float | None:
    """Seconds until TimerFired in the scene, None for ever."""
    seconds = _usual_patience(journey.scene, journey.settings)
    if seconds is None or isinstance(bottom(journey.scene), _NOT_OURS_TO_STRETCH):
        return seconds
    return seconds * journey.comfort.patience


# What waits for the platform or for a phone, not for a resident.
_NOT_OURS_TO_STRETCH: Final = (scenes.Working, scenes.Asking, scenes.Uploading)


def _usual_patience(scene: Scene, settings: Settings) -> float | None:
    match scene:
        case scenes.Attract():
            return None
        case scenes.StillThere():
            return settings.warning
        case scenes.Working() | scenes.Asking():
            return settings.working
        case scenes.Farewell():
            return settings.farewell
        case scenes.StaffPin():
            return settings.pin
        case scenes.Staffed():
            return settings.staff
        case scenes.Rating(given=True):
            return settings.thanks
        case scenes.Uploading(_, page):
            return float(page.seconds)  # a phone takes its time, and nobody touches the screen
        case _:
            return settings.idle
