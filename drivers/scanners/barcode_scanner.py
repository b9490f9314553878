"""What all scanners of bar and QR codes have in common, and which driver is for which family.

A code is a resident's: it is handed on as `Personal` and stands in no message and no log. What is
remembered of the last one, to know it again, is a keyed digest.
"""

from __future__ import annotations

import os
import time
from hashlib import blake2b
from importlib import import_module

from drivers.device import Advice, BarcodeScanner, Fault, ScannedCode
from drivers.protocols.scan_data import ScanData, text_of

NAME = "scanner"  # begins the fault codes
AGAIN = 2.0  # seconds within which the same code is the same showing of it

GARBAGE = Fault(
    "scanner.garbage",
    Advice.RETRY,
    "what comes is no code; check family and baud rate in the configuration, and the cable",
    "This code could not be read. Please try again.",
)
REFUSED = Fault(
    "scanner.refused",
    Advice.TECHNICIAN_ACTS,
    "it answers and refuses to read; switch it off and on, then load its factory settings",
)
UNHEALTHY = Fault(
    "scanner.unhealthy", Advice.REPLACE, "it says that something in it is broken; replace it"
)
IN_USE = Fault(
    "scanner.in_use",
    Advice.TECHNICIAN_ACTS,
    "another program holds the keys of this scanner; close that program",
)

FAMILIES = {
    "newland": "drivers.scanners.newland_scanner:NewlandScanner",
    "honeywell": "drivers.scanners.honeywell_scanner:HoneywellScanner",
    "zebra_ssi": "drivers.scanners.ssi_scanner:SsiScanner",
    "hid": "drivers.scanners.hid_scanner:HidScanner",
    "camera": "drivers.scanners.camera_scanner:CameraScanner",
}
"""The driver of each family, by its word in the configuration; loaded only where it is fitted."""


def barcode_scanner(family: str, where: object, baud: int = 115200) -> BarcodeScanner:
    """The scanner of a family, at an address; of "camera" at a `camera.FrameSource`.

    `baud` is the speed of a serial port and means nothing to hid and camera.
    """
    module, _, name = FAMILIES[family].partition(":")
    speed = {} if family in {"hid", "camera"} else {"baud": baud}
    made: BarcodeScanner = getattr(import_module(module), name)(where, **speed)
    return made


class Showings:
    """Tells a new showing of a code from the one that was just delivered."""

    def __init__(self) -> None:
        self._key = os.urandom(16)
        self._last = b""
        self._at = 0.0

    def take(self, data: ScanData) -> ScannedCode | None:
        """The code, or None for the one delivered less than `AGAIN` seconds ago.

        RemoteProtocolError when what came is no text.
        """
        now = time.monotonic()
        text = text_of(data.payload)
        digest = blake2b(data.payload, key=self._key).digest()
        if digest == self._last and now - self._at < AGAIN:
            return None
        self._last, self._at = digest, now
        return ScannedCode(text, data.symbology, now)
