"""The screen of whoever comes with a key: devices that test themselves, versions, lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from drivers.device import SelfTest, fault_of, slug
from kiosk.core.events import TryDevice
from kiosk.core.legal_time import BEIJING
from kiosk.core.staff import Inside, Line
from kiosk.core.views import FittedView, Frame, Printing, TechnicianView
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.staff.devices import DeviceTile, StaffFact, name_of, said_of_receipt
from screens.texts import staff
from screens.words import Say


class TechnicianScreen(BaseScreen[TechnicianView]):
    """Facts, devices by state, and what may be tried."""

    def render(self, body: TechnicianView, frame: Frame, say: Say) -> None:
        """Show the terminal from inside."""
        ids = self.ids
        ids.head.title = say("Out of service") if body.out_of_service else say("Technician")
        ids.head.warm = body.out_of_service
        ids.head.icon = "lock" if body.out_of_service else "staff"
        ids.head.content = said_of_receipt(body.receipt, say) or say(
            "Touch a device and it tests itself."
        )
        ids.facts_room.hint = ids.devices.hint = say("Slide up to read more")
        self._show_facts(body, say)
        self._show_devices(body, say)
        ids.receipt.content, ids.receipt.shown = say("Test receipt"), body.receipt is not None
        ids.receipt.disabled = body.receipt is None or isinstance(body.receipt, Printing)
        ids.close.content, ids.close.shown = say("Take out of service"), not body.out_of_service
        ids.open.content, ids.open.shown = say("Back in service"), body.out_of_service
        ids.restart.content = say("Restart")
        ids.actions.arrange()

    def wipe(self) -> None:
        """Forget facts and devices with their rows."""
        super().wipe()
        for rows in (self.ids.facts, self.ids.wrong, self.ids.well):
            rows.clear_widgets()

    def _show_facts(self, body: TechnicianView, say: Say) -> None:
        self.ids.facts.clear_widgets()
        for label, content in _facts(body, say):
            self.ids.facts.add_widget(StaffFact(label=label, content=content, wide=self.wide))

    def _show_devices(self, body: TechnicianView, say: Say) -> None:
        ids = self.ids
        ids.wrong.clear_widgets()
        ids.well.clear_widgets()
        for one in body.fitted:
            rows = ids.well if one.fault is None else ids.wrong
            rows.add_widget(self._tile(one, body, say))

    def _tile(self, one: FittedView, body: TechnicianView, say: Say) -> DeviceTile:
        tile = DeviceTile(
            tag=f"device:{one.kind}",
            icon=staff.DEVICES[one.kind].icon,
            title=name_of(one, say),
            summary=_state(one, say),
            detail=one.detail,
            found=say("It tests itself…") if one.testing else _found(one.tested, say),
            warm=one.fault is not None,
            disabled=body.busy,
        )
        tile.bind(on_release=lambda _: self.emit(TryDevice(one.kind)))
        return tile


def _state(one: FittedView, say: Say) -> str:
    """The state; and of a fault the code, and who has to act."""
    state = say(staff.state_of(one))
    if one.fault is None or one.advice is None:
        return state
    return f"{state}  ·  {one.fault}  ·  {say(staff.WHO[one.advice])}"


def _found(tested: SelfTest | None, say: Say) -> str:
    """What came of a self-test: the state, or the fault; the model, and what else it told."""
    if tested is None:
        return ""
    fault = fault_of(tested.status)
    state = fault.code if fault else say(staff.STATES[slug(tested.status)])
    facts = [f"{name} {fact}" for name, fact in tested.facts.items()]
    told = "  ·  ".join(part for part in (state, tested.model, *facts[:MOST_FACTS]) if part)
    return say("Self-test: {told}", told=told)


MOST_FACTS = 3  # the rest is in `kiosk doctor`


def _facts(body: TechnicianView, say: Say) -> Iterator[tuple[str, str]]:
    inside = body.inside
    if inside is not None:
        yield say("Terminal"), inside.terminal
        yield say("Software"), inside.software
    yield say("Catalogue"), _catalogue(body, say)
    if inside is not None:
        yield say("Requests that wait"), str(inside.pending)
        yield from _lines(inside, say)
        yield say("Running since"), _moment(inside.started_at)


def _lines(inside: Inside, say: Say) -> Iterator[tuple[str, str]]:
    yield say("Platform"), _line(inside.platform, say) or say("Not asked yet")
    yield say("Fleet"), _line(inside.fleet, say) or say("Reports to nobody")


def _line(line: Line | None, say: Say) -> str:
    if line is None:
        return ""
    since = _moment(line.since)
    if line.up:
        return say("Up since {since}", since=since)
    return say("Down since {since}", since=since)


def _catalogue(body: TechnicianView, say: Say) -> str:
    version = body.issued_on or body.version
    return say("No. {serial}, {version}", serial=body.serial, version=version)


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(BEIJING):%m-%d %H:%M}"


load_beside(__file__)
