"""Consent to prefill, and what was left unfinished."""

from __future__ import annotations

from kiosk.core import events, moves, papers, stepping
from kiosk.core.cases import KeptDraft
from kiosk.core.catalogue import Field
from kiosk.core.events import Event
from kiosk.core.inquiries import LoadDraft, LoadedDraft, SaveDraft, Shared, Unanswered
from kiosk.core.moves import Transition
from kiosk.core.scenes import (
    Consent,
    DraftKept,
    KeepDraft,
    Notice,
    Resume,
    Scene,
)
from kiosk.core.steps import Step
from kiosk.core.troubles import Trouble
from kiosk.core.visit import Journey, Visit


def consent(journey: Journey, scene: Consent, event: Event) -> Transition | None:
    """Yes or no, as easy; without it everything is typed and brought."""
    del scene
    match event:
        case events.Continue():
            return stepping.ask_to_share(moves.note(journey, consented=True))
        case events.Decline():
            return stepping.ask_to_share(moves.note(journey, consented=False))
        case events.Back():
            return stepping.back(journey, Step.SHARE)
        case _:
            return None


def shared(journey: Journey, reply: object) -> Transition:
    """What is known fills the form; where nothing is, everything is asked."""
    visit = journey.visit
    if visit is None or not isinstance(reply, Shared):
        return stepping.proceed(journey, Step.SHARE)
    answers = _by_key(visit, reply)
    found = visit.found | {key for key in answers if not visit.sheet.has(key)}
    held = (*visit.held, *reply.certificates)
    journey = moves.note(journey, sheet=visit.sheet.known(answers), found=found, held=held)
    if reply.draft is not None:
        return moves.go(journey, Resume(reply.draft))
    return stepping.proceed(journey, Step.SHARE)


def _by_key(visit: Visit, reply: Shared) -> dict[str, str]:
    """What is shared, by the keys of the questions that it answers."""
    form = visit.matter.form if visit.matter else ()
    return {
        field.key: reply.answers[field.shared]
        for field in form
        if isinstance(field, Field) and field.shared and reply.answers.get(field.shared)
    }


def resume(journey: Journey, scene: Resume, event: Event) -> Transition | None:
    """On with what was begun, or anew."""
    match event:
        case events.Continue() if journey.visit and journey.visit.person:
            return moves.ask(journey, LoadDraft(journey.visit.person, scene.kept.draft.id))
        case events.Decline():
            return stepping.proceed(journey, Step.SHARE)
        case events.Back():
            return moves.go(journey, Notice())
        case _:
            return None


def loaded(journey: Journey, reply: object) -> Transition:
    """Everything that was filled in is there again; a draft that is gone is begun anew."""
    match reply:
        case LoadedDraft(kept, answers, materials) if journey.visit:
            visit = journey.visit
            provided = {**visit.provided, **{one.material: one for one in materials}}
            sheet = visit.sheet
            for key, text in answers.items():
                sheet = sheet.fill(key, text)
            filled = moves.note(journey, sheet=sheet, provided=provided, draft=kept.draft)
            return stepping.proceed(filled, Step.SHARE)
        case Unanswered(trouble):
            return moves.stuck(journey, trouble, resume=Notice())
        case _:
            return moves.stuck(journey, Trouble.UNEXPECTED, resume=Notice())


def worth_keeping(journey: Journey) -> bool:
    """Whether there is anything that somebody who leaves may want to go on with."""
    visit = journey.visit
    return (
        visit is not None
        and visit.matter is not None
        and visit.person is not None
        and visit.outcome is None
        and visit.consented is not None
        and journey.platform_reachable
        and bool(len(visit.sheet) or visit.provided)
    )


def keep_draft(journey: Journey, scene: KeepDraft, event: Event) -> Transition | None:
    """Keep it, or let it go; or stay after all."""
    visit = journey.visit
    match event:
        case events.Continue() if visit and visit.matter and visit.person:
            saved = SaveDraft(
                visit.matter.code,
                visit.person,
                visit.sheet,
                papers.brought(visit, journey.today),
                visit.draft,
            )
            return moves.ask(journey, saved, scene)
        case events.Decline() | events.Leave():
            return moves.farewell(journey)
        case events.Back():
            return moves.go(journey, scene.beneath)
        case _:
            return None


def saved(journey: Journey, reply: object, beneath: Scene | None) -> Transition:
    """It is kept; where it was changed elsewhere meanwhile, that one stays."""
    match reply:
        case KeptDraft() as kept:
            return moves.go(moves.note(journey, draft=kept.draft), DraftKept(kept))
        case Unanswered(Trouble.DRAFT_CHANGED as trouble):
            return moves.stuck(moves.note(journey, draft=None), trouble)
        case Unanswered(trouble):
            return moves.stuck(journey, trouble, resume=beneath)
        case _:
            return moves.stuck(journey, Trouble.UNEXPECTED, resume=beneath)


def draft_kept(journey: Journey, scene: DraftKept, event: Event) -> Transition | None:
    """It was read, or photographed: goodbye."""
    del scene
    match event:
        case events.Continue() | events.Leave():
            return moves.farewell(journey)
        case _:
            return None
