"""The screen of whoever works where the terminal stands: what is wrong, and what to do."""

from __future__ import annotations

from typing import Final

from drivers.device import DeviceKind
from kiosk.core.events import Refilled
from kiosk.core.views import AttendantView, FittedView, Frame, Printing
from screens.kv import load_beside
from screens.screen import BaseScreen
from screens.staff.devices import TroubleCard, WorkingRow, name_of, said_of_receipt
from screens.texts import staff
from screens.words import N_, Say

FILLED: Final = {
    DeviceKind.RECEIPT_PRINTER: N_("New roll is in"),
    DeviceKind.DOCUMENT_PRINTER: N_("Paper is filled"),
}


class AttendantScreen(BaseScreen[AttendantView]):
    """Trouble first, each with what to do; then what works; below, what may be done."""

    def render(self, body: AttendantView, frame: Frame, say: Say) -> None:
        """Show how the terminal is."""
        self._show_head(body, say)
        self._show_devices(body, say)
        ids = self.ids
        ids.told.hint = say("Slide up to read more")
        ids.said.content = said_of_receipt(body.receipt, say)
        ids.receipt.content = say("Test receipt")
        ids.receipt.shown = body.receipt is not None
        ids.receipt.disabled = body.receipt is None or isinstance(body.receipt, Printing)
        paper = {one.kind: one.refilled for one in body.fitted if one.refilled is not None}
        for kind, button in (
            (DeviceKind.RECEIPT_PRINTER, ids.roll),
            (DeviceKind.DOCUMENT_PRINTER, ids.sheets),
        ):
            button.content, button.shown = say(FILLED[kind]), kind in paper
            button.chosen = paper.get(kind, False)
        ids.close.content, ids.close.shown = say("Take out of service"), not body.out_of_service
        ids.open.content, ids.open.shown = say("Back in service"), body.out_of_service
        ids.options.arrange()
        ids.service.arrange()

    def filled(self, kind: str) -> None:
        """Paper was filled in."""
        self.emit(Refilled(DeviceKind(kind)))

    def _show_head(self, body: AttendantView, say: Say) -> None:
        head = self.ids.head
        wrong = sum(one.fault is not None for one in body.fitted) + (not body.platform_reachable)
        head.warm = bool(wrong) or body.out_of_service
        if body.out_of_service:
            head.icon, head.title = "lock", say("Out of service")
            about = say("Residents see that the terminal is closed, and the hotline.")
        elif wrong:
            head.icon = "warning"
            head.title = say.many("{n} thing needs you", "{n} things need you", wrong)
            about = say("Whatever is not named here can be used.")
        else:
            head.icon, head.title = "check", say("Everything works")
            about = say("There is nothing for you to do.")
        head.content = f"{about} {_whom_to_call(body, say)}".rstrip()

    def _show_devices(self, body: AttendantView, say: Say) -> None:
        wrong, well = self.ids.wrong, self.ids.well
        wrong.clear_widgets()
        well.clear_widgets()
        if not body.platform_reachable:
            wrong.add_widget(_network(say))
        for one in body.fitted:
            if one.fault is not None:
                wrong.add_widget(_trouble(one, say))
            else:
                well.add_widget(_working(one, say))

    def wipe(self) -> None:
        """Forget the devices with their rows."""
        super().wipe()
        self.ids.wrong.clear_widgets()
        self.ids.well.clear_widgets()


def _network(say: Say) -> TroubleCard:
    return TroubleCard(
        icon="offline",
        title=say("Network: the platform does not answer"),
        content=say(
            "Residents can go on; what they ask for is kept and sent later. "
            "If it lasts, call the technician."
        ),
    )


def _trouble(one: FittedView, say: Say) -> TroubleCard:
    state, to_do = say(staff.state_of(one)), staff.to_do(one)
    return TroubleCard(
        icon=staff.DEVICES[one.kind].icon,
        title=f"{name_of(one, say)}  ·  {state}",
        content=say(to_do) if to_do else "",
    )


def _working(one: FittedView, say: Say) -> WorkingRow:
    return WorkingRow(
        icon=staff.DEVICES[one.kind].icon,
        title=name_of(one, say),
        content=say(staff.state_of(one)),
        well=one.state == "ready",
    )


def _whom_to_call(body: AttendantView, say: Say) -> str:
    if body.technician_phone is None:
        return ""
    return say("Technician: {phone}", phone=body.technician_phone)


load_beside(__file__)
