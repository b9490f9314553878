"""One question at a time."""

from __future__ import annotations

from dataclasses import replace

from drivers.device import Personal
from kiosk.core import effects, events, moves, questions, stepping
from kiosk.core.answers import check, tidy
from kiosk.core.cases import Complaint
from kiosk.core.catalogue import FieldKind
from kiosk.core.events import Event
from kiosk.core.inquiries import FindAffairs
from kiosk.core.moves import Transition
from kiosk.core.questions import Asked
from kiosk.core.scenes import AskHow, Filling, Review, Working
from kiosk.core.visit import Journey, Purpose, Visit


def filling(journey: Journey, scene: Filling, event: Event) -> Transition | None:
    """The answer is typed or picked, taken or refused; on, or back."""
    visit = journey.visit
    asked = questions.find(journey, visit, scene.step, scene.key) if visit else None
    if visit is None or asked is None:
        return moves.home(journey)
    match event:
        case events.Enter(text):
            return moves.go(journey, _typed(scene, asked, text.reveal()))
        case events.Spell(letters):
            return _spell(journey, scene, letters)
        case events.Spelt(_, letters, candidates) if letters == scene.letters:
            return moves.go(journey, replace(scene, candidates=candidates))
        case events.Pick(code):
            return _picked(journey, scene, asked, code)
        case events.Continue():
            return _take(journey, scene, asked, scene.text)
        case events.Decline() if not asked.field.required:
            return _answered(journey, scene, asked, "")
        case events.Back():
            return _back(journey, visit, scene, asked)
        case _:
            return None


def _typed(scene: Filling, asked: Asked, text: str) -> Filling:
    """What is typed of an address stands behind the region that was picked."""
    text = text[: asked.field.longest]
    if asked.field.kind is FieldKind.ADDRESS:
        text = f"{scene.text.partition('|')[0]}|{text}"
    return replace(scene, text=text, problem=None)


LONGEST_SPELLING = 60


def _spell(journey: Journey, scene: Filling, letters: str) -> Transition:
    letters = letters[:LONGEST_SPELLING]
    candidates = scene.candidates if letters else ()
    asked = (effects.SpellOut(journey.visits, letters),) if letters else ()
    return moves.go(journey, replace(scene, letters=letters, candidates=candidates), *asked)


def _picked(journey: Journey, scene: Filling, asked: Asked, code: str) -> Transition | None:
    match asked.field.kind:
        case FieldKind.CHOICE | FieldKind.YES_NO:
            return _take(journey, scene, asked, code)
        case FieldKind.ADDRESS if journey.catalogue.region(code):
            rest = scene.text.partition("|")[2]
            return moves.go(journey, replace(scene, text=f"{code}|{rest}", problem=None))
        case _:
            return None


def _take(journey: Journey, scene: Filling, asked: Asked, text: str) -> Transition:
    problem = check(asked.field, text, journey.today)
    if problem is not None:
        return moves.go(journey, replace(scene, problem=problem))
    return _answered(journey, scene, asked, tidy(asked.field, text))


def _answered(journey: Journey, scene: Filling, asked: Asked, text: str) -> Transition:
    journey = moves.fill(journey, asked.key, text)
    visit = journey.visit
    if visit is not None and (left := questions.unanswered(journey, visit, scene.step)):
        again = stepping.filling(visit, scene.step, left.key, correcting=scene.correcting)
        return moves.go(journey, again)
    match visit:
        case Visit(purpose=Purpose.COMPLAINT):
            return _complain(journey, visit)
        case Visit(purpose=Purpose.AFFAIRS):
            return moves.ask(journey, FindAffairs(number=text))
        case _ if scene.correcting:  # another answer may ask more than before
            return stepping.resume(journey)
        case _:
            return stepping.proceed(journey, scene.step)


def _back(journey: Journey, visit: Visit, scene: Filling, asked: Asked) -> Transition:
    if asked.field.kind is FieldKind.ADDRESS and scene.text.strip("|"):
        return moves.go(journey, replace(scene, text=_up(journey, scene.text), problem=None))
    if scene.correcting:
        return moves.go(journey, Review())
    keys = [one.key for one in questions.put(journey.catalogue, visit, scene.step)]
    position = keys.index(scene.key) if scene.key in keys else 0
    if position:
        return moves.go(journey, stepping.filling(visit, scene.step, keys[position - 1]))
    if visit.purpose is Purpose.AFFAIRS:
        return moves.go(journey, AskHow())
    return stepping.back(journey, scene.step)


def _up(journey: Journey, text: str) -> str:
    """An address with its smallest region taken away, and what was typed with it."""
    code = text.partition("|")[0]
    region = journey.catalogue.region(code)
    return region.parent if region and region.parent else ""


def _complain(journey: Journey, visit: Visit) -> Transition:
    phone = visit.sheet.of("phone")
    complaint = Complaint(
        subject=visit.sheet.of("complaint.subject"),
        words=Personal(visit.sheet.of("complaint.words")),
        phone=Personal(phone) if phone else None,
        about=visit.sheet.of("case.number"),
        person=visit.person,
    )
    sent = effects.Submit(visit.number, complaint)
    return moves.go(journey, Working(complaint), sent)
