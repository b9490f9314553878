"""The debounce: what is believed of a device, probe by probe."""

from __future__ import annotations

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from drivers.device import (
    Advice,
    DeviceKind,
    Disconnected,
    Fault,
    NotFitted,
    PaperOut,
    Ready,
    SelfTest,
    Status,
    Unknown,
)
from kiosk.services.devices import MISSED_PROBES, Debounce, Devices

GONE = Disconnected("unplugged")
statuses = st.sampled_from([Ready(), PaperOut(), GONE, Unknown()])


def test_one_missed_probe_is_no_fault_and_three_are() -> None:
    """A printer is not dropped on one missed probe (odoo PR#244076), but on the third."""
    debounce = Debounce()
    debounce.probed(Ready())
    assert [debounce.probed(GONE) for _ in range(MISSED_PROBES)] == [Ready(), Ready(), GONE]


def test_an_answer_between_misses_starts_the_count_again() -> None:
    """Two misses, an answer and two misses more are still no fault."""
    debounce = Debounce()
    for status in (Ready(), GONE, GONE, Ready(), GONE, GONE):
        debounce.probed(status)
    assert debounce.believed == Ready()


def test_a_failed_operation_is_believed_at_once() -> None:
    """A wire that failed under a resident's card is a fault now, and over with the next answer."""
    debounce = Debounce()
    debounce.probed(Ready())
    assert debounce.failed(GONE) == GONE
    assert debounce.probed(Ready()) == Ready()


@given(st.lists(statuses))
def test_only_three_misses_in_a_row_ever_disconnect(probes: list[Status]) -> None:
    """For any probes: disconnected is believed exactly when the last answer is three misses ago."""
    debounce = Debounce()
    misses = 0
    for status in probes:
        believed = debounce.probed(status)
        answered = status not in (GONE, Unknown())
        misses = 0 if answered else misses + 1
        if answered:
            assert believed == status
        if believed == GONE:
            assert misses >= MISSED_PROBES


class Scripted:
    """A device that answers probes from a list, then for ever with the last."""

    kind = DeviceKind.RECEIPT_PRINTER

    def __init__(self, *answers: Status) -> None:
        self.answers = list(answers)
        self.closed = False

    async def probe(self) -> Status:
        """The next answer."""
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    async def self_test(self) -> SelfTest:
        """As it is."""
        return SelfTest(await self.probe(), "here")

    async def close(self) -> None:
        """Nothing is asked any more."""
        self.closed = True


async def test_only_changes_are_told_and_what_is_not_fitted_is_said_once() -> None:
    """Each change is told once, in order; a device that is not fitted says so at the start."""
    told: asyncio.Queue[tuple[DeviceKind, Status]] = asyncio.Queue()
    printer = Scripted(Ready(), Ready(), PaperOut(), PaperOut(), Ready())
    devices = Devices(
        {DeviceKind.RECEIPT_PRINTER: printer},
        lambda kind, status: told.put_nowait((kind, status)),
        interval=0,
    )
    running = asyncio.create_task(devices.run())
    async with asyncio.timeout(5):
        seen = [await told.get() for _ in range(len(DeviceKind) + 2)]
    running.cancel()
    await devices.close()
    assert seen == [
        *((kind, NotFitted()) for kind in DeviceKind if kind is not printer.kind),
        (DeviceKind.RECEIPT_PRINTER, Ready()),
        (DeviceKind.RECEIPT_PRINTER, PaperOut()),
        (DeviceKind.RECEIPT_PRINTER, Ready()),
    ]
    assert told.empty()
    assert printer.closed


def test_a_failure_noted_twice_is_told_once() -> None:
    """What a resident ran into is told to the journey at once, and not again."""
    told: list[Status] = []
    devices = Devices(
        {DeviceKind.RECEIPT_PRINTER: Scripted(Ready())}, lambda _, status: told.append(status)
    )
    fault = Fault("printer.disconnected", Advice.TECHNICIAN_ACTS, "no such device")
    devices.note_failure(DeviceKind.RECEIPT_PRINTER, fault)
    devices.note_failure(DeviceKind.RECEIPT_PRINTER, fault)
    assert told == [Disconnected("no such device")]


async def test_what_was_plugged_in_is_looked_for_at_once() -> None:
    """A device that is gone is looked for ever more slowly, but not by whoever plugs it in."""
    told: asyncio.Queue[Status] = asyncio.Queue()
    printer = Scripted(GONE, Ready())
    devices = Devices(
        {printer.kind: printer},
        lambda kind, status: told.put_nowait(status) if kind is printer.kind else None,
        interval=3600,
    )
    running = asyncio.create_task(devices.run())
    async with asyncio.timeout(5):
        assert await told.get() == Unknown()  # one missed probe is no fault
        devices.look_now()
        assert await told.get() == Ready()
    running.cancel()
    await devices.close()
