"""The e-certificates a person holds: looked at, and printed within a quota."""

from __future__ import annotations

from dataclasses import replace

from kiosk.core import availability, effects, events, moves, printing
from kiosk.core.cases import HeldCertificate
from kiosk.core.events import Event
from kiosk.core.inquiries import OpenCertificate, OpenedCertificate
from kiosk.core.moves import Transition
from kiosk.core.scenes import Asking, CertificateList, CertificateShown
from kiosk.core.troubles import Trouble
from kiosk.core.views import PrintFailed, Printing, PrintState
from kiosk.core.visit import Journey


def listed(journey: Journey, scene: Asking, reply: object) -> Transition:
    """What a person holds, or why nobody can say."""
    if not isinstance(reply, tuple):
        return moves.unanswered(journey, scene, reply)
    held = tuple(one for one in reply if isinstance(one, HeldCertificate))
    return moves.go(journey, CertificateList(held))


def certificate_list(journey: Journey, scene: CertificateList, event: Event) -> Transition | None:
    """One of them is looked at."""
    match event:
        case events.Pick(number) if journey.visit and journey.visit.person:
            if all(held.number != number for held in scene.certificates):
                return None
            return moves.ask(journey, OpenCertificate(journey.visit.person, number), scene)
        case events.Back() | events.Continue():
            return moves.home(journey)
        case _:
            return None


def opened(journey: Journey, scene: Asking, reply: object) -> Transition:
    """It is shown while it is being drawn."""
    match reply, scene.beneath:
        case OpenedCertificate(certificate), CertificateList(certificates):
            draw = effects.DrawCertificate(journey.visits, certificate, journey.language)
            return moves.go(journey, CertificateShown(reply, certificates), draw)
        case _:
            return moves.unanswered(journey, scene, reply)


def certificate_shown(journey: Journey, scene: CertificateShown, event: Event) -> Transition | None:
    """It appears, and is printed as often as it may."""
    match event:
        case events.CertificateDrawn(_, picture):
            return moves.go(journey, replace(scene, picture=picture, drawing=False))
        case events.Print() if not isinstance(scene.print, Printing):
            return _print(journey, scene)
        case events.SheetsEnded() if isinstance(scene.print, Printing):
            return _ended(journey, scene, event)
        case events.EffectFailed():
            failed = isinstance(scene.print, Printing)
            state = PrintFailed(Trouble.SHEETS_UNCERTAIN) if failed else scene.print
            return moves.go(journey, replace(scene, drawing=False, print=state))
        case events.Back() | events.Continue() if not isinstance(scene.print, Printing):
            return moves.go(journey, CertificateList(scene.certificates))
        case _:
            return None


def _print(journey: Journey, scene: CertificateShown) -> Transition:
    trouble = availability.why_no_sheets(journey.devices)
    if scene.opened.left <= 0:
        trouble = Trouble.QUOTA_USED
    visit = journey.visit
    if trouble or visit is None or visit.person is None:
        return moves.go(journey, replace(scene, print=PrintFailed(trouble or Trouble.UNEXPECTED)))
    wanted = effects.PrintCertificate(
        visit.number, visit.person, scene.opened.certificate, journey.language
    )
    return moves.go(journey, replace(scene, print=Printing()), wanted)


def _ended(journey: Journey, scene: CertificateShown, event: events.SheetsEnded) -> Transition:
    """Only what surely did not begin gives the quota back."""
    state = sheets_state(event)
    used = printing.may_be_out(event.outcome)
    left = 0 if event.refused is Trouble.QUOTA_USED else scene.opened.left - used
    after = replace(scene, print=state, opened=replace(scene.opened, left=max(left, 0)))
    return moves.go(moves.sheets_out(journey, event), after)


def sheets_state(event: events.SheetsEnded) -> PrintState:
    """How a print on sheets ended, or why it was not even asked for."""
    if event.refused is not None:
        return PrintFailed(event.refused)
    return printing.of_sheets(event.outcome)
