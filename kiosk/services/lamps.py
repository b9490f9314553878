"""The lamps of the cabinet: where the resident should act now, there is light."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import structlog

from drivers.device import Cabinet, Lamp, LampMode
from drivers.errors import DeviceError
from kiosk.core import views
from kiosk.core.identity import Means
from kiosk.core.views import PrintDone, Printing, View

log = structlog.get_logger(__name__)

BY_MEANS = {
    Means.ID_CARD: Lamp.ID_CARD,
    Means.SOCIAL_CARD: Lamp.SOCIAL_CARD,
    Means.CODE: Lamp.SCANNER,
}

Shining = Mapping[Lamp, LampMode]


def shining(view: View) -> Shining:
    """The lamps of a screen: blinking where something is to be done, on where it is being done."""
    match view.body:
        case views.IdentifyView(reading=None, means=means):
            return {BY_MEANS[one]: LampMode.BLINK for one in means}
        case views.IdentifyView(reading=Means() as reading):
            return {BY_MEANS[reading]: LampMode.ON}
        case views.FaceCheckView(asks=False):
            return {Lamp.TOP: LampMode.ON}  # the camera is above, and wants light on the face
        case views.ScanView(watching=True):
            return {Lamp.SCANNER: LampMode.BLINK}
        case views.FarewellView(with_receipt, with_sheets, with_card):
            lamps = {
                Lamp.RECEIPT: with_receipt,
                Lamp.DOCUMENTS: with_sheets,
                Lamp.SOCIAL_CARD: with_card,
                Lamp.ID_CARD: with_card,
            }
            return {lamp: LampMode.BLINK for lamp, left in lamps.items() if left}
        case views.CertificateView(print=state) | views.CopyView(print=state):
            return _printer(Lamp.DOCUMENTS, state)
        case (
            views.IssuedView(print=state)
            | views.AcceptedView(print=state)
            | views.NotedView(print=state)
            | views.KeptView(print=state)
        ):
            return _printer(Lamp.RECEIPT, state)
        case _:
            return {}


def _printer(lamp: Lamp, state: views.PrintState) -> Shining:
    match state:
        case Printing():
            return {lamp: LampMode.ON}
        case PrintDone():
            return {lamp: LampMode.BLINK}
        case _:
            return {}


class Lamps:
    """Follows what is shown. A cabinet that is away shines as it should once it is back."""

    def __init__(self, cabinet: Cabinet) -> None:
        self._cabinet = cabinet
        self._wanted: Shining = {}
        self._asked: dict[Lamp, LampMode] = {}
        self._changed = asyncio.Event()

    def show(self, view: View) -> None:
        """Another screen is shown."""
        self._wanted = shining(view)
        self._changed.set()

    async def run(self) -> None:
        """Switch lamps as the screens go, until cancelled."""
        while True:
            await self._changed.wait()
            self._changed.clear()
            for lamp in Lamp:
                await self._switch(lamp, self._wanted.get(lamp, LampMode.OFF))

    async def _switch(self, lamp: Lamp, mode: LampMode) -> None:
        if self._asked.get(lamp, LampMode.OFF) is mode:
            return
        self._asked[lamp] = mode
        try:
            await self._cabinet.light(lamp, mode)  # which remembers it where it fails
        except DeviceError as error:
            log.warning("lamp.failed", lamp=lamp.value, fault=error.fault.code)
