"""Which paper four corners are the corners of, and the page straightened, with its lines level."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from drivers.cameras.opencv import Image, cv2
from drivers.cameras.page_edges import Points
from drivers.device import PaperFormat

SIZES_MM = {  # short and long side
    PaperFormat.A4: (210.0, 297.0),
    PaperFormat.A5: (148.0, 210.0),
    PaperFormat.CARD: (53.98, 85.6),
}
LIKE = 0.05  # parts by which the sides' ratio may be off a format's and still be that format
LARGER = 1.25  # times by which the size may be: A4 and A5, of one shape, differ by 1.41
USUAL_FOCUS = 1.1  # focal length by the picture's width, where perspective does not tell it
WRITING = 1.4  # by how much more lines of writing show along one direction than along the other
READ = 640  # pixels of the long side of the copy in which lines of writing are looked for


@dataclass(frozen=True, slots=True)
class Shape:
    """What a page is: its sides in pixels of the picture, its format, its dots per inch.

    `width` belongs to the side between the first two corners. Format and dpi are None for a paper
    of another shape whose size nobody knows.
    """

    width: float
    height: float
    format: PaperFormat | None
    dpi: float | None


def shape_of(corners: Points, picture: tuple[int, ...], sees_mm: float | None) -> Shape:
    """The shape of the page with these corners in a picture of that shape (rows, columns).

    Its true ratio follows from the perspective. `sees_mm` is how much of the table's width the
    camera sees: without it A5 and A4, which have the same ratio, are both taken for A4.
    """
    ratio = _ratio(corners, picture)
    area = cv2.contourArea(corners.astype(np.float32))
    width, height = float(np.sqrt(area * ratio)), float(np.sqrt(area / ratio))
    mm = sees_mm / picture[1] if sees_mm else None
    found = _format(max(ratio, 1 / ratio), max(width, height), mm)
    if found is None:
        return Shape(width, height, None, None if mm is None else 25.4 / mm)
    short, long = SIZES_MM[found]
    true = long / short if ratio > 1 else short / long
    width, height = float(np.sqrt(area * true)), float(np.sqrt(area / true))
    return Shape(width, height, found, max(width, height) / long * 25.4)


def straighten(picture: Image, corners: Points, width: int, height: int) -> Image:
    """The part of a picture between four corners as a rectangle, the first at its upper left."""
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32) - 0.5
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), target.astype(np.float32))
    straight = cv2.warpPerspective(
        picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(straight, np.uint8)


def upright(picture: Image, corners: Points, shape: Shape) -> Points:
    """The corners turned so that the first one is the upper left of a page that can be read.

    Lines of writing run from left to right; of the two ways in which they do, the page's top is
    the end that lies further up in the picture. Where no writing is seen sheets stand, cards lie.
    """
    corners = corners if _lines_run_along_first_side(picture, corners, shape) else _turned(corners)
    return corners if corners[1, 0] >= corners[0, 0] else _turned(_turned(corners))


def _turned(corners: Points) -> Points:
    return np.asarray(np.roll(corners, -1, axis=0), np.float64)


def _lines_run_along_first_side(picture: Image, corners: Points, shape: Shape) -> bool:
    lying = shape.width > shape.height
    if shape.format is PaperFormat.CARD:
        return lying
    scale = READ / max(shape.width, shape.height)
    size = round(shape.width * scale), round(shape.height * scale)
    along_first, along_second = _lines(straighten(picture, corners, *size))
    if max(along_first, along_second) > WRITING * min(along_first, along_second):
        return along_first > along_second
    return not lying


def _lines(sheet: Image) -> tuple[float, float]:
    """How clearly lines of writing show along the rows, and along the columns."""
    grey = cv2.cvtColor(sheet, cv2.COLOR_BGR2GRAY)
    paper = cv2.medianBlur(cv2.dilate(grey, np.ones((7, 7), np.uint8)), 15)
    ink = cv2.subtract(paper, grey).astype(np.float32)
    rim = max(min(ink.shape) // 25, 2)
    ink = ink[rim:-rim, rim:-rim]
    ink[ink < 12] = 0
    rows, columns = ink.mean(axis=1), ink.mean(axis=0)
    return float(np.diff(rows).std()), float(np.diff(columns).std())


def _ratio(corners: Points, picture: tuple[int, ...]) -> float:
    """Width by height of the rectangle that is seen with these corners.

    After Zhang and He, "Whiteboard scanning and image enhancement" (2007), equations 11 to 20: the
    picture's middle is taken for the optical one, the focal length follows from the perspective
    where there is enough of it.
    """
    height, width = picture[:2]
    centred = (corners - ((width - 1) / 2, (height - 1) / 2)) / width
    m1, m2, m4, m3 = np.column_stack([centred, np.ones(4)])
    k2 = np.dot(np.cross(m1, m4), m3) / np.dot(np.cross(m2, m4), m3)
    k3 = np.dot(np.cross(m1, m4), m2) / np.dot(np.cross(m3, m4), m2)
    across, down = k2 * m2 - m1, k3 * m3 - m1
    focus = _focus(across, down)
    across[:2] /= focus
    down[:2] /= focus
    return float(np.linalg.norm(across) / np.linalg.norm(down))


def _focus(across: Points, down: Points) -> float:
    """The focal length by the picture's width that makes these two directions rectangular."""
    vanishing = across[2] * down[2]
    if abs(vanishing) < 1e-3:
        return USUAL_FOCUS
    squared = -(across[0] * down[0] + across[1] * down[1]) / vanishing
    return float(np.sqrt(squared)) if 0.5**2 < squared < 2.5**2 else USUAL_FOCUS


def _format(ratio: float, longest: float, mm: float | None) -> PaperFormat | None:
    """The format whose sides have that ratio, and whose size fits where it is known."""
    like: dict[PaperFormat, float] = {}
    for name, (short, long) in SIZES_MM.items():
        if mm is None and name is PaperFormat.A5:
            continue
        off = abs(ratio / (long / short) - 1)
        size = 1.0 if mm is None else longest * mm / long
        if off < LIKE and 1 / LARGER < size < LARGER:
            like[name] = off + abs(size - 1)
    return min(like, key=lambda name: like[name]) if like else None
