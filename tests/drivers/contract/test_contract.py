"""What every driver promises, whatever it drives: the same cases on each, against its simulator."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import psutil
import pytest

from drivers.device import (
    Device,
    Disconnected,
    NotFitted,
    Status,
    fault_of,
    slug,
    usable,
)
from sandbox.devices.simulator import Simulator
from sandbox.lines import Lines
from tests import memory
from tests.drivers.contract.rig import Rig, rigs

RIGS = rigs()
PULLS = 200
SETTLED = 20  # pulls after which everything is loaded that ever will be
GROWTH = 4 * 1024 * 1024  # bytes; an allocator's noise, where 180 pulls that leak are far more
ENDS = 15.0  # seconds within which a probe of whatever is wrong has ended
PATIENCE = 20.0  # seconds until a device that is back has to be found

pytestmark = [pytest.mark.usefixtures("no_leaks"), pytest.mark.timeout(300)]


@pytest.fixture(params=RIGS, ids=lambda rig: rig.name)
def rig(request: pytest.FixtureRequest) -> Rig:
    """Each rig, where this machine can have its device."""
    found: Rig = request.param
    if why := found.missing():
        pytest.skip(why)
    return found


@pytest.fixture
def simulated(rig: Rig, tmp_path: Path) -> Iterator[Simulator]:
    """The device at the other end, plugged in."""
    with rig.simulator(tmp_path / "device") as device:
        yield device


@pytest.fixture
async def device(rig: Rig, simulated: Simulator) -> AsyncIterator[Device]:
    """Our driver."""
    driver = rig.driver(simulated.where)
    yield driver
    await driver.close()


async def becomes(device: Device, state: str) -> Status:
    """Probe until the device is so, as the terminal does; no probe takes longer than it may."""
    deadline = time.monotonic() + PATIENCE
    while True:
        started = time.monotonic()
        status = await device.probe()
        assert time.monotonic() - started < ENDS, status
        if slug(status) == state:
            return status
        assert time.monotonic() < deadline, f"{state} did not come; it is {status}"
        await asyncio.sleep(0.02)


async def test_a_good_device_is_ready(device: Device) -> None:
    """A probe finds it, and says that work may be given to it."""
    await becomes(device, "ready")


async def test_a_self_test_says_where_and_how(simulated: Simulator, device: Device) -> None:
    """A technician reads where it was asked, and that it is ready."""
    await becomes(device, "ready")
    result = await device.self_test()
    assert slug(result.status) == "ready"
    assert simulated.where in result.where or result.where in simulated.where
    assert all(isinstance(fact, str) for fact in result.facts.values())


async def test_a_pulled_plug_is_a_status_and_a_plugged_one_too(
    simulated: Simulator, device: Device
) -> None:
    """Hot plug needs nothing but the next probe, and no new driver."""
    await becomes(device, "ready")
    simulated.unplug()
    gone = await becomes(device, "disconnected")
    assert isinstance(gone, Disconnected)
    assert gone.reason
    assert slug((await device.self_test()).status) == "disconnected"
    simulated.plug()
    await becomes(device, "ready")


async def test_what_was_never_there_is_said(rig: Rig, tmp_path: Path) -> None:
    """A wrong address is a status with words for a technician, not an exception."""
    simulated = rig.simulator(tmp_path / "device")
    with simulated:
        where = simulated.where
    driver = rig.driver(where)
    try:
        status = await driver.probe()
        assert isinstance(status, Disconnected)
        assert len(status.reason) > len("no such device")
    finally:
        await driver.close()


async def test_every_fault_is_noticed_and_heals(
    rig: Rig, simulated: Simulator, device: Device
) -> None:
    """Each fault on request is the status it should be, in time; afterwards all is well again."""
    await becomes(device, "ready")
    for fault, state in rig.faults.items():
        Lines(simulated.actors).act(f"{simulated.name} {fault}")
        status = await becomes(device, state)
        assert not isinstance(status, NotFitted)
        if found := fault_of(status):
            assert found.code
            assert found.detail
            assert found.for_resident
        simulated.behave()
        await becomes(device, "ready")


async def test_a_cancelled_command_leaves_a_device_that_works(rig: Rig, device: Device) -> None:
    """Whoever stops waiting is obeyed at once, and the next command finds the device well."""
    await becomes(device, "ready")
    for _ in range(3):
        work = asyncio.ensure_future(cast("Awaitable[None]", rig.work(device)))
        await asyncio.sleep(0.1)
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        async with asyncio.timeout(ENDS):
            assert usable(await device.probe())


async def test_a_plug_pulled_while_it_works(rig: Rig, simulated: Simulator, device: Device) -> None:
    """Whatever it was doing ends, and it is found again once it is back."""
    await becomes(device, "ready")
    work = asyncio.ensure_future(cast("Awaitable[None]", rig.work(device)))
    await asyncio.sleep(0.1)
    simulated.unplug()
    async with asyncio.timeout(2 * ENDS):
        await asyncio.gather(work, return_exceptions=True)
    simulated.plug()
    await becomes(device, "ready")


async def test_a_closed_device_is_of_no_more_use(device: Device) -> None:
    """Its thread is gone, and nobody waits for it for ever."""
    await device.close()
    with pytest.raises(RuntimeError, match="closed"):
        await device.probe()
    await device.close()


@dataclass(frozen=True, slots=True)
class Held:
    """What this process holds: threads, open files, and bytes of memory."""

    threads: int
    files: int
    memory: int

    @classmethod
    def now(cls) -> Held:
        """At this moment."""
        return cls(threading.active_count(), psutil.Process().num_fds(), memory.needed())

    def more_than(self, before: Held) -> bool:
        """Whether anything has stayed since."""
        return (
            self.threads > before.threads
            or self.files > before.files
            or self.memory - before.memory >= GROWTH
        )


async def test_pulling_it_two_hundred_times_leaves_nothing(
    simulated: Simulator, device: Device
) -> None:
    """No thread, no descriptor and no memory stays from a plug that was pulled and put in again."""
    before = Held(0, 0, 0)
    for pull in range(PULLS):
        simulated.unplug()
        assert isinstance(await device.probe(), Disconnected)
        if pull == SETTLED:
            before = Held.now()
        simulated.plug()
        await becomes(device, "ready")
    simulated.unplug()
    assert isinstance(await device.probe(), Disconnected)
    deadline = time.monotonic() + PATIENCE
    while (held := Held.now()).more_than(before):
        # A simulator's end of a connection closes when its thread gets round to it.
        assert time.monotonic() < deadline, f"{before}, {held}, {threading.enumerate()}"
        await asyncio.sleep(0.05)
