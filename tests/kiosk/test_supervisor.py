"""The supervisor: what dies is started again, and a frozen screen stops the watchdog."""

from __future__ import annotations

import asyncio
import random
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import supervisor


@pytest.fixture
def systemd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """The other end of NOTIFY_SOCKET: a real datagram socket, as systemd has."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as receiver:
        receiver.bind(str(tmp_path / "notify"))
        receiver.setblocking(False)  # noqa: FBT003 # the standard library's own signature
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        yield receiver


async def received(systemd: socket.socket) -> str:
    """The next message, within five seconds."""
    async with asyncio.timeout(5):
        return (await asyncio.get_running_loop().sock_recv(systemd, 100)).decode()


async def test_the_watchdog_is_patted_while_frames_are_drawn(systemd: socket.socket) -> None:
    """A living screen keeps the unit alive."""
    task = asyncio.create_task(supervisor.keep_alive(time.monotonic, interval=0.01))
    assert await received(systemd) == "WATCHDOG=1"
    task.cancel()


async def test_a_frozen_screen_stops_the_watchdog(systemd: socket.socket) -> None:
    """Without frames nothing is sent, so that systemd restarts the terminal; frames resume it."""
    beat = time.monotonic() - supervisor.FROZEN - 1
    asked: asyncio.Queue[float] = asyncio.Queue()

    def last_beat() -> float:
        asked.put_nowait(beat)
        return beat

    task = asyncio.create_task(supervisor.keep_alive(last_beat, interval=0))
    for _ in range(3):
        await asyncio.wait_for(asked.get(), 5)
    with pytest.raises(BlockingIOError):
        systemd.recv(100)
    beat = time.monotonic()
    assert await received(systemd) == "WATCHDOG=1"
    task.cancel()


async def test_a_service_that_fails_is_started_again() -> None:
    """A service that raises or returns runs again."""
    starts: asyncio.Queue[int] = asyncio.Queue()
    count = 0

    async def service() -> None:
        nonlocal count
        count += 1
        starts.put_nowait(count)
        if count == 1:
            raise OSError("the first run fails")

    task = asyncio.create_task(supervisor.keep_running("service", service, random.Random(1)))  # noqa: S311 # jitter
    async with asyncio.timeout(10):
        assert [await starts.get(), await starts.get()] == [1, 2]
    task.cancel()


@pytest.mark.parametrize(
    ("usec", "seconds"), [("20000000", 10.0), ("", None), ("0", None), ("soon", None)]
)
def test_the_interval_is_half_of_what_the_unit_asks(
    usec: str, seconds: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """sd_watchdog_enabled(3): a sign of life is sent every half of WATCHDOG_USEC."""
    monkeypatch.setenv("WATCHDOG_USEC", usec)
    assert supervisor.watchdog_interval() == seconds


def test_without_systemd_nothing_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a developer's machine notify does nothing and raises nothing."""
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    supervisor.notify("READY=1")
