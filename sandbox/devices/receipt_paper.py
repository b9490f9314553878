"""The paper a receipt printer printed on: ESC/POS in, a picture out.

Draws what section C of the device facts names: text in GB18030, sizes, bold, inverse, alignment,
feeds, raster images, QR codes and the cut, on 80 mm paper with 576 dots at 8 to the millimetre.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

import segno
from PIL import Image, ImageDraw, ImageFont, ImageOps

from sandbox.devices import escpos

DOTS = 576
MARGIN = 32  # dots of bare paper at each side: 80 mm are 640 dots
COLUMN = 12
GLYPH = 24
BASELINE = 19  # dots from the top of a line: the tails of letters have room below
GAP = 6  # dots between two lines: ESC 2's spacing of 30
WHITE, BLACK, CUT = 255, 0, 160
FONTS = Path("/usr/share/fonts/opentype/noto")
FACE = 7  # Noto Sans Mono CJK SC: its Latin letters fit into the 12 dots that printers give them
QR_LEVELS = {48: "l", 49: "m", 50: "q", 51: "h"}


@dataclass(frozen=True, slots=True)
class Style:
    """How the head prints the next character."""

    wide: int = 1
    high: int = 1
    bold: bool = False
    inverse: bool = False
    align: int = 0  # 0 left, 1 middle, 2 right


@dataclass(frozen=True, slots=True)
class QrSettings:
    """What the printer's own QR code will be."""

    module: int = 3
    level: str = "l"
    data: bytes = b""


def render(data: bytes) -> Image.Image:
    """The paper as it hangs out of the printer, top first."""
    head = _Head()
    for token in escpos.tokens(data):
        head.take(token)
    return head.paper()


class _Head:
    """The print head: a style, the line that is being filled, and the strips above it."""

    def __init__(self) -> None:
        self._style = Style()
        self._line: list[tuple[str, Style]] = []
        self._strips: list[Image.Image] = []
        self._qr = QrSettings()

    def paper(self) -> Image.Image:
        """All strips, one below the other, with bare paper around."""
        height = sum(strip.height for strip in self._strips) + 2 * MARGIN
        paper = Image.new("L", (DOTS + 2 * MARGIN, height), WHITE)
        top = MARGIN
        for strip in self._strips:
            paper.paste(strip, ((paper.width - strip.width) // 2, top))
            top += strip.height
        return paper

    def take(self, token: bytes) -> None:
        """Carry out one command or print one character."""
        value = token[2] if len(token) > 2 else 0
        match token[:2]:
            case b"\x1bd":
                self._feed(value * (GLYPH + GAP))
            case b"\x1bJ":
                self._feed(value)
            case b"\x1dv" if token[:3] == escpos.RASTER:
                self._raster(token)
            case b"\x1dV":
                self._cut()
            case b"\x1d(" if token[2:3] == b"k":
                self._qr_function(token[6:7], token[7:])
            case name if token[0] in escpos.PREFIXES:
                self._style = _styled(self._style, name, value)
            case _:
                self._text(token)

    def _text(self, token: bytes) -> None:
        if token == b"\n":
            self._end_line()
            return
        character = token.decode("gb18030", "replace")
        if character.isprintable():
            if _width(self._line) + _width([(character, self._style)]) > DOTS:
                self._end_line()
            self._line.append((character, self._style))

    def _end_line(self) -> None:
        """Draw the line; the tallest character says how high it is."""
        high = max((style.high for _, style in self._line), default=1)
        strip = Image.new("L", (DOTS, high * GLYPH + GAP), WHITE)
        free = DOTS - _width(self._line)
        left = (0, free // 2, free)[self._style.align % 3]
        for character, style in self._line:
            glyph = _glyph(character, style)
            strip.paste(glyph, (left, (high - style.high) * GLYPH))
            left += glyph.width
        self._line.clear()
        self._strips.append(strip)

    def _feed(self, dots: int) -> None:
        """ESC d and ESC J print what is in the line first."""
        if self._line:
            self._end_line()
        self._strips.append(Image.new("L", (DOTS, dots), WHITE))

    def _raster(self, token: bytes) -> None:
        """GS v 0 m xL xH yL yH: rows of dots, the highest bit left, 1 is black.

        Bits 0 and 1 of m make each dot twice as wide and twice as high.
        """
        across = int.from_bytes(token[4:6], "little")
        down = int.from_bytes(token[6:8], "little")
        dots = Image.frombytes("1", (across * 8, down), token[8:]).convert("L")
        wide, high = 1 + (token[3] & 1), 1 + (token[3] >> 1 & 1)
        size = (dots.width * wide, dots.height * high)
        self._place(ImageOps.invert(dots).resize(size, Image.Resampling.NEAREST))

    def _place(self, picture: Image.Image) -> None:
        """A picture where the line would be; what is wider than the paper is cut off."""
        strip = Image.new("L", (DOTS, picture.height), WHITE)
        free = max(DOTS - picture.width, 0)
        strip.paste(picture, ((0, free // 2, free)[self._style.align % 3], 0))
        self._strips.append(strip)

    def _qr_function(self, name: bytes, parameters: bytes) -> None:
        """GS ( k: 67 size of a module, 69 level, 80 store, 81 print."""
        qr = self._qr
        match name, list(parameters):
            case b"C", [size]:
                self._qr = replace(qr, module=max(size, 1))
            case b"E", [level]:
                self._qr = replace(qr, level=QR_LEVELS.get(level, "l"))
            case b"P", [48, *data]:
                self._qr = replace(qr, data=bytes(data))
            case b"Q", [48] if qr.data:
                self._place(_drawn(qr))
            case _:
                pass  # the model, or what this printer does not know

    def _cut(self) -> None:
        """GS V: feed to the knife and cut, seen as a dashed line across the whole paper."""
        self._feed(2 * GLYPH)
        strip = Image.new("L", (DOTS + 2 * MARGIN, 3), WHITE)
        draw = ImageDraw.Draw(strip)
        for left in range(0, strip.width, 16):
            draw.line((left, 1, left + 8, 1), fill=CUT, width=2)
        self._strips.append(strip)


def _drawn(qr: QrSettings) -> Image.Image:
    """The code without its border, which is the paper's; nothing, if it is too much for one."""
    try:
        matrix = segno.make_qr(qr.data, error=qr.level, boost_error=False).matrix
    except segno.DataOverflowError:
        return Image.new("L", (1, 1), WHITE)
    across = len(matrix)
    modules = Image.frombytes("L", (across, across), b"".join(map(bytes, matrix)))
    side = min(across * qr.module, DOTS)
    return modules.point([WHITE] + [BLACK] * 255).resize((side, side), Image.Resampling.NEAREST)


def _styled(style: Style, name: bytes, value: int) -> Style:
    """The style after a command; a command that changes no style leaves it as it is."""
    match name:
        case b"\x1b@":
            return Style()
        case b"\x1b!":
            wide, high = 1 + (value >> 5 & 1), 1 + (value >> 4 & 1)
            return replace(style, wide=wide, high=high, bold=bool(value & 8))
        case b"\x1d!":
            return replace(style, wide=1 + (value >> 4 & 7), high=1 + (value & 7))
        case b"\x1bE":
            return replace(style, bold=bool(value & 1))
        case b"\x1dB":
            return replace(style, inverse=bool(value & 1))
        case b"\x1ba":
            return replace(style, align=value & 3)
        case _:
            return style


def _width(line: list[tuple[str, Style]]) -> int:
    return sum((1 if c.isascii() else 2) * COLUMN * style.wide for c, style in line)


@lru_cache(maxsize=1024)
def _glyph(character: str, style: Style) -> Image.Image:
    """One character's cell: ASCII 12 dots wide, Chinese 24, times the size."""
    cell = Image.new("L", ((1 if character.isascii() else 2) * COLUMN, GLYPH), WHITE)
    font = _font(bold=style.bold)
    middle = (cell.width / 2, BASELINE)
    ImageDraw.Draw(cell).text(middle, character, fill=BLACK, font=font, anchor="ms")
    if style.inverse:
        cell = ImageOps.invert(cell)
    return cell.resize((cell.width * style.wide, cell.height * style.high))


@cache
def _font(*, bold: bool) -> ImageFont.FreeTypeFont:
    name = "NotoSansCJK-Bold.ttc" if bold else "NotoSansCJK-Regular.ttc"
    return ImageFont.truetype(FONTS / name, GLYPH - 3, index=FACE)  # letters stand a little apart
