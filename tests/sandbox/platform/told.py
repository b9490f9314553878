"""What tests of the platform ask of its answers."""

from __future__ import annotations

from typing import Any

import httpx


def problem(answer: httpx.Response) -> tuple[int, str]:
    """The status and stable code of a problem, which must be told as RFC 9457 has it."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert (body["status"], body["type"]) == (
        answer.status_code,
        f"urn:doorstep:problem:{body['code']}",
    )
    return body["status"], body["code"]


def refused(answer: httpx.Response) -> str:
    """The reason of a refusal, whose words must be there in both languages."""
    assert answer.is_success, answer.text
    body = answer.json()
    assert body["outcome"] == "refused", body
    assert set(body["words"]) == {"zh-CN", "en"}
    return str(body["reason"])


def outcome(answer: httpx.Response, expected: str) -> dict[str, Any]:
    """The body of an answer that must have come out so."""
    assert answer.is_success, answer.text
    body: dict[str, Any] = answer.json()
    assert body["outcome"] == expected, body
    return body
