"""The pages: login, terminals, and the live line between them and the fleet."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import FastAPI, Form, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, StreamingResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader, select_autoescape
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from fleet.auth import Accounts, Attempts
from fleet.changes import Changes
from fleet.store.board import Board, Moment, standing
from fleet.web.live import Live
from fleet.web.words import LANGUAGES, Language, Say, choose, known, words

HERE = Path(__file__).parent
COOKIE, LANGUAGE_COOKIE = "fleet_session", "fleet_language"
MOODS = {
    "ready": "good",
    "busy": "good",
    "paper_low": "warn",
    "unknown": "quiet",
    "not_fitted": "quiet",
    "not_supported": "quiet",
}
# What is not here is said without colour: what the platform decides is nobody's fault.
TONES = {
    "help_called": "bad",
    "application_issued": "good",
    "application_accepted": "good",
    "application_kept": "warn",
    "supplement_noted": "good",
    "supplement_kept": "warn",
    "complaint_noted": "good",
    "complaint_kept": "warn",
    "follow_up_noted": "good",
    "follow_up_kept": "warn",
    "confirmation_noted": "good",
    "confirmation_kept": "warn",
    "print_confirmed": "good",
    "print_unknown": "warn",
    "print_not_started": "warn",
    "sheets_confirmed": "good",
    "sheets_unknown": "warn",
    "sheets_not_started": "warn",
    "platform_odd": "bad",
    "catalogue_activated": "good",
    "catalogue_refused": "bad",
    "catalogue_rolled_back": "bad",
    "catalogue_expired": "bad",
}
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
UNBUFFERED = {"X-Accel-Buffering": "no"}  # a web server before us hands each event on at once


@dataclass(frozen=True, slots=True)
class Desk:
    """What the pages work with."""

    board: Board
    accounts: Accounts
    changes: Changes
    moment: Callable[[], Moment]
    stopping: asyncio.Event


def mood(state: str) -> str:
    """How a device's state looks."""
    return MOODS.get(state, "bad")


def tone(event: str) -> str:
    """How an event looks."""
    return TONES.get(event, "quiet")


def told(facts: Mapping[str, str | int], say: Say) -> list[str]:
    """What is known of an event in words; facts without words are for machines."""
    return [
        say(f"fact.{name}").format(say(f"reason.{value}") if name == "reason" else value)
        for name, value in facts.items()
        if known(f"fact.{name}")
    ]


class Pages:
    """Renders in the language of whoever looks."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=select_autoescape(),
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals |= {
            "mood": mood,
            "tone": tone,
            "told": told,
            "standing": standing,
            "has": known,
        }
        self.live = Live(desk.board, desk.changes, desk.moment, self.render)

    def render(self, name: str, language: Language, **facts: Any) -> str:  # noqa: ANN401 # a template's
        """One template, whole."""
        other = LANGUAGES[1 - LANGUAGES.index(language)]
        return self._templates.get_template(name).render(
            say=words(language), language=language, other=other, zh=language == "zh-CN", **facts
        )

    def index(self, language: Language, user: str, page: int) -> str:
        """A page of terminals."""
        sheet, board = self.live.sheet(page), self.desk.board
        rows, happened = board.terminals(sheet.names, sheet.at), board.newest_events()
        return self.render(
            "index.html", language, user=user, sheet=sheet, rows=rows, happened=happened
        )

    def watch(self, language: Language, page: int, since: int, session: str) -> AsyncIterator[str]:
        """The live line of whoever has this session, for as long as it lasts."""

        def goes_on() -> bool:
            stopping = self.desk.stopping.is_set()
            return not stopping and self.desk.accounts.user_of(session) is not None

        return self.live.line(language, page, since, goes_on=goes_on)


def language_of(request: Request) -> Language:
    """The language of whoever asks."""
    return choose(
        request.query_params.get("lang"),
        request.cookies.get(LANGUAGE_COOKIE),
        request.headers.get("accept-language", ""),
    )


def build(desk: Desk) -> FastAPI:
    """The web application."""
    app = FastAPI(title="Doorstep fleet", docs_url=None, redoc_url=None, openapi_url=None)
    pages, attempts = Pages(desk), Attempts()
    app.mount("/static", StaticFiles(directory=HERE / "static"))
    _guard(app, pages)
    _login(app, pages, attempts)
    _terminals(app, pages)
    return app


def _guard(app: FastAPI, pages: Pages) -> None:
    """Headers on everything, and errors in plain words."""

    @app.middleware("http")
    async def guard(
        request: Request, call_next: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        if request.method == "POST" and not _from_us(request):
            body = pages.render("error.html", language_of(request), status=403, user=None)
            return HTMLResponse(body, status_code=403, headers=HEADERS)
        response = await call_next(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        wish = request.query_params.get("lang")
        if wish in LANGUAGES:
            response.set_cookie(LANGUAGE_COOKIE, wish, samesite="lax", max_age=31_536_000)
        return response

    async def in_words(request: Request, error: Exception) -> Response:
        match error:
            case RequestValidationError():
                status = 400
            case HTTPException():
                status = error.status_code
            case _:
                status = 500
        told = status if status in (400, 403, 404) else 500 if status >= 500 else 404
        body = pages.render("error.html", language_of(request), status=told, user=None)
        return HTMLResponse(body, status_code=status, headers=HEADERS)

    for kind in (RequestValidationError, HTTPException, Exception):
        app.add_exception_handler(kind, in_words)


def _from_us(request: Request) -> bool:
    """Whether a form was sent from one of our own pages (browsers name the origin)."""
    origin = request.headers.get("origin") or request.headers.get("referer") or ""
    return urlsplit(origin).netloc == request.headers.get("host")


def _login(app: FastAPI, pages: Pages, attempts: Attempts) -> None:
    desk = pages.desk

    def form(request: Request, trouble: str | None, status: int = 200) -> Response:
        body = pages.render("login.html", language_of(request), trouble=trouble, user=None)
        return HTMLResponse(body, status_code=status)

    def enter(session: str, request: Request) -> Response:
        response = RedirectResponse("/", status_code=303)
        secure = request.url.scheme == "https"
        response.set_cookie(COOKIE, session, httponly=True, samesite="lax", secure=secure)
        return response

    @app.get("/login")
    def ask(request: Request) -> Response:
        return form(request, None)

    @app.post("/login")
    def log_in(
        request: Request, name: Annotated[str, Form()], password: Annotated[str, Form()]
    ) -> Response:
        if not attempts.allow(request.client.host if request.client else ""):
            return form(request, "slow_down", 429)
        session = desk.accounts.log_in(name, password)
        return enter(session, request) if session else form(request, "wrong", 401)

    @app.get("/login/{token}")
    def use_link(request: Request, token: str) -> Response:
        session = desk.accounts.use_link(token)
        return enter(session, request) if session else form(request, "link_used", 401)

    @app.post("/logout")
    def log_out(request: Request) -> Response:
        desk.accounts.log_out(request.cookies.get(COOKIE, ""))
        response = RedirectResponse("/login", status_code=303)
        response.delete_cookie(COOKIE)
        return response


def _terminals(app: FastAPI, pages: Pages) -> None:
    desk = pages.desk

    @app.get("/healthz")
    def healthz(response: Response) -> dict[str, bool]:
        at = desk.moment()
        try:
            desk.board.standings(at)
        except SQLAlchemyError:
            response.status_code = 503
            return {"database": False, "broker": at.hearing_since is not None}
        return {"database": True, "broker": at.hearing_since is not None}

    @app.get("/")
    def index(request: Request, page: int = 0) -> Response:
        user = desk.accounts.user_of(request.cookies.get(COOKIE, ""))
        if user is None:
            return RedirectResponse("/login", status_code=303)
        return HTMLResponse(pages.index(language_of(request), user, max(page, 0)))

    @app.get("/live")
    async def live(request: Request, since: int = 0, page: int = 0) -> Response:
        session = request.cookies.get(COOKIE, "")
        if await run_in_threadpool(desk.accounts.user_of, session) is None:
            return Response(status_code=401)
        last = request.headers.get("last-event-id", "")
        number = int(last) if last.isdecimal() else since
        line = pages.watch(language_of(request), max(page, 0), number, session)
        return StreamingResponse(line, media_type="text/event-stream", headers=UNBUFFERED)
