"""Problem details (RFC 9457) with a stable code, and nothing personal in them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from sandbox.platform.messages import Problem

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"

_AGAINST = "The request does not follow the contract."


class ProblemError(Exception):
    """A request that can not be served; raised anywhere, answered as problem details."""

    def __init__(self, status: HTTPStatus, code: str, title: str) -> None:
        super().__init__(title)
        self.status = status
        self.code = code


def response(status: int, code: str, title: str, fields: Sequence[str] = ()) -> Response:
    """One problem as an answer."""
    problem = Problem(
        type=f"urn:doorstep:problem:{code}",
        title=title,
        status=status,
        code=code,
        fields=tuple(fields),
    )
    return Response(problem.model_dump_json(), status, media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Have every error of the app answered as problem details."""

    @app.exception_handler(ProblemError)
    async def raised(_request: Request, error: ProblemError) -> Response:
        return response(error.status, error.code, str(error))

    @app.exception_handler(RequestValidationError)
    async def against_the_contract(_request: Request, error: RequestValidationError) -> Response:
        return response(422, "invalid_request", _AGAINST, _members(error))

    @app.exception_handler(HTTPException)
    async def no_such_place(_request: Request, error: HTTPException) -> Response:
        status = HTTPStatus(error.status_code)
        if status is HTTPStatus.BAD_REQUEST:  # a body that is not even text
            return response(422, "invalid_request", _AGAINST)
        answer = response(status, status.name.lower(), f"{status.phrase}.")
        answer.headers.update(error.headers or {})  # Allow, where the method is wrong
        return answer

    @app.exception_handler(Exception)
    async def our_mistake(request: Request, error: Exception) -> Response:
        log.error("%s %s failed", request.method, request.url.path, exc_info=error)
        answer = response(500, "internal", "The platform broke on this request.")
        answer.headers["Connection"] = "close"  # the server closes it after a mistake, so say so
        return answer


def _members(error: RequestValidationError) -> list[str]:
    """Where the request is wrong; unknown members are not repeated, they may hold anything."""
    return sorted(
        {
            "unknown member" if one["type"] == "extra_forbidden" else _path(one["loc"])
            for one in error.errors()
        }
    )


def _path(parts: Sequence[str | int]) -> str:
    """The members on the way; a key that is none may hold anything, and is not repeated."""
    if parts[-1] == "[key]":
        parts = (*parts[:-2], parts[-1])
    return ".".join(str(part) for part in parts)
