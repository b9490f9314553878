"""The picture of a receipt shows what the bytes say."""

from __future__ import annotations

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from drivers.printers.receipt_layout import Item, Paragraph, Part, QrCode, Separator, Title, encode
from sandbox.devices.receipt_paper import DOTS, MARGIN, render


def ink(paper: Image.Image) -> tuple[int, int, int, int]:
    """The box around everything printed: left, top, right, bottom."""
    box = ImageOps.invert(paper).getbbox()
    assert box is not None
    return box


def test_a_whole_receipt_is_eighty_millimetres_wide() -> None:
    """At 8 dots to the millimetre, with the ink inside of the printable part but for the cut."""
    parts: list[Part] = [
        Title("受理回执"),
        Item("姓名", "王**"),
        Separator(),
        QrCode("https://a.example/v"),
    ]
    paper = render(encode(parts))
    assert paper.width == 80 * 8
    assert ink(paper.crop((0, 0, paper.width, paper.height - MARGIN - 10)))[0] >= MARGIN


@pytest.mark.parametrize(("align", "left", "right"), [(0, 0, 24), (1, 276, 300), (2, 552, 576)])
def test_text_stands_where_it_is_aligned(align: int, left: int, right: int) -> None:
    """ESC a 0, 1, 2: left, middle, right of the 576 dots."""
    paper = render(b"\x1ba" + bytes([align]) + "国".encode("gb18030") + b"\n")
    box = ink(paper)
    assert left + MARGIN <= box[0] <= box[2] <= right + MARGIN


def test_sizes_multiply() -> None:
    """GS ! 11 makes a character twice as wide and twice as high."""
    plain = ink(render("国\n".encode("gb18030")))
    large = ink(render(b"\x1d!\x11" + "国\n".encode("gb18030")))
    assert large[2] - large[0] >= 1.8 * (plain[2] - plain[0])
    assert large[3] - large[1] >= 1.8 * (plain[3] - plain[1])


def test_bold_has_more_ink_and_inverse_most() -> None:
    """ESC E 1 thickens, GS B 1 swaps black and white."""
    text = "国国国\n".encode("gb18030")
    papers = [render(style + text) for style in (b"", b"\x1bE\x01", b"\x1dB\x01")]
    dark = [sum(255 - value for value in paper.tobytes()) for paper in papers]
    assert dark == sorted(dark)
    assert len(set(dark)) == 3


def test_raster_dots_are_shown_one_for_one() -> None:
    """GS v 0: the highest bit of a byte is the leftmost dot, 1 is black."""
    paper = render(bytes.fromhex("1D763000 0100 0200 80 01"))
    black = [(at % paper.width, at // paper.width) for at, v in enumerate(paper.tobytes()) if not v]
    assert black == [(MARGIN, MARGIN), (MARGIN + 7, MARGIN + 1)]


def test_doubled_dots_are_two_by_two() -> None:
    """GS v 0 with m = 3: one dot is four, and the picture twice as high and wide."""
    paper = render(bytes.fromhex("1D763003 0100 0100 01"))
    box = ink(paper)
    assert box == (MARGIN + 14, MARGIN, MARGIN + 16, MARGIN + 2)


@pytest.mark.parametrize("letter", ["m", "W", "@", "%"])
@pytest.mark.parametrize("bold", [b"", b"\x1bE\x01"])
def test_wide_letters_are_whole(letter: str, bold: bytes) -> None:
    """A Latin letter has 12 dots, and nothing of it is cut off at its sides."""
    between = render(bold + f" {letter} \n".encode())
    left, _, right, _ = ink(between)
    assert MARGIN + 12 <= left < right <= MARGIN + 24
    assert left > MARGIN + 12 or right < MARGIN + 24


def test_tails_of_letters_are_whole() -> None:
    """A g reaches below the line on which an a stands, and is not cut off there."""
    (_, _, _, base), (_, _, _, tail) = (ink(render(text)) for text in (b"a\n", b"g\n"))
    assert tail - base >= 5


def test_a_native_qr_code_is_drawn() -> None:
    """GS ( k stores, sizes and prints: 21 modules of 4 dots, which say what was stored."""
    store = b"\x1d(k\x05\x001P0HI" + b"\x1d(k\x03\x001C\x04" + b"\x1d(k\x03\x001Q0"
    paper = render(store)
    box = ink(paper)
    assert (box[2] - box[0], box[3] - box[1]) == (84, 84)
    (code,) = zxingcpp.read_barcodes(paper)
    assert code.text == "HI"
    assert render(b"\x1d(k\x03\x001Q0").height == 2 * MARGIN


def test_a_line_too_long_goes_on_below() -> None:
    """The 25th Chinese character starts a new line, as on the printer."""
    once = render("国\n".encode("gb18030"))
    assert render(("国" * 24 + "\n").encode("gb18030")).height == once.height
    assert render(("国" * 25 + "\n").encode("gb18030")).height > once.height


def test_the_cut_is_a_line_across_the_whole_paper() -> None:
    """GS V feeds and cuts; the cut is wider than the printable part."""
    box = ink(render(b"\x1dV\x00"))
    assert box[0] == 0
    assert box[2] > DOTS + MARGIN


def test_reset_forgets_the_style() -> None:
    """After ESC @ text is plain again."""
    text = "国\n".encode("gb18030")
    assert render(b"\x1d!\x11\x1bE\x01\x1b@" + text).tobytes() == render(text).tobytes()


@given(st.binary(max_size=120))
def test_any_bytes_are_some_paper(data: bytes) -> None:
    """Nonsense prints nonsense, and nothing worse."""
    assert render(data).width == 640


def test_the_same_receipt_is_the_same_picture() -> None:
    """Nothing in the picture depends on anything but the bytes."""
    data = encode([Paragraph("请妥善保管本回执。")])
    assert render(data).tobytes() == render(data).tobytes()
