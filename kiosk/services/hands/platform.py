"""What is asked of the platform: inquiries for which somebody waits, and wishes, which are kept."""

from __future__ import annotations

import structlog

from kiosk.core import effects, events
from kiosk.core.cases import Application
from kiosk.core.inquiries import Inquiry, Reply, SaveDraft, Unanswered
from kiosk.core.troubles import Trouble
from kiosk.services import payload
from kiosk.services.hands.tools import Tools
from kiosk.services.platform import Platform, PlatformError, PlatformProtocolError
from kiosk.services.report import Report
from kiosk.services.terminal import Post

log = structlog.get_logger(__name__)


class Inquiries:
    """Asks the platform."""

    def __init__(self, tools: Tools) -> None:
        self._platform = tools.platform
        self._report = tools.report

    async def consult(self, effect: effects.Consult, post: Post) -> None:
        """Consulted, whatever came of it."""
        reply = await answer(self._platform, effect.inquiry, self._report)
        post(events.Consulted(effect.visit, effect.inquiry, reply))


async def answer(platform: Platform, inquiry: Inquiry, report: Report) -> Reply:
    """The platform's answer; Unanswered where there is none, which staff hear of if it is odd."""
    try:
        if isinstance(inquiry, SaveDraft):
            await _store_pages(platform, inquiry)
        return await platform.consult(inquiry)
    except PlatformError as error:
        return Unanswered(trouble_of(error, report))


def trouble_of(error: PlatformError, report: Report) -> Trouble:
    """What a resident is told of it; staff hear of an answer against the contract."""
    if not isinstance(error, PlatformProtocolError):
        return Trouble.PLATFORM_AWAY
    log.error("platform.odd", reason=str(error))
    report.tell("platform_odd")
    return Trouble.UNEXPECTED


async def _store_pages(platform: Platform, draft: SaveDraft) -> None:
    """Hand in the pages that a draft names; those of a phone are there already."""
    for provided in draft.materials:
        for page in provided.pages:
            await platform.store_file(page)


class Wishes:
    """Writes wishes down and sends them."""

    def __init__(self, tools: Tools) -> None:
        self._intents = tools.intents
        self._report = tools.report

    async def submit(self, effect: effects.Submit, post: Post) -> None:
        """Decided: by the platform, or Kept."""
        outcome = await self._intents.submit(effect.wish)
        name = f"{payload.kind(effect.wish)}_{type(outcome).__name__.lower()}"
        about = {"item": effect.wish.code} if isinstance(effect.wish, Application) else {}
        self._report.tell(name, **about)
        post(events.Decided(effect.visit, outcome))

    async def rate(self, effect: effects.SendRating, _post: Post) -> None:
        """Sent, now or later; nothing comes back."""
        await self._intents.send(effect.rating)
