"""The camera that looks at a resident: guides to a good picture, and takes the best one.

Nothing of a face is written down or kept: pictures, and the network that saw them, are let go when
a command ends. Only the photo that was asked for goes to whoever asked.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from drivers.cameras.camera import CameraDevice, FrameSource
from drivers.cameras.face_finder import FaceComparer, FaceFinder, crop, measure
from drivers.cameras.faces import Face, Measures, Sitting
from drivers.cameras.opencv import Image, cv2
from drivers.device import (
    Advice,
    DeviceKind,
    FacePhoto,
    FaceView,
    Fault,
    Guidance,
    NotSupported,
    Picture,
    SelfTest,
    Status,
)
from drivers.errors import DeviceError
from drivers.on_demand import DEADLINE
from drivers.worker import Stop

PREVIEW = 480  # pixels across of what is shown
AROUND = 0.5  # times a face's size that is kept around it: bystanders are not
QUALITY = 92  # of the JPEG
UNGUIDED = 2.0  # seconds of pictures of which the sharpest is taken where nobody finds faces

NO_FACE = Fault(
    "face.none",
    Advice.RESIDENT_ACTS,
    "no good picture of one face came in time",
    "No good picture of your face could be taken. Stand before the camera and try again.",
)
NOT_IN_PICTURE = Fault(
    "face.not_in_picture",
    Advice.RETRY,
    "no face is in a picture that is to be compared",
)


class CvFaceCamera(CameraDevice):
    """A face camera at a source of pictures, with the models that a technician configured.

    Without a `detector` (YuNet) nobody is guided, and the sharpest whole picture is taken. Without
    a `recogniser` (SFace), which needs the detector too, the platform has to compare.
    Faults: those of `CameraDevice`, `camera.model`, `face.none`, `face.not_in_picture`.
    """

    kind = DeviceKind.FACE_CAMERA

    def __init__(
        self, source: FrameSource, detector: Path | None = None, recogniser: Path | None = None
    ) -> None:
        super().__init__(source)
        self._detector = detector
        self._recogniser = recogniser
        self._models_work = False

    async def capture(self, show: Callable[[FaceView], None], timeout: float) -> FacePhoto:
        """The best picture of one face within `timeout` seconds. Raises DeviceError."""
        until, detector = time.monotonic() + timeout, self._detector

        def take(stop: Stop) -> FacePhoto:
            if detector is None:
                return self._take_any(show, until, stop)
            return self._take_best(FaceFinder(detector), show, until, stop)

        return await self._look(take, within=timeout + DEADLINE)

    async def compare(self, photo: bytes, other: bytes) -> float | NotSupported:
        """The cosine of two faces' features; `face_finder.SAME_PERSON` is for one person."""
        detector, recogniser = self._detector, self._recogniser
        if detector is None or recogniser is None:
            return NotSupported()
        return await self._run(lambda stop: _compare(detector, recogniser, photo, other, stop))

    # --- on the worker's thread ---

    def _glance(self, stop: Stop) -> Status:
        if not self._models_work:  # looked at until they do: a technician may be installing them
            if self._detector is not None:
                FaceFinder(self._detector)
            if self._recogniser is not None:
                FaceComparer(self._recogniser)
            self._models_work = True
        return super()._glance(stop)

    def _examine(self, stop: Stop) -> SelfTest:
        self._models_work = False
        found = super()._examine(stop)
        models = {
            "guidance": "none: no detector is configured" if self._detector is None else "YuNet",
            "comparison": "here, by SFace"
            if self._detector and self._recogniser
            else "the platform's",
        }
        return replace(found, facts=found.facts | models)

    def _take_best(
        self, finder: FaceFinder, show: Callable[[FaceView], None], until: float, stop: Stop
    ) -> FacePhoto:
        """Guide until there is a good picture and a sign of life, or time is up."""
        sitting, best, said = Sitting(), None, Guidance.NOBODY
        for picture in self._pictures(stop, until):
            seen = _measured(picture, finder.find(picture))
            verdict = sitting.see([measures for _, measures in seen], time.monotonic())
            said = verdict.guidance
            nearest = max(seen, key=lambda found: found[1].height, default=None)
            if verdict.best and nearest:
                best = crop(picture, nearest[0], AROUND).copy()
            show(FaceView(said, *_mirrored(picture, nearest and nearest[0])))
            if verdict.done:
                break
        if best is None or not sitting.acceptable:
            raise DeviceError(NO_FACE.at(self.where).because(f"last said: {said}"))
        return FacePhoto(_jpeg(best), round(sitting.best, 3), sitting.lively)

    def _take_any(self, show: Callable[[FaceView], None], until: float, stop: Stop) -> FacePhoto:
        """The sharpest of some pictures, whatever is in it; nobody looks for life."""
        best, sharpest = None, -1.0
        for picture in self._pictures(stop, min(until, time.monotonic() + UNGUIDED)):
            show(FaceView(Guidance.LOOK_HERE, *_mirrored(picture, None)))
            if (sharpness := _sharpness(picture)) > sharpest:
                best, sharpest = picture, sharpness
        if best is None:
            raise self._nothing()
        return FacePhoto(_jpeg(best), round(sharpest / (sharpest + 1), 3))


def _measured(picture: Image, faces: Sequence[Face]) -> list[tuple[Face, Measures]]:
    found = ((face, measure(picture, face)) for face in faces)
    return [(face, measures) for face, measures in found if measures is not None]


def _mirrored(
    picture: Image, face: Face | None
) -> tuple[Picture, tuple[int, int, int, int] | None]:
    """What is shown: small, and as in a mirror, which is how people know themselves."""
    height, width = picture.shape[:2]
    scale = min(PREVIEW / width, 1.0)
    size = (round(width * scale), round(height * scale))
    small = cv2.flip(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), 1)
    shown = Picture(*size, cv2.cvtColor(small, cv2.COLOR_BGR2RGB).tobytes())
    if face is None:
        return shown, None
    left = round((width - face.left - face.width) * scale)
    top, wide, high = (round(edge * scale) for edge in (face.top, face.width, face.height))
    return shown, (left, top, wide, high)


def _sharpness(picture: Image) -> float:
    """The variance of the Laplacian by that of the brightness, of a small picture."""
    small = cv2.resize(picture, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY).astype(np.float32)
    spread = float(grey.var())
    return float(cv2.Laplacian(grey, cv2.CV_32F).var()) / spread if spread else 0.0


def _jpeg(picture: Image) -> bytes:
    _, jpeg = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    return jpeg.tobytes()


def _compare(detector: Path, recogniser: Path, photo: bytes, other: bytes, stop: Stop) -> float:
    finder, comparer = FaceFinder(detector), FaceComparer(recogniser)
    pictures = [_decoded(data) for data in (photo, other)]
    faces = []
    for picture in pictures:
        stop.check()
        found = finder.find(picture)
        if not found:
            raise DeviceError(NOT_IN_PICTURE)
        faces.append(max(found, key=lambda face: face.height))
    return comparer.compare(pictures[0], faces[0], pictures[1], faces[1])


def _decoded(data: bytes) -> Image:
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) if data else None
    if picture is None:
        raise DeviceError(NOT_IN_PICTURE.because("not a picture"))
    return np.asarray(picture, np.uint8)
