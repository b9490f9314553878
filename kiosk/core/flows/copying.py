"""Free copies (免费打印复印): pages are taken, then printed, within a quota."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core import availability, effects, events, moves
from kiosk.core.events import Event
from kiosk.core.flows.certificates import sheets_state
from kiosk.core.moves import Transition
from kiosk.core.scenes import Copying, Scanning
from kiosk.core.troubles import Trouble
from kiosk.core.views import NotPrinted, PrintFailed, Printing
from kiosk.core.visit import Journey


def copying(journey: Journey, scene: Copying, event: Event) -> Transition | None:
    """Scan, choose how many, print."""
    match event:
        case events.Pick("scan") if not isinstance(scene.print, Printing):
            fresh = replace(scene, print=NotPrinted(None))
            return moves.go(journey, Scanning(fresh, scene.pages))
        case events.Pick("more" | "fewer" as said):
            return moves.go(journey, _counted(journey, scene, 1 if said == "more" else -1))
        case events.Print() if scene.pages and not isinstance(scene.print, Printing):
            return _print(journey, scene)
        case events.SheetsEnded() if isinstance(scene.print, Printing):
            return _ended(journey, scene, event)
        case events.EffectFailed() if isinstance(scene.print, Printing):
            uncertain = replace(scene, print=PrintFailed(Trouble.SHEETS_UNCERTAIN))
            return moves.go(journey, uncertain)
        case events.Back() | events.Continue() if not isinstance(scene.print, Printing):
            return moves.home(journey)
        case _:
            return None


def _counted(journey: Journey, scene: Copying, more: int) -> Copying:
    most = moves.copies_left(journey) // max(len(scene.pages), 1)
    return replace(scene, copies=max(1, min(scene.copies + more, most)))


def _print(journey: Journey, scene: Copying) -> Transition:
    trouble = availability.why_no_sheets(journey.devices)
    if len(scene.pages) * scene.copies > moves.copies_left(journey):
        trouble = Trouble.QUOTA_USED
    if trouble:
        return moves.go(journey, replace(scene, print=PrintFailed(trouble)))
    wanted = effects.PrintPages(journey.visits, scene.pages, scene.copies)
    return moves.go(journey, replace(scene, print=Printing()), wanted)


def _ended(journey: Journey, scene: Copying, event: events.SheetsEnded) -> Transition:
    return moves.go(moves.sheets_out(journey, event), replace(scene, print=sheets_state(event)))
