"""Who carries out which effect, and what else an effect breaks off."""

from __future__ import annotations

import asyncio

from kiosk.core import effects, events
from kiosk.core.effects import Effect
from kiosk.core.inquiries import SaveDraft
from kiosk.services.hands.certificates import Certificates
from kiosk.services.hands.copies import Copies
from kiosk.services.hands.face import Faces
from kiosk.services.hands.identity import Identities
from kiosk.services.hands.pages import Pages
from kiosk.services.hands.platform import Inquiries, Wishes
from kiosk.services.hands.receipts import Receipts
from kiosk.services.hands.search import Searches, Spelling
from kiosk.services.hands.staff import StaffHands
from kiosk.services.hands.tasks import Slot, Tasks
from kiosk.services.hands.tools import Tools
from kiosk.services.hands.uploads import Uploads
from kiosk.services.terminal import Post


class AsyncHands:
    """The hands of one terminal, on the core's own loop."""

    def __init__(self, tools: Tools) -> None:
        self._tasks = Tasks()
        self._timer: asyncio.TimerHandle | None = None
        self._report = tools.report
        self._identities = Identities(tools)
        self._faces = Faces(tools)
        self._pages = Pages(tools)
        self._uploads = Uploads(tools)
        self._inquiries = Inquiries(tools)
        self._wishes = Wishes(tools)
        self._searches = Searches(tools)
        self._spelling = Spelling(tools)
        self._receipts = Receipts(tools)
        self._certificates = Certificates(tools)
        self._copies = Copies(tools)
        self._staff = StaffHands(tools)
        self._restart = tools.restart

    def carry_out(self, effect: Effect, post: Post) -> None:  # noqa: PLR0912 - one case each
        """Begin the effect and return at once; its outcome is posted as an event."""
        tasks = self._tasks
        match effect:
            case effects.ReadIdentity():
                tasks.instead(Slot.IDENTITY, self._identities.read, effect, post)
            case effects.StopReading():
                tasks.stop(Slot.IDENTITY)
            case effects.CaptureFace():
                tasks.instead(Slot.FACE, self._faces.capture, effect, post)
            case effects.StopCapture():
                tasks.stop(Slot.FACE)
            case effects.WatchPage():
                tasks.instead(Slot.PAGE, self._pages.watch, effect, post)
            case effects.StopWatching():
                tasks.stop(Slot.PAGE)
            case effects.WatchUpload():
                tasks.instead(Slot.UPLOAD, self._uploads.watch, effect, post)
            case effects.StopUpload():
                tasks.stop(Slot.UPLOAD)
            case effects.Consult(inquiry=SaveDraft()):  # what somebody wants kept is kept
                tasks.durable(self._inquiries.consult, effect, post)
            case effects.Consult():
                tasks.instead(Slot.INQUIRY, self._inquiries.consult, effect, post)
            case effects.StopConsulting():
                tasks.stop(Slot.INQUIRY)
            case effects.FindItems():
                tasks.instead(Slot.SEARCH, self._searches.find, effect, post)
            case effects.SpellOut():
                tasks.instead(Slot.SPELLING, self._spelling.spell, effect, post)
            case effects.Submit():
                tasks.durable(self._wishes.submit, effect, post)
            case effects.SendRating():
                tasks.durable(self._wishes.rate, effect, post)
            case effects.DrawCertificate():
                tasks.instead(Slot.DRAWING, self._certificates.draw, effect, post)
            case effects.PrintReceipt():
                tasks.durable(self._receipts.print, effect, post)
            case effects.PrintCertificate():
                tasks.durable(self._certificates.print, effect, post)
            case effects.PrintPages():
                tasks.durable(self._copies.print, effect, post)
            case effects.TellHelp():
                self._report.tell("help_called", screen=effect.screen)
            case effects.SetTimer():
                self._set_timer(effect, post)
            case effects.EndVisit():
                tasks.end_visit()
            case _:
                self._for_staff(effect, post)

    def _for_staff(self, effect: effects.OfStaff, post: Post) -> None:
        tasks, staff = self._tasks, self._staff
        match effect:
            case effects.CheckPin():
                tasks.durable(staff.check, effect, post)
            case effects.KeepService():
                tasks.durable(staff.serve, effect, post)
            case effects.TellRefilled(kind):
                self._report.tell(f"{kind.value}_refilled")
            case effects.PrintTest():
                tasks.durable(staff.print, effect, post)
            case effects.TestDevice():
                tasks.instead(Slot.SELF_TEST, staff.test, effect, post)
            case effects.StopTest():
                tasks.stop(Slot.SELF_TEST)
            case effects.WatchInside():
                tasks.instead(Slot.INSIDE, staff.watch, effect, post)
            case effects.StopInside():
                tasks.stop(Slot.INSIDE)
            case effects.RestartTerminal():
                self._report.tell("staff_restart")
                self._restart()

    async def settle(self) -> None:
        """End: what must not be broken off (wishes, drafts, prints) is waited for."""
        if self._timer is not None:
            self._timer.cancel()
        await self._tasks.settle()
        await self._certificates.settle()

    def _set_timer(self, effect: effects.SetTimer, post: Post) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if effect.seconds is not None:
            fired = events.TimerFired(effect.token)
            self._timer = asyncio.get_running_loop().call_later(effect.seconds, post, fired)
