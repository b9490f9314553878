"""What the platform answers while somebody waits for it."""

from __future__ import annotations

from kiosk.core import events, inquiries, moves
from kiosk.core.events import Event
from kiosk.core.flows import affairs, certificates, drafts, identifying, policies, providing
from kiosk.core.inquiries import Reply, Unanswered
from kiosk.core.moves import Transition
from kiosk.core.scenes import Asking, Home, Providing
from kiosk.core.troubles import Trouble
from kiosk.core.visit import Journey


def asking(journey: Journey, scene: Asking, event: Event) -> Transition | None:
    """The answer, or none in time: then it may be asked again."""
    match event:
        case events.Consulted(_, inquiry, reply) if inquiry == scene.inquiry:
            return _answered(journey, scene, reply)
        case events.EffectFailed():
            return _answered(journey, scene, Unanswered(Trouble.UNEXPECTED))
        case events.TimerFired():
            return _answered(journey, scene, Unanswered(Trouble.PLATFORM_AWAY))
        case _:
            return None


def _answered(journey: Journey, scene: Asking, reply: Reply) -> Transition:
    match scene:
        case Asking(inquiries.CheckCode()):
            return identifying.code_checked(journey, reply)
        case Asking(inquiries.Share()):
            return drafts.shared(journey, reply)
        case Asking(inquiries.LoadDraft()):
            return drafts.loaded(journey, reply)
        case Asking(inquiries.SaveDraft(), beneath):
            return drafts.saved(journey, reply, beneath)
        case Asking(inquiries.OpenUpload(), Providing() as beneath):
            return providing.upload_opened(journey, beneath, reply)
        case Asking(inquiries.FindAffairs()):
            return affairs.found(journey, scene, reply)
        case Asking(inquiries.ListCertificates()):
            return certificates.listed(journey, scene, reply)
        case Asking(inquiries.OpenCertificate()):
            return certificates.opened(journey, scene, reply)
        case Asking(inquiries.MatchPolicies()):
            return policies.matched(journey, scene, reply)
        case _:
            return moves.stuck(journey, Trouble.UNEXPECTED, resume=Home())
