"""What those who look after a terminal ask for, with real drivers on simulated devices."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from drivers.device import DeviceKind, Disconnected, NotFitted, Personal, PrintEvidence, Ready
from kiosk.core import effects, events
from kiosk.core.staff import Role
from tests.kiosk.services.hands.bench import PIN, bench

pytestmark = pytest.mark.usefixtures("no_leaks")
RECEIPTS = DeviceKind.RECEIPT_PRINTER


async def test_the_fleet_is_told_who_came_in_and_who_did_not(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """By role, and by count; the PIN itself is in no log and in nothing that is told."""
    caplog.set_level(logging.DEBUG)
    async with bench(tmp_path) as it:
        it.carry_out(effects.CheckPin(7, PIN))
        assert await it.come(events.PinChecked) == events.PinChecked(7, Role.ATTENDANT)
        it.carry_out(effects.CheckPin(8, Personal("161803")))
        assert await it.come(events.PinChecked) == events.PinChecked(8, None, 1.0)
        assert it.report.told == ["attendant_in", "staff_pin_wrong"]
    said = caplog.text + "".join(capsys.readouterr())
    assert PIN.reveal() not in said
    assert "161803" not in said


async def test_closed_is_kept_and_told(tmp_path: Path) -> None:
    """The next start finds it, and the fleet hears of it at once."""
    async with bench(tmp_path) as it:
        it.carry_out(effects.KeepService(on=False))
        it.carry_out(effects.TellRefilled(RECEIPTS))
        await it.hands.settle()
        assert await it.staff.start()
        assert set(it.report.told) == {"service_ended", "receipt_printer_refilled"}


async def test_a_test_receipt_is_printed(tmp_path: Path) -> None:
    """It comes out of the printer, names the terminal, and is confirmed."""
    async with bench(tmp_path) as it:
        it.carry_out(effects.PrintTest(1))
        ended = await it.come(events.TestPrinted)
        assert ended.outcome.evidence is PrintEvidence.CONFIRMED
        assert b"test-0001" in it.world.printer.printed


async def test_a_test_receipt_without_paper_says_so(tmp_path: Path) -> None:
    """Nothing comes out, and the outcome says why."""
    async with bench(tmp_path) as it:
        it.world.act("printer paper-out")
        it.carry_out(effects.PrintTest(1))
        ended = await it.come(events.TestPrinted)
        assert ended.outcome.evidence is PrintEvidence.NOT_STARTED


async def test_a_device_tests_itself(tmp_path: Path) -> None:
    """One that works says its model, one that is unplugged that it is gone, one is not fitted."""
    async with bench(tmp_path) as it:
        it.carry_out(effects.TestDevice(1, RECEIPTS))
        assert (await it.come(events.SelfTested)).result.status == Ready()
        it.world.act("printer unplug")
        it.carry_out(effects.TestDevice(1, RECEIPTS))
        assert isinstance((await it.come(events.SelfTested)).result.status, Disconnected)
        it.carry_out(effects.TestDevice(1, DeviceKind.CABINET))
        assert (await it.come(events.SelfTested)).result.status == NotFitted()


async def test_what_is_inside_is_told_once_while_nothing_changes(tmp_path: Path) -> None:
    """The terminal's own name and version, and nothing more until somebody stops looking."""
    async with bench(tmp_path) as it:
        it.carry_out(effects.WatchInside(3))
        seen = await it.come(events.InsideSeen)
        assert (seen.entry, seen.inside.terminal, seen.inside.pending) == (3, "test-0001", 0)
        it.carry_out(effects.StopInside())
        await it.hands.settle()
        assert it.events.empty()


async def test_a_restart_is_asked_for_once(tmp_path: Path) -> None:
    """Whoever runs the terminal is told, and the fleet."""
    async with bench(tmp_path) as it:
        it.carry_out(effects.RestartTerminal())
        assert it.restarts == ["asked"]
        assert it.report.told == ["staff_restart"]
