"""A terminal that speaks the contract by hand, apart from the product's own adapter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

import httpx

from kiosk.core import matter as matters
from kiosk.core.catalogue import Catalogue, Field, FieldKind, Group, Material, Necessity, Question
from kiosk.core.matter import Matter
from sandbox.platform.offer import PROOF_CODE
from sandbox.records import SHOP, Enterprise
from sandbox.residents import CHAN, Resident

PAGE = b"\xff\xd8\xff\xe0 a page \xff\xd9"
SIGNATURE = {"width": 12000, "height": 4000, "strokes": [[[100, 100, 0], [9000, 3000, 800]]]}

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PlainTerminal:
    """Asks the platform as some other vendor's terminal would; `client` knows the address."""

    client: httpx.Client
    made_at: str = "2026-11-23T09:30:00+08:00"

    def application(self, resident: Resident, code: str = PROOF_CODE, **other: object) -> Body:
        """The body of an application for what needs no form and no papers."""
        return self.wish(code=code, items=[code], applicant=person(resident)) | other

    def whole(self, resident: Resident, matter: Matter, **other: object) -> Body:
        """The body of an application with everything that is asked, its one page handed in."""
        answers = dict(answered(matter.form, date.fromisoformat(self.made_at[:10])))
        needed = [m for m in matter.materials if _needed(m, answers)]
        return (
            self.wish(
                code=matter.code,
                items=[item.code for item in matter.items],
                applicant=person(resident),
                principal=for_enterprise(SHOP) if matter.for_enterprises_only else None,
                answers=answers,
                materials=[self.scanned(material.code) for material in needed],
                signature=SIGNATURE,
            )
            | other
        )

    def wish(self, **members: object) -> Body:
        """The body of any wish."""
        return {"terminal": "village-1", "number": "K-0001", "made_at": self.made_at, **members}

    def scanned(self, material: str, content: bytes = PAGE) -> Body:
        """A material as one page, whose bytes are handed in."""
        page = self.page(content)
        return {"material": material, "way": "scan", "pages": [page], "certificate": None}

    def page(self, content: bytes = PAGE) -> Body:
        """A page whose bytes are handed in."""
        digest = sha256(content).hexdigest()
        headers = {"Content-Type": "image/jpeg"}
        self.client.put(f"/v1/files/{digest}", content=content, headers=headers).raise_for_status()
        return {"sha256": digest, "media_type": "image/jpeg"}

    def send(self, path: str, body: object, key: str = "key-00000001") -> httpx.Response:
        """Send a wish."""
        return self.client.post(path, json=body, headers={"Idempotency-Key": key})

    def apply(self, body: Body, key: str = "key-00000001") -> httpx.Response:
        """Send an application."""
        return self.send("/v1/applications", body, key)

    def rate(
        self, case: str, grade: object, key: str, code: str = PROOF_CODE, **other: object
    ) -> httpx.Response:
        """Send a rating."""
        body = self.wish(case_number=case, item_code=code, grade=grade, **other)
        return self.send("/v1/ratings", body, key)

    def affairs(self, resident: Resident | None, number: str = "") -> httpx.Response:
        """Ask what has become of what somebody asked for, or of one case."""
        body = {"person": person(resident) if resident else None, "number": number}
        return self.client.post("/v1/affairs", json=body)

    def held(self, resident: Resident) -> list[Body]:
        """The e-certificates somebody holds, in the order in which a terminal lists them."""
        body = {"person": person(resident)}
        answer = self.client.post("/v1/certificates/search", json=body).raise_for_status()
        return list(answer.json()["certificates"])


def person(resident: Resident) -> Body:
    """A resident as their card says."""
    card = resident.card
    return {
        "name": card.name.reveal(),
        "id_number": card.id_number.reveal(),
        "sex": card.sex.value,
        "birth_date": card.birth_date.isoformat(),
        "document": card.kind.value,
        "valid_until": card.valid_until.isoformat() if card.valid_until else None,
        "address": card.address.reveal() if card.address else None,
    }


def for_person(resident: Resident, authority: str) -> Body:
    """Somebody for whom another acts."""
    name, number = resident.card.name.reveal(), resident.card.id_number.reveal()
    return {"kind": "person", "name": name, "number": number, "authority": authority}


def for_enterprise(enterprise: Enterprise, authority: str = "legal_representative") -> Body:
    """An enterprise for which somebody acts."""
    return {
        "kind": "enterprise",
        "name": enterprise.name,
        "number": enterprise.credit_code,
        "authority": authority,
    }


def find(catalogue: Catalogue, code: str) -> Matter:
    """The item or bundle of a code; LookupError where there is none."""
    matter = matters.find(catalogue, code)
    if matter is None:
        raise LookupError(f"the catalogue has no {code!r}")
    return matter


def answered(form: tuple[Question, ...], today: date) -> Iterator[tuple[str, str]]:
    """An answer that can be taken to every question, whether or not it applies."""
    for question in form:
        if isinstance(question, Field):
            yield question.key, answer(question, today)
            continue
        count = max(question.at_least, 1)
        if question.at_least < question.at_most:
            yield question.key, str(count)
        yield from _of_members(question, count, today)


def answer(field: Field, today: date) -> str:
    """An answer that can be taken."""
    if field.choices:
        return field.choices[0].code
    number = str(field.least or 1)
    return {
        FieldKind.YES_NO: "yes",
        FieldKind.DATE: today.isoformat(),
        FieldKind.AMOUNT: f"{number}.00",
        FieldKind.NUMBER: number,
        FieldKind.PHONE: "0394-9900123",
        FieldKind.ID_NUMBER: CHAN.card.id_number.reveal(),
        FieldKind.CREDIT_CODE: SHOP.credit_code,
        FieldKind.ADDRESS: "990001001000|三组十二号",
    }.get(field.kind, "示例")


def _of_members(group: Group, count: int, today: date) -> Iterator[tuple[str, str]]:
    for index in range(count):
        for field in group.fields:
            yield f"{group.key}[{index}].{field.key}", answer(field, today)


def _needed(material: Material, answers: Mapping[str, str]) -> bool:
    when = material.when
    applies = when is None or answers.get(when.key) in when.among
    return applies and material.necessity is not Necessity.OPTIONAL
