"""Upload pages over HTTP: opened and asked after by terminals, used by phones."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode

from fastapi import FastAPI, Path, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from kiosk.core.catalogue import Text
from sandbox.platform import bodies
from sandbox.platform.office import Office
from sandbox.platform.pages import page
from sandbox.platform.replies import wrong
from sandbox.platform.uploads import desk, pictures
from sandbox.platform.uploads.messages import OpenUpload, Uploaded, UploadPage
from sandbox.platform.uploads.pictures import UnfitError, Wrong

AT_ONCE = 100 * 1024 * 1024  # bytes that are taken in one go
FILES = 100  # likewise
Token = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,64}$")]

_SOMETHING = Text("您要交的材料", "the paper you are to hand in")
_AUTHORISATION = Text("授权委托书", "Letter of authorisation")
_WORDS = {
    Wrong.TOO_LARGE: (
        "文件太大了，没有收到。请用手机直接拍照，一次少传几页。",
        "It is too large and was not received. Please take a picture, and send fewer at once.",
    ),
    Wrong.NOT_A_PICTURE: (
        "这个文件不是照片，也不是 PDF，没有收到。请重新拍一张。",
        "This is neither a picture nor a PDF and was not received. Please take one again.",
    ),
    Wrong.TOO_MANY: (
        "页数太多了，多出来的没有收下。",
        "These are too many pages; the last ones were not kept.",
    ),
    Wrong.TOO_LATE: (
        "时间到了，刚才传的没有收到。",
        "Time was over: what you just sent was not received.",
    ),
}


def install(app: FastAPI, office: Office) -> None:
    """Adds the routes of the area."""
    _add_terminals(app, office)
    _add_phones(app, office)


def _add_terminals(app: FastAPI, office: Office) -> None:
    @app.post(
        "/v1/uploads",
        status_code=HTTPStatus.CREATED,
        response_description="The page is open.",
        responses=wrong(422),
    )
    def open_upload(request: OpenUpload) -> UploadPage:
        """Open a one-time page on which a phone sends the pages of one material."""
        with office.registry.writing() as transaction:
            return desk.begin(office, transaction, request)

    @app.get("/v1/uploads/{session}", response_description="What came.", responses=wrong(404, 422))
    def poll_upload(session: Token) -> Uploaded:
        """What a phone has sent so far; `not_found`."""
        with office.registry.reading() as transaction:
            return desk.uploaded(office, transaction, session)


def _add_phones(app: FastAPI, office: Office) -> None:
    @app.get("/u/{token}", response_class=HTMLResponse, include_in_schema=False)
    def look(
        request: Request, token: Token, faults: Annotated[tuple[Wrong, ...], Query()] = ()
    ) -> Response:
        return _shown(request, office, token, faults)

    @app.post("/u/{token}", response_class=HTMLResponse, include_in_schema=False)
    async def send(request: Request, token: Token) -> Response:
        sent = await _sent(request)
        faults = (
            [Wrong.TOO_LARGE]
            if sent is None
            else await run_in_threadpool(_kept, office, token, sent)
        )
        query = urlencode([("faults", fault) for fault in faults])
        return RedirectResponse(f"/u/{token}?{query}", HTTPStatus.SEE_OTHER)

    @app.post("/u/{token}/done", response_class=HTMLResponse, include_in_schema=False)
    def done(token: Token) -> Response:
        with office.registry.writing() as transaction:
            desk.end(transaction, token)
        return RedirectResponse(f"/u/{token}", HTTPStatus.SEE_OTHER)


def _shown(request: Request, office: Office, token: str, faults: Sequence[Wrong]) -> Response:
    with office.registry.reading() as transaction:
        session = desk.by_token(office, transaction, token)
    if session is None:
        return page(request, "upload.html", status=HTTPStatus.NOT_FOUND)
    shown: dict[str, object] = {
        "session": session,
        "name": _name(office, session.material),
        "wrong": [_WORDS[fault] for fault in faults],
    }
    return page(request, "upload.html", shown)


async def _sent(request: Request) -> list[bytes] | None:
    """The files of a form, none of them longer than is of use; None for too much at once."""
    length = request.headers.get("Content-Length", "")
    if not length.isdecimal() or int(length) > AT_ONCE:
        await bodies.receive(request, 0)
        return None
    try:
        async with request.form(max_files=FILES, max_fields=1) as form:
            files = [one for one in form.getlist("pages") if isinstance(one, UploadFile)]
            return [await file.read(pictures.LARGEST + 1) for file in files if file.filename]
    except HTTPException:  # not a form, or a broken one
        return [b""]


def _kept(office: Office, token: str, sent: Sequence[bytes]) -> list[Wrong]:
    """Keeps what is fit to be kept; what is wrong with the rest, each kind once."""
    fit: list[pictures.Page] = []
    faults: list[Wrong] = []
    for content in sent:
        try:
            fit.append(pictures.page(content))
        except UnfitError as error:
            faults.append(error.wrong)
    with office.registry.writing() as transaction:
        refused = desk.add(office, transaction, token, fit)
    return list(dict.fromkeys([*faults, refused] if refused else faults))


def _name(office: Office, material: str) -> Text:
    """What the material is called, by whichever item asks for it."""
    if material == "authorisation":  # the one paper that no item lists
        return _AUTHORISATION
    listed = (m for item in office.catalogue.items for m in item.materials if m.code == material)
    return next((m.name for m in listed), _SOMETHING)
