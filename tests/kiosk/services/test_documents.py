"""Certificates as they are typeset: read back from the PDF, measured on the picture."""

from __future__ import annotations

import asyncio
import io
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import segno
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from drivers.device import Personal
from kiosk.core.cases import Certificate, Fact
from kiosk.core.catalogue import Language, Text
from kiosk.services.documents import Documents

URL = "https://platform.example/verify/7K3M-9QXD"
PROOF = Certificate(
    number="Z990000-2026-000001",
    check_code="7K3M-9QXD",
    kind="pension_proof",
    title="城乡居民基本养老保险参保证明",
    holder=Personal("王秀英"),
    holder_id=Personal("990000195203070025"),
    issued_at=datetime(2026, 11, 22, 17, 30, tzinfo=UTC),
    issuer="示例区人力资源和社会保障局",
    verify_url=URL,
    facts=(
        Fact(Text("参保状态", "Status"), "正在领取待遇"),
        Fact(Text("经办机构", "Handled by"), "示例区城乡居民社会养老保险中心"),
    ),
    valid_until=date(2027, 5, 1),
)
WATERMARK = "仅用于本人办事，由HY0001号终端打印"
SYNTAX = "#$*_`<>@\\/[](){}=-+~\"'"
DOCUMENTS = Documents()
CHINESE = Language.CHINESE


def words(pdf: bytes) -> str:
    """All text of a PDF, without the blanks and line ends of its layout."""
    command = ["pdftotext", "-raw", "-", "-"]
    found = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return "".join(found.stdout.decode().split())


def pages(pdf: bytes) -> int:
    """How many pages it has."""
    found = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True)
    return int(found.stdout.decode().partition("Pages:")[2].split()[0])


@pytest.mark.parametrize(
    ("language", "facts"),
    [
        (Language.CHINESE, ("持有人", "参保状态", "2026年11月23日", "2027年5月1日", "特此证明")),
        (Language.ENGLISH, ("Holder", "Status", "23November2026", "1May2027", "Checkcode")),
    ],
)
async def test_a_certificate_states_its_facts(language: Language, facts: tuple[str, ...]) -> None:
    """Everything the platform certified is on the page, in the asked language, Beijing's date."""
    text = words(await DOCUMENTS.certificate_pdf(PROOF, language))
    always = (PROOF.title, PROOF.number, PROOF.check_code, PROOF.issuer, PROOF.verify_url)
    person = (PROOF.holder.reveal(), PROOF.holder_id.reveal())
    for fact in (*facts, *always, *person, *(fact.value for fact in PROOF.facts)):
        assert fact in text


async def test_what_has_no_end_is_not_said_to_end() -> None:
    """A certificate that counts for ever has no line for its last day."""
    text = words(await DOCUMENTS.certificate_pdf(replace(PROOF, valid_until=None), CHINESE))
    assert "有效期至" not in text


async def test_a_print_says_across_the_page_that_it_is_one() -> None:
    """The watermark with the check code stands in every part of the page, and only on prints."""
    plain = words(await DOCUMENTS.certificate_pdf(PROOF, CHINESE))
    marked = await DOCUMENTS.certificate_pdf(PROOF, CHINESE, watermark=WATERMARK)
    assert WATERMARK not in plain
    assert words(marked).count(WATERMARK) > 10
    assert words(marked).count(PROOF.check_code) > plain.count(PROOF.check_code) + 10
    assert pages(marked) == 1


async def test_the_code_on_the_page_leads_to_the_verification() -> None:
    """The QR code on the picture is, module by module, the one of the verification's address."""
    picture = Image.open(io.BytesIO(await DOCUMENTS.certificate_png(PROOF, Language.CHINESE, 2100)))
    corner = picture.convert("L").crop((290, 2380, 600, 2760))
    code = corner.crop(corner.point(lambda level: 255 if level < 128 else 0).getbbox())
    expected = [[bool(module) for module in row] for row in segno.make_qr(URL, error="m").matrix]
    modules = len(expected)
    small = code.resize((modules, modules), Image.Resampling.BOX)
    seen = [
        [level < 128 for level in small.tobytes()[y * modules :][:modules]] for y in range(modules)
    ]
    assert seen == expected


@given(
    holder=st.text(
        st.characters(codec="ascii", categories=("L", "N", "P", "S")) | st.sampled_from("王秀英龘"),
        min_size=1,
        max_size=12,
    )
    | st.text(SYNTAX, min_size=1, max_size=12)
)
@example("#panic()")
@example('#read("/etc/passwd")')
@example("*强* _斜_ $x^2$ = 标题")
@example('"], "holder_id": "')
@settings(max_examples=40)
def test_a_name_is_shown_as_it_is(holder: str) -> None:
    """Nothing in a name is taken for markup: it is read back from the page letter by letter."""
    proof = replace(PROOF, holder=Personal(holder))
    pdf = asyncio.run(DOCUMENTS.certificate_pdf(proof, Language.CHINESE))
    assert "".join(holder.split()) in words(pdf)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("width", [300, 900, 1337])
async def test_the_picture_is_as_wide_as_asked(language: Language, width: int) -> None:
    """The picture is one A4 page of exactly the asked width, and not blank."""
    picture = Image.open(io.BytesIO(await DOCUMENTS.certificate_png(PROOF, language, width)))
    assert picture.width == width
    assert picture.height == pytest.approx(width * 297 / 210, abs=1)
    assert len(set(picture.convert("L").getdata())) > 2


@pytest.mark.parametrize("language", Language)
def test_the_longest_certificate_stays_on_one_page(language: Language) -> None:
    """Names as long as a card can hold them, and a dozen long facts, fit on one page."""
    proof = replace(
        PROOF,
        holder=Personal("WOLFESCHLEGELSTEINHAUSENBERGERDORFF, " * 3),
        issuer="示例区" * 12,
        facts=tuple(Fact(fact.label, fact.value * 4) for fact in PROOF.facts * 6),
    )
    assert pages(asyncio.run(DOCUMENTS.certificate_pdf(proof, language))) == 1


async def test_many_at_once_do_not_mix() -> None:
    """Certificates asked for at the same time each show their own holder."""
    proofs = [replace(PROOF, holder=Personal(f"HOLDER{number}X")) for number in range(8)]
    pdfs = await asyncio.gather(*(DOCUMENTS.certificate_pdf(p, Language.ENGLISH) for p in proofs))
    for number, pdf in enumerate(pdfs):
        assert words(pdf).count("HOLDER") == words(pdf).count(f"HOLDER{number}X") == 2
