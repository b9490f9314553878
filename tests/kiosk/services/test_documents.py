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
from kiosk.core.cases import Certificate, InsuranceRecord
from kiosk.core.catalogue import Language
from kiosk.services.documents import Documents

URL = "https://platform.example/verify/7K3M-9QXD"
PROOF = Certificate(
    number="Z990000-2026-000001",
    check_code="7K3M-9QXD",
    title="城乡居民基本养老保险参保证明",
    holder=Personal("王秀英"),
    holder_id=Personal("990000195203070025"),
    issued_at=datetime(2026, 11, 22, 17, 30, tzinfo=UTC),
    issuer="示例区人力资源和社会保障局",
    verify_url=URL,
    record=InsuranceRecord(
        date(2011, 7, 1), "正在领取待遇", 15, "3000.00", "示例区城乡居民社会养老保险中心"
    ),
)
SYNTAX = "#$*_`<>@\\/[](){}=-+~\"'"
DOCUMENTS = Documents()


def words(pdf: bytes) -> str:
    """All text of a PDF, without the blanks and line ends of its layout."""
    found = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return "".join(found.stdout.decode().split())


@pytest.mark.parametrize(
    ("language", "facts"),
    [
        (
            Language.CHINESE,
            ("姓名", "2011年7月1日", "2026年11月23日", "15年", "3,000.00元", "特此证明"),
        ),
        (Language.ENGLISH, ("Name", "1July2011", "23November2026", "CNY3,000.00", "Checkcode")),
    ],
)
async def test_a_certificate_states_its_facts(language: Language, facts: tuple[str, ...]) -> None:
    """Everything the platform certified is on the page, in the asked language, Beijing's date."""
    text = words(await DOCUMENTS.certificate_pdf(PROOF, language))
    always = (PROOF.title, PROOF.number, PROOF.check_code, PROOF.issuer, PROOF.verify_url)
    person = (PROOF.holder.reveal(), PROOF.holder_id.reveal(), PROOF.record.status)
    for fact in (*facts, *always, *person, PROOF.record.agency):
        assert fact in text


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
def test_the_longest_names_stay_on_one_page(language: Language) -> None:
    """Names as long as a card can hold them leave the proof on one page."""
    proof = replace(
        PROOF,
        holder=Personal("WOLFESCHLEGELSTEINHAUSENBERGERDORFF, " * 3),
        issuer="示例区" * 12,
        record=replace(PROOF.record, agency="示例区城乡居民社会养老保险中心" * 3),
    )
    pdf = asyncio.run(DOCUMENTS.certificate_pdf(proof, language))
    found = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True)
    assert b"Pages:           1\n" in found.stdout


async def test_many_at_once_do_not_mix() -> None:
    """Certificates asked for at the same time each show their own holder."""
    proofs = [replace(PROOF, holder=Personal(f"HOLDER{number}X")) for number in range(8)]
    pdfs = await asyncio.gather(*(DOCUMENTS.certificate_pdf(p, Language.ENGLISH) for p in proofs))
    for number, pdf in enumerate(pdfs):
        assert words(pdf).count("HOLDER") == words(pdf).count(f"HOLDER{number}X") == 2
