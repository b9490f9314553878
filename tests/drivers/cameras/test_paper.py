"""Pages as files, read back by programs that are not ours."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from drivers.cameras.paper import FEWEST_DPI, to_jpeg, to_pdf
from drivers.device import Page, PageMode, PaperFormat
from drivers.errors import DeviceError
from sandbox.devices.papers import paper
from tests.drivers.page_scenes import likeness, pixels_of

MUCH = 50_000_000


def page(name: str, mode: PageMode, dpi: int | None = 150) -> Page:
    """One of the sandbox's papers as a scan would be."""
    laid = paper(name)
    size = round(laid.width_mm / 25.4 * 150), round(laid.height_mm / 25.4 * 150)
    image = Image.fromarray(laid.pixels).resize(size, Image.Resampling.BOX)
    if mode is not PageMode.COLOUR:
        image = image.convert("L")
    if mode is PageMode.BLACK_WHITE:
        image = image.point(lambda level: 255 if level > 127 else 0)
    return Page(*size, mode, image.tobytes(), PaperFormat.A4 if dpi else None, dpi)


def poppler(program: str, pdf: bytes, tmp_path: Path, *options: str) -> str:
    """What a program of poppler says of a PDF."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is missing: ./run setup installs it (poppler-utils)")
    file = tmp_path / "scan.pdf"
    file.write_bytes(pdf)
    command = [program, *options, str(file)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_several_pages_are_one_pdf_each_as_large_as_its_paper(tmp_path: Path) -> None:
    """A sheet, a slip and a card keep their order, their sizes and their resolution."""
    names = ["a4", "a5", "id-card"]
    pdf = to_pdf([page(name, PageMode.COLOUR) for name in names], MUCH)
    told = poppler("pdfinfo", pdf, tmp_path, "-l", "9")
    sizes = [
        line.split()[3:6:2]
        for line in told.splitlines()
        if line.startswith("Page ") and " size:" in line
    ]
    for name, size in zip(names, sizes, strict=True):
        wanted = paper(name).width_mm, paper(name).height_mm
        for points, mm in zip(size, wanted, strict=True):
            assert float(points) / 72 * 25.4 == pytest.approx(mm, abs=0.2)
    told = poppler("pdfimages", pdf, tmp_path, "-list")
    assert [line.split()[12] for line in told.splitlines()[2:]] == ["150"] * 3


def test_what_is_in_the_pdf_is_the_page(tmp_path: Path) -> None:
    """Rendered by another program, each mode looks as the page does."""
    for mode in PageMode:
        scanned = page("form", mode)
        pdf = to_pdf([scanned], MUCH)
        poppler("pdftoppm", pdf, tmp_path, "-v")
        file = tmp_path / "scan.pdf"
        target = tmp_path / mode
        command = ["pdftoppm", "-png", "-r", "150", "-singlefile", str(file), str(target)]
        subprocess.run(command, check=True)
        with Image.open(target.with_suffix(".png")) as drawn:
            shown = drawn.convert("L").resize((scanned.width, scanned.height))
        assert likeness(np.asarray(shown), pixels_of(scanned)) > 0.97


def test_black_and_white_is_a_fax(tmp_path: Path) -> None:
    """Black and white is CCITT Group 4: a tenth of the same page in grey."""
    pdf = to_pdf([page("a4", PageMode.BLACK_WHITE)], MUCH)
    assert "ccitt" in poppler("pdfimages", pdf, tmp_path, "-list")
    assert len(pdf) < len(to_pdf([page("a4", PageMode.GREY)], MUCH)) / 5


@settings(max_examples=12)
@given(st.integers(60_000, 400_000), st.sampled_from(PageMode))
def test_a_file_is_never_larger_than_allowed(limit: int, mode: PageMode) -> None:
    """Whatever the limit, a PDF and a JPEG keep to it, or say by how much they can not."""
    pages = [page("a4", mode), page("id-card", PageMode.COLOUR)]
    try:
        assert len(to_pdf(pages, limit)) <= limit
        assert len(to_jpeg(pages[0], limit)) <= limit
    except DeviceError as error:
        fault = error.fault
        assert fault.code == "page.too_large"


def test_a_limit_is_used_well() -> None:
    """No more quality is given away than has to be: what is left of the limit is little."""
    scanned = page("a4", PageMode.COLOUR)
    best = len(to_jpeg(scanned, MUCH))
    limit = best * 3 // 4
    assert 0.9 * limit < len(to_jpeg(scanned, limit)) <= limit


def test_a_smaller_picture_is_still_legible_and_says_its_size() -> None:
    """Where quality alone does not do, dots are given up, but never below the fewest."""
    jpeg = to_jpeg(page("a4", PageMode.COLOUR), 90_000)
    with Image.open(io.BytesIO(jpeg)) as opened:
        dpi = opened.info["dpi"][0]
        assert FEWEST_DPI <= dpi < 150
        assert opened.width / dpi * 25.4 == pytest.approx(paper("a4").width_mm, abs=1.5)


def test_what_can_not_be_made_to_fit_says_by_how_much() -> None:
    """A limit that no quality keeps to is an error with figures, and a word for the resident."""
    with pytest.raises(
        DeviceError, match=r"page\.too_large.*bytes, \d+ more than the 2000 allowed"
    ):
        to_pdf([page("a4", PageMode.COLOUR)] * 3, 2000)
    with pytest.raises(DeviceError) as caught:
        to_jpeg(page("a4", PageMode.BLACK_WHITE), 2000)
    assert "fewer" in caught.value.fault.resident


def test_the_same_pages_are_the_same_bytes() -> None:
    """Nothing of the time or the machine is in a file: no date, no name, no EXIF."""
    pages = [page("a4", PageMode.COLOUR), page("a5", PageMode.BLACK_WHITE)]
    first, second = to_pdf(pages, MUCH), to_pdf(pages, MUCH)
    assert first == second
    for word in (b"/CreationDate", b"/ModDate", b"/Author", b"/Title", b"/Creator"):
        assert word not in first
    jpeg = to_jpeg(pages[0], MUCH)
    assert jpeg == to_jpeg(pages[0], MUCH)
    assert b"Exif" not in jpeg


def test_a_paper_of_unknown_size_is_taken_for_a4(tmp_path: Path) -> None:
    """A scan without dots per inch has to have some size in print."""
    pdf = to_pdf([page("a4", PageMode.GREY, dpi=None)], MUCH)
    assert "595" in poppler("pdfinfo", pdf, tmp_path)


def test_no_pages_are_no_pdf() -> None:
    """An empty PDF is a mistake of whoever asks for it."""
    with pytest.raises(ValueError, match="at least one page"):
        to_pdf([], MUCH)
