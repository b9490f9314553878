"""Receipts as bytes: nothing is lost, nothing becomes a question mark."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Literal

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont, ImageOps

from drivers.errors import LocalProtocolError
from drivers.printers.receipt_drawing import BAND, FACE, FONT, line, width
from drivers.printers.receipt_layout import (
    COLUMNS,
    CopyMark,
    Item,
    Paper,
    Paragraph,
    Part,
    QrCode,
    Separator,
    Title,
    encode,
    printable,
    wrapped,
)
from sandbox.devices import escpos
from sandbox.devices.receipt_paper import render

texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], max_codepoint=0x2FFFF), max_size=60
)

PARTS: list[Part] = [
    Title("受理回执"),
    CopyMark(),
    Separator(),
    Item("地址", "示例区柳湖镇柳湖村三组十二号" * 3),
    Paragraph("Please keep this receipt 请妥善保管 𠮷\n\n12345"),
    QrCode("https://platform.example/verify?code=1234"),
]


def printed_text(data: bytes) -> str:
    """The characters that go out as text, as a printer in Chinese mode takes them."""
    letters = [t for t in escpos.tokens(data) if t[0] not in escpos.PREFIXES]
    return b"".join(letters).decode("gb18030")


def pictures(data: bytes) -> list[bytes]:
    """The raster images among the bytes."""
    return [token for token in escpos.tokens(data) if token[:3] == escpos.RASTER]


def test_a_receipt_begins_with_a_reset_and_ends_with_the_cut() -> None:
    """ESC @, then Chinese mode on, and at the end the cut with its own feed."""
    data = encode([Title("受理回执")])
    assert data.startswith(bytes.fromhex("1B40 1C26"))
    assert data.endswith(bytes.fromhex("1D564200"))


def test_chinese_goes_out_as_gb18030() -> None:
    """A line of common characters is the two bytes a character that every printer's font holds."""
    assert bytes.fromhex("CDF5D0E3D3A20A") in encode([Paragraph("王秀英")])


def test_a_name_and_its_value_share_a_line() -> None:
    """The value stands at the right edge."""
    line = printed_text(encode([Item("姓名", "王**")])).rstrip("\n")
    assert line == "姓名" + " " * 40 + "王**"
    assert width(line) == COLUMNS


def test_a_long_value_stands_below_its_name() -> None:
    """What does not fit beside the name is kept whole underneath it."""
    name, *below = printed_text(encode([Item("地址", "长" * 30)])).splitlines()
    assert name == "地址"
    assert "".join(line.strip() for line in below) == "长" * 30


@pytest.mark.parametrize("rare", ["𠮷", "㖞𬭳", "Ünïcode"])
def test_characters_that_printers_lack_are_drawn(rare: str) -> None:
    """A rare character or a foreign letter makes its line a picture with ink."""
    assert not printable(rare)
    data = encode([Paragraph(rare)])
    (picture,) = pictures(data)
    assert any(picture[8:])
    assert printed_text(data) == ""


def test_characters_that_the_font_lacks_are_refused() -> None:
    """No empty box stands for a character that cannot be drawn."""
    with pytest.raises(LocalProtocolError, match="not in NotoSansCJK-Regular"):
        encode([Paragraph("ห้อง")])


@given(texts)
def test_no_text_ever_becomes_question_marks(text: str) -> None:
    """Whatever a receipt says is printed as it is, drawn, or refused."""
    with suppress(LocalProtocolError):
        data = encode([Paragraph(text)])
        assert printed_text(data).count("?") <= text.count("?")


@given(texts, st.integers(2, COLUMNS))
def test_lines_fit_and_nothing_but_blanks_is_lost(text: str, columns: int) -> None:
    """Breaking lines keeps every character in its order and every line within the paper."""
    lines = wrapped(text, columns)
    assert all(width(line) <= columns for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_words_stay_whole() -> None:
    """A line breaks between words where it can."""
    assert wrapped("Please keep this receipt", 12) == ["Please keep", "this receipt"]


def test_without_a_font_a_rare_character_is_refused(tmp_path: Path) -> None:
    """No font: the receipt is refused with what to install, and common text still prints."""
    font = tmp_path / "none.ttc"
    assert encode([Paragraph("王秀英")], font=font)
    with pytest.raises(LocalProtocolError, match="install fonts-noto-cjk"):
        encode([Paragraph("𠮷")], font=font)


def test_control_characters_are_refused() -> None:
    """Text cannot smuggle commands to the printer."""
    with pytest.raises(LocalProtocolError, match="control character"):
        encode([Paragraph("a\x1bp\x00")])


def test_a_qr_code_is_a_picture() -> None:
    """GS v 0 with ink in it at double size, and no printer's own QR command."""
    data = encode([QrCode("https://platform.example/verify?code=1234")])
    (picture,) = pictures(data)
    assert picture[3] == 3
    assert any(picture[8:])
    assert b"\x1d(k" not in data


def test_a_native_qr_code_is_the_printers_own() -> None:
    """GS ( k 65, 67, 69, 80, 81: model 2, 6 dots a module, level M, store, print."""
    data = encode([QrCode("AB")], Paper(qr="native"))
    set_up = bytes.fromhex("1D286B0400 31413200 1D286B0300 314306 1D286B0300 314531")
    assert set_up + bytes.fromhex("1D286B0500 3150304142 1D286B0300 315130") in data
    assert not pictures(data)


VERIFY = "https://platform.example/verify?code=1234"


@pytest.mark.parametrize("text", ["gb18030", "raster"])
@pytest.mark.parametrize("qr", ["raster", "native"])
@pytest.mark.parametrize("dots", [384, 576])
def test_a_telephone_reads_every_qr_code(
    text: Literal["gb18030", "raster"], qr: Literal["raster", "native"], dots: int
) -> None:
    """Between other lines, on any paper, the code says what it should."""
    data = encode([Title("回执"), QrCode(VERIFY), Paragraph("扫码核验")], Paper(dots, text, qr))
    (code,) = zxingcpp.read_barcodes(render(data))
    assert code.text == VERIFY


@given(parts=st.lists(st.sampled_from(PARTS), max_size=8), dots=st.sampled_from([384, 576, 832]))
@settings(max_examples=30)
def test_a_printer_without_chinese_gets_pictures_alone(parts: list[Part], dots: int) -> None:
    """In raster mode no text goes out; no picture is wider than the paper or higher than a band."""
    data = encode(parts, Paper(dots, "raster"))
    assert printed_text(data).strip("\n") == ""
    assert not any(token.startswith(b"\x1c") for token in escpos.tokens(data))
    for picture in pictures(data):
        double = 1 + (picture[3] & 1)
        assert 8 * int.from_bytes(picture[4:6], "little") * double <= dots
        assert int.from_bytes(picture[6:8], "little") <= BAND


@pytest.mark.parametrize("scale", [1, 2])
def test_drawn_letters_are_whole(scale: int) -> None:
    """Neither heads nor tails nor sides of letters are cut off."""
    font = ImageFont.truetype(FONT, 21 * scale, index=FACE)
    for letter in "gjpqyQ|@WÅ永":
        whole = Image.new("1", (200, 200))
        ImageDraw.Draw(whole).text((100, 100), letter, 1, font, anchor="ms")
        assert size(line(f" {letter} ", FONT, scale=scale)) == size(whole), letter


def size(picture: Image.Image) -> tuple[int, int]:
    """How wide and high the ink is."""
    left, top, right, bottom = picture.getbbox() or (0, 0, 0, 0)
    return right - left, bottom - top


def test_a_drawn_receipt_looks_like_a_printed_one() -> None:
    """Both have their ink in nearly the same places."""
    parts = [Title("受理回执"), Item("姓名", "王**"), Paragraph("demo Wwm 0123")]
    text, drawn = (render(encode(parts, Paper(text=each))) for each in ("gb18030", "raster"))  # type: ignore[arg-type] # the literal is lost in the tuple
    assert abs(text.height - drawn.height) < 12
    boxes = [ImageOps.invert(paper).getbbox() or () for paper in (text, drawn)]
    assert all(abs(a - b) <= 12 for a, b in zip(*boxes, strict=True))


@pytest.mark.parametrize(("size", "words"), [(900, "wider than the paper"), (9000, "do not fit")])
def test_a_qr_code_too_large_is_refused(size: int, words: str) -> None:
    """More than the paper or the standard holds is our mistake."""
    with pytest.raises(LocalProtocolError, match=words):
        encode([QrCode("字" * size)])


def test_a_copy_says_so_first_and_largely() -> None:
    """A reprint is marked, in both languages and inverse."""
    data = encode([CopyMark(), Title("受理回执"), Separator()])
    assert data.index(bytes.fromhex("1D4201")) < data.index("补打 COPY".encode("gb18030"))
    assert data.index(b"COPY") < data.index("受理回执".encode("gb18030"))


def test_parts_do_not_show_what_they_say_of_people() -> None:
    """Values, paragraphs and codes are not in a repr."""
    shown = repr([Item("姓名", "王秀英"), Paragraph("王秀英"), QrCode("王秀英")])
    assert "王" not in shown
