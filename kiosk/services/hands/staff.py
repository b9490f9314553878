"""What those who look after the terminal ask for."""

from __future__ import annotations

import asyncio

import structlog

from drivers.device import DeviceKind, Disconnected, PrintOutcome, SelfTest
from drivers.errors import LocalProtocolError
from kiosk.core import effects, events
from kiosk.core.staff import Inside
from kiosk.services import specimens
from kiosk.services.hands.printing import NOT_FITTED, NOTHING
from kiosk.services.hands.tools import Tools
from kiosk.services.specimens import Specimen
from kiosk.services.terminal import Post

log = structlog.get_logger(__name__)

LOOK = 1.0  # seconds between two looks inside
TEST = 15.0  # seconds for a self-test


class StaffHands:
    """Checks PINs, keeps what staff set, and lets them try the devices."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    async def check(self, effect: effects.CheckPin, post: Post) -> None:
        """PinChecked; the fleet is told of whoever came in, and of whoever did not."""
        role, wait = await self._tools.staff.check(effect.pin)
        if role is not None:
            self._tools.report.tell(f"{role.value}_in")
        else:
            self._tools.report.tell("staff_pin_wrong", tries=self._tools.staff.wrong)
        post(events.PinChecked(effect.entry, role, wait))

    async def serve(self, effect: effects.KeepService, _post: Post) -> None:
        """Nothing comes back: the screen says it already."""
        await self._tools.staff.serve(on=effect.on)
        log.info("service.changed", on=effect.on)
        if effect.on:
            self._tools.report.tell("service_resumed")
        else:
            self._tools.report.tell("service_ended")
        self._tools.report.service(on=effect.on)

    async def print(self, effect: effects.PrintTest, post: Post) -> None:
        """TestPrinted."""
        post(events.TestPrinted(effect.entry, await self._printed()))

    async def _printed(self) -> PrintOutcome:
        tools, kind = self._tools, DeviceKind.RECEIPT_PRINTER
        printer, origin = tools.equipment.receipt_printer, tools.origin
        if printer is None:
            return NOT_FITTED
        specimen = Specimen(origin.terminal, tools.now(), kind.value)
        try:
            data = await asyncio.to_thread(specimens.receipt, specimen, origin.paper)
        except LocalProtocolError as error:
            log.warning("test_receipt.not_drawn", reason=str(error))
            return NOTHING
        outcome = await printer.print_receipt(data)
        tools.devices.note(kind, outcome.status)
        return outcome

    async def test(self, effect: effects.TestDevice, post: Post) -> None:
        """SelfTested; one that does not answer in time is told as that."""
        try:
            async with asyncio.timeout(TEST):
                result = await self._tools.devices.self_test(effect.kind)
        except TimeoutError:
            result = SelfTest(Disconnected(f"no answer within {TEST:g} s"), "")
        post(events.SelfTested(effect.entry, effect.kind, result))

    async def watch(self, effect: effects.WatchInside, post: Post) -> None:
        """InsideSeen, and again whenever it is otherwise."""
        seen: Inside | None = None
        while True:
            now = self._tools.insight.look()
            if now != seen:
                seen = now
                post(events.InsideSeen(effect.entry, now))
            await self._tools.sleep(LOOK)
