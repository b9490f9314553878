"""Signatures: what is one, and as JSON, SVG and PNG."""

from __future__ import annotations

import math
import re
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from drivers.device import Advice, Point, Signature, SignatureError
from drivers.device.signature import (
    LARGEST,
    LONGEST_MS,
    MOST_POINTS,
    MOST_STROKES,
    Stroke,
    bends,
    curve,
)
from drivers.panels.signature import INK, LARGEST_PNG, PEN, from_json, to_json, to_png, to_svg

WIDTH, HEIGHT = 9000, 3000  # 90 by 30 mm


def line(*places: tuple[int, int], ms: int = 0, each: int = 10) -> Stroke:
    """A stroke through places."""
    return tuple(Point(x, y, ms + each * n) for n, (x, y) in enumerate(places))


WAVE = Signature(
    (
        line(*((1000 + 50 * n, 1500 + round(900 * math.sin(n / 9))) for n in range(120))),
        line((4000, 300), (4000, 2700), ms=1500),
        line((7600, 2500), ms=2000),
    ),
    WIDTH,
    HEIGHT,
)


@st.composite
def signatures(draw: st.DrawFn) -> Signature:
    """Anything that a field can have taken."""
    width, height = draw(st.integers(1, LARGEST)), draw(st.integers(1, LARGEST))
    place = st.tuples(st.integers(0, width), st.integers(0, height))
    strokes = draw(st.lists(st.lists(place, min_size=1, max_size=20), max_size=6))
    count = sum(map(len, strokes))
    pauses = (
        draw(st.lists(st.integers(0, 3000), min_size=max(count - 1, 0), max_size=count - 1))
        if count
        else []
    )
    times = iter(accumulate(pauses, initial=0))
    return Signature(
        tuple(tuple(Point(x, y, next(times)) for x, y in stroke) for stroke in strokes),
        width,
        height,
    )


# --- what is one ---


def test_how_far_the_finger_went() -> None:
    """The length is that on the glass, without the ways through the air."""
    strokes = (line((0, 0), (300, 400)), line((0, 0), (0, 1000), ms=100))
    assert Signature(strokes, WIDTH, HEIGHT).length_mm == 15


@pytest.mark.parametrize(
    ("strokes", "code"),
    [
        ((), "signature.empty"),
        ((line((10, 10)),), "signature.too_short"),
        ((line((10, 10)), line((8000, 10), ms=50)), "signature.too_short"),
        ((line((0, 0), (0, 1499)),), "signature.too_short"),
    ],
)
def test_what_is_no_signature_yet_says_so_to_the_resident(
    strokes: tuple[Stroke, ...], code: str
) -> None:
    """An empty field, dots and a short scribble are refused in words that say what to do."""
    fault = Signature(strokes, WIDTH, HEIGHT).fault
    assert fault is not None
    assert (fault.code, fault.advice) == (code, Advice.RESIDENT_ACTS)
    assert "write your" in fault.for_resident


def test_a_signature_has_no_fault() -> None:
    """Enough line on the glass can be taken."""
    assert WAVE.fault is None
    assert Signature((line((0, 0), (0, 1500)),), WIDTH, HEIGHT).fault is None


@pytest.mark.parametrize(
    ("strokes", "width"),
    [
        (((),), WIDTH),
        ((line((WIDTH + 1, 0)),), WIDTH),
        ((line((0, -1)),), WIDTH),
        ((line((0, 0), ms=5),), WIDTH),
        ((line((0, 0), (1, 1), each=-1),), WIDTH),
        ((line((0, 0), (1, 1), each=LONGEST_MS + 1),), WIDTH),
        ((line((0, 0), (1, 1)), line((0, 0), ms=9)), WIDTH),
        (tuple(line((n, 0), ms=0) for n in range(MOST_STROKES + 1)), WIDTH),
        ((line(*[(0, 0)] * (MOST_POINTS + 1)),), WIDTH),
        ((), 0),
        ((), LARGEST + 1),
    ],
)
def test_what_no_field_can_have_taken_is_refused(strokes: tuple[Stroke, ...], width: int) -> None:
    """Whoever has a signature can draw it, keep it and send it."""
    with pytest.raises(SignatureError):
        Signature(strokes, width, HEIGHT)


def test_a_signature_does_not_show_itself() -> None:
    """No log that a signature is put into holds a stroke."""
    assert repr(WAVE) == f"Signature(width={WIDTH}, height={HEIGHT})"


def test_the_curve_goes_where_the_finger_went() -> None:
    """It begins and ends at the first and last place, and leaves no corner between."""
    places = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (20.0, 10.0)]
    assert list(bends(places)) == [((10, 0), (10, 5)), ((10, 10), (15, 10))]
    drawn = list(curve(places))
    assert (drawn[0], drawn[-1]) == (places[0], places[-1])
    turns = [
        math.dist((b[0] - a[0], b[1] - a[1]), (c[0] - b[0], c[1] - b[1]))
        for a, b, c in zip(drawn, drawn[1:], drawn[2:], strict=False)
    ]
    assert max(turns[:-1]) < 2
    assert list(curve(places[:1])) == [places[0]] * 2


# --- JSON ---


def test_the_json_is_what_the_page_says() -> None:
    """First place and time, then differences, and nothing else."""
    small = Signature((line((10, 20), (13, 16), ms=0), line((5, 5), ms=40)), WIDTH, HEIGHT)
    expected = b'{"width":9000,"height":3000,"strokes":[[10,20,0,3,-4,10],[5,5,40]]}'
    page = Path(__file__).parents[3] / "docs" / "devices" / "signature.md"
    assert f"    {expected.decode()}\n" in page.read_text(encoding="utf-8")
    assert to_json(small) == expected
    assert from_json(expected) == small


@given(signatures())
def test_any_signature_survives_json(signature: Signature) -> None:
    """Every point is where and when it was."""
    assert from_json(to_json(signature)) == signature


@given(st.binary(max_size=80) | st.text(alphabet='{}[]":,0123456789-.ewidthstrokn ', max_size=80))
def test_what_is_no_signature_is_refused(data: bytes | str) -> None:
    """Whatever stands there, it is a signature or an error that says it is none."""
    raw = data.encode() if isinstance(data, str) else data
    try:
        from_json(raw)
    except SignatureError:
        return
    assert raw.startswith(b"{")


@pytest.mark.parametrize(
    "said",
    [
        "[]",
        "3",
        "[" * 100_000,
        '{"width":9000,"height":3000}',
        '{"width":9000.0,"height":3000,"strokes":[]}',
        '{"width":true,"height":3000,"strokes":[]}',
        '{"width":9000,"height":3000,"strokes":[[1,2]]}',
        '{"width":9000,"height":3000,"strokes":[[1,2,NaN]]}',
        '{"width":9000,"height":3000,"strokes":[[9001,0,0]]}',
        '{"width":9000,"height":3000,"strokes":["abc"]}',
        '{"width":9000,"height":3000,"strokes":7}',
    ],
)
def test_json_of_something_else_is_refused(said: str) -> None:
    """A wrong shape, a wrong kind of number, a place outside: each is an error of one kind."""
    with pytest.raises(SignatureError):
        from_json(said.encode())


# --- SVG ---


def drawn_places(path: str) -> list[tuple[int, int]]:
    """Where the end points and bends of a path's curves are."""
    x, y, found = 0, 0, []
    for numbers in re.findall(r"[Mql]([^Mql]*)", path):
        values = [int(n) for n in re.findall(r"-?\d+", numbers)]
        pairs = list(zip(values[::2], values[1::2], strict=True))
        found += [(x + dx, y + dy) for dx, dy in pairs]
        x, y = found[-1]
    return found


@given(signatures())
def test_any_signature_is_a_picture_inside_its_box(signature: Signature) -> None:
    """The SVG is well-formed, and no line leaves it: a curve stays between its points."""
    svg = to_svg(signature)
    root = ET.fromstring(svg)  # noqa: S314 # our own bytes
    left, top, width, height = map(int, root.attrib["viewBox"].split())
    paths = [e.attrib["d"] for e in root.iter("{http://www.w3.org/2000/svg}path")]
    assert len(paths) == len(signature.strokes)
    for path, stroke in zip(paths, signature.strokes, strict=True):
        places = drawn_places(path)
        assert places[0] == (stroke[0].x, stroke[0].y)
        assert places[-1] == (stroke[-1].x, stroke[-1].y)
        for x, y in places:
            assert left + PEN // 2 <= x <= left + width - PEN // 2
            assert top + PEN // 2 <= y <= top + height - PEN // 2
    assert to_svg(signature) == svg


def test_an_svg_is_small_and_of_the_size_of_the_field() -> None:
    """It can be printed at its own size, and is no larger than what it says."""
    svg = to_svg(WAVE)
    assert b'width="90.6mm" height="30.6mm"' in svg
    assert INK.encode() in svg
    assert len(svg) < 3000


# --- PNG ---


@given(signatures(), st.integers(1, 90), st.integers(1, 90))
def test_any_signature_is_a_png_of_the_size_asked_for(
    signature: Signature, width: int, height: int
) -> None:
    """The picture has that size, and ink where there are strokes and only there."""
    with Image.open(BytesIO(to_png(signature, width, height))) as picture:
        assert (picture.format, picture.mode, picture.size) == ("PNG", "L", (width, height))
        darkest = picture.getextrema()[0]
    assert (darkest != 255) == bool(signature.strokes)


def test_a_png_shows_what_was_drawn() -> None:
    """Ink lies along the strokes, in the middle of a picture of another shape."""
    with Image.open(BytesIO(to_png(WAVE, 906, 700))) as picture:
        box = picture.point(lambda p: 255 - p).getbbox()
        assert box is not None
        assert picture.getpixel((403, 350)) == 0  # the upright stroke
        assert picture.getpixel((763, 450)) == 0  # the dot
        assert picture.getpixel((880, 350)) == 255
    assert box[0] == pytest.approx(100, abs=4)
    assert box[1] == pytest.approx(227, abs=4)
    assert box[2] == pytest.approx(766, abs=4)
    assert box[3] == pytest.approx(473, abs=4)
    assert to_png(WAVE, 300, 100) == to_png(WAVE, 300, 100)


@pytest.mark.parametrize("size", [(0, 10), (10, 0), (LARGEST_PNG + 1, 10)])
def test_a_picture_of_no_sensible_size_is_refused(size: tuple[int, int]) -> None:
    """Nobody fills the memory by asking for a large picture."""
    with pytest.raises(SignatureError):
        to_png(WAVE, *size)
