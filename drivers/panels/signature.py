"""Signatures as others read them: JSON with every point's time, SVG, PNG.

All three are the same bytes for the same signature, and say whose hand wrote: they are kept and
sent like a name, never logged.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from typing import Any, Final

from PIL import Image, ImageDraw

from drivers.device.signature import (
    Place,
    Point,
    Signature,
    SignatureError,
    Stroke,
    bends,
    curve,
)

PEN: Final = 60  # the width of a line, 0.6 mm: a ball pen's
INK: Final = "#0e1b2e"
FINER: Final = 4  # a PNG is drawn so many times larger, then made smaller: smooth edges
LARGEST_PNG: Final = 4096  # pixels a side


# --- JSON ---


def to_json(signature: Signature) -> bytes:
    """Compact JSON: `width`, `height` and `strokes`, each a list of x, y, ms.

    The first three numbers of a stroke are the place and time of its first point, all others the
    difference to the point before. Units are those of `Point`.
    """
    strokes = [list(chain.from_iterable(_differences(stroke))) for stroke in signature.strokes]
    said = {"width": signature.width, "height": signature.height, "strokes": strokes}
    return json.dumps(said, separators=(",", ":")).encode("ascii")


def from_json(data: bytes) -> Signature:
    """The signature that `to_json` wrote. SignatureError for anything else."""
    try:
        said = json.loads(data)
        width, height = _whole(said["width"]), _whole(said["height"])
        strokes = tuple(_stroke(numbers) for numbers in said["strokes"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise SignatureError(f"no signature in {len(data)} bytes of JSON") from error
    return Signature(strokes, width, height)


def _differences(stroke: Stroke) -> Iterator[tuple[int, int, int]]:
    before = Point(0, 0, 0)
    for point in stroke:
        yield point.x - before.x, point.y - before.y, point.ms - before.ms
        before = point


def _stroke(numbers: list[Any]) -> Stroke:
    if len(numbers) % 3:
        raise ValueError
    points, x, y, ms = [], 0, 0, 0
    for at in range(0, len(numbers), 3):
        x += _whole(numbers[at])
        y += _whole(numbers[at + 1])
        ms += _whole(numbers[at + 2])
        points.append(Point(x, y, ms))
    return tuple(points)


def _whole(number: object) -> int:
    if type(number) is not int:  # True is an int to isinstance
        raise TypeError
    return number


# --- pictures ---


def to_svg(signature: Signature) -> bytes:
    """An SVG of the field's size in millimetres: one smooth path a stroke, nothing else."""
    margin = PEN // 2
    width, height = signature.width + PEN, signature.height + PEN
    paths = "".join(f'<path d="{_path(stroke)}"/>' for stroke in signature.strokes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width / 100:g}mm"'
        f' height="{height / 100:g}mm" viewBox="{-margin} {-margin} {width} {height}">'
        f'<g fill="none" stroke="{INK}" stroke-width="{PEN}"'
        f' stroke-linecap="round" stroke-linejoin="round">{paths}</g></svg>'
    ).encode("ascii")


def to_png(signature: Signature, width: int, height: int) -> bytes:
    """A PNG of that size in pixels, black on white; the field in its middle, as large as fits.

    SignatureError for a size below 1 or above LARGEST_PNG.
    """
    if not (1 <= width <= LARGEST_PNG and 1 <= height <= LARGEST_PNG):
        raise SignatureError(f"a picture of {width} by {height}; 1 to {LARGEST_PNG} pixels a side")
    across, up = width * FINER, height * FINER
    scale = min(across / (signature.width + PEN), up / (signature.height + PEN))
    left = (across - signature.width * scale) / 2
    top = (up - signature.height * scale) / 2
    paper = Image.new("L", (across, up), 255)
    pen = ImageDraw.Draw(paper)
    for stroke in signature.strokes:
        line = [(left + x * scale, top + y * scale) for x, y in curve(_places(stroke))]
        _draw(pen, line, max(PEN * scale, FINER))
    picture = BytesIO()
    paper.reduce(FINER).save(picture, "PNG", optimize=True)
    return picture.getvalue()


def _places(stroke: Stroke) -> list[tuple[int, int]]:
    return [(point.x, point.y) for point in stroke]


def _draw(pen: ImageDraw.ImageDraw, line: list[Place], width: float) -> None:
    """A line with round ends and joints."""
    radius = width / 2
    for x, y in line:
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=0)
    if len(line) > 1:
        pen.line(line, fill=0, width=max(round(width), 1))


def _path(stroke: Stroke) -> str:
    """SVG's path data: the same curve, in whole units and relative, so that it is short."""
    places = _places(stroke)
    x, y = places[0]
    said = [f"M{_numbers(x, y)}"]
    for bend, end in bends(places):
        to_x, to_y = int(end[0]), int(end[1])
        said.append("q" + _numbers(int(bend[0]) - x, int(bend[1]) - y, to_x - x, to_y - y))
        x, y = to_x, to_y
    said.append("l" + _numbers(places[-1][0] - x, places[-1][1] - y))
    return "".join(said)


def _numbers(*numbers: int) -> str:
    """Numbers with no more between them than has to be: a minus is a separator too."""
    return "".join(str(n) if n < 0 else f" {n}" for n in numbers).lstrip()
