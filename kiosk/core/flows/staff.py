"""The screens of those who look after a terminal: reached from attract alone, and left for it."""

from __future__ import annotations

import math
from dataclasses import replace

from kiosk.core import effects, events, moves, printing
from kiosk.core.events import Event
from kiosk.core.moves import Transition
from kiosk.core.scenes import Staffed, StaffPin
from kiosk.core.staff import HOLDS_PAPER, Role
from kiosk.core.views import Printing
from kiosk.core.visit import Journey


def enter(journey: Journey) -> Transition | None:
    """Ask for a PIN, where the terminal knows any."""
    if not journey.settings.staffed:
        return None
    return moves.go(replace(journey, entries=journey.entries + 1), StaffPin())


def pin(journey: Journey, scene: StaffPin, event: Event) -> Transition | None:
    """A PIN is looked at; whose it is opens that role's screen."""
    match event:
        case events.EnterPin(digits) if not scene.checking:
            asked = effects.CheckPin(journey.entries, digits)
            return moves.go(journey, StaffPin(checking=True), asked)
        case events.PinChecked(_, Role() as role):
            return moves.go(journey, Staffed(role))
        case events.PinChecked(_, None, wait):
            return moves.go(journey, StaffPin(wrong=True, wait=math.ceil(wait)))
        case events.Back() | events.TimerFired():
            return moves.end(journey)
        case _:
            return None


def staffed(journey: Journey, scene: Staffed, event: Event) -> Transition | None:
    """What staff set and try; whatever else a role may do, both may do this."""
    match event:
        case events.Serve(on) if on is journey.out_of_service:
            changed = replace(journey, out_of_service=not on)
            return moves.go(changed, scene, effects.KeepService(on=on))
        case events.Refilled(kind) if kind in HOLDS_PAPER and kind not in scene.refilled:
            refilled = replace(scene, refilled=scene.refilled | {kind})
            return moves.go(journey, refilled, effects.TellRefilled(kind))
        case events.TryReceipt() if not isinstance(scene.receipt, Printing):
            asked = effects.PrintTest(journey.entries)
            return moves.go(journey, replace(scene, receipt=Printing()), asked)
        case events.TestPrinted(_, outcome):
            return moves.go(journey, replace(scene, receipt=printing.of_receipt(outcome)))
        case events.Back() | events.TimerFired():
            return moves.end(journey)
        case _ if scene.role is Role.TECHNICIAN:
            return _technician(journey, scene, event)
        case _:
            return None


def _technician(journey: Journey, scene: Staffed, event: Event) -> Transition | None:
    match event:
        case events.TryDevice(kind) if scene.testing is None:
            return moves.go(journey, replace(scene, testing=kind))
        case events.SelfTested(_, kind, result):
            tested = {**scene.tested, kind: result}
            return moves.go(journey, replace(scene, testing=None, tested=tested))
        case events.InsideSeen(_, inside):
            return moves.go(journey, replace(scene, inside=inside))
        case events.Restart():
            return Transition(moves.end(journey).journey, (effects.RestartTerminal(),))
        case _:
            return None
