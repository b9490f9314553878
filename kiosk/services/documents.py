"""Certificates on paper and on the screen, typeset by Typst from what the platform issued."""

from __future__ import annotations

import asyncio
import io
import threading
from pathlib import Path
from typing import Literal

import orjson
import segno
import typst

from kiosk.core.cases import Certificate
from kiosk.core.catalogue import Language
from kiosk.core.legal_time import BEIJING
from kiosk.services.wording import day

TEMPLATE = Path(__file__).parent.parent / "templates" / "certificate.typ"
FONTS = ("Noto Serif CJK SC", "Noto Sans CJK SC")
INCHES_ACROSS = 210 / 25.4  # of A4
BLANK = b"#set page(width: 1mm, height: 1mm)"


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

    async def certificate_pdf(
        self, certificate: Certificate, language: Language, *, watermark: str = ""
    ) -> bytes:
        """The certificate as a tagged PDF of one A4 page, its labels in `language`.

        A watermark stands across the page, with the check code, beneath everything else.
        """
        facts = _facts(certificate, language, watermark)
        return await asyncio.to_thread(self._typeset, facts, "pdf", None)

    async def certificate_png(
        self, certificate: Certificate, language: Language, width: int = 900
    ) -> bytes:
        """The same page as a picture for the screen, `width` pixels across."""
        facts = _facts(certificate, language, "")
        return await asyncio.to_thread(self._typeset, facts, "png", width / INCHES_ACROSS)

    def _typeset(
        self, facts: dict[str, object], form: Literal["pdf", "png"], ppi: float | None
    ) -> bytes:
        inputs = {"data": orjson.dumps(facts).decode()}
        with self._one_at_a_time:
            pages = self._compiler.compile(
                self._template, format=form, ppi=ppi, sys_inputs=inputs, timestamp=0
            )
            # The compiler keeps the last page it made: let that not be somebody's.
            self._compiler.compile(BLANK, format="pdf", sys_inputs=None)
        # A PDF is one file; pictures are one a page, and a list when there are several.
        return pages[0] if isinstance(pages, list) else pages or b""


def _facts(certificate: Certificate, language: Language, watermark: str) -> dict[str, object]:
    """What the template shows, days written out."""
    until = certificate.valid_until
    return {
        "language": language.value,
        "title": certificate.title,
        "number": certificate.number,
        "check_code": certificate.check_code,
        "holder": certificate.holder.reveal(),
        "holder_id": certificate.holder_id.reveal(),
        "issuer": certificate.issuer,
        "issued_on": day(certificate.issued_at.astimezone(BEIJING).date(), language),
        "valid_until": day(until, language) if until else "",
        "facts": [[fact.label.of(language), fact.value] for fact in certificate.facts],
        "watermark": watermark,
        "verify_url": certificate.verify_url,
        "qr": qr(certificate.verify_url),
    }


def qr(address: str) -> str:
    """A QR code as SVG; level M bears a fold or a smear."""
    file = io.BytesIO()
    segno.make_qr(address, error="m").save(file, kind="svg", border=0, xmldecl=False)
    return file.getvalue().decode()
