"""The papers that people lay under the simulated document camera, drawn by us: nobody's."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import segno
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from sandbox.residents import WANG, Resident

PER_MM = 12  # pixels a millimetre: 305 dpi, more than any camera that looks at them has
SERIF = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
SANS = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
SIMPLIFIED = 2  # which of the collection's fonts is the one for Chinese as written on the mainland

Colour = tuple[int, int, int]

PAPER = (252, 251, 247)
INK = (28, 28, 32)
LABEL = (40, 90, 140)
RED = (206, 28, 34)  # the ink of official seals

LETTER = (
    "兹证明王秀英系本村村民，常年居住于柳湖镇柳湖村三组十二号，"
    "现因办理城乡居民基本养老保险待遇资格认证，需要提供居住情况。"
    "经村民委员会核实，上述情况属实，特此证明。"
    "本证明自开具之日起三十日内有效，仅用于办理上述事项，复印无效。"
)
FORM = (
    "姓　　名",
    "性　　别",
    "民　　族",
    "户籍地址",
    "联系电话",
    "申请事项",
    "申请理由",
    "备　　注",
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet or card, upright: RGB, PER_MM pixels a millimetre.

    `code` is what its QR code says, "" where it has none; `round_mm` how round its corners are.
    """

    width_mm: float
    height_mm: float
    code: str
    round_mm: float
    pixels: NDArray[np.uint8] = field(repr=False)


class _Sheet:
    """Something to draw on, in millimetres from the upper left."""

    def __init__(self, width_mm: float, height_mm: float, ground: Colour) -> None:
        self.width, self.height = width_mm, height_mm
        size = round(width_mm * PER_MM), round(height_mm * PER_MM)
        self.image = Image.new("RGB", size, ground)
        self._draw = ImageDraw.Draw(self.image)

    def text(
        self, x: float, y: float, words: str, mm: float, *, font: str = SERIF, fill: Colour = INK
    ) -> None:
        """Words whose middle line is at `y`, `mm` high."""
        face = ImageFont.truetype(font, round(mm * PER_MM), index=SIMPLIFIED)
        self._draw.text((x * PER_MM, y * PER_MM), words, font=face, fill=fill, anchor="lm")

    def centred(self, y: float, words: str, mm: float) -> None:
        """A title."""
        self.text((self.width - mm * len(words)) / 2, y, words, mm)

    def paragraph(self, y: float, words: str, mm: float, margin: float) -> float:
        """Text in lines between two margins, the first one indented; says where it ended."""
        fits = int((self.width - 2 * margin) / mm)
        words = "　　" + words
        for start in range(0, len(words), fits):
            self.text(margin, y, words[start : start + fits], mm)
            y += mm * 1.7
        return y

    def box(self, left: float, top: float, right: float, bottom: float) -> None:
        """A rectangle with a thin line."""
        corners = [left * PER_MM, top * PER_MM, right * PER_MM, bottom * PER_MM]
        self._draw.rectangle(corners, outline=INK, width=round(0.35 * PER_MM))

    def seal(self, x: float, y: float, mm: float = 40) -> None:
        """A round red seal with a star (公章), over what is there."""
        layer = Image.new("RGBA", self.image.size)
        draw = ImageDraw.Draw(layer)
        ring = [(x - mm / 2) * PER_MM, (y - mm / 2) * PER_MM]
        ring += [(x + mm / 2) * PER_MM, (y + mm / 2) * PER_MM]
        draw.ellipse(ring, outline=(*RED, 235), width=round(1.2 * PER_MM))
        points = [
            (
                (x + mm / (5 if i % 2 else 13) * -math.sin(math.pi * (i + 1) / 5)) * PER_MM,
                (y + mm / (5 if i % 2 else 13) * math.cos(math.pi * (i + 1) / 5)) * PER_MM,
            )
            for i in range(10)
        ]
        draw.polygon(points, fill=(*RED, 235))
        face = ImageFont.truetype(SERIF, round(mm / 8 * PER_MM), index=SIMPLIFIED)
        place = (x * PER_MM, (y + mm * 0.3) * PER_MM)
        draw.text(place, "示例专用章", font=face, fill=(*RED, 235), anchor="mm")
        self.image.paste(layer, mask=layer)

    def code(self, x: float, y: float, words: str, mm: float) -> None:
        """A QR code, `mm` wide with its quiet zone."""
        made = segno.make(words, error="m")
        rows = np.array([list(row) for row in made.matrix_iter(border=4)], np.uint8)
        code = Image.fromarray(np.where(rows > 0, 20, 252).astype(np.uint8))
        side = round(mm * PER_MM)
        code = code.resize((side, side), Image.Resampling.NEAREST)
        self.image.paste(code, (round(x * PER_MM), round(y * PER_MM)))

    def done(self, code: str = "", round_mm: float = 0.0) -> Paper:
        """The paper."""
        return Paper(self.width, self.height, code, round_mm, np.asarray(self.image))


def letter() -> Paper:
    """A village's certificate on A4, with its seal."""
    sheet = _Sheet(210, 297, PAPER)
    sheet.centred(35, "居住情况证明", 10)
    end = sheet.paragraph(60, LETTER, 5.6, 25)
    sheet.text(25, end + 15, "特此证明。", 5.6)
    sheet.paragraph(150, LETTER * 2, 3.7, 25)
    sheet.text(110, 240, "示例区柳湖镇柳湖村村民委员会", 5.0)
    sheet.text(130, 250, "2025 年 3 月 1 日", 5.0)
    sheet.seal(150, 242)
    sheet.code(25, 225, "doorstep:letter:990000", 36)
    return sheet.done("doorstep:letter:990000")


def notice() -> Paper:
    """A slip on A5."""
    sheet = _Sheet(148, 210, PAPER)
    sheet.centred(25, "缴费通知单", 8)
    sheet.paragraph(45, LETTER, 4.2, 16)
    sheet.code(16, 150, "doorstep:notice:990000", 36)
    sheet.seal(108, 165)
    return sheet.done("doorstep:notice:990000")


def form() -> Paper:
    """A form on A4: a table whose border is itself a large rectangle."""
    sheet = _Sheet(210, 297, PAPER)
    sheet.centred(25, "示例区政务服务申请表", 8)
    rows = len(FORM)
    for row, words in enumerate(FORM):
        top = 45 + row * 22
        sheet.box(20, top, 60, top + 22)
        sheet.box(60, top, 190, top + 22)
        sheet.text(26, top + 11, words, 5)
    sheet.paragraph(45 + rows * 22 + 12, LETTER, 3.7, 22)
    sheet.code(150, 245, "doorstep:form:990000", 36)
    return sheet.done("doorstep:form:990000")


def id_card(resident: Resident = WANG) -> Paper:
    """The face of a resident's ID card, with a grey figure for a photo."""
    sheet = _Sheet(85.6, 54.0, (214, 232, 240))
    draw = ImageDraw.Draw(sheet.image)
    draw.ellipse([n * PER_MM for n in (64, 9, 76, 24)], fill=(120, 116, 112))
    draw.ellipse([n * PER_MM for n in (60, 25, 80, 52)], fill=(84, 82, 88))
    draw.rectangle([n * PER_MM for n in (58, 40, 82, 54)], fill=(214, 232, 240))
    card = resident.card
    born = card.birth_date
    lines = (
        ("姓名", card.name.reveal()),
        ("性别", f"{'女' if card.sex == 'female' else '男'}　民族　{card.nation}"),
        ("出生", f"{born.year} 年 {born.month} 月 {born.day} 日"),
        ("住址", card.address.reveal()[:9] if card.address else ""),
    )
    for row, (label, words) in enumerate(lines):
        y = 8.5 + row * 7.2
        sheet.text(5, y, label, 2.6, font=SANS, fill=LABEL)
        sheet.text(14, y, words, 3.2, font=SANS)
    sheet.text(5, 48, "公民身份号码", 2.6, font=SANS, fill=LABEL)
    sheet.text(27, 48, card.id_number.reveal(), 3.8, font=SANS)
    return sheet.done(round_mm=3.18)  # ISO/IEC 7810


DRAWN: dict[str, Callable[[], Paper]] = {
    "a4": letter,
    "a5": notice,
    "form": form,
    "id-card": id_card,
}


@cache
def paper(name: str) -> Paper:
    """The paper of that name; KeyError for none of DRAWN."""
    return DRAWN[name]()
