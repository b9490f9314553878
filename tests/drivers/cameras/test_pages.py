"""Pages found, straightened and lit evenly, against scenes whose truth is known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.cameras import pages
from drivers.cameras.opencv import Image, cv2
from drivers.cameras.page_finding import find, refine
from drivers.cameras.page_shape import SIZES_MM
from drivers.device import Fault, PageGuidance, PageMode, PaperFormat
from drivers.errors import CardError
from sandbox.devices.page_scene import SEES_MM, Points, Scene
from sandbox.devices.papers import paper
from tests.drivers.page_scenes import (
    DARKER,
    SIZE,
    blank,
    good,
    likeness,
    original,
    pixels_of,
    poses,
    seen,
)

FORMATS = {
    "a4": PaperFormat.A4,
    "form": PaperFormat.A4,
    "a5": PaperFormat.A5,
    "id-card": PaperFormat.CARD,
}
EXAMPLES = settings(max_examples=10)


def codes(picture: Image) -> list[str]:
    """What the QR codes in a picture say."""
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def off_by(found: Points, true: Points) -> float:
    """By how many pixels the worst corner is off, whichever is counted first."""
    return min(float(np.abs(np.roll(found, turn, axis=0) - true).max()) for turn in range(4))


@EXAMPLES
@given(good())
def test_corners_are_exact(laid: tuple[str, Scene]) -> None:
    """Every corner is found to a quarter of a millimetre, wherever and however a paper lies."""
    picture, true = seen(*laid)
    quad = find(picture)
    assert quad is not None
    assert off_by(refine(picture, quad), true) < 0.25 * SIZE[0] / SEES_MM


@EXAMPLES
@given(good())
def test_a_page_is_scanned_as_it_is(laid: tuple[str, Scene]) -> None:
    """What comes out is the paper: its format, its lines level, every part in its place."""
    picture, _ = seen(*laid)
    page = pages.scan(picture, PageMode.COLOUR, SEES_MM)
    assert page.format is FORMATS[laid[0]]
    assert page.dpi is not None
    short, long = SIZES_MM[page.format]
    assert page.dpi == pytest.approx(max(page.width, page.height) / long * 25.4, rel=0.01)
    assert min(page.width, page.height) == pytest.approx(page.dpi * short / 25.4, rel=0.01)
    assert page.dpi == pytest.approx(SIZE[0] / SEES_MM * 25.4, rel=0.12)
    scanned = pixels_of(page)
    assert likeness(scanned, original(*laid, page)) > 0.95
    assert codes(scanned) == ([code] if (code := paper(laid[0]).code) else [])


@EXAMPLES
@given(good())
def test_paper_is_evenly_light_and_seals_stay_red(laid: tuple[str, Scene]) -> None:
    """Light that falls to half across the table leaves no trace; nothing on it is burnt out."""
    picture, _ = seen(*laid)
    page = pages.scan(picture, PageMode.COLOUR, SEES_MM)
    scanned, itself = pixels_of(page), original(*laid, page)
    levels = cv2.blur(scanned.max(axis=2), (15, 15))[blank(itself) > 0]
    darkest, usual, lightest = np.percentile(levels, [1, 50, 99])
    assert lightest - darkest < 0.08 * usual
    assert 225 < usual < 252
    seal = cv2.erode(
        ((itself[..., 0] / 2 > itself[..., 1]) * 255).astype(np.uint8), np.ones((3, 3))
    )
    if page.format is not PaperFormat.CARD and seal.any():
        red, green, blue = np.median(scanned[seal > 0], axis=0)
        assert red > 150
        assert green < 0.5 * red
        assert blue < 0.5 * red


@pytest.mark.parametrize("mode", [PageMode.GREY, PageMode.BLACK_WHITE])
def test_the_other_modes_can_be_read(mode: PageMode) -> None:
    """Grey and black-and-white are a byte a pixel; codes are read from them, seals are there."""
    scene = Scene(degrees=85, shade=0.5)
    page = pages.scan(seen("a4", scene)[0], mode, SEES_MM)
    scanned, itself = pixels_of(page), original("a4", scene, page)
    assert codes(np.ascontiguousarray(scanned)) == [paper("a4").code]
    star = cv2.erode(
        ((itself[..., 0] / 2 > itself[..., 1]) * 255).astype(np.uint8), np.ones((5, 5))
    )
    assert np.median(scanned[star > 0]) < 140
    assert np.percentile(scanned[blank(itself) > 0], 1) > 220
    if mode is PageMode.BLACK_WHITE:
        assert set(np.unique(scanned)) == {0, 255}
        assert likeness(scanned, itself) > 0.9


def refused(scene: Scene, name: str) -> str:
    """The code with which a scene is refused, "" when it is scanned."""
    try:
        pages.scan(seen(name, scene)[0], PageMode.GREY, SEES_MM)
    except CardError as error:
        return error.fault.code
    return ""


SHEETS = st.sampled_from(["a4", "a5", "form"])
PARTS = st.floats(0.2, 0.8)
SIDES = st.floats(0.1, 0.9).flatmap(
    lambda along: st.floats(0.04, 0.12).flatmap(
        lambda inside: st.sampled_from(
            [(along, inside), (along, 1 - inside), (inside, along), (1 - inside, along)]
        )
    )
)


@EXAMPLES
@given(st.data(), SHEETS, st.floats(0.05, 0.2))
def test_too_dark(data: st.DataObject, name: str, level: float) -> None:
    """In too little light there is no scan; a paper on a light table is not even seen then."""
    ground = data.draw(st.sampled_from(DARKER))
    scene = replace(data.draw(poses(name)), x_mm=0, y_mm=0, level=level, ground=ground)
    assert refused(scene, name) == "page.dark"


@EXAMPLES
@given(st.data(), SHEETS, st.floats(22, 45))
def test_bent(data: st.DataObject, name: str, height: float) -> None:
    """A page whose middle stands up more than two centimetres is to be smoothed out."""
    scene = data.draw(poses(name))
    scene = replace(scene, x_mm=0, y_mm=0, bend_mm=height, ground="grey", tilt=4.0)
    assert refused(scene, name) == "page.bent"


@EXAMPLES
@given(st.data(), SHEETS, SIDES)
def test_covered(data: st.DataObject, name: str, tip: tuple[float, float]) -> None:
    """A hand that reaches over an edge is seen on every ground that is not of its colour."""
    scene = data.draw(poses(name))
    ground = data.draw(st.sampled_from(DARKER))
    scene = replace(scene, x_mm=0, y_mm=0, hand=tip, ground=ground)
    # a hand that lies along most of a side looks as much like the picture's rim, or like no page
    assert refused(scene, name) in {"page.covered", "page.cut_off", "page.none"}


@EXAMPLES
@given(st.data(), SHEETS, st.floats(150, 185), st.sampled_from([-1, 1]))
def test_cut_off(data: st.DataObject, name: str, aside: float, way: int) -> None:
    """A page that is partly outside is never cropped at a line that is drawn on it."""
    scene = replace(data.draw(poses(name)), x_mm=way * aside, y_mm=0)
    assert refused(scene, name) in {"page.cut_off", "page.covered"}


@EXAMPLES
@given(st.data(), st.sampled_from(["a4", "a5"]), st.floats(0.4, 0.8))
def test_blurred(data: st.DataObject, name: str, blur: float) -> None:
    """Writing whose strokes run together is not scanned."""
    scene = replace(data.draw(poses(name)), x_mm=0, y_mm=0, blur_mm=blur, ground="wood")
    assert refused(scene, name) == "page.blurred"


@EXAMPLES
@given(st.data(), SHEETS, st.tuples(PARTS, PARTS))
def test_glare(data: st.DataObject, name: str, spot: tuple[float, float]) -> None:
    """Where a lamp is reflected nothing can be read: the resident moves the paper."""
    scene = replace(data.draw(poses(name)), x_mm=0, y_mm=0, glare=spot)
    assert refused(scene, name) == "page.glare"


@pytest.mark.parametrize("ground", [*DARKER, "light", "white"])
@pytest.mark.parametrize("clutter", [False, True])
def test_an_empty_table_is_no_page(ground: str, clutter: bool) -> None:  # noqa: FBT001 # a case
    """Neither the grain of a table nor a pen, a coin and the corner of a slip are a page."""
    picture, _ = seen(None, Scene(ground=ground, clutter=clutter))
    assert pages.look(picture, SEES_MM).guidance is PageGuidance.NO_PAGE


def test_a_dark_room_is_said_to_be_dark() -> None:
    """Where nothing is seen because there is no light, nobody is told to lay down a paper."""
    picture, _ = seen(None, Scene(level=0.05))
    assert pages.look(picture, SEES_MM).guidance is PageGuidance.MORE_LIGHT


def test_every_refusal_says_what_to_do() -> None:
    """Whatever is wrong, the screen has a hint, the resident a sentence, and staff a reason."""
    for fault in (getattr(pages, name) for name in dir(pages)):
        if isinstance(fault, Fault):
            assert pages.GUIDANCE[fault.code] is not PageGuidance.GOOD
            assert fault.resident.endswith(".")
            assert fault.detail


def test_a_small_picture_is_refused() -> None:
    """What could not be read afterwards is not scanned: the camera is to come closer."""
    picture, _ = seen("a5", Scene(), (1200, 900))
    with pytest.raises(CardError, match=r"page\.small"):
        pages.scan(picture, PageMode.COLOUR, SEES_MM)


def test_without_its_measure_a_sheet_is_a4_and_a_card_a_card() -> None:
    """A5 has the shape of A4: only who knows how much the camera sees can tell them apart."""
    for name, expected in (("a5", PaperFormat.A4), ("id-card", PaperFormat.CARD)):
        picture, _ = seen(name, Scene(degrees=10))
        shape = pages.look(picture, None).shape
        assert shape is not None
        assert shape.format is expected


@EXAMPLES
@given(
    st.integers(1, 40),
    st.integers(1, 40),
    st.binary(min_size=16, max_size=64),
    st.sampled_from([1, 13, 40]),
)
def test_any_picture_has_an_answer(rows: int, columns: int, noise: bytes, times: int) -> None:
    """Whatever a camera sends, tiny or of noise, there is a page or a reason, and no exception."""
    grain = np.resize(np.frombuffer(noise, np.uint8), (rows, columns, 3))
    picture = np.ascontiguousarray(grain.repeat(times, axis=0).repeat(times, axis=1))
    sight = pages.look(picture, SEES_MM)
    assert sight.fault is None or sight.fault.code in pages.GUIDANCE
