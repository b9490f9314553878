"""Pages in pictures: what is wrong with one, and a good one straightened and evenly lit.

Everything here is a function of a picture; nothing is opened, nothing is kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drivers.cameras import page_light, page_sharpness
from drivers.cameras.opencv import Image, cv2
from drivers.cameras.page_finding import Quad, find, refine
from drivers.cameras.page_shape import SIZES_MM, Shape, shape_of, straighten, upright
from drivers.device import Advice, Fault, Page, PageGuidance, PageMode, PaperFormat
from drivers.errors import CardError

HIDDEN = 0.03  # parts of a side in one piece that show no edge: a fingertip on A4 is 5 % wide
UNSEEN = 0.85  # parts of a side that have to show one at all
CURVED = 0.8  # parts of a side that have to be seen before it is called bent, not covered
BULGE = 0.010  # parts of a side's length by which its middle may be off the straight line
DARKEST = 72.0  # levels of 256 that paper has at least: with less, noise becomes part of writing
NO_LIGHT = 18.0  # levels that nothing in the picture of a dark room reaches; a black table does
GLARE = 0.003  # parts of a page that may be burnt out: a few capitals of its writing
FEWEST_DPI = 100.0  # a character of 10.5 pt is 14 pixels high then, the least that can be read
FEWEST_PIXELS = 640  # of the long side, where the paper's size is not known
LIGHT = 256  # pixels of the long side of the copy in which light is judged

_OVER = "lay it into the middle of the table, by itself"
NONE = Fault(
    "page.none",
    Advice.RESIDENT_ACTS,
    f"no page is seen; {_OVER}",
    "Please lay your paper under the camera.",
)
CUT_OFF = Fault(
    "page.cut_off",
    Advice.RESIDENT_ACTS,
    f"a part of the page is outside of the picture; {_OVER}",
    "Please move the paper so that all of it is in the picture.",
)
COVERED = Fault(
    "page.covered",
    Advice.RESIDENT_ACTS,
    "an edge or a corner of the page is hidden or folded",
    "Something covers the paper. Please take your hand away and unfold its corners.",
)
BENT = Fault(
    "page.bent",
    Advice.RESIDENT_ACTS,
    "the edges of the page are not straight",
    "The paper is bent. Please smooth it out and lay it flat.",
)
DARK = Fault(
    "page.dark",
    Advice.ATTENDANT_ACTS,
    "there is too little light on the page; switch on the camera's lamp or clean it",
    "It is too dark here. Please do not stand between the lamp and the paper.",
)
GLARING = Fault(
    "page.glare",
    Advice.RESIDENT_ACTS,
    "a lamp is reflected in the page, or the picture is too bright",
    "A lamp is reflected in the paper. Please move or turn it a little.",
)
SMALL = Fault(
    "page.small",
    Advice.TECHNICIAN_ACTS,
    f"the page has less than {FEWEST_DPI:g} dots per inch; "
    "bring the camera closer, or let it make larger pictures",
    "The paper is too far from the camera to be read.",
)
BLURRED = Fault(
    "page.blurred",
    Advice.RETRY,
    "the writing is not sharp; clean the lens and let the camera focus",
    "The picture is not sharp. Please lay the paper down and let go of it.",
)

GUIDANCE = {
    NONE.code: PageGuidance.NO_PAGE,
    CUT_OFF.code: PageGuidance.WHOLE_PAGE,
    COVERED.code: PageGuidance.COVERED,
    BENT.code: PageGuidance.FLATTEN,
    DARK.code: PageGuidance.MORE_LIGHT,
    GLARING.code: PageGuidance.LESS_LIGHT,
    SMALL.code: PageGuidance.CLOSER,
    BLURRED.code: PageGuidance.HOLD_STILL,
}


@dataclass(frozen=True, slots=True)
class Sight:
    """A page as it is seen, and what is wrong with it, if anything.

    `corners` are in the picture's pixels; there are none where there is no page.
    """

    fault: Fault | None
    corners: NDArray[np.float64]
    quad: Quad | None = None
    shape: Shape | None = None

    @property
    def guidance(self) -> PageGuidance:
        """What the resident should do."""
        return PageGuidance.GOOD if self.fault is None else GUIDANCE[self.fault.code]


def look(picture: Image, sees_mm: float | None = None) -> Sight:
    """The page in a picture (blue, green, red); `sees_mm` as in `page_shape.shape_of`."""
    quad = find(picture)
    if quad is None:
        bright = float(np.percentile(picture[::16, ::16], 99))
        return Sight(DARK if bright < NO_LIGHT else NONE, np.zeros((0, 2)))
    shape = shape_of(quad.corners, picture.shape, sees_mm)
    return Sight(_fault(picture, quad, shape), quad.corners, quad, shape)


def scan(picture: Image, mode: PageMode, sees_mm: float | None = None) -> Page:
    """The page in a picture, straightened and evenly lit, with all the resolution there is.

    CardError `page.…` says why there is none.
    """
    sight = look(picture, sees_mm)
    if sight.fault is not None or sight.quad is None:
        raise CardError(sight.fault or NONE)
    corners = refine(picture, sight.quad)
    shape = shape_of(corners, picture.shape, sees_mm)
    corners = upright(picture, corners, shape)
    shape = shape_of(corners, picture.shape, sees_mm)
    straight = straighten(picture, corners, round(shape.width), round(shape.height))
    lit = page_light.even(straight, keep_tint=shape.format is PaperFormat.CARD)
    pixels = _in_mode(lit, mode, shape.dpi or _guessed_dpi(shape))
    height, width = pixels.shape[:2]
    dpi = None if shape.dpi is None else round(shape.dpi)
    return Page(width, height, mode, pixels.tobytes(), shape.format, dpi)


def _in_mode(page: Image, mode: PageMode, dpi: float) -> Image:
    if mode is PageMode.COLOUR:
        return np.asarray(cv2.cvtColor(page, cv2.COLOR_BGR2RGB, dst=page), np.uint8)
    grey = np.asarray(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), np.uint8)
    return grey if mode is PageMode.GREY else page_light.black_and_white(grey, dpi)


def _guessed_dpi(shape: Shape) -> float:
    """The dots per inch if it were A4: for windows and limits, never for what is written down."""
    return max(shape.width, shape.height) / SIZES_MM[PaperFormat.A4][1] * 25.4


def _fault(picture: Image, quad: Quad, shape: Shape) -> Fault | None:
    """What is wrong with a page. First its light: in bad light nothing else can be told."""
    scale = LIGHT / max(shape.width, shape.height)
    size = max(round(shape.width * scale), 8), max(round(shape.height * scale), 8)
    sheet = straighten(picture, quad.corners, *size)
    light = page_light.judge(sheet)
    if light.white < DARKEST:
        return DARK
    if light.glare > GLARE:
        return GLARING
    return _outline_fault(quad) or _writing_fault(picture, quad, shape, sheet)


def _outline_fault(quad: Quad) -> Fault | None:
    """What is wrong with the outline: out of the picture, curved, or hidden."""
    if not quad.whole:
        return CUT_OFF
    if any(side.bulge > BULGE and side.seen > CURVED for side in quad.sides):
        return BENT
    if any(side.hidden > HIDDEN or side.seen < UNSEEN for side in quad.sides):
        return COVERED
    return None


def _writing_fault(picture: Image, quad: Quad, shape: Shape, sheet: Image) -> Fault | None:
    """Why what is written on it could not be read: too small, or not sharp."""
    longest = max(shape.width, shape.height)
    if shape.dpi < FEWEST_DPI if shape.dpi is not None else longest < FEWEST_PIXELS:
        return SMALL
    dpi = shape.dpi or _guessed_dpi(shape)
    return BLURRED if page_sharpness.is_blurred(picture, quad.corners, sheet, dpi) else None
