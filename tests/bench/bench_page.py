"""From a camera's picture of twelve megapixels to a PDF, and what each step takes of that."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import numpy as np

from drivers.cameras import page_light, pages
from drivers.cameras.opencv import Image, cv2
from drivers.cameras.page_finding import find, refine
from drivers.cameras.page_shape import Shape, shape_of, straighten, upright
from drivers.cameras.paper import BEST, to_pdf
from drivers.device import Page, PageMode, PaperFormat
from sandbox.devices.page_scene import SEES_MM, Points, Scene, render
from sandbox.devices.papers import paper
from tests.bench.row import Row

SIZE = 4000, 3000
ROUNDS = 9
WANTED = 400.0  # ms for all of it, decoding left out
BUDGET = "what a resident does not notice"
MUCH = 50_000_000


def run() -> Iterator[Row]:
    """The whole way in colour and in black and white, its steps, and OpenCV's bare two calls."""
    view = render(paper("a4"), Scene(degrees=82, clutter=True), *SIZE)
    picture = np.ascontiguousarray(view.pixels[..., ::-1])
    yield Row(
        "12 MP to PDF, colour", _usual(lambda: _pdf(picture, PageMode.COLOUR)), "ms", WANTED, BUDGET
    )
    bw = _usual(lambda: _pdf(picture, PageMode.BLACK_WHITE))
    yield Row("12 MP to PDF, black and white", bw, "ms", WANTED, BUDGET)
    yield from _steps(picture)


def _steps(picture: Image) -> Iterator[Row]:
    quad = find(picture)
    if quad is None:
        raise ValueError("the page that was drawn is not found")
    exact = refine(picture, quad)
    shape = shape_of(exact, picture.shape, SEES_MM)
    corners = upright(picture, exact, shape)
    shape = shape_of(corners, picture.shape, SEES_MM)
    size = round(shape.width), round(shape.height)
    straight = straighten(picture, corners, *size)
    jpeg = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 90])[1]
    yield Row("page: decode JPEG of 12 MP", _usual(lambda: cv2.imdecode(jpeg, 1)), "ms")
    yield Row("page: find its edges", _usual(lambda: find(picture)), "ms")
    yield Row("page: exact corners", _usual(lambda: refine(picture, quad)), "ms")
    judged = _usual(lambda: pages.look(picture, SEES_MM)) - _usual(lambda: find(picture))
    yield Row("page: judge light and sharpness", judged, "ms")
    bare = _usual(lambda: _bare_warp(picture, corners, size))
    source = "OpenCV's warpPerspective"
    straightened = _usual(lambda: straighten(picture, corners, *size))
    yield Row("page: straighten", straightened, "ms", bare, source)
    lit = _usual(lambda: page_light.even(straight.copy(), keep_tint=False))
    yield Row("page: even light", lit, "ms")
    page = _page(straight, shape)
    encoded = _usual(lambda: cv2.imencode(".jpg", straight, [cv2.IMWRITE_JPEG_QUALITY, BEST]))
    source = "OpenCV's imencode"
    yield Row("page: PDF", _usual(lambda: to_pdf([page], MUCH)), "ms", encoded, source)
    whole = _usual(lambda: _pdf(picture, PageMode.COLOUR))
    yield Row("12 MP to PDF, all steps", whole, "ms", bare + encoded, "both of these calls alone")


def _pdf(picture: Image, mode: PageMode) -> bytes:
    return to_pdf([pages.scan(picture, mode, SEES_MM)], MUCH)


def _page(straight: Image, shape: Shape) -> Page:
    height, width = straight.shape[:2]
    pixels = np.ascontiguousarray(straight[..., ::-1]).tobytes()
    return Page(width, height, PageMode.COLOUR, pixels, PaperFormat.A4, round(shape.dpi or 0))


def _bare_warp(picture: Image, corners: Points, size: tuple[int, int]) -> object:
    width, height = size
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    return cv2.warpPerspective(picture, matrix, size)


def _usual(work: Callable[[], object]) -> float:
    """The median of some rounds, in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    return sorted(times)[ROUNDS // 2]
