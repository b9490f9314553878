"""A receipt as a list of parts, and those parts as ESC/POS for a roll of 80 or 58 mm.

python-escpos encodes styles, pictures and the cut. Text is encoded here: the library sends Chinese
without switching Chinese mode on, and what its code pages lack becomes "?" on the paper. Nothing is
ever replaced here. A line whose characters are not all in the two-byte zones of GB18030, which is
what printers' fonts hold, is drawn and sent as a picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import segno
from PIL import Image, ImageDraw, ImageFont

from drivers.errors import LocalProtocolError

DOTS = 576  # across 72 mm, the printable part of 80; a roll of 58 mm has 384
COLUMN = 12  # dots of a Latin character; a Chinese one takes two columns
COLUMNS = DOTS // COLUMN
GLYPH = 24  # dots of a Chinese character each way, in normal size
GAP = 6  # dots that printers leave between two lines
PROFILE = "TM-T20II"  # any of the library's profiles of 576 dots that knows GS v 0
FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")

CHINESE_ON = bytes.fromhex("1C26")  # FS &: what follows is GB18030
MODULE = 6  # dots of one module of a QR code: 0.75 mm, which any telephone reads
NO_CHARACTER = "\uffff"  # which no font has
COPY_MARK = "补打 COPY"


@dataclass(frozen=True, slots=True)
class Title:
    """What the receipt is, large and in the middle."""

    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """A name at the left and its value at the right, which may be about a person."""

    name: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text that may take several lines."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Separator:
    """A line across the paper."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code in the middle, as a picture: printers' own commands for it differ."""

    data: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CopyMark:
    """Says that this was printed before, so that nobody takes it for the first."""


Part = Title | Item | Paragraph | Separator | QrCode | CopyMark


def encode(parts: Sequence[Part], font: Path = FONT, *, dots: int = DOTS) -> bytes:
    """The receipt as bytes, from reset to cut; LocalProtocolError if it cannot be printed whole.

    `font` draws the characters that printers lack; `dots` are those the printer has in a line.
    """
    paper = _Paper(font, dots)
    for part in parts:
        paper.put(part)
    return paper.cut()


class _Paper:
    """The parts so far, as bytes."""

    def __init__(self, font: Path, dots: int) -> None:
        self._font = font
        self._dots = min(dots, DOTS)  # the library lets no picture be wider than its profile
        self._columns = self._dots // COLUMN
        # Half a second to import: with the first receipt, not with the terminal.
        from drivers.escpos_library import Dummy  # noqa: PLC0415

        self._printer = Dummy(profile=PROFILE)
        self._printer.hw("INIT")
        self._raw(CHINESE_ON)

    def put(self, part: Part) -> None:
        """Add one part."""
        match part:
            case Title(text):
                self._large(text)
            case Item(name, value):
                self._lines(_item(name, value, self._columns))
            case Paragraph(text):
                self._lines(wrapped(text, self._columns))
            case Separator():
                self._lines(["-" * self._columns])
            case QrCode(data):
                self._picture(_qr(data, self._dots), center=True)
            case CopyMark():
                self._printer.set(invert=True)
                self._large(COPY_MARK)
                self._printer.set(invert=False)

    def cut(self) -> bytes:
        """Feed to the knife and cut; the bytes of it all."""
        self._printer.cut(feed=False)
        output: bytes = self._printer.output
        return output

    def _large(self, text: str) -> None:
        """Twice as wide and high: each column takes two."""
        self._printer.set(align="center", bold=True, double_width=True, double_height=True)
        # FS W: without it many printers double only the Latin letters.
        self._raw(b"\x1cW\x01")
        for line in wrapped(text, self._columns // 2):
            self._line(line, scale=2, center=True)
        self._raw(b"\x1cW\x00")
        self._printer.set(align="left", bold=False, normal_textsize=True)

    def _lines(self, lines: Sequence[str]) -> None:
        for line in lines:
            self._line(line)

    def _line(self, text: str, *, scale: int = 1, center: bool = False) -> None:
        if printable(text):
            self._raw(text.encode("gb18030") + b"\n")
        else:
            self._picture(_drawn(text, self._font, GLYPH * scale), center=center)

    def _picture(self, picture: Image.Image, *, center: bool) -> None:
        if center:
            canvas = Image.new("1", (self._dots, picture.height), 1)
            canvas.paste(picture, ((self._dots - picture.width) // 2, 0))
            picture = canvas
        self._printer.image(picture, impl="bitImageRaster")  # GS v 0

    def _raw(self, data: bytes) -> None:
        self._printer._raw(data)  # noqa: SLF001 # the library's one way to send bytes as they are


def printable(text: str) -> bool:
    """Whether the fonts of printers hold all of it: ASCII and GB18030's two-byte zones.

    The private use area has two bytes too, and no agreed pictures.
    """
    return all(
        " " <= c <= "~" or (len(c.encode("gb18030", "replace")) == 2 and not _private(c))
        for c in text
    )


def _private(character: str) -> bool:
    return "\ue000" <= character <= "\uf8ff"


def width(text: str) -> int:
    """Columns on the paper: one for ASCII, two for everything else."""
    return sum(1 if c.isascii() else 2 for c in text)


def wrapped(text: str, columns: int = COLUMNS) -> list[str]:
    """The text in lines of at most `columns`; Latin words and numbers stay whole where they fit."""
    return [line for paragraph in text.splitlines() for line in _wrapped(paragraph, columns)]


def _wrapped(text: str, columns: int) -> Iterator[str]:
    line = ""
    for piece in _pieces(text, columns):
        if width(line) + width(piece.rstrip()) > columns:
            yield line.rstrip()
            line = piece.lstrip()
        else:
            line += piece
    yield line.rstrip()


def _pieces(text: str, columns: int) -> Iterator[str]:
    """Where a line may break: after a word's blanks, around each Chinese character."""
    for word in re.findall(r"[!-~]+ *|.", text):
        yield from (word[i : i + columns] for i in range(0, len(word), columns))


def _item(name: str, value: str, columns: int) -> list[str]:
    """One line when both fit with a gap, else the value below, to the right."""
    gap = columns - width(name) - width(value)
    if gap >= 2 and "\n" not in value:
        return [name + " " * gap + value]
    below = wrapped(value, columns - 4)
    return [*wrapped(name, columns), *(" " * (columns - width(v)) + v for v in below)]


def _drawn(text: str, path: Path, size: int) -> Image.Image:
    """A line as a picture, in the columns it would have had as text."""
    if any(ord(c) < ord(" ") for c in text):
        raise LocalProtocolError("a receipt holds a control character")
    try:
        font = ImageFont.truetype(path, size * 7 // 8)
    except OSError:
        raise LocalProtocolError(
            f"a receipt holds characters that printers lack, and there is no font at {path}: "
            "install fonts-noto-cjk"
        ) from None
    picture = Image.new("1", (width(text) * size // 2, size + GAP), 1)
    draw = ImageDraw.Draw(picture)
    for at, character in enumerate(text):
        if not character.isspace() and _mask(font, character) == _mask(font, NO_CHARACTER):
            raise LocalProtocolError(f"a receipt holds a character that is not in {path.name}")
        left = width(text[:at]) * size // 2
        draw.text((left, size * 7 // 8), character, fill=0, font=font, anchor="ls")
    return picture


def _mask(font: ImageFont.FreeTypeFont, character: str) -> bytes:
    """The character's dots; a font has the same for all that it lacks."""
    return bytes(font.getmask(character))  # type: ignore[no-untyped-call] # Pillow has no type here


def _qr(data: str, dots: int) -> Image.Image:
    """Level M bears a fold or a smear; the border is the standard's four modules."""
    file = BytesIO()
    try:
        segno.make_qr(data, error="m").save(file, kind="png", scale=MODULE, border=4)
    except segno.DataOverflowError:
        raise LocalProtocolError(f"{len(data)} characters do not fit a QR code") from None
    picture = Image.open(file).convert("1")
    if picture.width > dots:
        raise LocalProtocolError(f"a QR code of {len(data)} characters is wider than the paper")
    return picture
