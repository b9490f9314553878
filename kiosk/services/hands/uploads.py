"""Pages from a phone: the platform is asked again and again what has come."""

from __future__ import annotations

from kiosk.core import effects, events
from kiosk.core.cases import Attachment
from kiosk.core.inquiries import PollUpload, Unanswered, Uploaded
from kiosk.core.troubles import Trouble
from kiosk.services.hands.platform import answer
from kiosk.services.hands.tools import Tools
from kiosk.services.terminal import Post

POLL = 2.0  # seconds between two questions


class Uploads:
    """Watches upload pages."""

    def __init__(self, tools: Tools) -> None:
        self._platform = tools.platform
        self._report = tools.report
        self._sleep = tools.sleep

    async def watch(self, effect: effects.WatchUpload, post: Post) -> None:
        """Uploaded again and again; a platform that is away for a moment is asked once more."""
        visit, session = effect.visit, effect.session
        pages: tuple[Attachment, ...] = ()
        ended = False
        while not ended:
            match await answer(self._platform, PollUpload(session), self._report):
                case Uploaded(pages, ended):
                    post(events.Uploaded(visit, session, pages, ended))
                case Unanswered(Trouble.PLATFORM_AWAY):
                    pass
                case _:  # it knows the page no more
                    ended = True
                    post(events.Uploaded(visit, session, pages, ended))
            if not ended:
                await self._sleep(POLL)
