"""The platform over HTTP, as docs/reference/platform.openapi.yaml says."""

from __future__ import annotations

from random import Random

import httpx

from kiosk.core.cases import Attachment, Decision
from kiosk.core.identity import Person
from kiosk.core.inquiries import CompareFace, Inquiry, Reply, Unanswered
from kiosk.services.platform import decisions, inquiries
from kiosk.services.platform.line import (
    MAX_CATALOGUE,
    TIMEOUTS,
    Answer,
    Certificates,
    Line,
    Request,
    Timeouts,
    expect,
)
from kiosk.services.platform.port import Grant, PlatformError, Sending


class HttpPlatform:
    """The platform at `url`, asked by the terminal of that name; no change is tried twice here.

    Whoever keeps a wish (intents.py) knows how long it is tried and with which key. ValueError for
    certificates that can not be used.
    """

    def __init__(
        self,
        url: str,
        *,
        terminal: str,
        rng: Random,
        timeouts: Timeouts = TIMEOUTS,
        certificates: Certificates | None = None,
    ) -> None:
        self._terminal = terminal
        self._timeouts = timeouts
        self._line = Line(url, certificates=certificates, rng=rng)

    async def catalogue(self, known_etag: str | None) -> bytes | None:
        """Get the signed bundle by its ETag, so that an unchanged one is not sent again."""
        headers = {"If-None-Match": known_etag} if known_etag else {}
        get = Request(
            "GET",
            "/v1/catalogue",
            headers=headers,
            harmless=True,
            largest=MAX_CATALOGUE,
            silence=self._timeouts.answer,
        )
        answer = await self._line.ask(get, deadline=self._timeouts.download)
        if known_etag and answer.status == httpx.codes.NOT_MODIFIED:
            return None
        expect(answer, 200)
        return answer.body

    async def deliver(self, sending: Sending, key: str) -> Decision:
        """Post a wish; a repeated key is answered with the decision made before."""
        answer = await self._ask(decisions.request(sending, key))
        return decisions.decision(answer, sending.wish)

    async def store_file(self, page: Attachment) -> None:
        """Put the contents of a page; one that has none is there already."""
        if page.content is None:
            return
        headers = {"Content-Type": page.media_type}
        put = Request("PUT", "/v1/files/{}", (page.sha256,), contents=page.content, headers=headers)
        expect(await self._line.ask(put, deadline=self._timeouts.upload), 200, 201)

    async def consult(self, inquiry: Inquiry) -> Reply:
        """Ask, and once more where the line broke and asking changes nothing."""
        heavy = isinstance(inquiry, CompareFace)
        deadline = self._timeouts.upload if heavy else self._timeouts.answer
        request = inquiries.request(inquiry, self._terminal)
        return inquiries.reply(inquiry, await self._line.ask(request, deadline=deadline))

    async def grant_print(self, person: Person, number: str, key: str) -> Grant | Unanswered:
        """Post a print; a repeated key counts as the same one."""
        request = inquiries.print_request(person, number, self._terminal, key)
        return inquiries.grant(await self._ask(request))

    async def return_print(self, key: str) -> None:
        """Delete a print."""
        expect(await self._ask(Request("DELETE", "/v1/prints/{}", (key,))), 204)

    async def reachable(self) -> bool:
        """Whether GET /v1/health answers 200."""
        try:
            answer = await self._ask(Request("GET", "/v1/health", harmless=True))
        except PlatformError:
            return False
        return answer.status == httpx.codes.OK

    async def aclose(self) -> None:
        """Close the connections."""
        await self._line.aclose()

    async def _ask(self, request: Request) -> Answer:
        return await self._line.ask(request, deadline=self._timeouts.answer)
