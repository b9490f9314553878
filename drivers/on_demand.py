"""What all devices have in common: opened on demand, dropped on failure, one thread for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from drivers.device import Advice, Fault
from drivers.errors import CardError, DeviceError
from drivers.worker import DeadlineError, Stop, Worker

T = TypeVar("T")

DEADLINE = 30.0  # seconds that a command may take when nothing else is said


class Handle(Protocol):
    """Something open that can be let go."""

    def close(self) -> None:
        """Let it go; what is gone already is no error."""
        ...


H = TypeVar("H", bound=Handle)


class OnDemandDevice(Generic[H]):
    """A device, its handle while it is open, and the one thread that touches both.

    Commands run one after another in the order in which they came. Whatever breaks one off (an
    error, a cancel, its deadline) drops the handle, and the next command opens it again: the state
    after a command that was broken off is always "closed". So hot-plug needs no path of its own.
    `name` begins this device's fault codes (`reader`); `where` is its port or address, for staff.
    """

    def __init__(self, name: str, where: str) -> None:
        self.name = name
        self.where = where
        self._handle: H | None = None
        self._worker = Worker(f"{name}-{where}")

    async def close(self) -> None:
        """Stop what runs, let the handle go and end the thread."""
        await self._worker.close()
        self._drop()

    async def _run(self, work: Callable[[Stop], T], *, within: float | None = DEADLINE) -> T:
        """One command in its turn; DeviceError `….stuck` when it has not ended in `within` seconds.

        None is for commands whose every step has a deadline of its own.
        """
        try:
            return await self._worker.run(lambda stop: self._guarded(work, stop), within=within)
        except DeadlineError:
            detail = f"{self.where}: no end after {within:g} s; switch it off and on"
            stuck = Fault(f"{self.name}.stuck", Advice.TECHNICIAN_ACTS, detail)
            raise DeviceError(stuck) from None

    # --- on the worker's thread ---

    def _connect(self) -> H:
        """Open it. DeviceError says what is in the way, where, and what to do."""
        raise NotImplementedError

    def _open(self) -> H:
        if self._handle is None:
            self._handle = self._connect()
        return self._handle

    def _drop(self) -> None:
        if self._handle is not None:
            handle, self._handle = self._handle, None
            handle.close()

    def _guarded(self, work: Callable[[Stop], T], stop: Stop) -> T:
        try:
            return work(stop)
        except CardError:
            raise  # the card's fault: the handle is as good as before
        except BaseException:
            self._drop()
            raise
