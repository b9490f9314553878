"""A terminal that speaks the contract by hand, apart from the product's own adapter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx

from sandbox.platform.offer import PROOF_CODE
from sandbox.residents import Resident


@dataclass(frozen=True, slots=True)
class PlainTerminal:
    """Asks the platform as some other vendor's terminal would; `client` knows the address."""

    client: httpx.Client

    def application(self, resident: Resident, **other: object) -> dict[str, Any]:
        """The body of an application for a proof of pension insurance."""
        card = resident.card
        return {
            "item_code": PROOF_CODE,
            "applicant": {
                "name": card.name.reveal(),
                "id_number": card.id_number.reveal(),
                "sex": card.sex.value,
                "birth_date": card.birth_date.isoformat(),
                "document": card.kind.value,
                "valid_until": card.valid_until.isoformat() if card.valid_until else None,
                "address": card.address.reveal() if card.address else None,
            },
            "terminal": "village-1",
            "number": "K-0001",
            "made_at": "2026-11-23T09:30:00+08:00",
            **other,
        }

    def apply(self, body: dict[str, Any], key: str = "key-00000001") -> httpx.Response:
        """Send an application."""
        return self.client.post("/v1/applications", json=body, headers={"Idempotency-Key": key})

    def rate(self, case: str, grade: object, key: str) -> httpx.Response:
        """Send a rating."""
        body = {
            "case_number": case,
            "item_code": PROOF_CODE,
            "grade": grade,
            "terminal": "village-1",
        }
        return self.client.post("/v1/ratings", json=body, headers={"Idempotency-Key": key})
