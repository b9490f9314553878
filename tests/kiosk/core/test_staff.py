"""Those who look after a terminal: how they come in, what they may, and what they never see."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from drivers.device import (
    Advice,
    DeviceKind,
    Disconnected,
    Fault,
    NotFitted,
    PaperOut,
    Personal,
    PrintEvidence,
    PrintOutcome,
    Ready,
    SelfTest,
    UserError,
)
from kiosk.core import effects, events, scenes, views
from kiosk.core.comfort import Comfort
from kiosk.core.effects import Effect
from kiosk.core.events import Event
from kiosk.core.journey import update
from kiosk.core.present import view
from kiosk.core.staff import Role
from kiosk.core.troubles import Trouble
from kiosk.core.visit import Journey
from tests.kiosk.core.playing import play

World = Any  # the fixture of conftest.py, which importlib mode keeps from being imported
PIN = Personal("271828")
WELL = PrintOutcome(PrintEvidence.CONFIRMED, Ready())


def inside(world: World, role: Role) -> Journey:
    """A terminal that somebody of that role has opened."""
    journey, _ = play(
        world.journey, events.CallStaff(), events.EnterPin(PIN), events.PinChecked(1, role)
    )
    return journey


def without_timers(asked: list[Effect]) -> list[Effect]:
    """What was asked for besides."""
    return [one for one in asked if not isinstance(one, effects.SetTimer)]


@pytest.mark.parametrize(
    ("role", "body"),
    [(Role.ATTENDANT, views.AttendantView), (Role.TECHNICIAN, views.TechnicianView)],
)
def test_a_pin_opens_the_screen_of_its_role(world: World, role: Role, body: type[object]) -> None:
    """The finger on the sign, a PIN, and whose it is decides what is seen."""
    journey, asked = play(world.journey, events.CallStaff(), events.EnterPin(PIN))
    assert without_timers(asked) == [effects.CheckPin(1, PIN)]
    assert view(journey).body == views.StaffPinView(checking=True)
    journey, _ = play(journey, events.PinChecked(1, role))
    assert isinstance(view(journey).body, body)


def test_a_wrong_pin_says_nothing_but_that_and_how_long_to_wait(world: World) -> None:
    """Whole seconds, and no word of whose PIN it might have been."""
    journey, _ = play(world.journey, events.CallStaff(), events.EnterPin(PIN))
    journey, _ = play(journey, events.PinChecked(1, None, 7.2))
    assert view(journey).body == views.StaffPinView(wrong=True, wait=8)


def test_the_journey_never_holds_a_pin(world: World) -> None:
    """While it is looked at, and afterwards, it is in no scene, no view and no text of them."""
    journey, _ = play(world.journey, events.CallStaff(), events.EnterPin(PIN))
    assert "271828" not in repr(events.EnterPin(PIN)) + repr(effects.CheckPin(1, PIN))
    assert PIN not in (journey.scene, *(getattr(journey.scene, n) for n in ("checking", "wrong")))
    assert "271828" not in repr(journey) + repr(view(journey))


def test_without_a_pin_there_is_no_way_in(world: World) -> None:
    """A terminal that knows no PIN asks for none, and shows nothing when its door is opened."""
    closed = replace(world.journey, settings=replace(world.journey.settings, staffed=False))
    opened = events.DeviceChanged(DeviceKind.CABINET, DOOR)
    journey, _ = play(closed, opened, events.CallStaff())
    assert view(journey).body == views.AttractView(None, staff=False)


DOOR = UserError(Fault("cabinet.door_open", Advice.ATTENDANT_ACTS))


def test_an_opened_cabinet_shows_the_way_in(world: World) -> None:
    """Whoever has the key need not know about the sign; once it is shut, nothing is seen."""
    journey, _ = play(world.journey, events.DeviceChanged(DeviceKind.CABINET, DOOR))
    assert view(journey).body == views.AttractView(None, staff=True)
    journey, _ = play(journey, events.DeviceChanged(DeviceKind.CABINET, Ready()))
    assert view(journey).body == views.AttractView(None, staff=False)


def test_staff_come_in_from_attract_alone(world: World) -> None:
    """Nobody who is in a visit is seen by staff: from no scene of a visit is there a way in."""
    for scene in world.scenes:
        if not isinstance(scene, scenes.Attract | scenes.StaffScene):
            journey, _ = play(world.at(scene), events.CallStaff())
            assert journey.visit is not None
            assert not isinstance(scenes.bottom(journey.scene), scenes.StaffScene)


def test_no_visit_begins_while_staff_are_in_or_it_is_closed(world: World) -> None:
    """Whatever happens, nobody's visit begins; and neither help nor comfort is offered."""
    closed = replace(world.journey, out_of_service=True)
    staffed = [world.at(s) for s in world.scenes if isinstance(s, scenes.StaffScene)]
    for before in (closed, *staffed):
        assert not view(before).frame.serves
        assert not view(before).frame.can_adjust
        for event in world.events(visit=0):
            after = update(before, event).journey
            assert after.visit is None
            assert isinstance(after.scene, scenes.Attract | scenes.StaffScene)


def test_what_staff_read_is_never_spoken(world: World) -> None:
    """A terminal with a voice keeps it for residents."""
    speaking = replace(world.journey, settings=replace(world.journey.settings, speaks=True))
    assert view(speaking).frame.speaks
    for scene in (scenes.StaffPin(), scenes.Staffed(Role.TECHNICIAN)):
        assert not view(replace(speaking, scene=scene)).frame.speaks


@pytest.mark.parametrize("leaving", [events.Leave(), events.Back(), None])
def test_staff_leave_or_are_forgotten(world: World, leaving: Event | None) -> None:
    """A touch, or nobody for a while, leads to attract; another PIN is asked for next time."""
    journey = inside(world, Role.TECHNICIAN)
    journey, asked = play(journey, leaving or events.TimerFired(journey.timer))
    assert journey.scene == scenes.Attract()
    assert without_timers(asked) == [effects.StopInside()]
    journey, _ = play(journey, events.CallStaff())
    assert journey.scene == scenes.StaffPin()


def test_an_answer_to_an_earlier_entry_opens_nothing(world: World) -> None:
    """Whoever walked away while a PIN was looked at leaves nothing open for the next one."""
    journey, _ = play(world.journey, events.CallStaff(), events.EnterPin(PIN), events.Leave())
    assert play(journey, events.PinChecked(1, Role.TECHNICIAN)) == (journey, [])
    journey, _ = play(journey, events.CallStaff())
    assert play(journey, events.PinChecked(1, Role.TECHNICIAN)) == (journey, [])


def test_a_closed_terminal_says_so_until_it_is_opened_again(world: World) -> None:
    """It is remembered once for each change, and a touch begins no visit meanwhile."""
    journey, asked = play(inside(world, Role.ATTENDANT), *[events.Serve(on=False)] * 2)
    assert without_timers(asked) == [effects.KeepService(on=False)]
    journey, _ = play(journey, events.Leave(), events.Start(), events.Touched())
    assert view(journey).body == views.AttractView(Trouble.OUT_OF_SERVICE)
    journey, _ = play(journey, events.CallStaff(), events.EnterPin(PIN))
    journey, asked = play(journey, events.PinChecked(2, Role.ATTENDANT), events.Serve(on=True))
    assert effects.KeepService(on=True) in asked
    journey, _ = play(journey, events.Leave(), events.Start())
    assert journey.scene == scenes.Home()


def test_what_is_wrong_comes_first_and_what_is_not_fitted_not_at_all(world: World) -> None:
    """An attendant reads the trouble at the top."""
    journey = inside(world, Role.ATTENDANT)
    journey, _ = play(
        journey,
        events.DeviceChanged(DeviceKind.DOCUMENT_PRINTER, PaperOut()),
        events.DeviceChanged(DeviceKind.CABINET, NotFitted()),
    )
    body = view(journey).body
    assert isinstance(body, views.AttendantView)
    first = body.fitted[0]
    assert (first.kind, first.state, first.fault) == (
        DeviceKind.DOCUMENT_PRINTER,
        "paper_out",
        "paper.out",
    )
    assert DeviceKind.CABINET not in {one.kind for one in body.fitted}


def test_paper_is_told_once_and_only_where_there_is_any(world: World) -> None:
    """A second touch tells nothing more, and a camera has no paper."""
    journey = inside(world, Role.ATTENDANT)
    roll = events.Refilled(DeviceKind.RECEIPT_PRINTER)
    journey, asked = play(journey, roll, roll, events.Refilled(DeviceKind.FACE_CAMERA))
    assert without_timers(asked) == [effects.TellRefilled(DeviceKind.RECEIPT_PRINTER)]
    body = view(journey).body
    assert isinstance(body, views.AttendantView)
    refilled = {one.kind: one.refilled for one in body.fitted}
    assert refilled[DeviceKind.RECEIPT_PRINTER] is True
    assert refilled[DeviceKind.DOCUMENT_PRINTER] is False
    assert refilled[DeviceKind.FACE_CAMERA] is None


def test_a_test_receipt_is_printed_one_at_a_time(world: World) -> None:
    """Two touches print one; its end is shown, and then another may be wanted."""
    journey, asked = play(inside(world, Role.ATTENDANT), *[events.TryReceipt()] * 2)
    assert without_timers(asked) == [effects.PrintTest(1)]
    journey, _ = play(journey, events.TestPrinted(1, WELL))
    body = view(journey).body
    assert isinstance(body, views.AttendantView)
    assert body.receipt == views.PrintDone(confirmed=True)
    assert effects.PrintTest(1) in play(journey, events.TryReceipt())[1]


def test_devices_test_themselves_one_after_the_other(world: World) -> None:
    """While one does, no other begins; what it found stays; leaving breaks it off."""
    journey, asked = play(
        inside(world, Role.TECHNICIAN),
        events.TryDevice(DeviceKind.CABINET),
        events.TryDevice(DeviceKind.FACE_CAMERA),
    )
    assert without_timers(asked) == [effects.TestDevice(1, DeviceKind.CABINET)]
    _, left = play(journey, events.Leave())
    assert effects.StopTest() in left
    found = SelfTest(Disconnected("cable"), "/dev/cabinet")
    journey, _ = play(journey, events.SelfTested(1, DeviceKind.CABINET, found))
    body = view(journey).body
    assert isinstance(body, views.TechnicianView)
    assert {one.kind: one.tested for one in body.fitted}[DeviceKind.CABINET] == found
    assert not body.busy


def test_an_attendant_may_not_do_what_a_technician_may(world: World) -> None:
    """No self-test, no restart, and nothing of the inside is asked for."""
    before = inside(world, Role.ATTENDANT)
    touches = (events.TryDevice(DeviceKind.CABINET), events.Restart())
    journey, asked = play(before, *touches)
    assert journey.scene == before.scene
    assert without_timers(asked) == []


def test_a_restart_ends_in_attract(world: World) -> None:
    """Nothing of the entry is left, and the terminal is asked to end."""
    journey, asked = play(inside(world, Role.TECHNICIAN), events.Restart())
    assert journey.scene == scenes.Attract()
    assert effects.RestartTerminal() in asked


def test_staff_find_the_terminal_as_it_looks_for_everybody(world: World) -> None:
    """Nobody's wishes are left on the screens of staff, and theirs are left to nobody."""
    assert inside(world, Role.ATTENDANT).comfort == Comfort()
