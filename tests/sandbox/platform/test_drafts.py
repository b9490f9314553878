"""What is left unfinished is kept for its person alone, and no change of it is lost unseen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from sandbox.platform.server import PlatformServer
from sandbox.platform.terminal import PlainTerminal, person
from sandbox.residents import LI, WANG, Resident
from tests.sandbox.platform.applied import RELIEF, relief
from tests.sandbox.platform.phone import chromium, expect_fit_for_everybody, phone
from tests.sandbox.platform.told import outcome, problem, refused

BIRTH = "990100100100"  # 户口登记（出生）: a group, choices, a date, and questions that depend
ANSWERS = {
    "children": "1",
    "children[0].name": "王小米",
    "marital_status": "married",
    "for.whom": "self",  # the terminal's own question, which no phone shows
}


def save(
    terminal: PlainTerminal,
    who: Resident = WANG,
    draft: dict[str, object] | None = None,
    **other: object,
) -> httpx.Response:
    """Keep something."""
    body: dict[str, Any] = {"code": BIRTH, "person": person(who), "answers": ANSWERS}
    body |= {"materials": [], "draft": draft}
    return terminal.client.post("/v1/drafts", json=body | other)


def kept(answer: httpx.Response) -> dict[str, Any]:
    """What a terminal is told of a draft that was kept."""
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def opened(terminal: PlainTerminal, draft: str, who: Resident = WANG) -> httpx.Response:
    """Everything in a draft."""
    return terminal.client.post(f"/v1/drafts/{draft}/open", json={"person": person(who)})


def left(terminal: PlainTerminal, who: Resident = WANG, code: str = BIRTH) -> dict[str, Any] | None:
    """What a terminal is told of a draft when somebody begins."""
    body: dict[str, Any] = {"code": code, "person": person(who), "principal": None}
    body |= {"keys": [], "certificates": [], "consent": False}
    told: dict[str, Any] | None = terminal.client.post("/v1/shares", json=body).json()["draft"]
    return told


# --- at terminals ---------------------------------------------------------------------------------


def test_what_was_filled_in_is_there_again(terminal: PlainTerminal) -> None:
    """Answers and materials, at whichever terminal, until thirty days after it was saved."""
    materials = [terminal.scanned("birth_certificate")]
    first = kept(save(terminal, materials=materials))
    assert first["draft"]["version"] == 1
    assert (first["code"], first["until"]) == (BIRTH, "2026-12-23")
    assert left(terminal) == first
    assert opened(terminal, first["draft"]["id"]).json() == {
        "kept": first,
        "answers": ANSWERS,
        "materials": materials,
    }


def test_it_is_its_persons_own(terminal: PlainTerminal) -> None:
    """Nobody else opens, continues or hears of it; another item has none."""
    draft = kept(save(terminal))["draft"]
    assert problem(opened(terminal, draft["id"], LI)) == (410, "draft_gone")
    assert problem(save(terminal, LI, draft)) == (410, "draft_gone")
    assert left(terminal, LI) is None
    assert left(terminal, code=RELIEF) is None


def test_of_two_terminals_the_second_is_told(terminal: PlainTerminal) -> None:
    """Whoever continues an older version overwrites nothing: what is kept is the first one's."""
    draft = kept(save(terminal))["draft"]
    newer = kept(save(terminal, draft=draft, answers={"household_head": "一"}))
    assert newer["draft"] == {"id": draft["id"], "version": 2}
    late = save(terminal, draft=draft, answers={"household_head": "二"})
    assert problem(late) == (409, "draft_changed")
    assert opened(terminal, draft["id"]).json()["answers"] == {"household_head": "一"}


def test_begun_anew_both_are_kept(terminal: PlainTerminal) -> None:
    """A new one does not destroy an older one; the newest is offered."""
    older, newer = kept(save(terminal)), kept(save(terminal))
    assert left(terminal) == newer
    assert opened(terminal, older["draft"]["id"]).is_success


def test_thirty_days_end_it(server: PlatformServer, terminal: PlainTerminal) -> None:
    """It is there on the last day and gone on the next; saved again it lasts anew."""
    draft = kept(save(terminal))["draft"]
    server.jump(days=30)
    assert opened(terminal, draft["id"]).is_success
    draft = kept(save(terminal, draft=draft))["draft"]
    server.jump(days=31)
    assert problem(opened(terminal, draft["id"])) == (410, "draft_gone")
    assert problem(save(terminal, draft=draft)) == (410, "draft_gone")
    assert left(terminal) is None
    save(terminal)
    assert server.office.registry.count("draft") == 1


def test_submitted_it_is_gone(server: PlatformServer, terminal: PlainTerminal) -> None:
    """Once, whichever terminal was first; nothing of it is kept beside the application."""
    draft = kept(save(terminal, code=RELIEF))["draft"]
    save(terminal, code=RELIEF)  # begun anew
    save(terminal)
    outcome(terminal.apply(relief(terminal, draft=draft), "key-first"), "accepted")
    assert refused(terminal.apply(relief(terminal, draft=draft), "key-second")) == "draft_submitted"
    assert problem(opened(terminal, draft["id"])) == (410, "draft_gone")
    assert problem(save(terminal, draft=draft, code=RELIEF)) == (410, "draft_gone")
    assert left(terminal, code=RELIEF) is None
    assert left(terminal) is not None
    assert server.office.registry.count("draft") == 1


def test_a_refused_application_leaves_it(terminal: PlainTerminal) -> None:
    """Whoever is sent back for a paper has not lost what they filled in."""
    draft = kept(save(terminal, code=RELIEF))["draft"]
    assert refused(terminal.apply(relief(terminal, draft=draft, materials=[]))) == "incomplete"
    assert opened(terminal, draft["id"]).is_success


def test_a_page_must_have_been_handed_in(terminal: PlainTerminal) -> None:
    """A draft names no page whose bytes are nowhere."""
    pages = [{"sha256": "0" * 64, "media_type": "image/jpeg"}]
    materials = [{"material": "photo", "way": "scan", "pages": pages, "certificate": None}]
    assert problem(save(terminal, materials=materials)) == (422, "unknown_file")


# --- on a phone -----------------------------------------------------------------------------------


@pytest.fixture
def hand() -> Iterator[httpx.Client]:
    """A telephone that has done nothing yet: it knows no cookie."""
    with httpx.Client(trust_env=False, follow_redirects=True, timeout=10) as client:
        yield client


def filled(version: int, **answers: str) -> dict[str, str]:
    """What a browser sends of the page's form."""
    return {"draft-version": str(version), **answers}


def test_a_link_is_for_one_phone(terminal: PlainTerminal, hand: httpx.Client) -> None:
    """Who looks sees nothing personal; who opens first has it; a photograph of the code is late."""
    url = kept(save(terminal))["url"]
    assert "王小米" not in hand.get(url).text
    assert "王小米" in hand.post(f"{url}/open").text
    assert "王小米" in hand.get(url).text
    hand.cookies.clear()
    for late in (hand.get(url), hand.post(f"{url}/open"), hand.post(url, data=filled(1))):
        assert late.status_code == 403
        assert "王小米" not in late.text


def test_what_a_phone_fills_in_is_there_at_the_terminal(
    terminal: PlainTerminal, hand: httpx.Client
) -> None:
    """The version grows; what only a terminal asks stays; an answer taken away is gone."""
    first = kept(save(terminal))
    hand.post(f"{first['url']}/open")
    answers = {"children[0].name": " 王小麦 ", "household_head": "王秀英", "marital_status": ""}
    hand.post(first["url"], data=filled(1, **answers, unknown="x"))
    loaded = opened(terminal, first["draft"]["id"]).json()
    assert loaded["answers"] == {
        "children": "1",
        "children[0].name": "王小麦",
        "household_head": "王秀英",
        "for.whom": "self",
    }
    assert loaded["kept"]["draft"]["version"] == 2
    assert problem(save(terminal, draft=first["draft"])) == (409, "draft_changed")


def test_wrong_answers_are_told_and_the_others_kept(
    terminal: PlainTerminal, hand: httpx.Client
) -> None:
    """In the terminal's own terms; what was typed stands there still."""
    first = kept(save(terminal))
    hand.post(f"{first['url']}/open")
    wrong = {"spouse_id_number": "12345", "children[0].born_on": "2030-01-01"}
    shown = hand.post(first["url"], data=filled(1, **wrong, household_head="王秀英"))
    assert shown.status_code == 422
    for words in ("身份证号码是 18 位", "这个日期太晚了", 'value="12345"'):
        assert words in shown.text
    answers = opened(terminal, first["draft"]["id"]).json()["answers"]
    assert answers == ANSWERS | {"household_head": "王秀英"}


def test_two_windows_do_not_overwrite_each_other(
    terminal: PlainTerminal, hand: httpx.Client
) -> None:
    """The older window is told, and shows what is kept now."""
    first = kept(save(terminal))
    hand.post(f"{first['url']}/open")
    hand.post(first["url"], data=filled(1, household_head="一"))
    late = hand.post(first["url"], data=filled(1, household_head="二"))
    assert (late.status_code, "在别处改过了" in late.text) == (409, True)
    assert opened(terminal, first["draft"]["id"]).json()["answers"]["household_head"] == "一"


def test_a_terminal_that_saves_takes_the_phones_link_away(
    server: PlatformServer, terminal: PlainTerminal, hand: httpx.Client
) -> None:
    """The new code opens it, the old one does not; and neither does once it is submitted."""
    first = kept(save(terminal, code=RELIEF))
    hand.post(f"{first['url']}/open")
    second = kept(save(terminal, code=RELIEF, draft=first["draft"]))
    assert second["url"] != first["url"]
    assert hand.get(first["url"]).status_code == 410
    assert hand.post(first["url"], data=filled(2)).status_code == 410
    assert hand.get(second["url"]).status_code == 200
    outcome(terminal.apply(relief(terminal, draft=second["draft"])), "accepted")
    assert hand.get(second["url"]).status_code == 410
    third = kept(save(terminal))
    server.jump(days=31)
    assert hand.get(third["url"]).status_code == 410


def test_what_somebody_wrote_is_text_on_the_page(
    terminal: PlainTerminal, hand: httpx.Client
) -> None:
    """Nothing that was typed becomes a part of the page itself."""
    first = kept(save(terminal, answers={"household_head": '"><script>alert(1)</script>'}))
    shown = hand.post(f"{first['url']}/open").text
    assert "&lt;script&gt;" in shown
    assert "<script" not in shown


@pytest.mark.parametrize("body", [b"", b"\xff\xfe=%ff", b"x" * 600_000, b"draft-version=1&" * 999])
def test_no_body_breaks_the_page(terminal: PlainTerminal, hand: httpx.Client, body: bytes) -> None:
    """Whatever is sent to it, it shows the form, and nothing is lost."""
    first = kept(save(terminal))
    hand.post(f"{first['url']}/open")
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert "王小米" in hand.post(first["url"], content=body, headers=kind).text
    assert opened(terminal, first["draft"]["id"]).json()["answers"] == ANSWERS


def test_with_a_real_phone(terminal: PlainTerminal) -> None:
    """Open, answer, save; a further question appears; it says how to finish."""
    first = kept(save(terminal, answers={"children": "1"}))
    with chromium() as running:
        page = phone(running).new_page()
        page.goto(first["url"])
        expect_fit_for_everybody(page)
        page.get_by_role("button", name="打开，接着填").click()
        expect_fit_for_everybody(page)
        page.get_by_label("孩子姓名").fill("王小米")
        page.get_by_label("出生日期").fill("2026-11-01")
        page.get_by_label("男").check()
        page.get_by_label("已婚").check()
        assert page.get_by_label("配偶姓名").count() == 0
        page.get_by_role("button", name="保存").click()
        page.get_by_text("个问题没有填").wait_for()
        page.get_by_label("配偶身份证号码").fill("1")
        page.get_by_role("button", name="保存").click()
        assert "填得不对" in page.get_by_role("alert").inner_text()
        expect_fit_for_everybody(page)
        page.get_by_label("配偶身份证号码").fill("")
        page.get_by_role("button", name="保存").click()
        page.get_by_text("到任何一台服务终端").wait_for()
        other = phone(running).new_page()
        other.goto(first["url"])
        assert "在别的手机上打开了" in other.get_by_role("heading").first.inner_text()
        expect_fit_for_everybody(other)
    assert opened(terminal, first["draft"]["id"]).json()["answers"] == {
        "children": "1",
        "children[0].name": "王小米",
        "children[0].sex": "male",
        "children[0].born_on": "2026-11-01",
        "marital_status": "married",
    }
