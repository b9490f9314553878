"""The page on which a phone fills in a draft: for the first browser that opens it, and no other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from secrets import compare_digest
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Cookie, FastAPI, Path, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool

from kiosk.core import matter as matters
from kiosk.core.matter import Matter
from sandbox.platform import bodies
from sandbox.platform.drafts import desk, form
from sandbox.platform.drafts.desk import Unfinished
from sandbox.platform.drafts.form import Filled
from sandbox.platform.office import Office
from sandbox.platform.pages import page
from sandbox.platform.registry import Transaction

LARGEST = 512 * 1024  # bytes of a form
TEMPLATE = "draft.html"
VERSION = "draft-version"  # among the names of a form; no question's key has a hyphen

Token = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Browser = Annotated[str, Cookie(alias="draft", max_length=64)]


def install(app: FastAPI, office: Office) -> None:
    """Adds the page."""
    phones = Phones(office)

    @app.get("/d/{token}", response_class=HTMLResponse, include_in_schema=False)
    def look(request: Request, token: Token, draft: Browser = "", saved: int = 0) -> Response:
        return phones.look(request, token, draft, saved=bool(saved))

    @app.post("/d/{token}/open", response_class=HTMLResponse, include_in_schema=False)
    def begin(token: Token) -> Response:
        return phones.begin(token)

    @app.post("/d/{token}", response_class=HTMLResponse, include_in_schema=False)
    async def save(request: Request, token: Token, draft: Browser = "") -> Response:
        body = await bodies.receive(request, LARGEST)
        text = (body or b"").decode("utf-8", errors="replace")
        sent = dict(parse_qsl(text, keep_blank_values=True))
        return await run_in_threadpool(phones.save, request, token, draft, sent)


@dataclass(frozen=True, slots=True)
class Phones:
    """Serves the page; whoever has the address and not the browser's secret sees nothing."""

    office: Office

    def look(self, request: Request, token: str, browser: str, *, saved: bool) -> Response:
        """The form; or a button that begins, or why there is nothing to see."""
        with self.office.registry.reading() as transaction:
            draft, matter = self._found(transaction, token)
        if draft is None or matter is None:
            return page(request, TEMPLATE, {"gone": True}, HTTPStatus.GONE)
        if draft.browser is None:
            return page(request, TEMPLATE, {"begin": True, "matter": matter, "token": token})
        if not _is_its(draft, browser):
            return page(request, TEMPLATE, {"elsewhere": True}, HTTPStatus.FORBIDDEN)
        filled = Filled(draft.answers, {}, {})
        return self._form(request, draft, matter, filled, said="saved" if saved else "")

    def begin(self, token: str) -> Response:
        """Gives the page to this browser, if no other has it."""
        answer = RedirectResponse(f"/d/{token}", HTTPStatus.SEE_OTHER)
        with self.office.registry.writing() as transaction:
            draft = desk.by_token(self.office, transaction, token)
            if draft is not None and draft.browser is None:
                secret = self.office.token()
                desk.claim(transaction, draft, secret)
                answer.set_cookie(
                    "draft",
                    secret,
                    path=f"/d/{token}",
                    max_age=round(desk.KEPT.total_seconds()),
                    secure=self.office.address.startswith("https:"),
                    httponly=True,
                    samesite="lax",
                )
        return answer

    def save(self, request: Request, token: str, browser: str, sent: Mapping[str, str]) -> Response:
        """Keeps what is right of a form; shows it again where something is not, or was changed."""
        with self.office.registry.writing() as transaction:
            draft, matter = self._found(transaction, token)
            if draft is None or matter is None or not _is_its(draft, browser):
                return self.look(request, token, browser, saved=False)
            filled = form.read(matter, draft.answers, sent, self.office.today())
            if sent.get(VERSION) != str(draft.version):
                filled = replace(filled, answers=draft.answers)
                return self._form(request, draft, matter, filled, said="changed")
            changed = replace(draft, answers=filled.answers)
            draft = desk.write_next(self.office, transaction, changed)
        if filled.problems:
            return self._form(request, draft, matter, filled, said="wrong")
        return RedirectResponse(f"/d/{token}?saved=1", HTTPStatus.SEE_OTHER)

    def _found(
        self, transaction: Transaction, token: str
    ) -> tuple[Unfinished | None, Matter | None]:
        draft = desk.by_token(self.office, transaction, token)
        matter = matters.find(self.office.catalogue, draft.code) if draft else None
        return draft, matter

    def _form(
        self, request: Request, draft: Unfinished, matter: Matter, filled: Filled, *, said: str
    ) -> Response:
        today = self.office.today()
        statuses = {"wrong": HTTPStatus.UNPROCESSABLE_ENTITY, "changed": HTTPStatus.CONFLICT}
        shown: dict[str, object] = {
            "draft": draft,
            "matter": matter,
            "questions": form.shown(matter, filled, today),
            "missing": form.missing(matter, filled.answers, today),
            "places": tuple(form.places(self.office.catalogue)),
            "said": said,
            "version": VERSION,
            "rest": form.REST,
        }
        return page(request, TEMPLATE, shown, statuses.get(said, HTTPStatus.OK))


def _is_its(draft: Unfinished, browser: str) -> bool:
    """Whether a browser is the one that opened a draft's page."""
    opened_by = draft.browser
    return opened_by is not None and compare_digest(opened_by.encode(), browser.encode())
