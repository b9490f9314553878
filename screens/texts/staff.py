"""What those who look after a terminal read: devices, states, and what to do in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from drivers.device import Advice, DeviceKind
from kiosk.core.views import FittedView
from screens.words import N_


@dataclass(frozen=True, slots=True)
class DeviceText:
    """A device's picture and its name."""

    icon: str
    name: str


DEVICES: Final = {
    DeviceKind.ID_CARD_READER: DeviceText("card", N_("ID card reader")),
    DeviceKind.SOCIAL_CARD_READER: DeviceText("certificates", N_("Social security card reader")),
    DeviceKind.RECEIPT_PRINTER: DeviceText("receipt", N_("Receipt printer")),
    DeviceKind.DOCUMENT_PRINTER: DeviceText("print", N_("Document printer")),
    DeviceKind.FACE_CAMERA: DeviceText("face", N_("Face camera")),
    DeviceKind.DOCUMENT_CAMERA: DeviceText("scan", N_("Document camera")),
    DeviceKind.BARCODE_SCANNER: DeviceText("code", N_("Code scanner")),
    DeviceKind.SIGNATURE_PAD: DeviceText("sign", N_("Signature pad")),
    DeviceKind.CABINET: DeviceText("door", N_("Cabinet")),
    DeviceKind.TOUCH_PANEL: DeviceText("touch", N_("Touch screen")),
}

STATES: Final = {
    "ready": N_("Works"),
    "busy": N_("At work"),
    "unknown": N_("Not asked yet"),
    "not_supported": N_("Can not tell"),
    "not_fitted": N_("Not fitted"),
    "paper_low": N_("Paper is nearly used up"),
    "paper_out": N_("No paper"),
    "paper_jammed": N_("Paper is stuck"),
    "cover_open": N_("Cover is open"),
    "powered_off": N_("No power"),
    "disconnected": N_("Does not answer"),
    "user_error": N_("Something is in the way"),
    "hardware_error": N_("Out of order"),
    "suspected_tampering": N_("May have been opened"),
}
"""By what `slug` calls a status."""

_OF_FAULTS: Final = {
    "card.left": N_("A card was left behind"),
    "cabinet.door_open": N_("The door is open"),
    "cabinet.battery_low": N_("On battery, and it is nearly empty"),
}

_OF_PAPER: Final = {
    (DeviceKind.RECEIPT_PRINTER, "paper_out"): N_(
        "Open the cover and lay in a new roll as drawn inside. Pull out a hand's breadth of paper "
        "and shut the cover until it clicks."
    ),
    (DeviceKind.RECEIPT_PRINTER, "paper_low"): N_(
        "Have a new roll at hand. This one still prints a few receipts."
    ),
    (DeviceKind.DOCUMENT_PRINTER, "paper_out"): N_(
        "Pull out the tray, lay in A4 paper up to the mark, and push it in until it stops."
    ),
    (DeviceKind.DOCUMENT_PRINTER, "paper_low"): N_("Fill the tray with A4 paper up to the mark."),
}
_TO_DO: Final = {
    "card.left": N_(
        "Take the card and keep it safe. Give it only to whoever it belongs to, or hand it in."
    ),
    "paper.jammed": N_(
        "Open the cover, pull the paper out slowly and whole, and shut the cover again."
    ),
    "cover.open": N_("Shut the cover until it clicks."),
    "power.off": N_("Switch it on. See whether its power plug is in."),
    "device.disconnected": N_(
        "See whether its cables are in and its light is on. If so, call the technician."
    ),
    "cabinet.door_open": N_("Shut the door and lock it."),
    "cabinet.battery_low": N_("See whether the power plug is in and the socket has power."),
    "cabinet.tampered": N_(
        "Take the terminal out of service and call the technician. Touch nothing until then."
    ),
}
_ADVICE: Final = {
    Advice.RETRY: N_("Wait a minute. If it stays like this, call the technician."),
    Advice.WAIT: N_("Wait a minute. If it stays like this, call the technician."),
    Advice.RESIDENT_ACTS: N_("Look at it and take away what is in the way."),
    Advice.ATTENDANT_ACTS: N_("Look at it and take away what is in the way."),
    Advice.TECHNICIAN_ACTS: N_("Call the technician. Everything else can be used meanwhile."),
    Advice.REPLACE: N_("Call the technician. Everything else can be used meanwhile."),
}

WHO: Final = {
    Advice.RETRY: N_("try again"),
    Advice.WAIT: N_("wait"),
    Advice.RESIDENT_ACTS: N_("for the resident"),
    Advice.ATTENDANT_ACTS: N_("for the attendant"),
    Advice.TECHNICIAN_ACTS: N_("for the technician"),
    Advice.REPLACE: N_("to be replaced"),
}
"""Who has to act, in a word or two for technicians."""


def state_of(one: FittedView) -> str:
    """How a device is, in English, to be said."""
    return _OF_FAULTS.get(one.fault or "") or STATES[one.state]


def to_do(one: FittedView) -> str | None:
    """What an attendant does about it, in English, to be said; None where nothing is wrong."""
    if one.fault is None or one.advice is None:
        return None
    return _OF_PAPER.get((one.kind, one.state)) or _TO_DO.get(one.fault) or _ADVICE[one.advice]
