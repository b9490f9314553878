"""One thread for one device: serial ports block, the terminal's loop must not."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class StoppedError(Exception):
    """Raised inside of a command that nobody waits for any more, where it asks `check`."""


class DeadlineError(Exception):
    """A command did not end in time; it was asked to stop."""


@dataclass(frozen=True, slots=True)
class _Command(Generic[T]):
    work: Callable[[Stop], T]
    stop: Stop
    future: Future[T]


class Stop:
    """How a running command learns that it should end."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def set(self) -> None:
        """Ask the command to end."""
        self._event.set()

    def check(self) -> None:
        """Raise StoppedError when the command should end."""
        if self._event.is_set():
            raise StoppedError

    def pause(self, seconds: float) -> None:
        """Wait, but no longer than until the command should end; then raise StoppedError."""
        if self._event.wait(seconds):
            raise StoppedError


class Worker:
    """Runs the commands of one device one after another, in the order in which they came.

    A command that is cancelled is taken out of the queue; one that is running is asked to stop and
    ends at its next `check`. Either way the next command finds the device as a stopped command
    leaves it: drivers drop the handle.
    """

    def __init__(self, name: str) -> None:
        self._commands: queue.SimpleQueue[_Command[Any] | None] = queue.SimpleQueue()
        self._running: _Command[Any] | None = None
        self._closed = False
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    async def run(self, work: Callable[[Stop], T], *, within: float | None = None) -> T:
        """The command's result or error. Cancelling the task stops the command.

        DeadlineError after `within` seconds, of which waiting for its turn is a part.
        """
        if self._closed:
            raise RuntimeError("the device was closed")
        command = _Command(work, Stop(), Future[T]())
        self._commands.put(command)
        try:
            async with asyncio.timeout(within) as deadline:
                return await asyncio.wrap_future(command.future)
        except TimeoutError:
            if deadline.expired():
                raise DeadlineError from None
            raise  # the command's own
        finally:
            command.stop.set()

    async def close(self) -> None:
        """Stop what runs, drop what waits (both raise StoppedError), and end the thread."""
        if not self._closed:
            self._closed = True
            running = self._running
            if running is not None:
                running.stop.set()
            self._commands.put(None)
        await asyncio.to_thread(self._thread.join)

    def _work(self) -> None:
        while (command := self._commands.get()) is not None:
            if command.future.set_running_or_notify_cancel():
                self._carry_out(command)
            del command  # its result may be somebody's card or face, and the next may come late

    def _carry_out(self, command: _Command[Any]) -> None:
        self._running = command
        if self._closed:  # looked at after _running was set, as close() looks the other way round
            command.stop.set()
        try:
            command.stop.check()
            result = command.work(command.stop)
        except BaseException as error:  # noqa: BLE001 # it belongs to whoever asked
            command.future.set_exception(error)
        else:
            command.future.set_result(result)
        self._running = None
