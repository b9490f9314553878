"""Speaks the contract word for word, with nothing of the terminal's own code in it."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

Body = dict[str, Any]

SIGNATURE = {
    "width": 12000,
    "height": 4000,
    "strokes": [[[100, 100, 0], [4000, 2000, 400], [9000, 3000, 800]]],
}
PICTURE = b"\xff\xd8\xff\xe0\x00\x10JFIF "  # how a JPEG begins


@dataclass(frozen=True, slots=True)
class Speaker:
    """A terminal that asks by hand; `examples` says about whom and what."""

    client: httpx.Client
    examples: Body = field(repr=False)

    def example(self, area: str) -> Body:
        """What there is to ask about an area; without it the test is left out."""
        if area not in self.examples:
            pytest.skip(f"optional: the examples have no [{area}]")
        found: Body = self.examples[area]
        return found

    def person(self, who: str = "person") -> Body:
        """Somebody as their document says; an empty text stands for null."""
        return {name: value or None for name, value in self.example(who).items()}

    # --- asking ---

    def ask(self, path: str, **members: object) -> httpx.Response:
        """Ask something that changes nothing."""
        return self.client.post(path, json=members)

    def send(self, path: str, body: Body, key: str | None = None) -> httpx.Response:
        """Send a wish, with a key that was never used unless one is given."""
        headers = {"Idempotency-Key": key or new_key()}
        return self.client.post(path, json=body, headers=headers)

    def put(self, content: bytes, digest: str | None = None) -> httpx.Response:
        """Hand in a page."""
        return self.client.put(
            f"/v1/files/{digest or sha256(content)}",
            content=content,
            headers={"Content-Type": "image/jpeg"},
        )

    # --- wishes ---

    def wish(self, **members: object) -> Body:
        """The members of a wish, with those that all wishes have."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        return {"terminal": "CONFORM-1", "number": f"C-{new_key()}", "made_at": now, **members}

    def application(self, area: str, who: str = "person", /, **members: object) -> Body:
        """An application for the item of an area, without papers unless they are given."""
        item = self.example(area)
        body = {
            "code": item["code"],
            "items": [item["code"]],
            "applicant": self.person(who),
            "principal": None,
            "answers": item.get("answers", {}),
            "materials": [],
            "commitments": [],
            "signature": SIGNATURE,
            "decided_in": None,
            "draft": None,
        }
        return self.wish(**{**body, **members})

    def whole(self, **members: object) -> Body:
        """An application for what is decided later, its page handed in."""
        material = self.scanned(self.example("case")["material"])
        members.setdefault("materials", [material])
        return self.application("case", "person", **members)

    def scanned(self, material: str) -> Body:
        """A material brought as one fresh page, which is handed in."""
        content = PICTURE + new_key().encode()
        self.put(content).raise_for_status()
        page = {"sha256": sha256(content), "media_type": "image/jpeg"}
        return {"material": material, "way": "scan", "pages": [page], "certificate": None}

    def complaint(self, **members: object) -> Body:
        """A complaint without a name."""
        body = {
            "subject": self.example("complaint")["subject"],
            "words": "路灯坏了。\n三天了。",
            "phone": "13900000000",
            "about": "",
            "person": None,
        }
        return self.wish(**{**body, **members})

    # --- what there is already ---

    def issued(self) -> Body:
        """A certificate that was just issued to the person, with its case."""
        answer = self.send("/v1/applications", self.application("instant"))
        assert answer.status_code == httpx.codes.CREATED
        told: Body = answer.json()
        assert told["outcome"] == "issued"
        return told

    def accepted(self) -> Body:
        """A case that was just accepted."""
        answer = self.send("/v1/applications", self.whole())
        assert answer.status_code == httpx.codes.CREATED
        told: Body = answer.json()
        assert told["outcome"] == "accepted"
        return told


def new_key() -> str:
    """An idempotency key that was never used."""
    return str(uuid.uuid4())


def sha256(content: bytes) -> str:
    """The digest by which a page is known."""
    return hashlib.sha256(content).hexdigest()


def expect_problem(answer: httpx.Response, status: int, code: str) -> None:
    """Problem details (RFC 9457) with that status and that stable code."""
    assert answer.status_code == status
    assert answer.headers["Content-Type"].partition(";")[0] == "application/problem+json"
    assert answer.json()["code"] == code


def expect_text(text: object) -> None:
    """A text in both languages of a terminal."""
    assert isinstance(text, dict)
    assert text["zh-CN"].strip()
    assert text["en"].strip()
