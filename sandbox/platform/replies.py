"""What the routes of all areas say alike: keys, repeated answers, problems."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Header, Response

from sandbox.platform.messages import Problem
from sandbox.platform.registry import Answer

REPLAYED = "Idempotent-Replayed"

Responses = dict[int | str, dict[str, Any]]

Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[A-Za-z0-9._-]{8,64}$",
        description="made once for a request and kept through every retry",
    ),
]

_MEANINGS = {
    404: "There is no such thing, or nobody else may know of it.",
    409: "It does not go with what is kept already; the code says what.",
    410: "It is gone.",
    413: "It is too large (`too_large`).",
    415: "It is not of a kind that is taken (`unsupported_media_type`).",
    422: "The request is wrong (`invalid_request`, `key_reused`, …); the same one will not do.",
    500: "It broke (`internal`); the same request may be repeated.",
    503: "Not now (`unavailable`); the same request may be repeated.",
}


def wrong(*statuses: int) -> Responses:
    """How the contract tells of problems; 500 and 503 may come of every request."""
    return {
        status: {"model": Problem, "description": _MEANINGS[status]}
        for status in (*statuses, 500, 503)
    }


def repeated(model: Any) -> Responses:  # noqa: ANN401 - a model, or a union of some
    """How the contract tells of an answer that was given before."""
    return {
        200: {
            "model": model,
            "description": "The answer that this key got before, once more.",
            "headers": {REPLAYED: {"schema": {"const": "true"}}},
        }
    }


def answered(answer: Answer) -> Response:
    """An answer of `Office.once`: 201 the first time, then 200 and marked."""
    status = HTTPStatus.OK if answer.repeated else HTTPStatus.CREATED
    headers = {REPLAYED: "true"} if answer.repeated else None
    return Response(answer.body, status, headers, media_type="application/json")
