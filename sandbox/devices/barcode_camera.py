"""A camera that bar and QR codes are held before: an MJPEG stream of a phone in front of a room."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from functools import lru_cache

import numpy as np
import zxingcpp

from drivers.cameras.opencv import Image, cv2
from sandbox.devices.barcode_scanner import dynamic_code
from sandbox.devices.mjpeg import SimulatedCamera
from sandbox.devices.simulator import Actor, actor

WALL = 96  # of 255
SCALE = 5  # pixels a module


@lru_cache(32)
def code_picture(text: str, symbology: str = "QRCode", scale: int = SCALE) -> Image:
    """A code in grey, with its quiet zone; `symbology` is a name of zxing-cpp."""
    made = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, symbology))
    return np.asarray(made.to_image(scale=scale, add_quiet_zones=True), np.uint8)


def hold_before(wall: Image, code: Image, angle: float = 0.0) -> Image:
    """A grey picture of the wall with a code in its middle, turned by so many degrees."""
    height, width = wall.shape[:2]
    turn = cv2.getRotationMatrix2D((code.shape[1] / 2, code.shape[0] / 2), angle, 1.0)
    turn[:, 2] += (width / 2 - code.shape[1] / 2, height / 2 - code.shape[0] / 2)
    flags = {"borderMode": cv2.BORDER_TRANSPARENT, "flags": cv2.INTER_LINEAR}
    picture = cv2.warpAffine(code, turn, (width, height), dst=wall.copy(), **flags)
    return np.asarray(picture, np.uint8)


class SimulatedBarcodeCamera(SimulatedCamera[str]):
    """Sees a wall, and whatever code is held before it."""

    name = "scanner"

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""
        self._guard = threading.Lock()

    def show(self, *words: str) -> str:
        """Hold a QR code before the lens until it is taken away."""
        if not words:
            raise ValueError("a code to show")
        self._hold(" ".join(words))
        return "the code is before the camera"

    def show_qr(self, key: str) -> str:
        """Hold up the code that the electronic card of a resident shows now."""
        return self.show(dynamic_code(key, time.time()))

    def hide(self) -> None:
        """Take the code away."""
        self._hold("")

    def behave(self) -> None:
        """Be a good camera again, with nothing before it."""
        super().behave()
        self.hide()

    def _hold(self, text: str) -> None:
        with self._guard:
            self._shown = text

    def scene(self, seconds: float) -> str:
        """The code."""
        del seconds
        with self._guard:
            return self._shown

    def draw(self, scene: str) -> Image:
        """A wall, and the code before it."""
        width, height = self.size
        wall = np.full((height, width), WALL, np.uint8)
        grey = hold_before(wall, code_picture(scene), 12.0) if scene else wall
        return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), np.uint8)

    @property
    def actors(self) -> Mapping[str, Actor]:
        """`scanner show TEXT`, `scanner show-qr wang`, `scanner black` and more."""
        deeds: dict[str, Callable[..., object]] = {
            **self.deeds(),
            "show": self.show,
            "show-qr": self.show_qr,
            "hide": self.hide,
        }
        return {"scanner": actor("scanner", deeds)}
