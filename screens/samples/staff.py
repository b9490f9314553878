"""Samples of the screens of those who look after a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from drivers.device import Advice, DeviceKind, Disconnected, Fault, Ready, SelfTest, UserError
from kiosk.core import views
from kiosk.core.catalogue import Language
from kiosk.core.legal_time import BEIJING
from kiosk.core.staff import HOLDS_PAPER, Inside, Line
from kiosk.core.troubles import Trouble
from kiosk.core.views import Body, FittedView

_AT: Final = datetime(2026, 11, 23, 7, 58, tzinfo=BEIJING)
_WELL: Final = tuple(
    FittedView(kind, "ready", refilled=False if kind in HOLDS_PAPER else None)
    for kind in DeviceKind
)
_PAPER: Final = FittedView(
    DeviceKind.RECEIPT_PRINTER,
    "paper_out",
    "paper.out",
    Advice.ATTENDANT_ACTS,
    "no paper: load it",
    refilled=False,
)
_CARD: Final = FittedView(
    DeviceKind.SOCIAL_CARD_READER,
    "user_error",
    "card.left",
    Advice.ATTENDANT_ACTS,
    "Broadcom BCM5880 00 00: somebody forgot a card in the slot",
)
_GONE: Final = FittedView(
    DeviceKind.FACE_CAMERA,
    "disconnected",
    "device.disconnected",
    Advice.TECHNICIAN_ACTS,
    "/dev/doorstep/face-camera: no such device; check the cable, or source in [face_camera]",
)
_WRONG: Final = (_PAPER, _CARD, _GONE)
_INSIDE: Final = Inside(
    "liuhu-0001", "0.1.0", _AT, 3, Line(up=True, since=_AT), Line(up=False, since=_AT)
)
_TESTED: Final = {
    DeviceKind.ID_CARD_READER: SelfTest(
        Ready(), "/dev/doorstep/id-card-reader", "SAM-V 05.03", {"serial": "20240117-0003245"}
    ),
    DeviceKind.FACE_CAMERA: SelfTest(Disconnected("no such device"), "/dev/doorstep/face-camera"),
    DeviceKind.CABINET: SelfTest(
        UserError(Fault("cabinet.door_open", Advice.ATTENDANT_ACTS)), "/dev/ttyACM0", "LC-8"
    ),
}


def bodies(language: Language) -> Iterator[tuple[str, Body]]:
    """Each by a name of its own."""
    del language  # whatever is told here comes in codes, or as drivers say it
    yield "attract-staff", views.AttractView(None, staff=True)
    yield "attract-out", views.AttractView(Trouble.OUT_OF_SERVICE)
    yield "attract-out-staff", views.AttractView(Trouble.OUT_OF_SERVICE, staff=True)
    yield "staff_pin", views.StaffPinView()
    yield "staff_pin-checking", views.StaffPinView(checking=True)
    yield "staff_pin-wrong", views.StaffPinView(wrong=True, wait=1)
    yield "staff_pin-wait", views.StaffPinView(wrong=True, wait=256)
    yield from _attendant()
    yield from _technician()


def _attendant() -> Iterator[tuple[str, Body]]:
    well = views.AttendantView(
        _WELL,
        out_of_service=False,
        platform_reachable=True,
        receipt=views.NotPrinted(None),
        technician_phone="0394-9900111",
    )
    yield "attendant", well
    yield "attendant-paper", replace(well, fitted=_with(_PAPER))
    yield "attendant-wrong", replace(well, fitted=_with(*_WRONG), platform_reachable=False)
    yield "attendant-filled", replace(well, fitted=_filled(), receipt=views.Printing())
    yield "attendant-printed", replace(well, receipt=views.PrintDone(confirmed=True))
    yield "attendant-sent", replace(well, receipt=views.PrintDone(confirmed=False))
    yield (
        "attendant-unprinted",
        replace(well, fitted=_with(_PAPER), receipt=views.PrintFailed(Trouble.PAPER_OUT)),
    )
    yield "attendant-out", replace(well, fitted=_with(_CARD), out_of_service=True)
    yield "attendant-few", replace(well, fitted=_WELL[:1], receipt=None, technician_phone=None)


def _technician() -> Iterator[tuple[str, Body]]:
    well = views.TechnicianView(
        _WELL,
        out_of_service=False,
        platform_reachable=True,
        receipt=views.NotPrinted(None),
        inside=replace(_INSIDE, fleet=None, pending=0),
        serial=7,
        version="2026.11",
        issued_on="2026-11-01",
    )
    yield "technician-asking", replace(well, inside=None, issued_on=None)
    yield "technician", well
    wrong = replace(well, fitted=_with(*_WRONG), inside=_INSIDE, platform_reachable=False)
    yield "technician-wrong", wrong
    tested = tuple(replace(one, tested=_TESTED.get(one.kind)) for one in _with(_GONE))
    yield "technician-tested", replace(wrong, fitted=tested)
    testing = (replace(tested[0], testing=True), *tested[1:])
    yield "technician-testing", replace(wrong, fitted=testing, busy=True)
    yield (
        "technician-out",
        replace(well, out_of_service=True, receipt=views.PrintFailed(Trouble.PRINTER_UNAVAILABLE)),
    )


def _with(*wrong: FittedView) -> tuple[FittedView, ...]:
    kinds = {one.kind for one in wrong}
    return (*wrong, *(one for one in _WELL if one.kind not in kinds))


def _filled() -> tuple[FittedView, ...]:
    return tuple(replace(one, refilled=one.refilled is not None or None) for one in _WELL)
