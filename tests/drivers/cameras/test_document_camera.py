"""The document camera on a real MJPEG stream, with everything that goes wrong under one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import numpy as np
import pytest
import zxingcpp

from drivers.cameras.camera import FrameSource
from drivers.cameras.document_camera import STILL, CvDocumentCamera
from drivers.device import (
    Disconnected,
    DocumentCamera,
    PageGuidance,
    PageMode,
    PageView,
    PaperFormat,
    Ready,
)
from drivers.errors import CardError, DeviceError, TransportError
from sandbox.devices.document_camera import BAD, LAID, SimulatedDocumentCamera
from sandbox.devices.page_scene import SEES_MM
from sandbox.devices.papers import paper
from sandbox.lines import Lines
from tests.drivers.page_scenes import pixels_of

CODES = {
    "dark": "page.dark",
    "bent": "page.bent",
    "covered": "page.covered",
    "cut-off": "page.cut_off",
    "blurred": "page.blurred",
    "glare": "page.glare",
}

pytestmark = pytest.mark.usefixtures("no_leaks")


@pytest.fixture
def simulated() -> Iterator[SimulatedDocumentCamera]:
    """A camera over an empty table."""
    with SimulatedDocumentCamera() as device:
        yield device


@pytest.fixture
async def camera(simulated: SimulatedDocumentCamera) -> AsyncIterator[CvDocumentCamera]:
    """Our driver at the other end."""
    driver = CvDocumentCamera(FrameSource(simulated.where), SEES_MM)
    yield driver
    await driver.close()


PATIENCE = 40.0  # seconds: finding a page takes many times longer on a busy machine


class Watcher:
    """Keeps what a preview showed, and lets a test wait for it."""

    def __init__(self) -> None:
        self.views: list[PageView] = []
        self._loop = asyncio.get_running_loop()
        self._news = asyncio.Event()

    def show(self, view: PageView) -> None:
        """Called on the device's own thread."""
        self.views.append(view)
        self._loop.call_soon_threadsafe(self._news.set)

    async def sees(self, guidance: PageGuidance) -> PageView:
        """The first view that says this, from now on."""
        seen = len(self.views)
        async with asyncio.timeout(PATIENCE):
            while True:
                self._news.clear()
                for view in self.views[seen:]:
                    if view.guidance is guidance:
                        return view
                seen = len(self.views)
                await self._news.wait()


def test_it_is_a_document_camera(camera: CvDocumentCamera) -> None:
    """The driver has the capability it claims."""
    assert isinstance(camera, DocumentCamera)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("a4", PaperFormat.A4), ("a5", PaperFormat.A5), ("id-card", PaperFormat.CARD)],
)
async def test_a_page_is_scanned(
    simulated: SimulatedDocumentCamera, camera: CvDocumentCamera, name: str, expected: PaperFormat
) -> None:
    """What lies there comes out upright, at the resolution there is, and can be read."""
    simulated.lay(name)
    page = await camera.scan()
    assert page.format is expected
    assert (page.width > page.height) == (expected is PaperFormat.CARD)
    assert page.dpi == pytest.approx(simulated.size[0] / SEES_MM * 25.4, rel=0.05)
    read = [code.text for code in zxingcpp.read_barcodes(pixels_of(page))]
    assert read == ([paper(name).code] if paper(name).code else [])
    assert await camera.probe() == Ready()


async def test_modes(simulated: SimulatedDocumentCamera, camera: CvDocumentCamera) -> None:
    """A page comes in the mode that was asked for."""
    simulated.lay("a5")
    grey = await camera.scan(PageMode.GREY)
    assert len(grey.pixels) == grey.width * grey.height
    black_white = await camera.scan(PageMode.BLACK_WHITE)
    assert set(np.unique(pixels_of(black_white))) == {0, 255}


@pytest.mark.parametrize("how", BAD)
async def test_a_page_that_lies_badly_is_refused_until_it_lies_well(
    simulated: SimulatedDocumentCamera, camera: CvDocumentCamera, how: str
) -> None:
    """Each reason has its code and a sentence for the resident; put right, it is scanned."""
    lines = Lines(simulated.actors)
    lines.act("page a5")
    lines.act(f"page {how}")
    with pytest.raises(CardError) as caught:
        await camera.scan()
    assert caught.value.fault.code == CODES[how]
    assert simulated.where in caught.value.fault.detail
    assert caught.value.fault.resident
    simulated.behave()
    assert (await camera.scan()).format is PaperFormat.A5


async def test_an_empty_table(camera: CvDocumentCamera) -> None:
    """Nothing to scan is the resident's to lay down."""
    with pytest.raises(CardError, match=r"page\.none"):
        await camera.scan()


async def test_the_preview_guides_until_a_page_lies_still(
    simulated: SimulatedDocumentCamera, camera: CvDocumentCamera
) -> None:
    """From the empty table to a page that lies well, each step is shown; then it is over."""
    watcher = Watcher()
    preview = asyncio.create_task(camera.preview(watcher.show, 60))
    empty = await watcher.sees(PageGuidance.NO_PAGE)
    assert empty.corners == ()
    assert len(empty.picture.rgb) == empty.picture.width * empty.picture.height * 3
    simulated.lay("a5", BAD["covered"](LAID))
    await watcher.sees(PageGuidance.COVERED)
    simulated.behave()
    assert await preview
    last = watcher.views[-1]
    assert last.guidance is PageGuidance.GOOD
    true = simulated.truth().corners * last.picture.width / simulated.size[0]
    found = np.array(last.corners, float)
    assert min(np.abs(np.roll(found, turn, axis=0) - true).max() for turn in range(4)) < 2
    assert PageGuidance.HOLD_STILL in [view.guidance for view in watcher.views]


async def test_a_page_that_moves_is_not_ready(
    simulated: SimulatedDocumentCamera, camera: CvDocumentCamera
) -> None:
    """While somebody still shoves the paper about nothing is said to be good."""
    simulated.lay("a5")
    simulated.move()
    watcher = Watcher()
    preview = asyncio.create_task(camera.preview(watcher.show, 60))
    for _ in range(5):
        await watcher.sees(PageGuidance.HOLD_STILL)
    assert PageGuidance.GOOD not in [view.guidance for view in watcher.views]
    simulated.lay("a5")
    assert await preview


async def test_a_preview_ends_in_time(camera: CvDocumentCamera) -> None:
    """Where nobody lays anything down it says so."""
    watcher = Watcher()
    assert not await camera.preview(watcher.show, STILL)
    assert watcher.views


async def test_a_stream_that_ends_within_a_preview(
    simulated: SimulatedDocumentCamera, camera: CvDocumentCamera
) -> None:
    """A cable that is pulled is named; plugged in again, the next scan works."""
    watcher = Watcher()
    preview = asyncio.create_task(camera.preview(watcher.show, 60))
    await watcher.sees(PageGuidance.NO_PAGE)
    simulated.unplug()
    with pytest.raises(TransportError, match=r"camera\.disconnected"):
        await preview
    assert isinstance(await camera.probe(), Disconnected)
    simulated.plug()
    simulated.lay("id-card")
    assert (await camera.scan()).format is PaperFormat.CARD


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("garbage", "camera.garbage"),
        ("truncated", "camera.garbage"),
        ("silence", "camera.silent"),
        ("black", "camera.covered"),
    ],
)
async def test_a_camera_that_misbehaves_is_no_bad_page(
    simulated: SimulatedDocumentCamera, camera: CvDocumentCamera, fault: str, code: str
) -> None:
    """What the camera does wrong is said of the camera; afterwards all is well again."""
    simulated.lay("a5")
    Lines(simulated.actors).act(f"document-camera {fault}")
    with pytest.raises(DeviceError) as caught:
        await camera.scan()
    assert caught.value.fault.code == code
    simulated.behave()
    assert (await camera.scan()).format is PaperFormat.A5


async def test_a_frozen_stream_is_noticed_in_a_preview(
    simulated: SimulatedDocumentCamera, camera: CvDocumentCamera
) -> None:
    """A picture that stands still to the last bit is no page that lies still."""
    watcher = Watcher()
    preview = asyncio.create_task(camera.preview(watcher.show, 60))
    await watcher.sees(PageGuidance.NO_PAGE)
    Lines(simulated.actors).act("document-camera frozen")
    with pytest.raises(DeviceError, match=r"camera\.frozen"):
        await preview
