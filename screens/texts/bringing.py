"""What is said while materials are brought, and of what is signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from drivers.device import PageGuidance
from kiosk.core.cases import Way
from kiosk.core.views import Signs
from screens.words import N_


@dataclass(frozen=True, slots=True)
class WayText:
    """How a material may be brought, what that takes, its icon; and how it then was brought."""

    name: str
    how: str
    icon: str
    done: str


WAYS: Final = {
    Way.HELD: WayText(
        N_("By my e-certificate"),
        N_("Nothing is to be brought."),
        "certificates",
        N_("By e-certificate"),
    ),
    Way.SCAN: WayText(
        N_("Lay it under the camera here"),
        N_("You have the paper with you."),
        "camera",
        N_("Taken here"),
    ),
    Way.PHONE: WayText(
        N_("Send it from a phone"),
        N_("You scan a code, then take a photo."),
        "phone",
        N_("Sent from a phone"),
    ),
    Way.LATER: WayText(
        N_("Hand it in later"),
        N_("You can apply today without it."),
        "day",
        N_("Follows later"),
    ),
    Way.PROMISED: WayText(
        N_("By my promise"),
        N_("Nothing is to be brought."),
        "promise",
        N_("By your promise"),
    ),
}

PAGE_GUIDANCE: Final = {
    PageGuidance.NO_PAGE: N_("Please lay the page under the camera"),
    PageGuidance.WHOLE_PAGE: N_("Please move the page: all four corners have to be seen"),
    PageGuidance.COVERED: N_("Please take your hand away"),
    PageGuidance.FLATTEN: N_("Please smooth the page out"),
    PageGuidance.MORE_LIGHT: N_("It is too dark: please do not stand in the light"),
    PageGuidance.LESS_LIGHT: N_("It reflects: please turn the page a little"),
    PageGuidance.CLOSER: N_("The page is too far away: please lay it flat below"),
    PageGuidance.HOLD_STILL: N_("Please let go and wait"),
    PageGuidance.GOOD: N_("Very good, one moment"),
}

SIGNS: Final = {
    Signs.APPLICATION: N_("For this application"),
    Signs.COMMITMENT: N_("For your promise"),
    Signs.DEFERRAL: N_("For the papers to follow"),
}
