"""What a platform answers, as the contract has it: for tests to take whole, or to break."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from drivers.device import Personal
from kiosk.core.cases import (
    Accepted,
    Application,
    Complaint,
    Confirmation,
    FollowUp,
    Grade,
    Issued,
    Noted,
    Rating,
    Refused,
    Supplement,
    Wish,
)
from kiosk.core.catalogue import Audience
from kiosk.core.identity import Authority, Document, Person, Principal
from kiosk.core.inquiries import (
    CheckCode,
    CompareFace,
    FindAffairs,
    Inquiry,
    ListCertificates,
    LoadDraft,
    MatchPolicies,
    OpenCertificate,
    OpenUpload,
    PollUpload,
    SaveDraft,
    Share,
)
from kiosk.core.sheet import Sheet
from sandbox import residents

Answer = dict[str, Any]

OWN_ID = residents.WANG.card.id_number.reveal()
TEXT: Answer = {"zh-CN": "参保证明", "en": "Proof of insurance"}
DAY = "2026-11-30"
MOMENT = "2026-11-23T09:00:00+08:00"
DIGEST = "ab" * 32

CERTIFICATE: Answer = {
    "number": "CB1",
    "check_code": "ABCD2345",
    "kind": "pension_proof",
    "title": "参保证明",
    "holder": "王秀英",
    "holder_id": OWN_ID,
    "issued_at": MOMENT,
    "issuer": "社保局",
    "verify_url": "http://127.0.0.1/v1/certificates/CB1/verify?code=ABCD2345",
    "facts": [{"label": TEXT, "value": "15 年"}],
    "valid_until": DAY,
}
HELD: Answer = {
    "number": "CB1",
    "kind": "pension_proof",
    "title": "参保证明",
    "issuer": "社保局",
    "issued_on": DAY,
    "valid_until": None,
    "revoked": False,
}
OWED: Answer = {"material": "id_copy", "name": TEXT, "until": DAY}
ISSUED: Answer = {
    "outcome": "issued",
    "case_number": "CASE-1",
    "certificate": CERTIFICATE,
    "rating_url": "http://127.0.0.1/r/abc",
}
PART: Answer = {
    "item_code": "item",
    "name": TEXT,
    "case_number": "CASE-1-1",
    "promised_on": DAY,
    "certificate": CERTIFICATE,
}
ACCEPTED: Answer = {
    "outcome": "accepted",
    "case_number": "CASE-1",
    "promised_on": DAY,
    "statutory_on": DAY,
    "parts": [PART],
    "owed": [OWED],
    "rating_url": None,
}
NOTED: Answer = {"outcome": "noted", "number": "TS1", "due_on": DAY}
REFUSED: Answer = {
    "outcome": "refused",
    "reason": "incomplete",
    "words": TEXT,
    "materials": ["id_copy"],
}

PERSON: Answer = {
    "name": "王秀英",
    "id_number": OWN_ID,
    "sex": "female",
    "birth_date": "1952-03-07",
    "document": "electronic",
    "valid_until": None,
    "address": "柳湖镇",
}
DRAFT: Answer = {
    "draft": {"id": "D1", "version": 2},
    "code": "item",
    "saved_at": MOMENT,
    "until": DAY,
    "url": "http://127.0.0.1/d/abc",
}
CASE: Answer = {
    "number": "CASE-1",
    "name": TEXT,
    "state": "review",
    "light": "green",
    "filed_on": DAY,
    "promised_on": DAY,
    "statutory_on": DAY,
    "department": TEXT,
    "timeline": [{"at": MOMENT, "what": TEXT}],
    "owed": [OWED],
    "certificate": None,
}
COMPLAINT: Answer = {
    "number": "TS1",
    "filed_on": DAY,
    "due_on": DAY,
    "light": "yellow",
    "reply": None,
    "settled": None,
}
PAGES: list[Answer] = [{"sha256": DIGEST, "media_type": "image/jpeg"}]
PROVIDED: Answer = {"material": "id_copy", "way": "scan", "pages": PAGES, "certificate": None}
MATCH: Answer = {"policy": "winter_aid", "taken": False, "why": TEXT, "amount": TEXT}
UPLOAD_PAGE: Answer = {"session": "U1", "url": "http://127.0.0.1/u/abc", "seconds": 300}
SHARED: Answer = {"answers": {"contact.phone": "139"}, "certificates": [HELD], "draft": DRAFT}
LOADED: Answer = {"kept": DRAFT, "answers": {"phone": "139"}, "materials": [PROVIDED]}
GRANT: Answer = {"watermark": TEXT, "copy": 1, "left": 2}

CARD = residents.WANG.card
WANG = Person(
    CARD.name, CARD.id_number, CARD.sex, CARD.birth_date, Document.RESIDENT, CARD.valid_until
)
SOMEBODY = replace(WANG, id_number=residents.LI.card.id_number)
CHILD = Principal(
    Audience.PERSON, Personal("王小明"), residents.LI.card.id_number, Authority.GUARDIAN
)
APPLICATION = Application("item", ("item",), WANG)
DECISIONS: list[tuple[Wish, Answer, type[object]]] = [
    (APPLICATION, ISSUED, Issued),
    (APPLICATION, ACCEPTED, Accepted),
    (APPLICATION, REFUSED, Refused),
    (Supplement("CASE-1", WANG, ()), NOTED, Noted),
    (Supplement("CASE-1", WANG, ()), REFUSED, Refused),
    (Complaint("road", Personal("灯坏了")), NOTED, Noted),
    (FollowUp("TS1", settled=True), NOTED, Noted),
    (Confirmation("winter_aid", WANG), REFUSED, Refused),
    (Rating("TS1", "item", Grade.SATISFIED), {**NOTED, "due_on": None}, Noted),
]
SHARE = Share("item", WANG, None, ("contact.phone",), ("pension_proof",), consent=True)
REPLIES: list[tuple[Inquiry, Answer]] = [
    (CheckCode(Personal("code")), {"person": PERSON}),
    (CompareFace(WANG, b"photo"), {"same": True}),
    (SHARE, SHARED),
    (FindAffairs(WANG), {"cases": [CASE], "complaints": [COMPLAINT]}),
    (FindAffairs(number="CASE-1"), {"cases": [CASE], "complaints": []}),
    (ListCertificates(WANG), {"certificates": [HELD]}),
    (OpenCertificate(WANG, "CB1"), {"certificate": CERTIFICATE, "left": 3}),
    (MatchPolicies(WANG), {"matches": [MATCH]}),
    (OpenUpload("id_copy"), UPLOAD_PAGE),
    (PollUpload("U1"), {"pages": PAGES, "ended": False}),
    (SaveDraft("item", WANG, Sheet({"phone": "139"}), ()), DRAFT),
    (LoadDraft(WANG, "D1"), LOADED),
]
