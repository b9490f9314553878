"""A terminal's catalogue from delivery to rolling back, on real files and a clock moved by hand."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from kiosk.core.catalogue import NOTHING, Catalogue
from kiosk.services import signed
from kiosk.services.catalogue_files import ACTIVE, PREVIOUS, ROLLED_BACK, STAGED
from kiosk.services.catalogue_store import CatalogueStore
from kiosk.services.signed import TrustedKeys
from kiosk.wire import Event
from sandbox.clock import START, VirtualClock
from tests.kiosk.services.catalogues import STRANGER, TRUSTED, bundle, catalogue

DAY = timedelta(days=1)
DAY_IN_SECONDS = 86_400.0


class House:
    """A terminal's folder and clock, which outlive its restarts, and what it reported."""

    def __init__(self, folder: Path, clock: VirtualClock) -> None:
        self.folder = folder
        self.clock = clock
        self.told: list[tuple[str, dict[str, str | int]]] = []
        self.tried: list[int] = []
        self.bad: set[int] = set()
        self.trusted: TrustedKeys = TRUSTED

    def terminal(self) -> CatalogueStore:
        """A terminal before its start."""
        return CatalogueStore(
            self.folder, self.trusted, now=self.clock.now, trial=self.trial, report=self.report
        )

    def started(self) -> tuple[CatalogueStore, Catalogue]:
        """A terminal that has just started, and what it offers."""
        store = self.terminal()
        return store, store.start()

    def offered(self) -> Catalogue:
        """What a terminal offers that starts now."""
        return self.started()[1]

    def trial(self, whole: Catalogue) -> None:
        """Derive the journeys; of a bad catalogue that fails."""
        self.tried.append(whole.serial)
        if whole.serial in self.bad:
            raise ZeroDivisionError

    def report(self, event: str, /, **facts: str | int) -> None:
        """What the fleet is told; it has to fit into its messages."""
        Event(boot_id="0" * 16, seq=1, at=0.0, name=event, data=dict(facts))
        self.told.append((event, facts))

    def events(self) -> list[str]:
        """What was reported, each by its name and reason."""
        return [
            f"{name}{' ' * ('reason' in data)}{data.get('reason', '')}" for name, data in self.told
        ]

    def files(self) -> dict[str, tuple[int, bytes]]:
        """Every file: when it was last changed, and what it holds."""
        return {
            path.name: (path.stat().st_mtime_ns, path.read_bytes())
            for path in self.folder.iterdir()
        }


@pytest.fixture
def house(tmp_path: Path, clock: VirtualClock) -> House:
    """A terminal that never had a catalogue."""
    return House(tmp_path / "catalogue", clock)


def deliver(store: CatalogueStore, *bundles: bytes) -> None:
    """Take them in, each put into force as soon as its time has come."""
    for one in bundles:
        store.take(one)
        if store.is_due() and (ready := store.prepare()):
            store.activate(ready)


def test_before_the_first_delivery_nothing_is_offered(house: House) -> None:
    """A new terminal offers nothing, asks for whatever there is, and writes nothing."""
    store, offered = house.started()
    assert offered == NOTHING
    assert store.etag is None
    assert not store.is_due()
    assert not house.folder.exists()
    assert house.told == []


def test_what_is_delivered_comes_into_force_and_outlives_a_restart(house: House) -> None:
    """Verified, staged, tried, activated; the next start offers it without the platform."""
    store, _ = house.started()
    store.take(bundle(catalogue(1)))
    assert house.files().keys() == {STAGED}
    deliver(store)
    assert store.is_due()
    deliver(store, bundle(catalogue(1)))
    assert house.events() == ["catalogue_activated"]
    assert house.tried == [1]
    assert house.offered() == catalogue(1)
    assert house.files().keys() == {ACTIVE}


def test_it_waits_for_its_time_also_over_a_restart(house: House) -> None:
    """A catalogue of the day after tomorrow is in force then, and what was becomes the previous."""
    store, _ = house.started()
    deliver(store, bundle(catalogue(1)), bundle(catalogue(2, activates_at=START + 2 * DAY)))
    house.clock.seconds = 2 * DAY_IN_SECONDS - 1
    store, offered = house.started()
    assert offered.serial == 1
    assert not store.is_due()
    house.clock.seconds += 1
    assert store.is_due()
    ready = store.prepare()
    assert ready is not None
    store.activate(ready)
    assert house.offered().serial == 2
    assert house.files()[PREVIOUS][1] == bundle(catalogue(1))
    assert STAGED not in house.files()


def test_the_newest_bundle_is_asked_for_by_its_digest(house: House) -> None:
    """Staged or active, good or refused, also after a restart: it is not sent twice."""
    store, _ = house.started()
    first, later = bundle(catalogue(1)), bundle(catalogue(2, activates_at=START + DAY))
    for one in (first, later, b"nonsense"):
        deliver(store, one)
        assert store.etag == signed.etag(signed.digest(one))
    store, _ = house.started()
    assert store.etag == signed.etag(signed.digest(later))


@pytest.mark.parametrize(
    ("offer", "reason"),
    [
        (b"nonsense", "malformed"),
        (bundle(catalogue(9), key=STRANGER, key_id="stranger"), "unknown_key"),
        (bundle(catalogue(9), key=STRANGER), "tampered"),
        (bundle(catalogue(1)), "older"),
        (bundle(catalogue(9, expires_at=START)), "expired"),
        (bundle(catalogue(9, department="gone")), "not_valid"),
    ],
)
def test_what_is_refused_leaves_everything_as_it_was(
    house: House, offer: bytes, reason: str
) -> None:
    """The reason is reported, nothing is written, and what was staged waits on."""
    store, _ = house.started()
    deliver(store, bundle(catalogue(2)), bundle(catalogue(3, activates_at=START + DAY)))
    before = house.files()
    deliver(store, offer)
    assert house.events()[-1] == f"catalogue_refused {reason}"
    assert house.files() == before


def test_nothing_is_written_where_nothing_changed(house: House) -> None:
    """The same bundle again, active or staged, touches no file and is not reported."""
    first, later = bundle(catalogue(1)), bundle(catalogue(2, activates_at=START + DAY))
    store, _ = house.started()
    deliver(store, first, later)
    before, told = house.files(), len(house.told)
    deliver(store, later, later)
    store, _ = house.started()
    deliver(store, later)
    assert house.files() == before
    assert len(house.told) == told


def test_a_withdrawn_bundle_does_not_come_into_force(house: House) -> None:
    """Where the platform offers again what is active, what was staged is dropped."""
    store, _ = house.started()
    deliver(store, bundle(catalogue(1)), bundle(catalogue(2, activates_at=START + DAY)))
    deliver(store, bundle(catalogue(1)))
    house.clock.seconds = DAY_IN_SECONDS
    assert not store.is_due()
    assert house.files().keys() == {ACTIVE}


def test_a_catalogue_that_fails_its_trial_is_rolled_back_for_good(house: House) -> None:
    """What was in force stays, the bad one is reported and never tried again, over restarts too."""
    house.bad = {2}
    store, _ = house.started()
    deliver(store, bundle(catalogue(1)), bundle(catalogue(2)))
    assert house.events() == ["catalogue_activated", "catalogue_rolled_back trial"]
    assert house.told[-1][1]["serial"] == "1"
    assert house.offered() == catalogue(1)
    before = house.files()
    for _ in range(2):
        deliver(store, bundle(catalogue(2)))
        store, _ = house.started()
    assert house.tried == [1, 2]
    assert house.files() == before
    deliver(store, bundle(catalogue(3)))
    assert house.offered() == catalogue(3)


def test_a_staged_file_that_changed_on_the_disk_is_rolled_back(house: House) -> None:
    """It is opened again when its time comes, not trusted for having been good once."""
    store, _ = house.started()
    deliver(store, bundle(catalogue(1)))
    store.take(bundle(catalogue(2)))
    (house.folder / STAGED).write_bytes(b"half a fi")
    deliver(store)
    assert store.prepare() is None
    assert house.events()[-1] == "catalogue_rolled_back malformed"
    assert house.offered() == catalogue(1)


def test_a_damaged_active_file_falls_back_to_the_previous(house: House) -> None:
    """The previous one is offered, the damage reported, and a new delivery repairs it."""
    store, _ = house.started()
    deliver(store, bundle(catalogue(1)), bundle(catalogue(2)))
    (house.folder / ACTIVE).write_bytes(b"")
    store, offered = house.started()
    assert offered == catalogue(1)
    assert house.events()[2:] == ["catalogue_refused malformed", "catalogue_rolled_back unreadable"]
    assert store.etag == signed.etag(signed.digest(bundle(catalogue(1))))
    deliver(store, bundle(catalogue(2)))
    assert house.offered() == catalogue(2)
    assert house.files()[PREVIOUS][1] == bundle(catalogue(1))


def test_a_key_that_is_trusted_no_more_takes_its_catalogues_with_it(house: House) -> None:
    """What is kept is verified at each start: without its key it is not offered."""
    store, _ = house.started()
    deliver(store, bundle(catalogue(1)), bundle(catalogue(2)))
    house.trusted = {"new": STRANGER.public_key()}
    store, offered = house.started()
    assert offered == NOTHING
    again = bundle(catalogue(2), key=STRANGER, key_id="new")
    deliver(store, again)
    assert house.offered() == catalogue(2)


def test_a_bundle_signed_anew_replaces_the_one_it_was(house: House) -> None:
    """The same catalogue under another key is another bundle: the old key may be dropped then."""
    house.trusted = {**TRUSTED, "new": STRANGER.public_key()}
    store, _ = house.started()
    deliver(store, bundle(catalogue(1)), bundle(catalogue(1), key=STRANGER, key_id="new"))
    house.trusted = {"new": STRANGER.public_key()}
    assert house.offered() == catalogue(1)


def test_an_expired_catalogue_is_not_offered_any_more(house: House) -> None:
    """Its end is noticed once, reported, and found again at the next start; a new one counts."""
    store, _ = house.started()
    deliver(store, bundle(catalogue(1, expires_at=START + DAY)))
    assert not store.has_expired()
    house.clock.seconds = DAY_IN_SECONDS
    assert store.has_expired()
    assert store.lay_aside() == NOTHING
    assert not store.has_expired()
    assert house.offered() == NOTHING
    assert house.events()[1:] == ["catalogue_expired", "catalogue_expired"]
    deliver(store, bundle(catalogue(2)))
    assert not store.has_expired()
    assert house.offered() == catalogue(2)


def test_what_expired_while_it_waited_does_not_come_into_force(house: House) -> None:
    """A terminal that was off for the whole time of a catalogue goes on with what it had."""
    store, _ = house.started()
    end = START + 2 * DAY
    deliver(store, bundle(catalogue(1)))
    deliver(store, bundle(catalogue(2, activates_at=START + DAY, expires_at=end)))
    house.clock.seconds = 3 * DAY_IN_SECONDS
    store, _ = house.started()
    assert store.is_due()
    assert store.prepare() is None
    assert house.events()[-1] == "catalogue_rolled_back expired"
    assert house.offered() == catalogue(1)


def killed_at(touch: int, folder: Path, work: Callable[[], None]) -> bool:
    """Do the work in a process that dies before it touches the folder for the nth time."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED
    left = touch

    def count(event: str, details: tuple[object, ...]) -> None:
        nonlocal left
        if event in TOUCHES and any(str(one).startswith(str(folder)) for one in details):
            left -= 1
        if left <= 0:
            os._exit(KILLED)

    sys.addaudithook(count)
    work()
    os._exit(0)


KILLED = 9
TOUCHES = {"open", "os.rename", "os.remove", "os.mkdir"}


def test_a_process_killed_at_any_moment_leaves_the_old_or_the_new(house: House) -> None:
    """However far one had come in replacing another, the next start offers a whole catalogue."""
    new = bundle(catalogue(3))
    touch = 0
    offered: list[int] = []
    killed = True
    while killed:
        touch += 1
        shutil.rmtree(house.folder, ignore_errors=True)
        store, _ = house.started()
        deliver(store, bundle(catalogue(1)), bundle(catalogue(2)))
        killed = killed_at(touch, house.folder, partial(deliver, store, new))
        store, whole = house.started()
        offered.append(whole.serial)
        deliver(store, new)
        assert house.offered() == catalogue(3)
    assert offered == sorted(offered)
    assert offered.count(2) > 6
    assert offered.count(3) > 1


@pytest.mark.skipif(os.geteuid() != 0, reason="optional: /dev/full stands for a full disk as root")
def test_a_full_disk_costs_the_new_catalogue_alone(house: House) -> None:
    """What can not be written is not in force after a restart; what was, is."""
    store, _ = house.started()
    deliver(store, bundle(catalogue(1)))
    (house.folder / f"{STAGED}.part").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left"):
        store.take(bundle(catalogue(2)))
    assert store.etag == signed.etag(signed.digest(bundle(catalogue(1))))
    assert house.offered() == catalogue(1)


def test_a_bad_catalogue_is_forgotten_though_nothing_can_be_written(house: House) -> None:
    """A disk that takes nothing does not have a failing catalogue tried over and over."""
    house.bad = {2}
    store, _ = house.started()
    deliver(store, bundle(catalogue(1)))
    store.take(bundle(catalogue(2)))
    (house.folder / f"{ROLLED_BACK}.part").mkdir()
    with pytest.raises(IsADirectoryError):
        store.prepare()
    assert not store.is_due()
    assert house.events()[-1] == "catalogue_rolled_back trial"
