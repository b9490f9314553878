"""The watch over the platform: catalogues change between visits and on time, on a virtual clock."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from kiosk.core.catalogue import NOTHING, Catalogue
from kiosk.services import signed
from kiosk.services.catalogue_files import STAGED
from kiosk.services.catalogue_store import CatalogueStore
from kiosk.services.platform import PlatformUnavailable
from kiosk.services.platform_watch import PlatformWatch
from sandbox.clock import START, VirtualClock
from tests.kiosk.services.catalogues import TRUSTED, bundle, catalogue

T = TypeVar("T")

HOUR = 3600.0


async def at_once(work: Callable[[], T], /) -> T:
    """Do blocking work on the loop's own thread: virtual time waits for no other."""
    return work()


class Offering:
    """A platform as far as the watch asks it: what it offers, how slowly, or that it is away."""

    def __init__(self, sleep: Callable[[float], Awaitable[None]]) -> None:
        self._sleep = sleep
        self.bundle = bundle(catalogue(1))
        self.takes = 0.0  # seconds for a catalogue that is not known
        self.away = False
        self.asked: list[str | None] = []

    async def catalogue(self, known_etag: str | None) -> bytes | None:
        """The bundle, where it is not known."""
        self.asked.append(known_etag)
        if self.away:
            raise PlatformUnavailable("GET /v1/catalogue: ConnectError")
        offered = self.bundle
        if known_etag == signed.etag(signed.digest(offered)):
            return None
        if self.takes:
            await self._sleep(self.takes)
        return offered

    async def reachable(self) -> bool:
        """Whether it is not away."""
        return not self.away


class Place:
    """A terminal's watch and everything around it."""

    def __init__(self, folder: Path, clock: VirtualClock) -> None:
        self.clock = clock
        self.folder = folder
        self.platform = Offering(clock.sleep)
        self.busy = False
        self.comes_during_trial = False
        self.shown: list[tuple[float, int]] = []
        self.answers: list[tuple[float, bool]] = []
        self.store = CatalogueStore(
            folder, TRUSTED, now=clock.now, trial=self._trial, report=lambda *_, **__: None
        )
        self.offered = self.store.start()
        self.watch = PlatformWatch(
            self.platform,  # type: ignore[arg-type] # the two methods the watch needs
            self.store,
            reachable=lambda answers: self.answers.append((clock.seconds, answers)),
            changed=self._changed,
            in_visit=lambda: self.busy,
            sleep=clock.sleep,
            aside=at_once,
        )

    def _trial(self, _: Catalogue) -> None:
        self.busy = self.busy or self.comes_during_trial

    def _changed(self, whole: Catalogue) -> None:
        assert not self.busy
        self.shown.append((self.clock.seconds, whole.serial))

    async def until(self, seconds: float) -> None:
        """Let the watch go on until that moment."""
        await self.clock.settle()
        await self.clock.wait(self.clock.sleep(seconds - self.clock.seconds))
        await self.clock.settle()


@pytest.fixture
async def place(tmp_path: Path, clock: VirtualClock) -> AsyncIterator[Place]:
    """A terminal that never had a catalogue, with its watch running."""
    place = Place(tmp_path / "catalogue", clock)
    task = asyncio.create_task(place.watch.run())
    yield place
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def at(seconds: float) -> timedelta:
    """So long after the clock's start."""
    return timedelta(seconds=seconds)


async def test_the_first_catalogue_comes_at_once(place: Place) -> None:
    """A terminal that offers nothing does not wait for a beat."""
    await place.until(0.5)
    assert place.shown == [(0.0, 1)]
    assert place.answers == [(0.0, True)]


async def test_an_unchanged_catalogue_is_asked_for_by_its_etag(place: Place) -> None:
    """Every thirty seconds, by the digest of what is there; nothing else happens."""
    await place.until(65)
    assert place.platform.asked == [None, *[signed.etag(signed.digest(place.platform.bundle))] * 2]
    assert len(place.shown) == 1


async def test_a_platform_that_is_away_is_asked_more_often(place: Place) -> None:
    """Every three seconds until it is back, and what is in force stays."""
    await place.until(29)
    place.platform.away = True
    await place.until(37)
    place.platform.away = False
    await place.until(40)
    told = [(30, False), (33, False), (36, False), (39, True)]
    assert place.answers[1:] == told
    assert [serial for _, serial in place.shown] == [1]


async def test_a_catalogue_comes_into_force_at_its_time(place: Place) -> None:
    """It was fetched long before; the moment is kept to the second, platform or not."""
    await place.until(1)
    place.platform.bundle = bundle(catalogue(2, activates_at=START + at(HOUR + 0.5)))
    await place.until(60)
    place.platform.away = True
    await place.until(HOUR + 10)
    [(_, first), (moment, second)] = place.shown
    assert (first, second) == (1, 2)
    assert HOUR + 0.5 <= moment <= HOUR + 1.5


async def test_the_watch_goes_on_while_a_catalogue_comes_slowly(place: Place) -> None:
    """It is fetched once; meanwhile what expires goes, and a platform that goes away is missed."""
    place.platform.bundle = bundle(catalogue(2, expires_at=START + at(300)))
    await place.until(60)
    place.platform.bundle, place.platform.takes = bundle(catalogue(3)), 600
    await place.until(400)
    assert [serial for _, serial in place.shown] == [1, 2, NOTHING.serial]
    assert {answers for moment, answers in place.answers if moment < 400} == {True}
    place.platform.away = True
    await place.until(420)
    assert place.answers[-1][1] is False
    place.platform.away = False
    asked = len(place.platform.asked)
    await place.until(650)
    assert (len(place.platform.asked), place.answers[-1][1]) == (asked, True)
    await place.until(710)
    assert [serial for _, serial in place.shown] == [1, 2, NOTHING.serial, 3]


async def test_nobodys_visit_is_changed_under_their_hands(place: Place) -> None:
    """While somebody is there the old catalogue stays; a second after they left the new one is."""
    await place.until(1)
    place.busy = True
    place.platform.bundle = bundle(catalogue(2))
    await place.until(HOUR)
    assert [serial for _, serial in place.shown] == [1]
    place.busy = False
    await place.until(HOUR + 1)
    assert [serial for _, serial in place.shown] == [1, 2]


async def test_somebody_who_comes_during_the_trial_is_not_disturbed(place: Place) -> None:
    """The trial takes a moment in which a visit can begin: then it is for after that visit."""
    await place.until(1)
    place.comes_during_trial = True
    place.platform.bundle = bundle(catalogue(2))
    await place.until(100)
    assert [serial for _, serial in place.shown] == [1]
    place.busy, place.comes_during_trial = False, False
    await place.until(102)
    assert [serial for _, serial in place.shown] == [1, 2]


async def test_an_expired_catalogue_goes_between_visits(place: Place) -> None:
    """Whoever is there finishes; then nothing is offered until there is a new one."""
    place.platform.bundle = bundle(catalogue(2, expires_at=START + at(HOUR)))
    await place.until(HOUR - 1)
    place.busy = True
    await place.until(HOUR + 100)
    assert [serial for _, serial in place.shown] == [1, 2]
    place.busy = False
    await place.until(HOUR + 101)
    assert [serial for _, serial in place.shown] == [1, 2, NOTHING.serial]
    place.platform.bundle = bundle(catalogue(3))
    await place.until(HOUR + 140)
    assert [serial for _, serial in place.shown] == [1, 2, NOTHING.serial, 3]


async def test_a_refused_bundle_is_not_fetched_again(place: Place) -> None:
    """It is asked for by its digest like any other, and the platform counts as answering."""
    await place.until(1)
    place.platform.bundle = b"nonsense"
    await place.until(100)
    assert place.platform.asked[2:] == [signed.etag(signed.digest(b"nonsense"))] * 2
    assert all(answers for _, answers in place.answers)
    assert [serial for _, serial in place.shown] == [1]


async def test_a_disk_that_takes_nothing_does_not_stop_the_watch(place: Place) -> None:
    """The platform is asked on, what is in force stays, and the next try takes the new one in."""
    await place.until(1)
    obstacle = place.folder / f"{STAGED}.part"
    obstacle.mkdir()
    place.platform.bundle = bundle(catalogue(2))
    await place.until(70)
    assert [serial for _, serial in place.shown] == [1]
    assert [moment for moment, _ in place.answers] == [0, 30, 60]
    obstacle.rmdir()
    await place.until(100)
    assert [serial for _, serial in place.shown] == [1, 2]


async def test_a_file_that_can_not_be_read_in_its_time_is_tried_on_the_next_beat(
    place: Place,
) -> None:
    """Trouble with the disk when a catalogue is due costs a beat, not the watch."""
    await place.until(1)
    place.platform.bundle = bundle(catalogue(2, activates_at=START + at(50)))
    await place.until(49)
    staged = place.folder / STAGED
    held = staged.read_bytes()
    staged.unlink()
    staged.mkdir()
    await place.until(70)
    assert [serial for _, serial in place.shown] == [1]
    assert [moment for moment, _ in place.answers] == [0, 30, 60]
    staged.rmdir()
    staged.write_bytes(held)
    await place.until(100)
    assert [serial for _, serial in place.shown] == [1, 2]


async def test_the_loop_goes_on_while_the_disk_works(tmp_path: Path, clock: VirtualClock) -> None:
    """On a terminal, whatever blocks is done on another thread, and comes back to the loop."""
    loop, trying = threading.get_ident(), []
    store = CatalogueStore(
        tmp_path / "catalogue",
        TRUSTED,
        now=clock.now,
        trial=lambda _: trying.append(threading.get_ident()),
        report=lambda *_, **__: None,
    )
    store.start()
    changed: asyncio.Queue[tuple[int, int]] = asyncio.Queue()
    watch = PlatformWatch(
        Offering(clock.sleep),  # type: ignore[arg-type] # the two methods the watch needs
        store,
        reachable=lambda _: None,
        changed=lambda whole: changed.put_nowait((whole.serial, threading.get_ident())),
        in_visit=lambda: False,
    )
    task = asyncio.create_task(watch.run())
    assert await changed.get() == (1, loop)
    assert loop not in trying
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
