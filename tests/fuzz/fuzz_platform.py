"""Answers of the platform to every wish and inquiry, and wishes as they lie on the disk."""

from __future__ import annotations

import json
from contextlib import suppress

from kiosk.services import payload
from kiosk.services.platform import PlatformProtocolError, decisions, inquiries
from kiosk.services.platform.line import Answer
from tests.kiosk.services.answers import DECISIONS, REPLIES

SEEDS = [
    *(json.dumps(value).encode() for _, value, _ in DECISIONS),
    *(json.dumps(value).encode() for _, value in REPLIES),
    *(payload.of_wish(wish) for wish, _, _ in DECISIONS),
    b'{"code": "already_rated"}',
]


def target(data: bytes) -> None:
    """The same bytes as an answer to everything, with a status that is good and one that is not."""
    for status in (200, 201, 404, 409):
        answer = Answer("POST /v1/something", status, {}, data)
        for wish, _, _ in DECISIONS:
            with suppress(PlatformProtocolError):
                decisions.decision(answer, wish)
        for inquiry, _ in REPLIES:
            with suppress(PlatformProtocolError):
                inquiries.reply(inquiry, answer)
    for kind in payload.KINDS:
        with suppress(ValueError):
            payload.to_wish(kind, data)
