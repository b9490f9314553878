"""Certificates on paper and on the screen, typeset by Typst from what the platform issued."""

from __future__ import annotations

import asyncio
import io
import threading
from datetime import date, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Literal

import orjson
import segno
import typst

from kiosk.core.cases import Certificate
from kiosk.core.catalogue import Language

TEMPLATE = Path(__file__).parent.parent / "templates" / "certificate.typ"
FONTS = ("Noto Serif CJK SC", "Noto Sans CJK SC")
INCHES_ACROSS = 210 / 25.4  # of A4
BLANK = b"#set page(width: 1mm, height: 1mm)"
BEIJING = timezone(timedelta(hours=8))  # the time all offices date by, without daylight saving
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class DocumentsError(Exception):
    """Certificates can not be typeset; the message says what is missing and what to do."""


def fonts() -> typst.Fonts:
    """What pages are set in: the same on every terminal; DocumentsError when it is missing."""
    found = typst.Fonts(include_embedded_fonts=False)
    missing = sorted(set(FONTS) - set(found.families()))
    if missing:
        raise DocumentsError(
            f"missing fonts for certificates: {', '.join(missing)}; "
            "run apt-get install fonts-noto-cjk"
        )
    return found


class Documents:
    """The typesetter: started once, kept warm, nothing of a certificate left on any disk.

    Raises DocumentsError when the fonts are missing.
    """

    def __init__(self) -> None:
        self._template = TEMPLATE.read_bytes()
        self._compiler = typst.Compiler(self._template, font_paths=fonts())
        self._one_at_a_time = threading.Lock()

    async def certificate_pdf(self, certificate: Certificate, language: Language) -> bytes:
        """The certificate as a tagged PDF of one A4 page, its labels in `language`."""
        return await asyncio.to_thread(self._typeset, certificate, language, "pdf", None)

    async def certificate_png(
        self, certificate: Certificate, language: Language, width: int = 900
    ) -> bytes:
        """The same page as a picture for the screen, `width` pixels across."""
        ppi = width / INCHES_ACROSS
        return await asyncio.to_thread(self._typeset, certificate, language, "png", ppi)

    def _typeset(
        self,
        certificate: Certificate,
        language: Language,
        form: Literal["pdf", "png"],
        ppi: float | None,
    ) -> bytes:
        inputs = {"data": orjson.dumps(_facts(certificate, language)).decode()}
        with self._one_at_a_time:
            pages = self._compiler.compile(
                self._template, format=form, ppi=ppi, sys_inputs=inputs, timestamp=0
            )
            # The compiler keeps the last page it made: let that not be somebody's.
            self._compiler.compile(BLANK, format="pdf", sys_inputs=None)
        # A PDF is one file; pictures are one a page, and a list when there are several.
        return pages[0] if isinstance(pages, list) else pages or b""


def _facts(certificate: Certificate, language: Language) -> dict[str, str]:
    """What the template shows, dates and amounts written out."""
    record = certificate.record
    return {
        "language": language.value,
        "title": certificate.title,
        "number": certificate.number,
        "check_code": certificate.check_code,
        "holder": certificate.holder.reveal(),
        "holder_id": certificate.holder_id.reveal(),
        "issuer": certificate.issuer,
        "issued_on": _day(certificate.issued_at.astimezone(BEIJING).date(), language),
        "insured_since": _day(record.insured_since, language),
        "status": record.status,
        "paid_years": _years(record.paid_years, language),
        "paid_total": _yuan(record.paid_total, language),
        "agency": record.agency,
        "verify_url": certificate.verify_url,
        "qr": qr(certificate.verify_url),
    }


def _day(day: date, language: Language) -> str:
    match language:
        case Language.CHINESE:
            return f"{day.year}年{day.month}月{day.day}日"
        case Language.ENGLISH:
            return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _years(years: int, language: Language) -> str:
    return f"{years}年" if language is Language.CHINESE else str(years)


def _yuan(amount: str, language: Language) -> str:
    grouped = f"{Decimal(amount):,}"
    return f"{grouped}元" if language is Language.CHINESE else f"CNY {grouped}"


def qr(address: str) -> str:
    """A QR code as SVG; level M bears a fold or a smear."""
    file = io.BytesIO()
    segno.make_qr(address, error="m").save(file, kind="svg", border=0, xmldecl=False)
    return file.getvalue().decode()
