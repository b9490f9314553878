"""The lamps of a simulated cabinet, as the screens go."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from drivers.cabinets.cabinet import SerialCabinet
from drivers.device import Guidance, Lamp, LampMode, PageGuidance
from kiosk.core import views
from kiosk.core.catalogue import Language
from kiosk.core.identity import Means
from kiosk.core.views import Body, Frame, NotPrinted, PrintDone, Printing, View
from kiosk.services.lamps import Lamps, shining
from sandbox.devices.cabinet import SimulatedCabinet

pytestmark = pytest.mark.usefixtures("no_leaks")

FRAME = Frame(Language.CHINESE, "柳湖村", "12345", None, 0, can_go_back=False, can_leave=True)
ON, BLINK = LampMode.ON, LampMode.BLINK
IDENTIFY = views.IdentifyView((Means.ID_CARD, Means.CODE), None, None)
SCAN = views.ScanView("户口簿", PageGuidance.NO_PAGE, None, 0, 5, watching=True, trouble=None)
"""A screen that waits for a card or a code, and one that waits for a page."""


def shown(body: Body) -> View:
    """A whole screen."""
    return View(FRAME, body)


def kept(state: views.PrintState) -> views.KeptView:
    """A result with its receipt in that state."""
    return views.KeptView("参保证明", "HY0001-261123-48017-K", state)


def copies(state: views.PrintState) -> views.CopyView:
    """Copies in that state."""
    return views.CopyView(1, 1, 9, state, None)


def face(*, asks: bool) -> views.FaceCheckView:
    """The camera is about to look, or looks."""
    return views.FaceCheckView(asks, Guidance.NOBODY, None, comparing=False, trouble=None)


@pytest.mark.parametrize(
    ("body", "lamps"),
    [
        (views.AttractView(None), {}),
        (IDENTIFY, {Lamp.ID_CARD: BLINK, Lamp.SCANNER: BLINK}),
        (
            views.IdentifyView((Means.ID_CARD, Means.SOCIAL_CARD), Means.SOCIAL_CARD, None),
            {Lamp.SOCIAL_CARD: ON},
        ),
        (face(asks=True), {}),
        (face(asks=False), {Lamp.TOP: ON}),
        (SCAN, {Lamp.SCANNER: BLINK}),
        (kept(NotPrinted(None)), {}),
        (kept(Printing()), {Lamp.RECEIPT: ON}),
        (kept(PrintDone(confirmed=True)), {Lamp.RECEIPT: BLINK}),
        (copies(Printing()), {Lamp.DOCUMENTS: ON}),
        (copies(PrintDone(confirmed=False)), {Lamp.DOCUMENTS: BLINK}),
        (
            views.FarewellView(with_receipt=True, with_sheets=True),
            {Lamp.RECEIPT: BLINK, Lamp.DOCUMENTS: BLINK},
        ),
        (
            views.FarewellView(with_receipt=False, with_card=True),
            {Lamp.ID_CARD: BLINK, Lamp.SOCIAL_CARD: BLINK},
        ),
    ],
)
def test_there_is_light_where_somebody_should_act(body: Body, lamps: dict[Lamp, LampMode]) -> None:
    """Blinking where something is to be done, steady where it is being done, dark elsewhere."""
    assert shining(shown(body)) == lamps


@pytest.fixture
def simulated(tmp_path: Path) -> Iterator[SimulatedCabinet]:
    """A cabinet."""
    with SimulatedCabinet(tmp_path / "cabinet") as device:
        yield device


@asynccontextmanager
async def lit(simulated: SimulatedCabinet) -> AsyncIterator[Lamps]:
    """Its lamps, followed by our driver."""
    driver = SerialCabinet(simulated.where)
    lamps = Lamps(driver)
    task = asyncio.create_task(lamps.run())
    try:
        yield lamps
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await driver.close()


async def shine(simulated: SimulatedCabinet, lamps: dict[Lamp, LampMode]) -> bool:
    """Whether exactly these come to shine."""
    return await asyncio.to_thread(simulated.wait_for_lamps, lamps, 20.0)


async def test_the_lamps_follow_the_screens(simulated: SimulatedCabinet) -> None:
    """Each screen puts its own on and those before out, also when screens change fast."""
    async with lit(simulated) as lamps:
        lamps.show(shown(IDENTIFY))
        assert await shine(simulated, {Lamp.ID_CARD: BLINK, Lamp.SCANNER: BLINK})
        for body in (kept(Printing()), IDENTIFY, SCAN):
            lamps.show(shown(body))
        assert await shine(simulated, {Lamp.SCANNER: BLINK})
        lamps.show(shown(views.AttractView(None)))
        assert await shine(simulated, {})


async def test_a_cabinet_that_was_away_shines_as_it_should(simulated: SimulatedCabinet) -> None:
    """What was asked for while it was unplugged is so once it is back and asked anything."""
    async with lit(simulated) as lamps:
        lamps.show(shown(SCAN))
        assert await shine(simulated, {Lamp.SCANNER: BLINK})
        simulated.unplug()
        lamps.show(shown(kept(Printing())))
        simulated.plug()
        lamps.show(shown(kept(PrintDone(confirmed=True))))
        assert await shine(simulated, {Lamp.RECEIPT: BLINK})
