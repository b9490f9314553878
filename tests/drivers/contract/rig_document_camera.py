"""Cameras that look at papers."""

from __future__ import annotations

from drivers.cameras.camera import FrameSource
from drivers.cameras.document_camera import CvDocumentCamera
from drivers.device import Device, DocumentCamera
from sandbox.devices.page_scene import SEES_MM
from tests.drivers.contract.rig import Rig


def camera(where: str) -> CvDocumentCamera:
    """The driver, knowing how much of the table is seen."""
    return CvDocumentCamera(FrameSource(where), SEES_MM)


async def watch(device: Device) -> None:
    """Wait for a page on an empty table."""
    assert isinstance(device, DocumentCamera)
    await device.preview(lambda _: None, 60)


RIGS = [
    Rig(
        name="document camera as an MJPEG stream",
        simulated="document-camera",
        driver=camera,
        faults={
            "silence": "disconnected",
            "garbage": "disconnected",
            "truncated": "disconnected",
            "slow": "disconnected",
            "frozen": "hardware_error",
            "black": "user_error",
        },
        work=watch,
    ),
]
