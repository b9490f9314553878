"""A receipt as a list of parts, and those parts as ESC/POS for a roll of 80 or 58 mm.

python-escpos encodes styles and the cut. Text is encoded here: the library sends Chinese without
switching Chinese mode on, and what its code pages lack becomes "?" on the paper. Nothing is ever
replaced here. A line whose characters are not all in the two-byte zones of GB18030, which is what
printers' fonts hold, is drawn and sent as a picture; so are all lines, where a printer has no
Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from drivers.printers import receipt_drawing as drawing
from drivers.printers.receipt_drawing import COLUMN, FONT, width

DOTS = 576  # across 72 mm, the printable part of 80; a roll of 58 mm has 384
COLUMNS = DOTS // COLUMN
PROFILE = "TM-T20II"  # any of the library's profiles that knows GS v 0

CHINESE_ON = bytes.fromhex("1C26")  # FS &: what follows is GB18030
COPY_MARK = "补打 COPY"


@dataclass(frozen=True, slots=True)
class Paper:
    """What a receipt is printed on: dots in a line, and what the printer understands."""

    dots: int = DOTS
    text: Literal["gb18030", "raster"] = "gb18030"
    qr: Literal["raster", "native"] = "raster"

    @property
    def columns(self) -> int:
        """Latin characters in a line of normal size."""
        return self.dots // COLUMN


PAPER = Paper()
"""80 mm, and what nearly all printers understand."""


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
    """A QR code in the middle."""

    data: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CopyMark:
    """Says that this was printed before, so that nobody takes it for the first."""


Part = Title | Item | Paragraph | Separator | QrCode | CopyMark


def encode(parts: Sequence[Part], paper: Paper = PAPER, *, font: Path = FONT) -> bytes:
    """The receipt as bytes, from reset to cut; LocalProtocolError if it cannot be printed whole.

    `font` draws what the printer can not.
    """
    encoder = _Encoder(paper, font)
    for part in parts:
        encoder.put(part)
    return encoder.cut()


class _Encoder:
    """The parts so far, as bytes."""

    def __init__(self, paper: Paper, font: Path) -> None:
        self._font = font
        self._paper = paper
        self._columns = paper.columns
        self._drawn = paper.text == "raster"
        # A third of a second to import: with the first receipt, not with the terminal.
        from drivers.printers.escpos_library import Dummy  # noqa: PLC0415

        self._printer = Dummy(profile=PROFILE)
        self._printer.hw("INIT")
        if not self._drawn:
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
            case Separator() if self._drawn:
                self._raw(drawing.rule(self._paper.dots))
            case Separator():
                self._lines(["-" * self._columns])
            case QrCode(data):
                self._qr(data)
            case CopyMark():
                self._large(COPY_MARK, inverse=True)

    def cut(self) -> bytes:
        """Feed to the knife and cut; the bytes of it all."""
        self._printer.cut(feed=False)
        output: bytes = self._printer.output
        return output

    def _large(self, text: str, *, inverse: bool = False) -> None:
        """Twice as wide and high, in the middle: each column takes two."""
        lines = wrapped(text, self._columns // 2)
        self._printer.set(align="center")
        if not self._drawn:
            self._printer.set(bold=True, double_width=True, double_height=True, invert=inverse)
            # FS W: without it many printers double only the Latin letters.
            self._raw(b"\x1cW\x01")
        for line in lines:
            self._line(line, scale=2, inverse=inverse)
        if not self._drawn:
            self._raw(b"\x1cW\x00")
            self._printer.set(bold=False, normal_textsize=True, invert=False)
        self._printer.set(align="left")

    def _lines(self, lines: Sequence[str]) -> None:
        for line in lines:
            self._line(line)

    def _line(self, text: str, *, scale: int = 1, inverse: bool = False) -> None:
        if not text.strip():
            self._raw(b"\n")
            return
        if not self._drawn and printable(text):
            self._raw(text.encode("gb18030") + b"\n")
            return
        picture = drawing.line(text, self._font, scale=scale, bold=scale > 1, inverse=inverse)
        self._raw(drawing.raster(picture))

    def _qr(self, data: str) -> None:
        code, module = drawing.qr(data, self._paper.dots)
        self._printer.set(align="center")
        if self._paper.qr == "native":
            self._raw(drawing.qr_native(data, module))
        else:
            self._raw(drawing.qr_raster(code, module))
        self._printer.set(align="left")

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
