"""What a test print shows: who printed it, when and where, and samples of all that can go wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import orjson

from drivers.printers import receipt_layout as layout
from drivers.printers.receipt_layout import Part

TEMPLATE = Path(__file__).parent.parent / "templates" / "test_page.typ"

TITLE = "打印测试 TEST"
CHINESE = "汉字：家门口政务服务，24小时都在。"
RARE = "生僻字：𠮷㐂䶮㛃𫘝"
LATIN = "Latin: The quick brown fox jumps over the lazy dog 0123456789"


@dataclass(frozen=True, slots=True)
class Specimen:
    """`identity` is the terminal's, or the machine's where it has none; `where` the printer's."""

    identity: str
    now: datetime
    where: str

    @property
    def code(self) -> str:
        """What the QR code says."""
        return f"{self.identity} {self.now:%Y-%m-%d %H:%M:%S}"


def receipt(specimen: Specimen, paper: layout.Paper) -> bytes:
    """The test receipt as ESC/POS; LocalProtocolError if it can not be drawn."""
    return layout.encode(list(_parts(specimen, paper)), paper)


def _parts(specimen: Specimen, paper: layout.Paper) -> Iterator[Part]:
    yield layout.Title(TITLE)
    yield layout.Separator()
    yield layout.Item("终端 Terminal", specimen.identity)
    yield layout.Item("时间 Time", f"{specimen.now:%Y-%m-%d %H:%M:%S}")
    yield layout.Item("打印机 Printer", specimen.where)
    yield layout.Item("设置 Settings", f"{paper.dots} dots, text {paper.text}, QR {paper.qr}")
    yield layout.Separator()
    yield layout.Paragraph(CHINESE)
    yield layout.Paragraph(RARE)
    yield layout.Paragraph(LATIN)
    # Whether the lines are as long as the paper is wide: this one ends at its edge.
    yield layout.Paragraph("".join(str(n % 10) for n in range(1, paper.columns + 1)))
    yield layout.QrCode(specimen.code)


def page(specimen: Specimen) -> bytes:
    """The test page as a PDF of one A4 page; DocumentsError when fonts are missing."""
    import typst  # noqa: PLC0415 # the typesetter is for those who have a document printer

    from kiosk.services.documents import fonts, qr  # noqa: PLC0415 # likewise

    facts = {
        **asdict(specimen),
        "now": f"{specimen.now:%Y-%m-%d %H:%M:%S}",
        "title": TITLE,
        "samples": [CHINESE, RARE, LATIN],
        "qr": qr(specimen.code),
    }
    inputs = {"data": orjson.dumps(facts).decode()}
    compiler = typst.Compiler(TEMPLATE.read_bytes(), font_paths=fonts())
    made = compiler.compile(format="pdf", sys_inputs=inputs, timestamp=0)
    return made if isinstance(made, bytes) else b""
