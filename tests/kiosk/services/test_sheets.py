"""Copies as they come out: how many sheets, how large, and which way up."""

from __future__ import annotations

import io
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kiosk.services import sheets
from tests.kiosk.services.hands.people import jpeg

DPI = 50


def printed(pdf: bytes) -> list[Image.Image]:
    """The sheets of a PDF, rendered with DPI."""
    command = ["pdftoppm", "-r", str(DPI), "-gray", "-"]
    found = subprocess.run(command, input=pdf, capture_output=True, check=True)
    pictures, rest = [], found.stdout
    while rest:
        head = rest.split(b"\n", 3)
        width, height = map(int, head[1].split())
        pictures.append(Image.frombytes("L", (width, height), head[3][: width * height]))
        rest = head[3][width * height :]
    return pictures


def inked(sheet: Image.Image) -> tuple[float, float]:
    """How wide and high what is printed on a sheet is, in millimetres."""
    box = sheet.point(lambda level: 255 if level < 200 else 0).getbbox()
    assert box is not None
    return (box[2] - box[0]) / DPI * 25.4, (box[3] - box[1]) / DPI * 25.4


def test_each_page_has_a_sheet_of_a4_of_its_own() -> None:
    """As many sheets as pages, all of A4, whatever was copied."""
    made = printed(sheets.of_pages([jpeg(), jpeg(337, 213), jpeg(1169, 827)]))
    millimetres = [tuple(round(side / DPI * 25.4) for side in sheet.size) for sheet in made]
    assert millimetres == [(210, 297)] * 3


def test_a_card_is_copied_in_its_own_size() -> None:
    """An ID-1 card is 85.6 by 54 mm on paper too, and is not turned."""
    [sheet] = printed(sheets.of_pages([jpeg(337, 213)]))
    assert inked(sheet) == pytest.approx((85.6, 54.0), abs=1.0)


def test_a_page_that_lies_is_turned() -> None:
    """A4 across stands upright on the sheet, as large as printers can print."""
    [sheet] = printed(sheets.of_pages([jpeg(1169, 827)]))
    assert inked(sheet) == pytest.approx((202.0, 285.6), abs=1.5)


def test_a_page_that_does_not_say_its_size_fits() -> None:
    """A photograph of a phone has more pixels than a sheet has dots."""
    file = io.BytesIO()
    Image.new("RGB", (3000, 4000), "black").save(file, "JPEG")
    [sheet] = printed(sheets.of_pages([file.getvalue()]))
    wide, high = inked(sheet)
    assert wide <= 210 - 2 * sheets.EDGE_MM + 1
    assert high <= 297 - 2 * sheets.EDGE_MM + 1


@given(st.integers(1, 900), st.integers(1, 900), st.sampled_from([50, 100, 150]))
@settings(max_examples=20)
def test_no_page_is_cut_off(width: int, height: int, dpi: int) -> None:
    """Whatever its shape, all of it is on one sheet within what printers can print."""
    [sheet] = printed(sheets.of_pages([jpeg(width, height, dpi=dpi)]))
    edge = sheets.EDGE_MM / 25.4 * DPI - 2
    box = sheet.point(lambda level: 255 if level < 200 else 0).getbbox()
    if box is not None:  # a dot or two may be lost in rendering
        assert box[0] >= edge
        assert box[2] <= sheet.width - edge


@pytest.mark.parametrize("pages", [[], [b"no picture"], [b"\x89PNG\r\n\x1a\n"]])
def test_what_is_no_page_is_refused(pages: list[bytes]) -> None:
    """Nothing at all, and what is no JPEG, is a mistake of whoever asks."""
    with pytest.raises((ValueError, OSError)):
        sheets.of_pages(pages)
