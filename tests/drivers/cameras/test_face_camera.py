"""The face camera on a real stream of drawn people, with the face finder where it is at hand."""

from __future__ import annotations

import asyncio
import time
import tracemalloc
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import numpy as np
import pytest

from drivers.cameras.camera import FrameSource
from drivers.cameras.face_camera import CvFaceCamera
from drivers.cameras.face_finder import FaceComparer, FaceFinder, crop, measure
from drivers.cameras.faces import Face
from drivers.cameras.opencv import Image, cv2
from drivers.device import (
    FaceCamera,
    FacePhoto,
    FaceView,
    Guidance,
    HardwareError,
    NotSupported,
    Ready,
)
from drivers.errors import DeviceError, TransportError
from sandbox.devices.drawn_face import DrawnFace
from sandbox.devices.face_camera import ONE, SCENES, FaceScene, SimulatedFaceCamera, _draw
from sandbox.devices.mjpeg import CameraFault
from tests.drivers.models import network_of_another_size, stand_in_for_sface, yunet

pytestmark = pytest.mark.usefixtures("no_leaks")

SIZE = (1280, 720)
SAID = {
    "nobody": Guidance.NOBODY,
    "far": Guidance.CLOSER,
    "near": Guidance.FURTHER,
    "left": Guidance.TO_THE_MIDDLE,
    "turned": Guidance.LOOK_HERE,
    "dark": Guidance.MORE_LIGHT,
    "bright": Guidance.LESS_LIGHT,
    "blur": Guidance.HOLD_STILL,
    "two": Guidance.SEVERAL,
    "still": Guidance.GOOD,
}


@pytest.fixture
def simulated() -> Iterator[SimulatedFaceCamera]:
    """A camera, and nobody before it yet."""
    with SimulatedFaceCamera() as camera:
        yield camera


@pytest.fixture
async def camera(simulated: SimulatedFaceCamera) -> AsyncIterator[CvFaceCamera]:
    """Our driver, with the face finder."""
    driver = CvFaceCamera(FrameSource(simulated.where), yunet())
    yield driver
    await driver.close()


@pytest.fixture
async def unguided(simulated: SimulatedFaceCamera) -> AsyncIterator[CvFaceCamera]:
    """Our driver, without any model."""
    driver = CvFaceCamera(FrameSource(simulated.where))
    yield driver
    await driver.close()


def decoded(jpeg: bytes) -> Image:
    """The picture in a JPEG."""
    picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    return np.asarray(picture, np.uint8)


def taken(face: DrawnFace) -> bytes:
    """A photograph of somebody."""
    return cv2.imencode(".jpg", _draw(FaceScene((face,)), SIZE))[1].tobytes()


def test_it_is_a_face_camera(unguided: CvFaceCamera) -> None:
    """The driver has the capability it claims."""
    assert isinstance(unguided, FaceCamera)


# --- with the face finder ---


@pytest.mark.parametrize(("who", "said"), SAID.items())
async def test_each_scene_has_its_words(
    simulated: SimulatedFaceCamera, camera: CvFaceCamera, who: str, said: Guidance
) -> None:
    """Whoever stands there is told what to do, and the same while nothing changes."""
    simulated.stand(who)
    views: list[FaceView] = []
    told = asyncio.Event()
    loop = asyncio.get_running_loop()

    def show(view: FaceView) -> None:
        views.append(view)
        if view.guidance is said and len(views) > 12:
            loop.call_soon_threadsafe(told.set)

    capture = asyncio.create_task(camera.capture(show, 30))
    await told.wait()
    capture.cancel()
    await asyncio.gather(capture, return_exceptions=True)
    assert {view.guidance for view in views} <= {Guidance.NOBODY, said}


async def test_a_living_face_is_taken(simulated: SimulatedFaceCamera, camera: CvFaceCamera) -> None:
    """A person who turns the head is lively, and the photo is the face with a little around it."""
    simulated.stand("person")
    photo = await camera.capture(lambda _: None, 30)
    assert photo.lively is True
    assert photo.score > 0.5
    picture = decoded(photo.jpeg)
    faces = FaceFinder(yunet()).find(picture)
    assert len(faces) == 1
    assert 0.35 < faces[0].height / picture.shape[0] < 0.65
    assert picture.shape[1] < SIZE[0] / 2


@pytest.mark.parametrize("who", ["photo", "still"])
async def test_a_picture_of_a_face_is_not_lively(
    simulated: SimulatedFaceCamera, camera: CvFaceCamera, who: str
) -> None:
    """A print that is turned about, and a face that never moves, give a photo and no life."""
    simulated.stand(who)
    said: list[Guidance] = []
    photo = await camera.capture(lambda view: said.append(view.guidance), 30)
    assert photo.lively is False
    assert Guidance.TURN in said


async def test_when_time_is_up_a_fair_picture_is_better_than_none(
    simulated: SimulatedFaceCamera, camera: CvFaceCamera
) -> None:
    """A face beside the middle is a good enough face."""
    simulated.stand("left")
    photo = await camera.capture(lambda _: None, 1.5)
    assert photo.score > 0.3
    assert photo.lively is False


@pytest.mark.parametrize("who", ["nobody", "two", "dark", "blur"])
async def test_without_a_good_picture_it_says_what_was_wrong(
    simulated: SimulatedFaceCamera, camera: CvFaceCamera, who: str
) -> None:
    """A resident is told to try again, staff reads what was said last; the camera is well."""
    simulated.stand(who)
    with pytest.raises(DeviceError) as error:
        await camera.capture(lambda _: None, 1.5)
    assert not isinstance(error.value, TransportError)
    assert error.value.fault.code == "face.none"
    assert SAID[who] in error.value.fault.detail
    assert await camera.probe() == Ready()


async def test_what_is_shown_is_a_mirror(
    simulated: SimulatedFaceCamera, camera: CvFaceCamera
) -> None:
    """Small, red before green before blue, and left and right as in a mirror; so is the face."""
    simulated.stand("left")
    views: list[FaceView] = []
    await camera.capture(views.append, 1.5)
    view = views[-1]
    assert (view.picture.width, view.picture.height) == (480, 270)
    pixels = np.frombuffer(view.picture.rgb, np.uint8).reshape(270, 480, 3)
    assert view.face is not None
    left, top, wide, high = view.face
    assert 480 * 0.75 < left + wide / 2 < 480 * 0.85
    cheek = pixels[top + high * 2 // 3, left + wide // 3]
    assert cheek[0] > cheek[1] > cheek[2]  # skin


async def test_nothing_of_a_face_stays(
    simulated: SimulatedFaceCamera, camera: CvFaceCamera
) -> None:
    """Once the photo is let go by who asked for it, the driver holds no picture any more."""
    simulated.stand("left")
    await camera.probe()
    tracemalloc.start()
    try:
        photo = await camera.capture(lambda _: None, 1.0)
        assert len(photo.jpeg) > 10_000
        assert _held() > 10_000
        del photo
        until = time.monotonic() + 5
        while _held() > 10_000:  # loop and thread take a moment to let go of what they handed over
            assert time.monotonic() < until
            await asyncio.sleep(0.01)
    finally:
        tracemalloc.stop()


def _held() -> int:
    """Bytes that code in drivers/ allocated and that are still there."""
    ours = tracemalloc.Filter(inclusive=True, filename_pattern="*/drivers/*")
    statistics = tracemalloc.take_snapshot().filter_traces([ours]).statistics("filename")
    return sum(line.size for line in statistics if "/tests/" not in line.traceback[0].filename)


def test_no_picture_is_in_what_is_written() -> None:
    """Whoever logs a photo or a view logs no pixel."""
    photo = FacePhoto(b"\xff\xd8secret", 0.5, lively=True)
    assert repr(photo) == "FacePhoto(score=0.5, lively=True)"


async def test_a_camera_that_freezes_or_goes_ends_the_capture(
    simulated: SimulatedFaceCamera, camera: CvFaceCamera
) -> None:
    """Nobody is guided by a picture that stands still, or waits for one that does not come."""
    simulated.stand("left")
    simulated.faults.begin(CameraFault.FROZEN)
    with pytest.raises(DeviceError) as error:
        await camera.capture(lambda _: None, 30)
    assert error.value.fault.code == "camera.frozen"
    simulated.behave()
    with pytest.raises(TransportError) as gone:
        await camera.capture(lambda _: simulated.unplug(), 30)
    assert gone.value.fault.code == "camera.disconnected"


def test_what_is_measured_follows_the_scene() -> None:
    """Height, place, pose, light and sharpness of a drawn face are measured as they were drawn."""
    finder = FaceFinder(yunet())
    picture = _draw(FaceScene((DrawnFace(across=0.4, height=0.5, yaw=0.4),)), SIZE)
    [face] = finder.find(picture)
    found = measure(picture, face)
    assert found is not None
    assert found.height == pytest.approx(0.5, abs=0.06)
    assert found.across == pytest.approx(-0.1, abs=0.03)
    assert found.pose.yaw > 0.18
    blurred = np.asarray(cv2.GaussianBlur(picture, (0, 0), 8), np.uint8)
    worse = measure(blurred, face)
    assert worse is not None
    assert worse.sharpness < found.sharpness / 4
    dark = measure((picture // 4).astype(np.uint8), face)
    assert dark is not None
    assert dark.highlight == pytest.approx(found.highlight / 4, abs=0.01)


@pytest.mark.parametrize("size", [(1280, 720), (720, 1280), (640, 480), (96, 64)])
def test_faces_are_found_in_pictures_of_any_size(size: tuple[int, int]) -> None:
    """Upright and small ones too, and where they are in that picture."""
    picture = cv2.resize(_draw(ONE, (720, 720)), (min(size), min(size)))
    canvas = np.full((size[1], size[0], 3), 180, np.uint8)
    left, top = (size[0] - min(size)) // 2, (size[1] - min(size)) // 2
    canvas[top : top + min(size), left : left + min(size)] = picture
    faces = FaceFinder(yunet()).find(canvas)
    assert len(faces) == 1
    assert faces[0].left + faces[0].width / 2 == pytest.approx(size[0] / 2, abs=min(size) * 0.05)


# --- without models ---


async def test_without_a_finder_a_whole_picture_is_taken(
    simulated: SimulatedFaceCamera, unguided: CvFaceCamera
) -> None:
    """Nobody is guided, nobody looked for life, and the self-test says so."""
    simulated.stand("still")
    views: list[FaceView] = []
    photo = await unguided.capture(views.append, 30)
    assert photo.lively is None
    assert decoded(photo.jpeg).shape == (SIZE[1], SIZE[0], 3)
    assert {view.guidance for view in views} == {Guidance.LOOK_HERE}
    assert {view.face for view in views} == {None}
    facts = (await unguided.self_test()).facts
    assert "no detector" in facts["guidance"]
    assert "platform" in facts["comparison"]


async def test_without_a_recogniser_the_platform_compares(unguided: CvFaceCamera) -> None:
    """That it can not be done here is an answer, and no error."""
    assert await unguided.compare(b"", b"") == NotSupported()


@pytest.mark.parametrize("broken", ["missing", "text", "empty", "directory"])
async def test_a_model_that_can_not_be_used_is_said(
    simulated: SimulatedFaceCamera,
    tmp_path: Path,
    broken: str,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The file is named, the fault is the model's and not the camera's, and nothing is printed."""
    model = tmp_path / "model.onnx"
    _break(model, broken)
    driver = CvFaceCamera(FrameSource(simulated.where), model)
    said = await driver.probe()
    assert isinstance(said, HardwareError)
    assert said.fault.code == "camera.model"
    assert str(model) in said.fault.detail
    assert (await driver.self_test()).status == said
    with pytest.raises(DeviceError) as error:
        await driver.capture(lambda _: None, 5)
    assert error.value.fault == said.fault
    await driver.close()
    assert capfd.readouterr().err == ""


def _break(model: Path, how: str) -> None:
    if how == "text":
        model.write_text("<html>404</html>")
    elif how == "empty":
        model.touch()
    elif how == "directory":
        model.mkdir()


async def test_a_model_that_is_put_right_is_used(
    simulated: SimulatedFaceCamera, tmp_path: Path
) -> None:
    """A technician who installs it need not restart anything."""
    good, model = yunet(), tmp_path / "model.onnx"
    driver = CvFaceCamera(FrameSource(simulated.where), model)
    assert isinstance(await driver.probe(), HardwareError)
    model.symlink_to(good)
    assert await driver.probe() == Ready()
    await driver.close()


def test_another_network_is_not_taken_for_the_finder(tmp_path: Path) -> None:
    """A model that can be read and finds no faces is refused when it is loaded."""
    with pytest.raises(DeviceError) as error:
        FaceFinder(stand_in_for_sface(tmp_path / "other.onnx"))
    assert error.value.fault.code == "camera.model"


# --- comparing here ---

FACE = Face(400, 160, 240, 320, (460, 280), (580, 280), (520, 350), (475, 420), (565, 420))


def test_two_pictures_are_compared_by_their_features(tmp_path: Path) -> None:
    """The same face in two places is the same to the comparer; another picture is not."""
    comparer = FaceComparer(stand_in_for_sface(tmp_path / "sface.onnx"))
    scene = _draw(ONE, SIZE)
    aside = np.roll(scene, 100, axis=1)
    moved = Face(500, 160, 240, 320, (560, 280), (680, 280), (620, 350), (575, 420), (665, 420))
    assert comparer.compare(scene, FACE, aside, moved) > 0.98
    noise = np.random.default_rng(0).integers(0, 255, scene.shape).astype(np.uint8)
    assert comparer.compare(scene, FACE, noise, FACE) < 0.5


def test_a_network_with_other_features_is_refused(tmp_path: Path) -> None:
    """A model that is not SFace is found out when it is loaded, not by its verdicts."""
    with pytest.raises(DeviceError) as error:
        FaceComparer(network_of_another_size(tmp_path / "other.onnx"))
    assert error.value.fault.code == "camera.model"
    assert "64 features instead of 128" in error.value.fault.detail


async def test_faces_are_compared_here_where_both_models_are(
    simulated: SimulatedFaceCamera, tmp_path: Path
) -> None:
    """One person's photos are alike, a turned face's less; without a face it says so."""
    sface = stand_in_for_sface(tmp_path / "sface.onnx")
    driver = CvFaceCamera(FrameSource(simulated.where), yunet(), sface)
    same = await driver.compare(taken(DrawnFace()), taken(DrawnFace(across=0.3, height=0.5)))
    other = await driver.compare(taken(DrawnFace()), taken(DrawnFace(yaw=0.6)))
    assert isinstance(same, float)
    assert isinstance(other, float)
    assert other < same <= 1
    for wrong in (b"", b"no picture", cv2.imencode(".png", _draw(SCENES["nobody"], SIZE))[1]):
        with pytest.raises(DeviceError) as error:
            await driver.compare(taken(DrawnFace()), bytes(wrong))
        assert error.value.fault.code == "face.not_in_picture"
    assert (await driver.self_test()).facts["comparison"] == "here, by SFace"
    await driver.close()


def test_a_crop_stays_inside_of_the_picture() -> None:
    """A face at the edge, or outside, gives what there is of it."""
    picture = np.zeros((100, 200, 3), np.uint8)
    point = (0.0, 0.0)
    at = Face(-20, 60, 40, 60, *(point, point, point, point, point))
    assert crop(picture, at, 0.5).shape == (70, 40, 3)
    outside = Face(300, 300, 40, 60, *(point, point, point, point, point))
    assert crop(picture, outside, 0.0).size == 0
    assert measure(picture, outside) is None
