"""Whose a face is, of those that the sandbox's camera shows, with room to spare."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from functools import cache

import httpx
import numpy as np
import numpy.typing as npt
import pytest

from drivers.cameras.camera import FrameSource
from drivers.cameras.face_camera import CvFaceCamera
from drivers.cameras.opencv import Image, cv2
from sandbox.devices.drawn_face import DrawnFace
from sandbox.devices.face_camera import SCENES, FaceScene, SimulatedFaceCamera, _draw
from sandbox.devices.looks import LOOKS
from sandbox.platform.faces import likeness
from sandbox.platform.server import PlatformServer
from sandbox.platform.terminal import PlainTerminal, person
from sandbox.residents import CHAN, LI, RESIDENTS, WANG, Resident
from tests.drivers.models import yunet
from tests.sandbox.platform.told import problem

SIZE = (1280, 720)
GRAIN = 4.0  # of a sensor, in grey levels
SEEN = {
    "still": FaceScene((DrawnFace(),)),
    "smaller": FaceScene((DrawnFace(height=0.3),)),
    "nearer": FaceScene((DrawnFace(height=0.6),)),
    "aside": FaceScene((DrawnFace(across=0.4, down=0.45),)),
    "turned": FaceScene((DrawnFace(yaw=0.25),)),
    "turned far": FaceScene((DrawnFace(yaw=0.5),)),
    "eyes shut": FaceScene((DrawnFace(eyes=0.0),)),
    "dim": FaceScene((DrawnFace(),), light=0.5),
    "bright": FaceScene((DrawnFace(),), light=1.3),
    "soft": FaceScene((DrawnFace(),), blur=4.0),
}


def seen(scene: FaceScene, who: str = LI.key) -> Image:
    """A picture of a scene with somebody else in it."""
    faces = tuple(
        DrawnFace(who, face.across, face.down, face.height, face.yaw, face.eyes)
        for face in scene.faces
    )
    drawn = _draw(FaceScene(faces, scene.light, scene.blur, scene.swing), SIZE)
    return np.clip(drawn + grain(), 0, 255).astype(np.uint8)


@cache
def grain() -> npt.NDArray[np.float64]:
    """What a sensor adds to every picture."""
    return np.random.default_rng(5).normal(0, GRAIN, (*SIZE[::-1], 3))


def jpeg(picture: Image) -> bytes:
    """As a terminal sends it."""
    return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 92])[1].tobytes()


def png(picture: Image) -> bytes:
    """As no terminal sends it."""
    return cv2.imencode(".png", picture)[1].tobytes()


def compare(terminal: PlainTerminal, who: Resident, picture: Image | bytes) -> httpx.Response:
    """Ask whether a picture shows somebody."""
    if not isinstance(picture, bytes):
        picture = jpeg(picture)
    body = {"person": person(who), "photo": b64encode(picture).decode()}
    return terminal.client.post("/v1/faces", json=body, timeout=60)


def test_every_resident_has_a_face() -> None:
    """Whoever comes to the terminal can stand before its camera."""
    assert set(LOOKS) == {resident.key for resident in RESIDENTS}


@pytest.mark.parametrize("resident", RESIDENTS, ids=lambda resident: resident.key)
def test_a_face_is_its_own_and_nobody_elses(lasting: PlainTerminal, resident: Resident) -> None:
    """Whoever stands there is taken for themselves, and whatever card they show for no other."""
    picture = seen(SEEN["still"], resident.key)
    found = likeness.likenesses(picture)
    assert [who for who in LOOKS if likeness.is_of(found, who)] == [resident.key]
    other = RESIDENTS[RESIDENTS.index(resident) - 1]
    assert compare(lasting, resident, picture).json() == {"same": True}
    assert compare(lasting, other, picture).json() == {"same": False}


@pytest.mark.parametrize("how", SEEN)
def test_there_is_room_between_own_and_other(how: str) -> None:
    """However somebody stands there, the decision is not a close one for any of them."""
    for who in LOOKS:
        found = dict(likeness.likenesses(seen(SEEN[how], who)))
        own = found.pop(who)
        assert own >= likeness.OWN + 0.02, (who, own)
        assert own - max(found.values()) >= 2 * likeness.AHEAD, (who, own, found)


def test_the_middle_of_a_picture_will_do(lasting: PlainTerminal) -> None:
    """A camera that knows where the face is sends that part alone."""
    part = seen(SEEN["still"], CHAN.key)[40:700, 330:950]
    assert compare(lasting, CHAN, part).json() == {"same": True}


@pytest.mark.parametrize("resident", RESIDENTS, ids=lambda resident: resident.key)
async def test_what_a_terminals_camera_takes_is_known(
    lasting: PlainTerminal, resident: Resident
) -> None:
    """The driver finds whoever stands there alive, and the photo it takes is known as theirs."""
    with SimulatedFaceCamera() as camera:
        camera.stand(resident.key)
        driver = CvFaceCamera(FrameSource(camera.where), yunet())
        photo = await driver.capture(lambda _: None, 30)
        await driver.close()
    assert photo.lively is True
    assert compare(lasting, resident, photo.jpeg).json() == {"same": True}


async def test_so_is_one_that_nobody_guided(lasting: PlainTerminal) -> None:
    """A terminal without a face finder sends the whole picture, whichever way they look."""
    with SimulatedFaceCamera() as camera:
        camera.stand(CHAN.key)
        driver = CvFaceCamera(FrameSource(camera.where), None)
        photo = await driver.capture(lambda _: None, 30)
        await driver.close()
    assert compare(lasting, CHAN, photo.jpeg).json() == {"same": True}
    assert compare(lasting, LI, photo.jpeg).json() == {"same": False}


def test_somebody_not_on_record_is_nobody(lasting: PlainTerminal) -> None:
    """A face of another skin and hair is not a resident's, whoever it claims to be."""
    stranger = np.ascontiguousarray(seen(SEEN["still"], LI.key)[:, :, [2, 0, 1]])
    found = likeness.likenesses(stranger)
    assert not [who for who in LOOKS if likeness.is_of(found, who)]
    assert compare(lasting, LI, stranger).json() == {"same": False}


def test_a_name_that_is_not_on_record_is_not_the_same(lasting: PlainTerminal) -> None:
    """The number of one and the name of another are nobody, whose face it ever is."""
    photo = b64encode(jpeg(seen(SEEN["still"]))).decode()
    wrong = person(LI) | {"name": "某某某"}
    answer = lasting.client.post("/v1/faces", json={"person": wrong, "photo": photo})
    assert answer.json() == {"same": False}


FACELESS: dict[str, Callable[[], Image | bytes]] = {
    "an empty room": lambda: seen(SCENES["nobody"]),
    "a grey wall": lambda: np.full((720, 1280, 3), 128, np.uint8),
    "noise": lambda: np.random.default_rng(1).integers(0, 255, (720, 1280, 3)).astype(np.uint8),
    "half a file": lambda: jpeg(seen(SEEN["still"]))[:2000],
    "no picture": lambda: b"\xff\xd8\xff nothing",
    "nothing": lambda: b"",
    "another format": lambda: png(seen(SEEN["still"])),
}


@pytest.mark.parametrize("what", FACELESS)
def test_a_picture_without_a_face_is_told(lasting: PlainTerminal, what: str) -> None:
    """Whoever was not in the picture is asked to look again, not turned away."""
    assert problem(compare(lasting, WANG, FACELESS[what]())) == (422, "no_face")


def test_no_photo_is_kept(server: PlatformServer, terminal: PlainTerminal) -> None:
    """After it was compared it is in no table."""
    with server.office.registry.reading() as transaction:
        before = transaction.one("SELECT sum(pgsize) FROM dbstat")
    compare(terminal, WANG, seen(SEEN["still"], WANG.key))
    with server.office.registry.reading() as transaction:
        assert transaction.one("SELECT sum(pgsize) FROM dbstat") == before
    assert server.office.registry.count("file") == 0
