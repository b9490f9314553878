"""For whom the person at the terminal acts, as the answers say."""

from __future__ import annotations

from drivers.device import Personal
from kiosk.core.catalogue import Audience
from kiosk.core.identity import Authority, Principal
from kiosk.core.sheet import Sheet


def principal(sheet: Sheet) -> Principal | None:
    """Whom the application is for; None for whoever stands there."""
    match sheet.of("for.whom"):
        case "person":
            return _principal(sheet, Audience.PERSON, "principal", "principal.number")
        case "enterprise":
            return _principal(sheet, Audience.ENTERPRISE, "enterprise", "enterprise.credit_code")
        case _:
            return None


def _principal(sheet: Sheet, kind: Audience, head: str, number: str) -> Principal | None:
    authority = sheet.of(f"{head}.authority")
    if not authority:
        return None
    name = Personal(sheet.of(f"{head}.name"))
    return Principal(kind, name, Personal(sheet.of(number)), Authority(authority))
