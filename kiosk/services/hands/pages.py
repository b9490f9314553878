"""Pages on the document camera: guided until one lies well, then scanned into a file."""

from __future__ import annotations

import asyncio
from hashlib import sha256

from drivers.device import DeviceKind, DocumentCamera, Page, PageView
from drivers.errors import CardError, DeviceError, TransportError
from kiosk.core import effects, events
from kiosk.core.cases import Attachment
from kiosk.services.hands.tools import Tools
from kiosk.services.hands.viewfinder import Viewfinder
from kiosk.services.terminal import Post

LOOK = 10.0  # seconds of one look, so that a camera that fell silent is noticed
TRIES = 3  # scans of a page that was moved in the last moment, before somebody is told


class Pages:
    """Takes pages."""

    def __init__(self, tools: Tools) -> None:
        self._devices = tools.devices
        self._camera = tools.equipment.document_camera
        self._as_jpeg = tools.as_jpeg

    async def watch(self, effect: effects.WatchPage, post: Post) -> None:
        """PageSeen again and again, then PageTaken or PageFailed."""
        visit = effect.visit
        if self._camera is None:
            post(events.EffectFailed(visit))
            return

        def tell(seen: PageView) -> None:
            post(events.PageSeen(visit, seen.guidance, seen.picture))

        try:
            with Viewfinder(tell) as finder:
                page = await scanned(self._camera, finder)
            jpeg = await asyncio.to_thread(self._as_jpeg, page)
        except DeviceError as error:
            if isinstance(error, TransportError):
                self._devices.note_failure(DeviceKind.DOCUMENT_CAMERA, error.fault)
            post(events.PageFailed(visit, error.fault))
        else:
            page_file = Attachment(sha256(jpeg).hexdigest(), content=jpeg)
            post(events.PageTaken(visit, page_file))


async def scanned(camera: DocumentCamera, finder: Viewfinder[PageView]) -> Page:
    """The first page that lies well, however long that takes."""
    for left in reversed(range(TRIES)):
        while not await camera.preview(finder.show, LOOK):
            pass
        try:
            return await camera.scan()
        except CardError:
            if not left:
                raise
    raise AssertionError  # the last try returned or raised
