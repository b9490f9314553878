"""One thread for one device: order, cancel, errors and the end."""

from __future__ import annotations

import asyncio
import threading
from functools import partial

import pytest

from drivers.worker import DeadlineError, Stop, StoppedError, Worker

pytestmark = pytest.mark.usefixtures("no_leaks")

PATIENCE = 10.0


async def happened(event: threading.Event) -> None:
    """Wait for what the worker's thread does, without holding the loop up."""
    assert await asyncio.to_thread(event.wait, PATIENCE)


class Busy:
    """A command that runs until somebody stops it, and notes that it was stopped."""

    def __init__(self) -> None:
        self.began = threading.Event()
        self.stopped = threading.Event()

    def __call__(self, stop: Stop) -> None:
        """Be busy."""
        self.began.set()
        try:
            stop.pause(PATIENCE)
        except StoppedError:
            self.stopped.set()
            raise


async def test_commands_run_one_after_another_on_one_thread() -> None:
    """In the order in which they came, never two at once."""
    worker = Worker("device")
    ran: list[tuple[int, str]] = []

    def command(number: int, _: Stop) -> None:
        ran.append((number, threading.current_thread().name))

    await asyncio.gather(*(worker.run(partial(command, number)) for number in range(20)))
    await worker.close()
    assert ran == [(number, "device") for number in range(20)]


async def test_an_error_is_its_askers_alone() -> None:
    """A command that fails tells whoever asked; the next one works."""
    worker = Worker("device")

    def fail(_: Stop) -> None:
        raise ValueError("its own")

    with pytest.raises(ValueError, match="its own"):
        await worker.run(fail)
    assert await worker.run(lambda _: "well") == "well"
    await worker.close()


async def test_a_cancelled_command_is_stopped_and_the_next_one_runs() -> None:
    """Cancelling the task asks the running command to end at its next look."""
    worker, busy = Worker("device"), Busy()
    task = asyncio.create_task(worker.run(busy))
    await happened(busy.began)
    task.cancel()
    assert await worker.run(lambda _: "well") == "well"
    assert busy.stopped.is_set()
    with pytest.raises(asyncio.CancelledError):
        await task
    await worker.close()


async def test_a_command_cancelled_before_its_turn_never_runs() -> None:
    """What nobody waits for any more is taken out of the queue."""
    worker, busy, ran = Worker("device"), Busy(), threading.Event()
    running = asyncio.create_task(worker.run(busy))
    await happened(busy.began)
    waiting = asyncio.create_task(worker.run(lambda _: ran.set()))
    await asyncio.sleep(0)  # it is in the queue now
    waiting.cancel()
    running.cancel()
    await asyncio.gather(running, waiting, return_exceptions=True)
    await worker.run(lambda _: None)
    assert not ran.is_set()
    await worker.close()


async def test_a_deadline_is_a_cancel() -> None:
    """A caller's timeout ends the command too."""
    worker, busy = Worker("device"), Busy()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await worker.run(busy)
    await worker.close()
    assert busy.stopped.is_set() or not busy.began.is_set()


async def test_closing_stops_what_runs_and_drops_what_waits() -> None:
    """Afterwards there is no thread, nobody waits for ever, and the device is of no more use."""
    worker, busy = Worker("device"), Busy()
    running = asyncio.create_task(worker.run(busy))
    await happened(busy.began)
    waiting = asyncio.create_task(worker.run(lambda _: "never"))
    await asyncio.sleep(0)  # it is in the queue now
    async with asyncio.timeout(PATIENCE):
        await worker.close()
        ended = await asyncio.gather(running, waiting, return_exceptions=True)
    assert all(isinstance(end, StoppedError) for end in ended)
    await worker.close()
    with pytest.raises(RuntimeError, match="closed"):
        await worker.run(lambda _: None)


async def test_a_command_that_does_not_end_in_time_is_stopped() -> None:
    """Whoever asked is told at its deadline, and the command learns that nobody waits."""
    worker, busy = Worker("device"), Busy()
    with pytest.raises(DeadlineError):
        await worker.run(busy, within=0.05)
    await happened(busy.stopped)
    await worker.close()


async def test_a_timeout_of_the_command_itself_is_its_own() -> None:
    """What a socket calls a timeout is not taken for the command's deadline."""
    worker = Worker("device")

    def late(_: Stop) -> None:
        raise TimeoutError("the socket's")

    with pytest.raises(TimeoutError, match="the socket's"):
        await worker.run(late, within=60)
    await worker.close()
