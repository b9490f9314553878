"""The single moves of a journey: to another scene, with something more known, to its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kiosk.core import availability, printing, scenes
from kiosk.core.cases import Provided, Way
from kiosk.core.effects import Effect
from kiosk.core.events import SheetsEnded
from kiosk.core.inquiries import (
    Inquiry,
    Unanswered,
)
from kiosk.core.matter import Matter
from kiosk.core.scenes import Scene
from kiosk.core.sheet import Sheet
from kiosk.core.troubles import Trouble
from kiosk.core.visit import Journey, Purpose, Visit


@dataclass(frozen=True, slots=True)
class Transition:
    """Where the journey goes, and what to do about it, in order."""

    journey: Journey
    effects: tuple[Effect, ...] = ()


def go(journey: Journey, scene: Scene, *asked: Effect) -> Transition:
    """Another scene, with what to do on the way."""
    return Transition(replace(journey, scene=scene), asked)


def stuck(
    journey: Journey, trouble: Trouble, *, words: str | None = None, resume: Scene | None = None
) -> Transition:
    """A trouble stands in the way; `resume` is where trying again leads."""
    return go(journey, scenes.Stuck(trouble, words, resume))


def note(journey: Journey, **facts: object) -> Journey:
    """The journey with something more known of its visit."""
    if journey.visit is None:
        return journey
    return replace(journey, visit=replace(journey.visit, **facts))  # type: ignore[arg-type] # checked by replace itself


def unsigned(journey: Journey) -> Journey:
    """The journey with whatever was signed or declared to be signed anew."""
    return note(journey, signature=None, declared=False)


def fill(journey: Journey, key: str, text: str) -> Journey:
    """The journey with one more answer."""
    sheet = journey.visit.sheet if journey.visit else Sheet()
    return note(journey, sheet=sheet.fill(key, text))


def why_not(journey: Journey, matter: Matter | None = None) -> Trouble | None:
    """What keeps a matter, or that of the visit, from being offered right now; None: nothing."""
    matter = matter or (journey.visit.matter if journey.visit else None)
    if matter is None:
        return None
    return availability.why_not(matter, journey.devices, reachable=journey.platform_reachable)


def serves(journey: Journey) -> bool:
    """Whether a visit goes on, or may begin: not while it is closed or staff are in."""
    return not journey.out_of_service and not isinstance(journey.scene, scenes.StaffScene)


# --- a visit ---


def begin(journey: Journey) -> Journey:
    """A new visit, at home."""
    number = journey.visits + 1
    return replace(journey, scene=scenes.Home(), visit=Visit(number), visits=number)


def home(journey: Journey) -> Transition:
    """Something else is wanted: who is there and what was answered stays, the matter does not."""
    visit = journey.visit
    if visit is None:
        return end(journey)
    return go(replace(journey, visit=_fresh(visit, Purpose.APPLY, None)), scenes.Home())


def choose(journey: Journey, purpose: Purpose, matter: Matter | None = None) -> Journey:
    """Something is wanted; what belonged to another matter alone is forgotten."""
    if journey.visit is None:
        return journey
    return replace(journey, visit=_fresh(journey.visit, purpose, matter))


def forget_person(journey: Journey) -> Journey:
    """The same matter with nobody known: nothing of whoever's card it was is left."""
    visit = journey.visit
    if visit is None:
        return journey
    fresh = Visit(
        visit.number,
        visit.purpose,
        visit.matter,
        receipts=visit.receipts,
        sheets=visit.sheets,
    )
    return replace(journey, visit=fresh)


_OF_ONE_MATTER = (
    *("for.", "principal.", "enterprise.", "decided.", "delivery."),
    *("complaint.", "case."),
)


def _fresh(visit: Visit, purpose: Purpose, matter: Matter | None) -> Visit:
    given_before = visit.matter.given if visit.matter else {}
    kept = {
        key: text
        for key, text in visit.sheet.items()
        if not key.startswith(_OF_ONE_MATTER) and key not in given_before
    }
    papers_at_hand = {c: p for c, p in visit.provided.items() if p.pages or p.certificate}
    return Visit(
        visit.number,
        purpose,
        matter,
        person=visit.person,
        face_matched=visit.face_matched,
        sheet=Sheet(kept | dict(matter.given if matter else {})),
        found=visit.found,
        held=visit.held,
        provided=papers_at_hand,
        receipts=visit.receipts,
        sheets=visit.sheets,
    )


def farewell(journey: Journey) -> Transition:
    """Card and papers are still to be taken."""
    return go(journey, scenes.Farewell())


def end(journey: Journey) -> Transition:
    """Nobody is there any more; nothing of the visit is left in the journey."""
    nobody = replace(
        journey,
        scene=scenes.Attract(),
        visit=None,
        language=journey.settings.language,
        comfort=journey.comfort.fresh(),
    )
    return Transition(nobody)


def ask(journey: Journey, inquiry: Inquiry, beneath: Scene | None = None) -> Transition:
    """Ask the platform, and show that somebody waits for it."""
    return go(journey, scenes.Asking(inquiry, beneath))


def copies_left(journey: Journey) -> int:
    """Sheets that this visit may still copy free of charge."""
    return max(journey.settings.copies - (journey.visit.sheets if journey.visit else 0), 0)


def brought(journey: Journey, provided: Provided) -> Journey:
    """The journey with one more material."""
    before: Mapping[str, Provided] = journey.visit.provided if journey.visit else {}
    return note(journey, provided={**before, provided.material: provided})


def bring_now(journey: Journey) -> Journey:
    """The journey in which nothing is put off any more."""
    visit = journey.visit
    provided = visit.provided if visit else {}
    kept = {code: one for code, one in provided.items() if one.way is not Way.LATER}
    return note(journey, provided=kept, agreed=False)


def unanswered(journey: Journey, scene: scenes.Asking, reply: object) -> Transition:
    """There is no answer: it may be asked again, unless that would be the same again."""
    trouble = reply.trouble if isinstance(reply, Unanswered) else Trouble.UNEXPECTED
    final = {Trouble.NOT_FOUND, Trouble.CERTIFICATE_INVALID, Trouble.DRAFT_GONE}
    return stuck(journey, trouble, resume=scene.beneath if trouble in final else scene)


def sheets_out(journey: Journey, event: SheetsEnded) -> Journey:
    """The journey after a print on sheets: what may be out counts as out."""
    if journey.visit is None or not printing.may_be_out(event.outcome):
        return journey
    return note(journey, sheets=journey.visit.sheets + event.sheets)
