"""The fitted devices: probed on a beat, debounced, told when they change.

A missed probe is inconclusive, three in a row are a fault (odoo's printers were dropped on one). An
answer of the device is believed at once, and so is an operation that failed on the wire: a resident
is waiting for it. A device that is gone is looked for ever more slowly, for ever, and at once when
something was plugged in.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import structlog

from drivers.device import (
    Device,
    DeviceKind,
    Disconnected,
    Fault,
    NotFitted,
    SelfTest,
    Status,
    Unknown,
    fault_of,
    slug,
)

log = structlog.get_logger(__name__)

MISSED_PROBES = 3
SLOWER = 1.5  # times longer is each pause before another look for a device that is gone
SLOWEST = 10.0  # seconds: whoever plugged it in again stands there and waits


@dataclass(slots=True)
class Debounce:
    """The believed status of one device."""

    believed: Status = field(default_factory=Unknown)
    missed: int = 0

    def probed(self, status: Status) -> Status:
        """What is believed after a probe."""
        match status:
            case Disconnected() if not isinstance(self.believed, Disconnected):
                self.missed += 1
                if self.missed >= MISSED_PROBES:
                    self.believed = status
            case Unknown():
                self.missed += 1
            case Disconnected():
                pass
            case _:
                self.missed = 0
                self.believed = status
        return self.believed

    def failed(self, status: Disconnected) -> Status:
        """What is believed after an operation failed on the wire."""
        self.missed = MISSED_PROBES
        self.believed = status
        return self.believed


class Devices:
    """All devices a terminal could have, by the need they serve."""

    def __init__(
        self,
        fitted: Mapping[DeviceKind, Device],
        changed: Callable[[DeviceKind, Status], None],
        *,
        interval: float = 2.0,
    ) -> None:
        self._fitted = dict(fitted)
        self._changed = changed
        self._interval = interval
        self._debounced = {kind: Debounce() for kind in fitted}
        self._told: dict[DeviceKind, Status] = {}
        self._nudges = {kind: asyncio.Event() for kind in fitted}

    @property
    def statuses(self) -> Mapping[DeviceKind, Status]:
        """What is believed of every kind of device, fitted or not."""
        return {
            kind: self._debounced[kind].believed if kind in self._debounced else NotFitted()
            for kind in DeviceKind
        }

    async def run(self) -> None:
        """Probe every fitted device on the beat, side by side, until cancelled."""
        for kind, status in self.statuses.items():
            if kind not in self._fitted:
                self._tell(kind, status)
        async with asyncio.TaskGroup() as tasks:
            for kind, device in self._fitted.items():
                tasks.create_task(self._watch(kind, device))
            await asyncio.Event().wait()  # a terminal without devices is watched all the same

    async def _watch(self, kind: DeviceKind, device: Device) -> None:
        pause = self._interval
        while True:
            believed = self._debounced[kind].probed(await device.probe())
            self._tell(kind, believed)
            lost = isinstance(believed, Disconnected)
            pause = min(pause * SLOWER, max(SLOWEST, self._interval)) if lost else self._interval
            self._nudges[kind].clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._nudges[kind].wait(), pause)

    def look_now(self) -> None:
        """Something was plugged in: look at once for what is lost."""
        for nudge in self._nudges.values():
            nudge.set()

    async def self_test(self, kind: DeviceKind) -> SelfTest:
        """What a device finds out about itself; one that is not fitted says so."""
        device = self._fitted.get(kind)
        if device is None:
            return SelfTest(NotFitted(), "")
        result = await device.self_test()
        self.note(kind, result.status)
        return result

    def note(self, kind: DeviceKind, status: Status) -> None:
        """A device said how it is while it did something else."""
        self._tell(kind, self._debounced[kind].probed(status))

    def note_failure(self, kind: DeviceKind, fault: Fault) -> None:
        """An operation failed on the wire: believed at once, until a probe says otherwise."""
        self._tell(kind, self._debounced[kind].failed(Disconnected(fault.detail or fault.code)))

    def _tell(self, kind: DeviceKind, status: Status) -> None:
        """Say what changed, and only that; the log has the same words."""
        if self._told.get(kind) == status:
            return
        self._told[kind] = status
        log.info("device.changed", device=kind.value, status=slug(status), **_why(status))
        self._changed(kind, status)

    async def close(self) -> None:
        """Close every device; afterwards none of their threads is left."""
        for device in self._fitted.values():
            await device.close()


def _why(status: Status) -> dict[str, str]:
    """What a technician wants to read beside the state."""
    if fault := fault_of(status):
        return {"fault": fault.code, "advice": fault.advice.value, "detail": fault.detail}
    return {}
