"""One material at a time: held already, scanned here, sent by a phone, or later."""

from __future__ import annotations

from dataclasses import replace

from drivers.device import Fault
from kiosk.core import effects, events, moves, papers, stepping
from kiosk.core.cases import Attachment, Provided, Supplement, Way
from kiosk.core.catalogue import Material, Necessity
from kiosk.core.events import Event
from kiosk.core.inquiries import OpenUpload, Unanswered, UploadPage
from kiosk.core.moves import Transition
from kiosk.core.scenes import (
    Copying,
    Providing,
    Review,
    Scanning,
    Uploading,
    Working,
)
from kiosk.core.steps import Step
from kiosk.core.troubles import Trouble
from kiosk.core.visit import Journey

MOST_PAGES = 20


def material_of(journey: Journey, scene: Providing) -> Material | None:
    """What is to be brought; of a case that is owed something, by its name there alone."""
    if journey.visit is None:
        return None
    return next((m for m in papers.needed(journey.visit) if m.code == scene.material), None)


def most_pages(journey: Journey, beneath: Providing | Copying) -> int:
    """How many pages may be taken."""
    if isinstance(beneath, Copying):
        return moves.copies_left(journey)
    material = material_of(journey, beneath)
    return material.most_pages if material else MOST_PAGES


def providing(journey: Journey, scene: Providing, event: Event) -> Transition | None:
    """A way is picked."""
    material = material_of(journey, scene)
    if material is None and scene.case is None:
        return stepping.resume(journey)
    match event:
        case events.Pick(Way.SCAN):
            return moves.go(journey, Scanning(replace(scene, trouble=None)))
        case events.Pick(Way.PHONE):
            return moves.ask(journey, OpenUpload(scene.material), scene)
        case events.Pick(Way.LATER) if material and material.deferral_days is not None:
            return provided(journey, scene, Provided(scene.material, Way.LATER))
        case events.Decline() if material and material.necessity is Necessity.OPTIONAL:
            return _skip(journey, scene)
        case events.Back():
            return _back(journey, scene)
        case _:
            return None


def _skip(journey: Journey, scene: Providing) -> Transition:
    skipped = journey.visit.skipped if journey.visit else ()
    return _next(moves.note(journey, skipped=(*skipped, scene.material)), scene)


def _back(journey: Journey, scene: Providing) -> Transition:
    if scene.case is not None:
        return moves.go(journey, scene.case)
    if scene.correcting:
        return moves.go(journey, Review())
    return stepping.back(journey, Step.MATERIALS)


def provided(journey: Journey, scene: Providing, what: Provided) -> Transition:
    """It is there: the next one, or, of a case, handed in at once."""
    visit = journey.visit
    if scene.case is not None and visit is not None and visit.person is not None:
        wish = Supplement(scene.case.case.number, visit.person, (what,), journey.language)
        return moves.go(journey, Working(wish), effects.Submit(visit.number, wish))
    return _next(moves.brought(journey, what), scene)


def _next(journey: Journey, scene: Providing) -> Transition:
    return (
        stepping.resume(journey) if scene.correcting else stepping.advance(journey, Step.MATERIALS)
    )


def upload_opened(journey: Journey, scene: Providing, reply: object) -> Transition:
    """The page for the phone is there, or another way has to do."""
    match reply:
        case UploadPage() as page:
            return moves.go(journey, Uploading(scene, page))
        case Unanswered(trouble):
            return moves.go(journey, replace(scene, trouble=trouble))
        case _:
            return moves.go(journey, replace(scene, trouble=Trouble.UNEXPECTED))


def scanning(journey: Journey, scene: Scanning, event: Event) -> Transition | None:
    """Page by page; handed in when there are enough."""
    match event:
        case events.PageSeen(_, guidance, picture) if scene.watching:
            return moves.go(journey, replace(scene, guidance=guidance, picture=picture))
        case events.PageTaken(_, page) if scene.watching:
            pages = (*scene.pages, page)
            return moves.go(journey, replace(scene, pages=pages, watching=False, trouble=None))
        case events.PageFailed(_, fault):
            return moves.go(journey, replace(scene, watching=False, trouble=_of_page(fault)))
        case events.EffectFailed():
            failed = replace(scene, watching=False, trouble=Trouble.SCANNER_UNAVAILABLE)
            return moves.go(journey, failed)
        case events.Pick("another") | events.Retry() if _has_room(journey, scene):
            return moves.go(journey, replace(scene, watching=True, trouble=None))
        case events.Continue() if scene.pages:
            return _scanned(journey, scene, scene.pages)
        case events.Back():
            return moves.go(journey, scene.beneath)
        case _:
            return None


def _has_room(journey: Journey, scene: Scanning) -> bool:
    return not scene.watching and len(scene.pages) < most_pages(journey, scene.beneath)


def _of_page(fault: Fault) -> Trouble:
    is_page = fault.code.startswith("page.")
    return Trouble.PAGE_REFUSED if is_page else Trouble.SCANNER_UNAVAILABLE


def _scanned(journey: Journey, scene: Scanning, pages: tuple[Attachment, ...]) -> Transition:
    match scene.beneath:
        case Copying() as beneath:
            return moves.go(journey, Copying(pages, beneath.copies))
        case Providing(material) as beneath:
            return provided(journey, beneath, Provided(material, Way.SCAN, pages))


def uploading(journey: Journey, scene: Uploading, event: Event) -> Transition | None:
    """What the phone sent, until somebody says that it is enough."""
    beneath = scene.beneath
    match event:
        case events.Uploaded(_, session, pages, ended) if session == scene.page.session:
            return _uploaded(journey, replace(scene, pages=pages), ended=ended)
        case events.Continue() if scene.pages:
            return provided(journey, beneath, Provided(beneath.material, Way.PHONE, scene.pages))
        case events.EffectFailed():
            return moves.go(journey, replace(beneath, trouble=Trouble.UNEXPECTED))
        case events.Back():
            return moves.go(journey, replace(beneath, trouble=None))
        case _:
            return None


def _uploaded(journey: Journey, scene: Uploading, *, ended: bool) -> Transition:
    if not ended:
        return moves.go(journey, scene)
    if scene.pages:
        what = Provided(scene.beneath.material, Way.PHONE, scene.pages)
        return provided(journey, scene.beneath, what)
    return moves.go(journey, replace(scene.beneath, trouble=Trouble.UPLOAD_ENDED))
