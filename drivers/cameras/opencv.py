"""OpenCV as the drivers use it: quiet, on the caller's own thread, and not patient with cameras.

OpenCV reads these settings when it is loaded, so whoever wants it imports it from here.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "3")  # seconds; its own choice is 10
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")  # AV_LOG_QUIET: a broken film is our fault

import cv2  # after what it reads when it is loaded
import numpy as np  # it loads with OpenCV
import numpy.typing as npt  # likewise

cv2.utils.logging.setLogLevel(
    cv2.utils.logging.LOG_LEVEL_SILENT
)  # what is wrong with a camera is said once, as a status
cv2.setNumThreads(1)  # a second thread of pictures is one less for the screen

Image = npt.NDArray[np.uint8]
"""Rows from the top, columns from the left; blue, green and red where there is a third axis."""

__all__ = ["Image", "cv2"]
