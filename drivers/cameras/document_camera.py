"""The camera that looks at papers: guides until a page lies well, and scans it.

Nothing of a page is written down or kept here; the scan goes to whoever asked for it.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from drivers.cameras import pages
from drivers.cameras.camera import COVERED, CameraDevice, FrameSource, is_black
from drivers.cameras.opencv import Image, cv2
from drivers.cameras.pages import Sight
from drivers.device import DeviceKind, Page, PageGuidance, PageMode, PageView, Picture
from drivers.errors import CardError, DeviceError
from drivers.on_demand import DEADLINE
from drivers.worker import Stop

LARGEST = (4000, 3000)
"""The picture that a camera device is asked for; one that has none so large gives its nearest."""

PREVIEW = 640  # pixels across of what is shown
MOVED = 0.004  # of the picture's width by which a corner of a page that lies still may move
STILL = 0.6  # seconds for which it has to lie still: people lay papers down, then straighten them
SETTLING = 2.0  # seconds in which a camera that was just opened finds focus and exposure


class CvDocumentCamera(CameraDevice):
    """A document camera at a source of pictures.

    `sees_mm` is how much of the table's width it sees; without it every sheet of A4's shape is
    taken for A4. Faults: those of `CameraDevice` and of `drivers.cameras.pages`.
    """

    kind = DeviceKind.DOCUMENT_CAMERA

    def __init__(self, source: FrameSource, sees_mm: float | None = None) -> None:
        super().__init__(source)
        self._sees_mm = sees_mm

    async def preview(self, show: Callable[[PageView], None], timeout: float) -> bool:
        """Show what the camera sees until a page lies still and whole: True, or False in time.

        Raises DeviceError, of the camera and never of a page.
        """
        until = time.monotonic() + timeout
        return await self._look(
            lambda stop: self._guide(show, until, stop), within=timeout + DEADLINE
        )

    async def scan(self, mode: PageMode = PageMode.COLOUR) -> Page:
        """The page that lies there, straightened and evenly lit. CardError `page.…` why not."""
        return await self._look(lambda stop: self._scan(mode, stop))

    # --- on the worker's thread ---

    def _guide(self, show: Callable[[PageView], None], until: float, stop: Stop) -> bool:
        rest = Rest()
        looked = False
        for picture in self._pictures(stop, until):
            looked = True
            sight = pages.look(picture, self._sees_mm)
            well = rest.lasts(sight, picture.shape[1], time.monotonic())
            show(_view(picture, sight, well=well))
            if well:
                return True
        if not looked:
            raise self._nothing()
        return False

    def _scan(self, mode: PageMode, stop: Stop) -> Page:
        """The first good picture's page; what is wrong is said once the camera has settled."""
        settled: float | None = None
        for picture in self._pictures(stop, time.monotonic() + DEADLINE / 2):
            try:
                return pages.scan(picture, mode, self._sees_mm)
            except CardError as error:
                settled = settled or time.monotonic() + SETTLING
                if time.monotonic() < settled:
                    continue
                if is_black(picture):
                    raise DeviceError(COVERED.at(self.where)) from None
                raise CardError(error.fault.at(self.where)) from None
        raise self._nothing()


class Rest:
    """Whether a page lies still and well, and for how long."""

    def __init__(self) -> None:
        self._corners: NDArray[np.float64] | None = None  # None: nothing was well a moment ago
        self._since = 0.0

    def lasts(self, sight: Sight, width: int, now: float) -> bool:
        """Whether this page, seen now (monotonic) in a picture that wide, has been so a while."""
        if sight.fault is not None:
            self._corners = None
            return False
        before, self._corners = self._corners, sight.corners
        if before is None or _moved(before, sight.corners) > MOVED * width:
            self._since = now
        return now - self._since >= STILL


def _moved(before: NDArray[np.float64], after: NDArray[np.float64]) -> float:
    """By how many pixels the corner that moved most did, whichever is counted first."""
    return min(float(np.abs(np.roll(after, turn, axis=0) - before).max()) for turn in range(4))


def _view(picture: Image, sight: Sight, *, well: bool) -> PageView:
    """What is shown of it."""
    scale = min(PREVIEW / picture.shape[1], 1.0)
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    height, width = small.shape[:2]
    rgb = cv2.cvtColor(small, cv2.COLOR_BGR2RGB).tobytes()
    moves = sight.fault is None and not well
    guidance = PageGuidance.HOLD_STILL if moves else sight.guidance
    corners = tuple((round(x * scale), round(y * scale)) for x, y in sight.corners.tolist())
    return PageView(guidance, Picture(width, height, rgb), corners)
