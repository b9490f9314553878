"""What those who look after a terminal see."""

from __future__ import annotations

from drivers.device import DeviceKind, NotFitted, Ready, Status, fault_of, slug
from kiosk.core import availability, views
from kiosk.core.scenes import Staffed, StaffPin
from kiosk.core.staff import HOLDS_PAPER, Role
from kiosk.core.visit import Journey

CALLS_STAFF = frozenset({"cabinet.door_open", "cabinet.tampered"})


def calls(journey: Journey) -> bool:
    """Whether the way in is shown: whoever opened the cabinet has a key."""
    fault = fault_of(availability.status_of(journey.devices, DeviceKind.CABINET))
    return journey.settings.staffed and fault is not None and fault.code in CALLS_STAFF


def pin(scene: StaffPin) -> views.StaffPinView:
    """Where a PIN is typed."""
    return views.StaffPinView(scene.checking, scene.wrong, scene.wait)


def staffed(journey: Journey, scene: Staffed) -> views.AttendantView | views.TechnicianView:
    """The screen of a role."""
    fitted = _fitted(journey, scene)
    has_printer = any(one.kind is DeviceKind.RECEIPT_PRINTER for one in fitted)
    receipt = scene.receipt if has_printer else None
    if scene.role is Role.ATTENDANT:
        phone = journey.settings.technician_phone
        out, reachable = journey.out_of_service, journey.platform_reachable
        return views.AttendantView(fitted, out, reachable, receipt, phone)
    catalogue = journey.catalogue
    issued = catalogue.issued_at
    return views.TechnicianView(
        fitted,
        journey.out_of_service,
        journey.platform_reachable,
        receipt,
        scene.inside,
        catalogue.serial,
        catalogue.version,
        issued.date().isoformat() if issued else None,
        busy=scene.testing is not None,
    )


def _fitted(journey: Journey, scene: Staffed) -> tuple[views.FittedView, ...]:
    """What is fitted, whatever is wrong first."""
    statuses = ((kind, availability.status_of(journey.devices, kind)) for kind in DeviceKind)
    there = [(kind, status) for kind, status in statuses if not isinstance(status, NotFitted)]
    there.sort(key=lambda one: _urgency(one[1]))
    return tuple(_device(scene, kind, status) for kind, status in there)


def _urgency(status: Status) -> int:
    """What stands in the way comes first, then what is not known, then what is well."""
    if fault_of(status) is not None:
        return 0
    return 2 if isinstance(status, Ready) else 1


def _device(scene: Staffed, kind: DeviceKind, status: Status) -> views.FittedView:
    fault = fault_of(status)
    return views.FittedView(
        kind,
        slug(status),
        fault.code if fault else None,
        fault.advice if fault else None,
        fault.detail if fault else "",
        refilled=kind in scene.refilled if kind in HOLDS_PAPER else None,
        testing=scene.testing is kind,
        tested=scene.tested.get(kind),
    )
