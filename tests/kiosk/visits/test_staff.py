"""Those who look after a terminal, on real services and byte-level devices."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from device_config import schema
from drivers.device import DeviceKind, Disconnected, Personal, Ready
from kiosk.core import events, views
from kiosk.core.troubles import Trouble
from kiosk.services import pins
from sandbox.stage import Stage

pytestmark = [pytest.mark.usefixtures("no_leaks"), pytest.mark.timeout(120)]

ATTENDANTS, TECHNICIANS = Personal("271828"), Personal("314159")
PRINTER = DeviceKind.RECEIPT_PRINTER


@pytest.fixture(scope="module")
def staff() -> schema.Staff:
    """What the configuration keeps of two PINs."""
    return schema.Staff(
        attendant_pin=pins.hashed(ATTENDANTS),
        technician_pin=pins.hashed(TECHNICIANS),
        technician_phone="0394-9900111",
    )


@pytest.fixture
def stage(tmp_path: Path, staff: schema.Staff) -> Iterator[Stage]:
    """A terminal in working order, with a cabinet."""
    with Stage(tmp_path, devices=["cabinet"], staff=staff) as stage:
        yield stage


def come_in(stage: Stage, pin: Personal) -> None:
    """From the sign on the attract screen to behind the PIN."""
    stage.touch(events.CallStaff())
    stage.see(views.StaffPinView)
    stage.touch(events.EnterPin(pin))


def printer(view: views.AttendantView | views.TechnicianView) -> views.FittedView:
    """The receipt printer as it is shown."""
    return next(one for one in view.fitted if one.kind is PRINTER)


def test_an_attendant_loads_paper_and_closes_the_terminal_for_the_night(stage: Stage) -> None:
    """What is wrong is at the top, is put right and tried; closed, it stays so over a restart."""
    stage.world.act("printer paper-out")
    come_in(stage, Personal("161803"))
    stage.see(views.StaffPinView, lambda v: v.wrong and v.wait == 1)
    _in_time(stage, ATTENDANTS)
    view = stage.see(views.AttendantView, lambda v: printer(v).state == "paper_out")
    assert view.fitted[0].kind is PRINTER
    assert view.technician_phone == "0394-9900111"
    stage.world.act("printer paper-in")
    stage.see(views.AttendantView, lambda v: printer(v).state == "ready")
    stage.touch(events.Refilled(PRINTER), events.TryReceipt())
    stage.see(views.AttendantView, lambda v: v.receipt == views.PrintDone(confirmed=True))
    assert b"test-0001" in stage.world.printer.printed
    stage.touch(events.Serve(on=False), events.Leave())
    stage.see(views.AttractView, lambda v: v.closed is Trouble.OUT_OF_SERVICE)
    stage.restart()
    stage.see(views.AttractView, lambda v: v.closed is Trouble.OUT_OF_SERVICE)
    stage.touch(events.Start(), events.CallHelp())
    come_in(stage, ATTENDANTS)
    stage.see(views.AttendantView, lambda v: v.out_of_service)
    stage.touch(events.Serve(on=True), events.Leave())
    stage.see(views.AttractView, lambda v: v.closed is None)
    stage.touch(events.Start())
    stage.see(views.HomeView)


def _in_time(stage: Stage, pin: Personal) -> None:
    """Type a PIN again until the pause after the wrong one is over."""
    while not isinstance(stage.shown[-1].body, views.AttendantView):
        stage.touch(events.EnterPin(pin))
        stage.see(object, lambda v: not getattr(v, "checking", False))


def test_a_technician_tests_a_device_that_is_unplugged_and_plugged_in(stage: Stage) -> None:
    """The self-test says what is there; versions, catalogue and lines are as they are."""
    come_in(stage, TECHNICIANS)
    view = stage.see(views.TechnicianView, lambda v: v.inside and v.inside.platform)
    assert view.inside is not None
    assert (view.inside.terminal, view.inside.fleet) == ("test-0001", None)
    assert view.serial == stage.platform.office.catalogue.serial
    stage.world.act("printer unplug")
    stage.touch(events.TryDevice(PRINTER))
    tested = stage.see(views.TechnicianView, lambda v: printer(v).tested and not v.busy)
    assert isinstance(_found(tested), Disconnected)
    stage.world.act("printer plug")
    stage.touch(events.TryDevice(PRINTER))
    tested = stage.see(views.TechnicianView, lambda v: isinstance(_found(v), Ready))
    assert printer(tested).state == "ready"
    stage.touch(events.Leave())
    stage.see(views.AttractView)


def _found(view: views.TechnicianView) -> object:
    tested = printer(view).tested
    return tested.status if tested else None


def test_whoever_opens_the_cabinet_is_shown_the_way_in(stage: Stage) -> None:
    """While the door is open, and no longer."""
    stage.see(views.AttractView, lambda v: not v.staff)
    stage.world.act("cabinet door-open")
    stage.see(views.AttractView, lambda v: v.staff)
    stage.world.act("cabinet door-shut")
    stage.see(views.AttractView, lambda v: not v.staff)


def test_nothing_that_a_pin_is_made_of_is_left(stage: Stage, tmp_path: Path) -> None:
    """Neither in what was shown nor in any file of the terminal."""
    come_in(stage, ATTENDANTS)
    stage.see(views.AttendantView)
    stage.touch(events.Leave())
    stage.see(views.AttractView)
    assert ATTENDANTS.reveal() not in repr(stage.shown)
    written = [file.read_bytes() for file in (tmp_path / "state").rglob("*") if file.is_file()]
    assert written
    assert not any(ATTENDANTS.reveal().encode() in content for content in written)
