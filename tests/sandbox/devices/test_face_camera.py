"""The simulated camera keeps the rules of a stream, and shows whom it is told to show."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from urllib.parse import urlsplit

import numpy as np
import pytest

from drivers.cameras.opencv import cv2
from drivers.protocols import mjpeg
from drivers.protocols.mjpeg import MjpegDecoder
from sandbox.control import ControlError
from sandbox.devices.drawn_face import DrawnFace
from sandbox.devices.face_camera import SCENES, FaceScene, SimulatedFaceCamera, _draw, _person
from sandbox.devices.mjpeg import CameraFault
from sandbox.devices.registry import KINDS
from sandbox.devices.simulator import WireFault
from sandbox.lines import Lines
from sandbox.residents import RESIDENTS

pytestmark = pytest.mark.usefixtures("no_leaks")


@pytest.fixture
def camera() -> Iterator[SimulatedFaceCamera]:
    """A camera that is plugged in."""
    with SimulatedFaceCamera() as device:
        yield device


def pictures(camera: SimulatedFaceCamera, count: int) -> list[bytes | Exception]:
    """The first parts that a client gets of the stream."""
    parts = urlsplit(camera.where)
    decoder = MjpegDecoder()
    found: list[bytes | Exception] = []
    with socket.create_connection((parts.hostname, parts.port), timeout=5) as client:
        client.sendall(mjpeg.request(parts.netloc, parts.path))
        while len(found) < count:
            data = client.recv(65536)
            if not data:
                break
            found += decoder.feed(data)
    return found[:count]


def test_it_is_in_the_registry() -> None:
    """`sandbox device face-camera` makes one, at an address of this machine alone."""
    made = KINDS["face-camera"].made_by
    assert made.endswith(SimulatedFaceCamera.__name__)


def test_a_stream_has_pictures_of_its_size(camera: SimulatedFaceCamera) -> None:
    """Each part is a JPEG of 1280 by 720, and no two are the same."""
    found = pictures(camera, 4)
    assert len({bytes(part) for part in found if isinstance(part, bytes)}) == 4
    for part in found:
        assert isinstance(part, bytes)
        picture = cv2.imdecode(np.frombuffer(part, np.uint8), cv2.IMREAD_COLOR)
        assert picture is not None
        assert picture.shape == (720, 1280, 3)


@pytest.mark.parametrize(
    ("fault", "words"),
    [(WireFault.TRUNCATED, "a JPEG breaks off"), (WireFault.GARBAGE, "a part is no JPEG")],
)
def test_a_fault_strikes_as_often_as_it_is_to(
    camera: SimulatedFaceCamera, fault: WireFault, words: str
) -> None:
    """Twice wrong, and then well again."""
    camera.faults.begin(fault, times=2)
    first, second, third = pictures(camera, 3)
    assert (str(first), str(second)) == (words, words)
    assert isinstance(third, bytes)


def test_a_frozen_camera_sends_the_same_again(camera: SimulatedFaceCamera) -> None:
    """To the last bit, until it behaves."""
    camera.faults.begin(CameraFault.FROZEN)
    assert len({bytes(part) for part in pictures(camera, 3) if isinstance(part, bytes)}) == 1
    camera.behave()
    assert len({bytes(part) for part in pictures(camera, 3) if isinstance(part, bytes)}) == 3


def test_a_pulled_plug_ends_a_stream_and_keeps_the_address(camera: SimulatedFaceCamera) -> None:
    """Whoever looks is cut off, and finds it at the same place when it is back."""
    where, got = camera.where, []
    client = threading.Thread(target=lambda: got.extend(pictures(camera, 10_000)))
    client.start()
    until = time.monotonic() + 5
    while len(camera._connections) < 2:
        assert time.monotonic() < until
        camera._pulled.wait(0.01)
    camera.unplug()
    client.join(5)
    assert not client.is_alive()
    assert len(got) < 10_000
    with pytest.raises(ConnectionRefusedError):
        pictures(camera, 1)
    camera.plug()
    assert camera.where == where
    assert len(pictures(camera, 1)) == 1


def test_what_is_no_request_gets_no_pictures(camera: SimulatedFaceCamera) -> None:
    """Another path is not found; what goes on for ever is hung up on."""
    parts = urlsplit(camera.where)
    address = (parts.hostname, parts.port)
    with socket.create_connection(address, timeout=5) as client:
        client.sendall(mjpeg.request(parts.netloc, "/other"))
        assert client.recv(4096).startswith(b"HTTP/1.0 404 ")
    with socket.create_connection(address, timeout=5) as client, suppress(ConnectionError):
        client.sendall(b"x" * 16384)
        assert client.recv(4096) == b""


def test_lines_say_who_stands_there(camera: SimulatedFaceCamera) -> None:
    """Each scene, a person and a print are words; others are refused with those there are."""
    lines = Lines(camera.actors)
    now = time.monotonic()
    for who, scene in SCENES.items():
        lines.act(f"face {who}")
        assert camera.scene(now) == scene
    lines.act("face photo")
    assert camera.scene(now) != SCENES["still"]
    with pytest.raises(ControlError, match="nobody"):
        lines.act("face ghost")


def test_a_person_looks_here_blinks_and_turns() -> None:
    """In five seconds: straight, eyes shut for a moment, half a radian aside, and back."""
    seen = [_person(moment / 20).faces[0] for moment in range(101)]
    assert seen[0] == seen[100] == DrawnFace()
    assert {face.eyes for face in seen} == {0.0, 1.0}
    assert max(face.yaw for face in seen) == 0.5
    assert max(abs(b.yaw - a.yaw) for a, b in pairwise(seen)) < 0.1


def test_every_resident_stands_there_with_their_own_face(camera: SimulatedFaceCamera) -> None:
    """Their key is the word for them; no two are drawn alike."""
    lines = Lines(camera.actors)
    drawn = set()
    for resident in RESIDENTS:
        lines.act(f"face {resident.key}")
        scene = camera.scene(time.monotonic())
        assert {face.who for face in scene.faces} == {resident.key}
        drawn.add(_draw(FaceScene((DrawnFace(who=resident.key),)), (320, 180)).tobytes())
    assert len(drawn) == len(RESIDENTS)


@pytest.mark.parametrize("across", [-0.5, 0.0, 0.5, 1.5])
@pytest.mark.parametrize("height", [0.01, 0.5, 3.0])
def test_a_face_may_be_drawn_anywhere(across: float, height: float) -> None:
    """Half outside, tiny or larger than the picture: what is inside of it is drawn."""
    picture = _draw(FaceScene((DrawnFace(across=across, height=height),)), (320, 180))
    assert picture.shape == (180, 320, 3)
