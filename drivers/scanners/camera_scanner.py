"""Codes in the pictures of a camera, where a terminal has no scanner (zxing-cpp).

A picture in which nothing changed is not searched again, and never more than ten in a second: the
screen needs the processor too.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator

import numpy as np
import zxingcpp

from drivers.cameras.camera import CameraDevice, FrameSource
from drivers.cameras.opencv import Image, cv2
from drivers.device import DeviceKind, ScannedCode
from drivers.errors import DeviceError, RemoteProtocolError
from drivers.on_demand import DEADLINE
from drivers.protocols.scan_data import LONGEST, ScanData
from drivers.scanners.barcode_scanner import GARBAGE, Showings
from drivers.worker import Stop

PAUSE = 0.1  # seconds from one search to the next
ANYWAY = 1.0  # seconds after which a picture is searched though it hardly changed
STEP = 8  # of the pixels, one in so many each way is compared
CHANGED = 24  # of 255: what a pixel has to change by, more than a sensor's grain
PART = 0.005  # of the compared pixels: so many have to change
# What residents show: each further kind costs time in every picture (Data Matrix and PDF417 would
# double it).
KINDS = zxingcpp.barcode_formats_from_str("QRCode,Code128,Code39,EAN13,EAN8")
NOISES = 3  # codes without text that a scan lets pass


class CameraScanner(CameraDevice):
    """Looks for bar and QR codes through a camera, which may be the face camera.

    Faults: those of `CameraDevice`, and `scanner.garbage`.
    """

    kind = DeviceKind.BARCODE_SCANNER

    def __init__(self, source: FrameSource | str) -> None:
        super().__init__(FrameSource(source) if isinstance(source, str) else source)
        self._showings = Showings()

    async def scan(self, timeout: float) -> ScannedCode | None:
        """The first code shown within `timeout` seconds, None when there was none.

        The one delivered less than 2 s ago counts as none. DeviceError when the camera fails.
        """
        until = time.monotonic() + timeout
        return await self._look(lambda stop: self._scan(until, stop), within=timeout + DEADLINE)

    # --- on the worker's thread ---

    def _scan(self, until: float, stop: Stop) -> ScannedCode | None:
        noises = 0
        for picture in worth_a_search(self._pictures(stop, until)):
            for data in codes_in(picture):
                try:
                    code = self._showings.take(data)
                except RemoteProtocolError as error:
                    noises += 1
                    if noises == NOISES:
                        raise DeviceError(GARBAGE.at(self.where).because(error)) from None
                    continue
                if code is not None:
                    return code
        return None


def codes_in(grey: Image) -> list[ScanData]:
    """The codes in a grey picture, in the order in which they were found."""
    found = zxingcpp.read_barcodes(grey, KINDS, text_mode=zxingcpp.TextMode.Plain)
    codes = [ScanData(code.text.encode(), str(code.format)) for code in found]
    return [code for code in codes if len(code.payload) <= LONGEST]


def worth_a_search(
    pictures: Iterable[Image], clock: Callable[[], float] = time.monotonic
) -> Iterator[Image]:
    """Those that changed since the last search, in grey, and one now and then that did not."""
    last: Image | None = None
    searched = -math.inf
    for picture in pictures:
        now = clock()
        if now - searched < PAUSE:
            continue
        grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
        sample = grey[::STEP, ::STEP]
        if last is None or now - searched > ANYWAY or _changed(sample, last):
            last, searched = sample, now
            yield grey


def _changed(sample: Image, last: Image) -> bool:
    if sample.shape != last.shape:
        return True
    return bool(np.mean(cv2.absdiff(sample, last) > CHANGED) > PART)
