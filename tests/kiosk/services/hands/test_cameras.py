"""Faces and pages, on the real drivers of simulated cameras."""

from __future__ import annotations

import asyncio
import io
import threading
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image

from drivers.cameras import pages
from drivers.device import (
    DeviceKind,
    Disconnected,
    Guidance,
    Page,
    PageGuidance,
    PageMode,
    PageView,
    Picture,
    Ready,
    SelfTest,
    Status,
)
from drivers.errors import CardError
from kiosk import fitting
from kiosk.core import events
from kiosk.core.effects import CaptureFace, EndVisit, StopCapture, StopWatching, WatchPage
from kiosk.services.hands.pages import TRIES, scanned
from kiosk.services.hands.viewfinder import Viewfinder
from tests.kiosk.services.hands.bench import bench

pytestmark = pytest.mark.usefixtures("no_leaks")

# --- faces ---


async def test_a_face_is_shown_then_taken(tmp_path: Path) -> None:
    """The resident sees what the camera sees; in the end there is one picture of the face."""
    async with bench(tmp_path, "face-camera") as counter:
        counter.carry_out(CaptureFace(1))
        counter.world.act("face person")
        seen = await counter.come(events.FaceSeen)
        assert seen.guidance is Guidance.LOOK_HERE  # nobody finds faces without a model
        taken = await counter.come_after(events.FaceTaken, events.FaceSeen)
        with Image.open(io.BytesIO(taken.photo)) as photo:
            assert photo.format == "JPEG"
        await counter.hands.settle()
        assert counter.events.empty()


async def test_a_face_camera_that_is_gone_is_told_and_noted(tmp_path: Path) -> None:
    """The resident hears of it, and whoever watches the devices."""
    async with bench(tmp_path, "face-camera") as counter:
        counter.world.act("face-camera unplug")
        counter.carry_out(CaptureFace(1))
        failed = await counter.come(events.FaceFailed)
        assert failed.fault.code == "camera.disconnected"
        [(kind, status)] = counter.statuses
        assert kind is DeviceKind.FACE_CAMERA
        assert isinstance(status, Disconnected)


@pytest.mark.parametrize("stop", [StopCapture(), EndVisit(1)])
async def test_nobody_is_looked_at_any_more(tmp_path: Path, stop: StopCapture | EndVisit) -> None:
    """What stops the look lets the camera go; the next visit sees through it."""
    async with bench(tmp_path, "face-camera") as counter:
        counter.carry_out(CaptureFace(1))
        await counter.come(events.FaceSeen)
        counter.carry_out(stop)
        counter.world.act("face person")
        counter.carry_out(CaptureFace(2))
        assert (await counter.come(events.FaceSeen)).visit == 2
        assert (await counter.come_after(events.FaceTaken, events.FaceSeen)).visit == 2


# --- pages ---


async def test_a_page_is_shown_then_taken_as_a_file(tmp_path: Path) -> None:
    """A JPEG within the size the platform takes, known by its digest, then nothing more."""
    async with bench(tmp_path, "document-camera") as counter:
        counter.carry_out(WatchPage(1))
        assert (await counter.come(events.PageSeen)).guidance is PageGuidance.NO_PAGE
        counter.world.act("page a4")
        page = (await counter.come_after(events.PageTaken, events.PageSeen)).page
        assert page.content is not None
        assert page.sha256 == sha256(page.content).hexdigest()
        assert len(page.content) <= fitting.LARGEST_PAGE
        with Image.open(io.BytesIO(page.content)) as picture:
            assert page.media_type == "image/jpeg"
            assert picture.format == "JPEG"
            assert picture.height > picture.width > 1000
        await counter.hands.settle()
        assert counter.events.empty()


async def test_a_document_camera_that_is_gone_is_told_and_noted(tmp_path: Path) -> None:
    """The resident hears of it, and whoever watches the devices."""
    async with bench(tmp_path, "document-camera") as counter:
        counter.world.act("document-camera unplug")
        counter.carry_out(WatchPage(1))
        failed = await counter.come(events.PageFailed)
        assert failed.fault.code == "camera.disconnected"
        assert [kind for kind, _ in counter.statuses] == [DeviceKind.DOCUMENT_CAMERA]


async def test_no_page_is_taken_any_more(tmp_path: Path) -> None:
    """A page that is laid down after the watching ended belongs to the next visit alone."""
    async with bench(tmp_path, "document-camera") as counter:
        counter.carry_out(WatchPage(1))
        await counter.come(events.PageSeen)
        counter.carry_out(StopWatching())
        counter.world.act("page a4")
        counter.carry_out(WatchPage(2))
        taken = await counter.come_after(events.PageTaken, events.PageSeen)
        assert taken.visit == 2


async def test_a_camera_that_is_not_fitted_is_a_mistake_of_ours(tmp_path: Path) -> None:
    """Nobody waits for ever for a device that is not there."""
    async with bench(tmp_path) as counter:
        counter.carry_out(CaptureFace(1))
        counter.carry_out(WatchPage(2))
        failed = {(await counter.come(events.EffectFailed)).visit for _ in range(2)}
        assert failed == {1, 2}


class ShakyTable:
    """A document camera under which a page moves in the last moment, so many times."""

    kind = DeviceKind.DOCUMENT_CAMERA

    def __init__(self, moves: int) -> None:
        self._moves = moves
        self._missed = 0
        self.looks = 0

    async def preview(self, show: Callable[[PageView], None], timeout: float) -> bool:
        """Every second look is too short."""
        del show, timeout
        self.looks += 1
        return self.looks % 2 == 0

    async def scan(self, mode: PageMode = PageMode.COLOUR) -> Page:
        """The page, once it lies still."""
        if self._missed < self._moves:
            self._missed += 1
            raise CardError(pages.BLURRED)
        return Page(1, 1, mode, b"\xff\xff\xff")

    async def probe(self) -> Status:
        """Well."""
        return Ready()

    async def self_test(self) -> SelfTest:
        """Well."""
        return SelfTest(Ready(), "nowhere")

    async def close(self) -> None:
        """Nothing is open."""


async def test_a_page_that_moved_in_the_last_moment_is_waited_for_again() -> None:
    """Only the third time in a row somebody is told what is wrong with it."""
    with Viewfinder[PageView](lambda _: None) as finder:
        table = ShakyTable(moves=TRIES - 1)
        assert (await scanned(table, finder)).width == 1
        assert table.looks == 2 * TRIES
        with pytest.raises(CardError) as caught:
            await scanned(ShakyTable(moves=TRIES), finder)
        assert caught.value.fault is pages.BLURRED


# --- pictures on their way ---


def view(number: int) -> PageView:
    """A picture that is told from others by its width."""
    return PageView(PageGuidance.NO_PAGE, Picture(number, 1, b""))


async def test_of_many_pictures_the_newest_is_told() -> None:
    """A camera's thread gives more than anybody can look at: of those in between none is told."""
    told: list[int] = []
    came = asyncio.Event()

    def tell(seen: PageView) -> None:
        told.append(seen.picture.width)
        came.set()

    def give(numbers: range) -> None:
        for number in numbers:
            finder.show(view(number))

    with Viewfinder(tell) as finder:
        for numbers in (range(1, 101), range(101, 201)):
            thread = threading.Thread(target=give, args=(numbers,))
            thread.start()
            thread.join()
            came.clear()
            await asyncio.wait_for(came.wait(), 10)
        give(range(201, 301))
    assert told == [100, 200]


async def test_nothing_is_told_after_the_end() -> None:
    """A picture that a thread still gives when nobody looks any more is dropped."""
    told: list[PageView] = []
    with Viewfinder[PageView](told.append) as finder:
        finder.show(view(1))
    finder.show(view(2))
    await asyncio.sleep(0)
    assert not told
