"""Faces in pictures, by OpenCV's models: YuNet finds and measures them, SFace compares two."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt

from drivers.cameras.faces import Face, Measures, pose_of
from drivers.cameras.opencv import Image, cv2
from drivers.device import Advice, Fault
from drivers.errors import DeviceError

Floats = npt.NDArray[np.float32]

MODEL = Fault(
    "camera.model",
    Advice.TECHNICIAN_ACTS,
    "the model can not be used; install it anew, or take it out of the configuration",
)
WIDTH = 480  # pixels across that faces are looked for in: they are to be near, and it is quick
SURE = 0.6  # a face is one from this score on
CROP = 128  # pixels a side at which every face is measured
SMOOTH = 1.0  # pixels of it: a sensor's grain is not sharpness
SFACE_SIZE, SFACE_FEATURES = 112, 128
SAME_PERSON = 0.363  # cosine from which OpenCV's authors take two faces for one person's


class FaceFinder:
    """YuNet on pictures of any size. DeviceError `camera.model` where it can not be loaded.

    What it saw last stays inside of it: whoever is done with faces lets it go.
    """

    def __init__(self, model: Path) -> None:
        self._size = (0, 0)
        try:
            self._net = cv2.FaceDetectorYN.create(str(model), "", (WIDTH, WIDTH), SURE)
            self.find(np.zeros((WIDTH, WIDTH, 3), np.uint8))  # another network fails here
        except cv2.error as error:
            raise _unusable(model, error) from None

    def find(self, picture: Image) -> list[Face]:
        """Every face in it, the surest first."""
        height, width = picture.shape[:2]
        scale = min(WIDTH / max(height, width), 1.0)
        size = (round(width * scale), round(height * scale))
        if size != self._size:
            self._net.setInputSize(size)
            self._size = size
        small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
        rows = cast("Floats | None", self._net.detect(small)[1])  # its stubs forget the None
        return [] if rows is None else [_face(row / scale, float(row[14])) for row in rows]


def _face(row: Floats, score: float) -> Face:
    """Left, top, width, height, then five points (OpenCV's documentation of FaceDetectorYN)."""
    left, top, width, height, *rest = (float(value) for value in row[:14])
    eye, other, nose, mouth, corner = zip(rest[::2], rest[1::2], strict=True)
    return Face(left, top, width, height, eye, other, nose, mouth, corner, score)


def measure(picture: Image, face: Face) -> Measures | None:
    """One face in numbers; None where nothing of it is inside of the picture."""
    high, wide = picture.shape[:2]
    inside = crop(picture, face, margin=0.0)
    if inside.size == 0:
        return None
    grey = cv2.cvtColor(inside, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(grey, (CROP, CROP), interpolation=cv2.INTER_AREA)
    smooth = cv2.GaussianBlur(small, (0, 0), SMOOTH).astype(np.float32)
    spread = float(smooth.var())
    return Measures(
        height=face.height / high,
        across=(face.left + face.width / 2) / wide - 0.5,
        down=(face.top + face.height / 2) / high - 0.5,
        pose=pose_of(face),
        sharpness=float(cv2.Laplacian(smooth, cv2.CV_32F).var()) / spread if spread else 0.0,
        highlight=float(np.percentile(small, 90)) / 255,
        glare=float((small >= 250).mean()),
        score=face.score,
    )


def crop(picture: Image, face: Face, margin: float) -> Image:
    """The face and so many times its size around it, as far as the picture goes."""
    high, wide = picture.shape[:2]
    left, right = face.left - margin * face.width, face.left + (1 + margin) * face.width
    top, bottom = face.top - margin * face.height, face.top + (1 + margin) * face.height
    rows = slice(max(round(top), 0), min(max(round(bottom), 0), high))
    columns = slice(max(round(left), 0), min(max(round(right), 0), wide))
    return picture[rows, columns]


class FaceComparer:
    """SFace: how alike two faces are. DeviceError `camera.model` where it can not be loaded."""

    def __init__(self, model: Path) -> None:
        try:
            self._net = cv2.FaceRecognizerSF.create(str(model), "")
            blank = np.zeros((SFACE_SIZE, SFACE_SIZE, 3), np.uint8)
            features = self._net.feature(blank).size
        except cv2.error as error:
            raise _unusable(model, error) from None
        if features != SFACE_FEATURES:
            raise _unusable(model, f"{features} features instead of {SFACE_FEATURES}")

    def compare(self, picture: Image, face: Face, other: Image, other_face: Face) -> float:
        """The cosine of their features, -1 to 1; see SAME_PERSON."""
        one = self._features(picture, face)
        two = self._features(other, other_face)
        return float(self._net.match(one, two, cv2.FaceRecognizerSF_FR_COSINE))

    def _features(self, picture: Image, face: Face) -> Floats:
        box = [face.left, face.top, face.width, face.height]
        points = [face.right_eye, face.left_eye, face.nose, face.mouth_right, face.mouth_left]
        row = np.array([[*box, *(value for point in points for value in point), face.score]])
        aligned = self._net.alignCrop(picture, row.astype(np.float32))
        return np.array(self._net.feature(aligned), np.float32)  # a copy: it reuses its own


def _unusable(model: Path, why: object) -> DeviceError:
    """What a technician is told: the file, and what is the matter with it."""
    if not model.is_file():
        return DeviceError(MODEL.at(model).because("no such file"))
    words = str(why).strip().splitlines()[0] if not isinstance(why, cv2.error) else "not this model"
    return DeviceError(MODEL.at(model).because(words))
