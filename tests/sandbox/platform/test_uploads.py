"""A phone sends pages to a page that lasts five minutes."""

from __future__ import annotations

import io
from hashlib import sha256
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from playwright.sync_api import FilePayload

from sandbox.platform.files.desk import kind_of
from sandbox.platform.server import PlatformServer
from sandbox.platform.terminal import PlainTerminal
from sandbox.platform.uploads import pictures
from sandbox.platform.uploads.pictures import UnfitError
from tests.sandbox.platform.phone import chromium, expect_fit_for_everybody, phone
from tests.sandbox.platform.told import problem

PDF = b"%PDF-1.7 a page %%EOF"
ORIENTATION, MAKER = 0x0112, 0x010F  # tags of EXIF


def photo(
    colour: int = 200,
    size: tuple[int, int] = (400, 300),
    kind: str = "JPEG",
    exif: Image.Exif | None = None,
) -> bytes:
    """A picture of one colour."""
    written = io.BytesIO()
    picture = Image.new("RGB", size, (colour, colour, 250))
    picture.save(written, kind, exif=exif or b"", comment=b"at home")
    return written.getvalue()


def begin(terminal: PlainTerminal, material: str = "household_register") -> dict[str, Any]:
    """Open a page."""
    body = {"material": material, "terminal": "village-1"}
    answer = terminal.client.post("/v1/uploads", json=body)
    assert answer.status_code == 201
    opened: dict[str, Any] = answer.json()
    return opened


def send(page: str, *contents: bytes) -> httpx.Response:
    """What a browser does when files were chosen; the page it then shows."""
    files = [("pages", (f"{n}.jpg", content)) for n, content in enumerate(contents)]
    return httpx.post(page, files=files, follow_redirects=True, trust_env=False, timeout=30)


def came(terminal: PlainTerminal, opened: dict[str, Any]) -> tuple[list[dict[str, str]], bool]:
    """What a terminal is told."""
    said = terminal.client.get(f"/v1/uploads/{opened['session']}").json()
    return said["pages"], said["ended"]


def kept(server: PlatformServer, digest: str) -> bytes:
    """The bytes of a page."""
    with server.office.registry.reading() as transaction:
        row = transaction.one("SELECT content FROM file WHERE sha256 = ?", (digest,))
    assert row is not None
    content: bytes = row[0]
    assert sha256(content).hexdigest() == digest
    return content


def test_pages_arrive_in_their_order(server: PlatformServer, terminal: PlainTerminal) -> None:
    """A terminal that asks again and again sees them come; a draft or a wish may name them."""
    opened = begin(terminal)
    assert opened["seconds"] == 300
    assert came(terminal, opened) == ([], False)
    send(opened["url"], photo(10), PDF)
    send(opened["url"], photo(20))
    pages, ended = came(terminal, opened)
    kinds = [page["media_type"] for page in pages]
    assert (kinds, ended) == (["image/jpeg", "application/pdf", "image/jpeg"], False)
    assert pages[1]["sha256"] == sha256(PDF).hexdigest()
    with server.office.registry.reading() as transaction:
        assert all(server.office.knows_file(transaction, page["sha256"]) for page in pages)


def test_a_page_sent_twice_is_there_once(terminal: PlainTerminal) -> None:
    """Whoever presses again has not sent two pages."""
    opened = begin(terminal)
    send(opened["url"], photo(), photo())
    send(opened["url"], photo())
    assert len(came(terminal, opened)[0]) == 1


def test_a_picture_is_drawn_anew(server: PlatformServer, terminal: PlainTerminal) -> None:
    """Upright, no larger than is of use, and without what telephones write into pictures."""
    exif = Image.new("RGB", (1, 1)).getexif()
    exif[ORIENTATION], exif[MAKER] = 6, "Example Phone"  # it was held upright
    opened = begin(terminal)
    send(opened["url"], photo(size=(4000, 3000), exif=exif))
    content = kept(server, came(terminal, opened)[0][0]["sha256"])
    assert b"Example" not in content
    assert b"at home" not in content
    with Image.open(io.BytesIO(content)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1875, 2500))
        assert not picture.getexif()


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF", "BMP"])
def test_pictures_of_every_kind_become_jpegs(terminal: PlainTerminal, kind: str) -> None:
    """Whatever a telephone takes a picture as."""
    opened = begin(terminal)
    send(opened["url"], photo(kind=kind))
    assert [page["media_type"] for page in came(terminal, opened)[0]] == ["image/jpeg"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 a letter", "不是照片"),
        (b"", "不是照片"),
        (photo()[:200], "不是照片"),
        (PDF.ljust(9 * 1024 * 1024), "太大了"),
        (photo().ljust(pictures.LARGEST + 1), "太大了"),
    ],
    ids=["a letter", "nothing", "half a picture", "a large PDF", "a large picture"],
)
def test_what_will_not_do_is_told_and_the_rest_kept(
    terminal: PlainTerminal, content: bytes, words: str
) -> None:
    """In plain words; a good page beside it arrives."""
    opened = begin(terminal)
    shown = send(opened["url"], photo(10), content, photo(20))
    assert words in shown.text
    assert len(came(terminal, opened)[0]) == 2


def test_far_too_much_at_once_is_heard_out_and_told(terminal: PlainTerminal) -> None:
    """The phone shows our words, not a broken line."""
    opened = begin(terminal)
    shown = send(opened["url"], bytes(101 * 1024 * 1024))
    assert "太大了" in shown.text
    assert came(terminal, opened) == ([], False)


def test_what_is_no_form_is_told(terminal: PlainTerminal) -> None:
    """A body that says it is a form and is none breaks nothing."""
    opened = begin(terminal)
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    for body in (b"nonsense", b"--x\r\nnonsense"):
        shown = httpx.post(
            opened["url"], content=body, headers=kind, follow_redirects=True, trust_env=False
        )
        assert shown.status_code == 200
    assert came(terminal, opened) == ([], False)


def test_a_material_has_no_more_pages_than_an_item_allows(terminal: PlainTerminal) -> None:
    """The page says how many, takes so many, and tells that the others were not kept."""
    opened = begin(terminal, "photo")  # one page
    shown = send(opened["url"], photo(10), photo(20))
    assert "页数太多了" in shown.text
    assert len(came(terminal, opened)[0]) == 1
    opened = begin(terminal, "unheard_of")
    send(opened["url"], *(photo(n) for n in range(0, 250, 10)))
    assert len(came(terminal, opened)[0]) == 20


def test_done_ends_it(terminal: PlainTerminal) -> None:
    """The terminal learns that nothing more will come, and nothing more does."""
    opened = begin(terminal)
    send(opened["url"], photo(10))
    end = f"{opened['url']}/done"
    shown = httpx.post(end, follow_redirects=True, trust_env=False)
    assert "传好了" in shown.text
    assert came(terminal, opened)[1]
    late = send(opened["url"], photo(20))
    assert "时间到了" in late.text
    assert len(came(terminal, opened)[0]) == 1


def test_five_minutes_end_it(server: PlatformServer, terminal: PlainTerminal) -> None:
    """To the second; the page says what to do then. A day later it is forgotten."""
    opened = begin(terminal)
    server.jump(seconds=299)
    assert not came(terminal, opened)[1]
    server.jump(seconds=1)
    assert came(terminal, opened) == ([], True)
    assert "没有收到照片" in send(opened["url"], photo()).text
    assert came(terminal, opened) == ([], True)
    server.jump(days=2)
    begin(terminal)
    answer = terminal.client.get(f"/v1/uploads/{opened['session']}")
    assert problem(answer) == (404, "not_found")


def test_addresses_can_not_be_guessed_or_taken_for_another(terminal: PlainTerminal) -> None:
    """Who sees the QR code can send, not ask what came; every address is another one."""
    opened, other = begin(terminal), begin(terminal)
    token = opened["url"].rsplit("/", 1)[1]
    assert len({opened["session"], token, other["session"], other["url"]}) == 4
    assert len(token) >= 22  # letters of 6 bits: 128 bits
    assert problem(terminal.client.get(f"/v1/uploads/{token}")) == (404, "not_found")
    missing = terminal.client.get("/u/nowhere")
    assert (missing.status_code, "不能用了" in missing.text) == (404, True)


def test_its_page_keeps_to_itself(terminal: PlainTerminal) -> None:
    """Nothing is stored, framed, run or told to other places."""
    headers = terminal.client.get(begin(terminal)["url"]).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in headers["Content-Security-Policy"]


@given(content=st.binary() | st.binary().map(photo()[:300].__add__))
def test_any_file_is_a_page_or_told_why_not(content: bytes) -> None:
    """Whatever a phone sends, it ends well."""
    try:
        page = pictures.page(content)
    except UnfitError:
        return
    assert sha256(page.content).hexdigest() == page.sha256
    assert kind_of(page.content) == page.media_type


def test_with_a_real_phone(terminal: PlainTerminal) -> None:
    """One button takes a picture, the next sends it, the last is the end; no script is needed."""
    opened = begin(terminal)
    with chromium() as running:
        page = phone(running).new_page()
        page.goto(opened["url"])
        expect_fit_for_everybody(page)
        assert page.get_by_role("heading").first.inner_text() == "请拍：户口簿"
        camera = page.locator("input[capture=environment]")
        assert camera.get_attribute("accept") == "image/*,application/pdf"
        assert not page.get_by_role("button", name="发送").is_visible()
        camera.set_input_files(
            [
                FilePayload(name="page.jpg", mimeType="image/jpeg", buffer=content)
                for content in (photo(10), photo(20), b"a letter")
            ]
        )
        page.get_by_role("button", name="发送").click()
        page.get_by_text("已收到 2 页").wait_for()
        assert "不是照片" in page.get_by_role("alert").inner_text()
        expect_fit_for_everybody(page)
        page.get_by_text("用手机里已有的照片或 PDF").click()
        expect_fit_for_everybody(page)
        page.get_by_role("button", name="全部传完了").click()
        page.get_by_text("传好了").wait_for()
        expect_fit_for_everybody(page)
    assert (len(came(terminal, opened)[0]), came(terminal, opened)[1]) == (2, True)
