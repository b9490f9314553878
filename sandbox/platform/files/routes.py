"""Files over HTTP: handed in by terminals, read by nobody there."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import FastAPI, Header, Path, Request, Response
from starlette.concurrency import run_in_threadpool

from sandbox.platform import bodies
from sandbox.platform.files import desk
from sandbox.platform.files.messages import Stored
from sandbox.platform.office import Office
from sandbox.platform.replies import Responses, wrong

Digest = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the bytes")]

_BINARY = {"schema": {"type": "string", "format": "binary"}}
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"image/jpeg": _BINARY, "application/pdf": _BINARY},
    }
}
_KNOWN: Responses = {200: {"model": Stored, "description": "It was there already."}}


def install(app: FastAPI, office: Office) -> None:
    """Adds the routes of the area."""

    @app.put(
        "/v1/files/{sha256}",
        status_code=HTTPStatus.CREATED,
        response_description="It is kept.",
        responses=_KNOWN | wrong(413, 415, 422),
        openapi_extra=_BODY,
    )
    async def store_file(
        sha256: Digest,
        request: Request,
        response: Response,
        content_type: Annotated[str, Header(include_in_schema=False)] = "",
    ) -> Stored:
        """Hand in the bytes of one page, at most 8 MiB, before anything names it.

        It is forgotten after a week, unless a case has taken it or a draft names it by then.
        `too_large`, `unsupported_media_type`, `wrong_digest`.
        """
        content = await bodies.receive(request, desk.LARGEST)

        def keep() -> bool:
            checked = desk.check(content, sha256, content_type)
            with office.registry.writing() as transaction:
                return desk.keep(office, transaction, sha256, content_type, checked)

        if not await run_in_threadpool(keep):
            response.status_code = HTTPStatus.OK
        return Stored(sha256=sha256)
