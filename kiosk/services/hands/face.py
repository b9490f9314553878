"""The resident's face: guided by what the camera sees, then one picture."""

from __future__ import annotations

from drivers.device import DeviceKind, FaceView
from drivers.errors import DeviceError, TransportError
from kiosk.core import effects, events
from kiosk.services.hands.tools import Tools
from kiosk.services.hands.viewfinder import Viewfinder
from kiosk.services.terminal import Post

LOOK = 30.0  # seconds in which a good picture has to come: glasses off, a step to the middle


class Faces:
    """Takes pictures of faces."""

    def __init__(self, tools: Tools) -> None:
        self._devices = tools.devices
        self._camera = tools.equipment.face_camera

    async def capture(self, effect: effects.CaptureFace, post: Post) -> None:
        """FaceSeen again and again, then FaceTaken or FaceFailed."""
        visit = effect.visit
        if self._camera is None:
            post(events.EffectFailed(visit))
            return

        def tell(seen: FaceView) -> None:
            post(events.FaceSeen(visit, seen.guidance, seen.picture))

        try:
            with Viewfinder(tell) as finder:
                photo = await self._camera.capture(finder.show, LOOK)
        except DeviceError as error:
            if isinstance(error, TransportError):
                self._devices.note_failure(DeviceKind.FACE_CAMERA, error.fault)
            post(events.FaceFailed(visit, error.fault))
        else:
            post(events.FaceTaken(visit, photo.jpeg))
