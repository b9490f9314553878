"""Who may come in and what they set: PINs by their hashes, growing pauses, kept over a restart."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from device_config.schema import Staff as Section
from drivers.device import Personal
from kiosk.core.staff import Role
from kiosk.services import pins
from kiosk.services.staff import LONGEST_PAUSE, Staff, pause
from kiosk.services.store import Store
from sandbox.clock import VirtualClock
from sandbox.stepped_store import SteppedStore

ATTENDANTS, TECHNICIANS, NOBODYS = Personal("271828"), Personal("314159"), Personal("161803")


@pytest.fixture(scope="module")
def hashes() -> dict[Role, str]:
    """What the configuration keeps of two PINs."""
    return {Role.ATTENDANT: pins.hashed(ATTENDANTS), Role.TECHNICIAN: pins.hashed(TECHNICIANS)}


class Watch:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """The time."""
        return self.now


@pytest.fixture
def watch() -> Watch:
    """A watch of one test's own."""
    return Watch()


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Where a terminal keeps its state."""
    return tmp_path / "state"


async def switched_on(state: Path, hashes: dict[Role, str], watch: Watch) -> tuple[Store, Staff]:
    """A terminal's start, as far as staff are concerned."""
    store = SteppedStore(state, now=VirtualClock().now)
    staff = Staff(store, hashes, clock=watch)
    await staff.start()
    return store, staff


async def test_a_pin_is_known_by_its_hash(
    state: Path, hashes: dict[Role, str], watch: Watch
) -> None:
    """Each PIN opens its own role, and another one opens nothing."""
    store, staff = await switched_on(state, hashes, watch)
    assert await staff.check(ATTENDANTS) == (Role.ATTENDANT, 0.0)
    assert await staff.check(TECHNICIANS) == (Role.TECHNICIAN, 0.0)
    assert await staff.check(NOBODYS) == (None, 1.0)
    await store.aclose()


async def test_every_wrong_pin_makes_the_next_one_wait_longer(
    state: Path, hashes: dict[Role, str], watch: Watch
) -> None:
    """Until the pause is over even the right one is not looked at; then it ends the counting."""
    store, staff = await switched_on(state, hashes, watch)
    for wrong in range(1, 4):
        assert await staff.check(NOBODYS) == (None, 2.0 ** (wrong - 1))
        watch.now += 2.0 ** (wrong - 1) - 0.25
        assert await staff.check(ATTENDANTS) == (None, 0.25)
        assert staff.wrong == wrong
        watch.now += 0.25
    assert await staff.check(ATTENDANTS) == (Role.ATTENDANT, 0.0)
    assert staff.wrong == 0
    await store.aclose()


async def test_pulling_the_plug_spares_nobody_the_pause(
    state: Path, hashes: dict[Role, str], watch: Watch
) -> None:
    """After a restart the pause begins anew, with everything that was wrong before."""
    store, staff = await switched_on(state, hashes, watch)
    for _ in range(3):
        await staff.check(NOBODYS)
        watch.now += LONGEST_PAUSE
    await store.aclose()
    store, staff = await switched_on(state, hashes, watch)
    assert await staff.check(ATTENDANTS) == (None, 4.0)
    await store.aclose()


@pytest.mark.parametrize("on", [False, True])
async def test_a_restart_keeps_it_closed_or_open(
    state: Path, hashes: dict[Role, str], watch: Watch, *, on: bool
) -> None:
    """What staff have set last is what the terminal begins with."""
    store, staff = await switched_on(state, hashes, watch)
    await staff.serve(on=not on)
    await staff.serve(on=on)
    await store.aclose()
    store = SteppedStore(state, now=VirtualClock().now)
    assert await Staff(store, hashes).start() is not on
    await store.aclose()


@given(st.integers(0, 10_000))
def test_pauses_grow_and_end(wrong: int) -> None:
    """Never shorter than before, never longer than the longest, none after no wrong one."""
    assert 0.0 == pause(0) < pause(1)
    assert pause(wrong) <= pause(wrong + 1) <= LONGEST_PAUSE


@given(st.text("0123456789", min_size=pins.SHORTEST, max_size=pins.LONGEST))
@settings(max_examples=5, deadline=None)
def test_what_is_kept_of_a_pin_is_no_pin(digits: str) -> None:
    """It fits that PIN alone, tells nothing of it, is salted, and the configuration takes it."""
    pin = Personal(digits)
    kept = pins.hashed(pin)
    assert pins.fits(pin, kept)
    assert not pins.fits(Personal(digits[:-1]), kept)
    assert digits not in kept.rsplit(":", 2)[1:]
    assert kept != pins.hashed(pin)
    assert Section(attendant_pin=kept).attendant_pin == kept


@pytest.mark.parametrize(
    "digits", ["", "27182", "2718281828459", "abcdef", "27182x", "٢٧١٨٢٨", "000000", "121212"]
)
def test_a_pin_that_is_guessed_at_once_is_refused(digits: str) -> None:
    """Too short, too long, no digits, or the same over and over."""
    assert pins.weakness(Personal(digits))


@pytest.mark.parametrize("digits", ["123456", "234567890", "987654"])
def test_a_row_of_digits_is_refused(digits: str) -> None:
    """Up or down the pad."""
    assert pins.weakness(Personal(digits))


def test_an_ordinary_pin_is_taken() -> None:
    """Six digits that are neither a row nor the same."""
    assert pins.weakness(ATTENDANTS) is None
