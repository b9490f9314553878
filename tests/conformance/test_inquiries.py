"""What is asked while a resident waits: affairs, certificates, prints, shares, drafts, uploads."""

from __future__ import annotations

import os
import time
from base64 import b64encode
from pathlib import Path

import httpx
import pytest

from sandbox.devices.barcode_scanner import dynamic_code
from tests.conformance.speaker import (
    PICTURE,
    Body,
    Speaker,
    expect_problem,
    expect_text,
    new_key,
    sha256,
)

LARGEST = 8 * 1024 * 1024  # bytes of a page


# --- files ---


def test_a_page_is_kept_by_its_digest(speaker: Speaker) -> None:
    """201 the first time, 200 when it is there already."""
    content = PICTURE + new_key().encode()
    first, again = speaker.put(content), speaker.put(content)
    assert (first.status_code, again.status_code) == (httpx.codes.CREATED, httpx.codes.OK)
    assert first.json()["sha256"] == sha256(content)


def test_a_page_that_is_not_its_digest_is_not_kept(speaker: Speaker) -> None:
    """What was damaged on the way is found."""
    expect_problem(speaker.put(PICTURE + b"other", sha256(b"one")), 422, "wrong_digest")


def test_a_page_has_a_largest_size(speaker: Speaker) -> None:
    """8 MiB are taken, one byte more is not."""
    largest = PICTURE.ljust(LARGEST, b"\0")
    assert speaker.put(largest).is_success
    expect_problem(speaker.put(largest + b"\0"), 413, "too_large")


def test_pages_are_not_given_out(speaker: Speaker) -> None:
    """Whoever has the digest has not the page."""
    content = PICTURE + new_key().encode()
    speaker.put(content).raise_for_status()
    answer = speaker.client.get(f"/v1/files/{sha256(content)}")
    assert answer.is_client_error
    assert content not in answer.content


# --- affairs ---


def test_a_case_is_found_by_whose_it_is(speaker: Speaker) -> None:
    """The newest first, each with its days and texts; nobody else sees it."""
    accepted = speaker.accepted()
    told = speaker.ask("/v1/affairs", person=speaker.person(), number="").json()
    [case] = [one for one in told["cases"] if one["number"] == accepted["case_number"]]
    assert case["promised_on"] == accepted["promised_on"]
    expect_text(case["name"])
    expect_text(case["department"])
    other = speaker.ask("/v1/affairs", person=speaker.person("stranger"), number="").json()
    assert accepted["case_number"] not in {one["number"] for one in other["cases"]}


def test_a_case_is_found_by_its_number_without_anything_personal(speaker: Speaker) -> None:
    """Whoever has the number learns how the case stands, and not whose it is."""
    accepted, person = speaker.accepted(), speaker.person()
    answer = speaker.ask("/v1/affairs", person=None, number=accepted["case_number"])
    [case] = answer.json()["cases"]
    assert case["number"] == accepted["case_number"]
    assert person["name"] not in answer.text
    assert person["id_number"] not in answer.text


def test_a_number_that_nobody_has_is_not_found(speaker: Speaker) -> None:
    """That is an answer, not a mistake."""
    expect_problem(speaker.ask("/v1/affairs", person=None, number="C-NONE"), 404, "not_found")


def test_a_complaint_is_found_by_its_number(speaker: Speaker) -> None:
    """Whoever gave no name finds it by its number alone."""
    number = speaker.send("/v1/complaints", speaker.complaint()).json()["number"]
    told = speaker.ask("/v1/affairs", person=None, number=number).json()
    assert [one["number"] for one in told["complaints"]] == [number]


# --- certificates ---


def test_a_certificate_is_listed_and_opened_by_its_holder(speaker: Speaker) -> None:
    """What is opened is what was issued."""
    certificate = speaker.issued()["certificate"]
    listed = speaker.ask("/v1/certificates/search", person=speaker.person()).json()
    held = {one["number"]: one for one in listed["certificates"]}
    assert held[certificate["number"]]["kind"] == certificate["kind"]
    path = f"/v1/certificates/{certificate['number']}/open"
    opened = speaker.ask(path, person=speaker.person()).json()
    assert opened["certificate"] == certificate
    assert opened["left"] >= 0


def test_nobody_else_sees_a_certificate(speaker: Speaker) -> None:
    """It is not there for them, whether or not they know its number."""
    number = speaker.issued()["certificate"]["number"]
    stranger = speaker.person("stranger")
    listed = speaker.ask("/v1/certificates/search", person=stranger).json()
    assert number not in {one["number"] for one in listed["certificates"]}
    opened = speaker.ask(f"/v1/certificates/{number}/open", person=stranger)
    expect_problem(opened, 404, "not_found")


def grant(speaker: Speaker, number: str, key: str) -> httpx.Response:
    """Ask leave to print."""
    body = {"person": speaker.person(), "terminal": "CONFORM-1"}
    return speaker.send(f"/v1/certificates/{number}/prints", body, key)


def test_prints_are_counted_and_given_back(speaker: Speaker) -> None:
    """So many a day; a repeated key counts once, and what was not printed not at all."""
    speaker.example("prints")
    number = speaker.issued()["certificate"]["number"]
    path = f"/v1/certificates/{number}/open"
    left = speaker.ask(path, person=speaker.person()).json()["left"]
    keys = [new_key() for _ in range(left)]
    for count, key in enumerate(keys, start=1):
        first, again = grant(speaker, number, key), grant(speaker, number, key)
        assert (first.status_code, again.status_code) == (httpx.codes.CREATED, httpx.codes.OK)
        assert first.json() == again.json()
        assert first.json()["left"] == left - count
        expect_text(first.json()["watermark"])
    expect_problem(grant(speaker, number, new_key()), 409, "quota_used")
    for _ in range(2):
        answer = speaker.client.delete(f"/v1/prints/{keys[0]}")
        assert answer.status_code == httpx.codes.NO_CONTENT
    assert grant(speaker, number, new_key()).status_code == httpx.codes.CREATED


def test_what_was_never_granted_may_be_given_back(speaker: Speaker) -> None:
    """A terminal that does not know whether it had leave gives it back."""
    speaker.example("prints")
    answer = speaker.client.delete(f"/v1/prints/{new_key()}")
    assert answer.status_code == httpx.codes.NO_CONTENT


# --- what is known of somebody ---


def share(speaker: Speaker, *, consent: bool) -> Body:
    """Ask what is on record."""
    example = speaker.example("share")
    answer = speaker.ask(
        "/v1/shares",
        code=example["code"],
        person=speaker.person(),
        principal=None,
        keys=[example["key"]],
        certificates=[],
        consent=consent,
    )
    assert answer.status_code == httpx.codes.OK
    told: Body = answer.json()
    return told


def test_what_is_on_record_is_told_with_consent_alone(speaker: Speaker) -> None:
    """And no more than was asked for."""
    agreed, declined = share(speaker, consent=True), share(speaker, consent=False)
    assert set(agreed["answers"]) == {speaker.example("share")["key"]}
    assert (declined["answers"], declined["certificates"]) == ({}, [])


def identity_code(speaker: Speaker) -> str:
    """A code of the person's electronic identity: the examples', or what the sandbox shows now."""
    if "DOORSTEP_PLATFORM" not in os.environ:
        return dynamic_code("wang", time.time())
    code: str = speaker.example("identity")["code"]
    return code


def test_a_code_tells_whose_it_is(speaker: Speaker) -> None:
    """As an electronic identity's; any other is refused."""
    told = speaker.ask("/v1/identities", code=identity_code(speaker)).json()["person"]
    assert told["id_number"] == speaker.person()["id_number"]
    assert told["document"] == "electronic"
    refused = speaker.ask("/v1/identities", code="CONFORM-NO-CODE")
    expect_problem(refused, 404, "code_refused")


def test_a_face_is_the_holders_or_not(speaker: Speaker, photos: Path) -> None:
    """One verdict on a picture of the person, another on one of somebody else."""
    faces = speaker.example("faces")
    for who, same in (("person", True), ("stranger", False)):
        photo = b64encode((photos / faces[who]).read_bytes()).decode("ascii")
        answer = speaker.ask("/v1/faces", person=speaker.person(), photo=photo)
        assert answer.status_code == httpx.codes.OK
        assert answer.json()["same"] is same


def test_what_is_no_face_is_said(speaker: Speaker) -> None:
    """A picture of nobody is no verdict."""
    speaker.example("faces")
    photo = b64encode(PICTURE).decode("ascii")
    answer = speaker.ask("/v1/faces", person=speaker.person(), photo=photo)
    expect_problem(answer, 422, "no_face")


# --- drafts ---


def draft(speaker: Speaker, **members: object) -> httpx.Response:
    """Keep what is filled in."""
    speaker.example("drafts")
    case = speaker.example("case")
    body = {
        "code": case["code"],
        "person": speaker.person(),
        "answers": case.get("answers", {}),
        "materials": [],
        "draft": None,
    }
    return speaker.ask("/v1/drafts", **{**body, **members})


def test_a_draft_comes_back_as_it_was(speaker: Speaker) -> None:
    """With its pages, to its own person alone."""
    material = speaker.scanned(speaker.example("case")["material"])
    answer = draft(speaker, materials=[material])
    assert answer.status_code == httpx.codes.OK
    kept = answer.json()
    path = f"/v1/drafts/{kept['draft']['id']}/open"
    opened = speaker.ask(path, person=speaker.person()).json()
    assert opened["kept"] == kept
    assert opened["answers"] == speaker.example("case").get("answers", {})
    assert opened["materials"] == [material]
    expect_problem(speaker.ask(path, person=speaker.person("stranger")), 410, "draft_gone")


def test_a_draft_that_was_changed_elsewhere_is_not_overwritten(speaker: Speaker) -> None:
    """Each change has its number, and the older one comes too late."""
    first = draft(speaker).json()["draft"]
    second = draft(speaker, draft=first).json()["draft"]
    assert second["id"] == first["id"]
    assert second["version"] > first["version"]
    expect_problem(draft(speaker, draft=first), 409, "draft_changed")
    gone = {"id": "CONFORM-NONE", "version": 1}
    expect_problem(draft(speaker, draft=gone), 410, "draft_gone")


def test_a_draft_that_was_handed_in_is_gone(speaker: Speaker) -> None:
    """It became a case; a second application of the same draft is refused."""
    kept = draft(speaker).json()["draft"]
    assert speaker.send("/v1/applications", speaker.whole(draft=kept)).json()["outcome"] == (
        "accepted"
    )
    path = f"/v1/drafts/{kept['id']}/open"
    expect_problem(speaker.ask(path, person=speaker.person()), 410, "draft_gone")
    refused = speaker.send("/v1/applications", speaker.whole(draft=kept)).json()
    assert (refused["outcome"], refused["reason"]) == ("refused", "draft_submitted")


# --- uploads ---


def test_a_phone_has_a_page_of_its_own(speaker: Speaker) -> None:
    """Its address is not to be guessed, needs no script, and says what came."""
    material = speaker.example("uploads")["material"]
    answer = speaker.ask("/v1/uploads", material=material, terminal="CONFORM-1")
    assert answer.status_code == httpx.codes.CREATED
    opened = answer.json()
    other = speaker.ask("/v1/uploads", material=material, terminal="CONFORM-1").json()
    assert opened["url"] != other["url"]
    assert opened["seconds"] >= 60
    page = httpx.get(opened["url"], timeout=30, trust_env=False)
    assert page.status_code == httpx.codes.OK
    assert "<script" not in page.text
    assert "no-store" in page.headers["Cache-Control"]
    polled = speaker.client.get(f"/v1/uploads/{opened['session']}").json()
    assert (polled["pages"], polled["ended"]) == ([], False)


def test_an_upload_that_nobody_opened_is_not_found(speaker: Speaker) -> None:
    """A terminal stops asking."""
    speaker.example("uploads")
    expect_problem(speaker.client.get("/v1/uploads/CONFORM-NONE"), 404, "not_found")


@pytest.mark.parametrize(
    "path",
    ["/v1/identities", "/v1/affairs", "/v1/certificates/search", "/v1/shares", "/v1/drafts"],
)
def test_an_inquiry_needs_its_members(speaker: Speaker, path: str) -> None:
    """Something else in its place is the terminal's mistake, and said as such."""
    expect_problem(speaker.ask(path, no="question"), 422, "invalid_request")
