"""Cameras that look at a resident."""

from __future__ import annotations

from drivers.cameras.camera import FrameSource
from drivers.cameras.face_camera import CvFaceCamera
from drivers.device import Device, FaceCamera
from tests.drivers.contract.rig import Rig


def driver(where: str) -> Device:
    """A camera without models, which the contract does not need."""
    return CvFaceCamera(FrameSource(where))


async def capture(device: Device) -> None:
    """Take a picture, which takes two seconds."""
    assert isinstance(device, FaceCamera)
    await device.capture(lambda _: None, 60)


RIGS = [
    Rig(
        name="face camera on an MJPEG stream",
        simulated="face-camera",
        driver=driver,
        faults={
            "silence": "disconnected",
            "garbage": "disconnected",
            "truncated": "disconnected",
            "slow": "disconnected",
            "frozen": "hardware_error",
            "black": "user_error",
        },
        work=capture,
    ),
]
