"""The sentences for everything that has a fixed set of cases: troubles, steps, grades, days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from drivers.device import Sex
from kiosk.core.cases import Grade
from kiosk.core.steps import Step
from kiosk.core.troubles import Trouble
from screens.words import N_, Say


@dataclass(frozen=True, slots=True)
class TroubleText:
    """What stands in the way, what to do, and what becomes of the request.

    `action` may say {hotline}.
    """

    title: str
    action: str
    fate: str


_NOTHING_SENT: Final = N_("Nothing has been sent yet, so nothing is lost.")
_SAFE: Final = N_("This concerns the receipt alone. What you asked for is not affected.")
_NOTE_NUMBER: Final = N_(
    "Please write the number on this screen down, or photograph it with your phone."
)

TROUBLES: Final = {
    Trouble.NOT_READY: TroubleText(
        N_("This terminal is being prepared"),
        N_("Please come back later, or call {hotline}."),
        _NOTHING_SENT,
    ),
    Trouble.READER_UNAVAILABLE: TroubleText(
        N_("The card reader is not working"),
        N_("Please try again in a moment, use another terminal nearby, or call {hotline}."),
        _NOTHING_SENT,
    ),
    Trouble.CARD_REMOVED: TroubleText(
        N_("The card was taken away too early"),
        N_("Please lay it down again and leave it there until this screen changes."),
        _NOTHING_SENT,
    ),
    Trouble.CARD_UNREADABLE: TroubleText(
        N_("The card could not be read"),
        N_("Please take the ID card out of its cover or wallet and lay it flat on the reader."),
        _NOTHING_SENT,
    ),
    Trouble.CARD_EXPIRED: TroubleText(
        N_("This ID card is no longer valid"),
        N_("Please use a valid card. The police station's household desk issues new ones."),
        _NOTHING_SENT,
    ),
    Trouble.PAPER_OUT: TroubleText(N_("The printer has no paper"), _NOTE_NUMBER, _SAFE),
    Trouble.COVER_OPEN: TroubleText(N_("The printer's cover is open"), _NOTE_NUMBER, _SAFE),
    Trouble.PRINTER_UNAVAILABLE: TroubleText(N_("The printer is not working"), _NOTE_NUMBER, _SAFE),
    Trouble.PRINT_UNCERTAIN: TroubleText(
        N_("Did the receipt come out?"),
        N_("Please look at the paper slot. If it is empty, print again: that one is a copy."),
        _SAFE,
    ),
    Trouble.ITEM_WITHDRAWN: TroubleText(
        N_("This service is not offered here any more"),
        N_("Please choose another service, or call {hotline}."),
        _NOTHING_SENT,
    ),
    Trouble.REFUSED: TroubleText(
        N_("Your request was not approved"),
        N_("If you have questions, call {hotline} or ask at the service hall."),
        N_("The request is closed and nothing was issued. You may apply again later."),
    ),
    Trouble.UNEXPECTED: TroubleText(
        N_("Something went wrong in this terminal"),
        N_("It is not your fault. Please start again, or call {hotline}."),
        N_("What you have already sent is not lost."),
    ),
}


@dataclass(frozen=True, slots=True)
class StepText:
    """A step's short name and its icon."""

    name: str
    icon: str


STEPS: Final = {
    Step.NOTICE: StepText(N_("Read"), "notice"),
    Step.IDENTIFY: StepText(N_("ID card"), "card"),
    Step.REVIEW: StepText(N_("Check"), "review"),
    Step.SUBMIT: StepText(N_("Send"), "send"),
    Step.RESULT: StepText(N_("Result"), "result"),
    Step.RATING: StepText(N_("Rate"), "star"),
}

GRADES: Final = {
    Grade.VERY_SATISFIED: N_("Very satisfied"),
    Grade.SATISFIED: N_("Satisfied"),
    Grade.BASICALLY_SATISFIED: N_("Fairly satisfied"),
    Grade.DISSATISFIED: N_("Dissatisfied"),
    Grade.VERY_DISSATISFIED: N_("Very dissatisfied"),
}

SEXES: Final = {
    Sex.UNKNOWN: N_("Not stated"),
    Sex.MALE: N_("Male"),
    Sex.FEMALE: N_("Female"),
    Sex.UNSPECIFIED: N_("Not stated"),
}

_WEEKDAYS: Final = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
_MONTHS: Final = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)


def day(date_: date, say: Say) -> str:
    """A date as people say it: 11月23日 星期一, Monday, 23 November."""
    return say(
        "{weekday}, {day} {month}",
        weekday=say(_WEEKDAYS[date_.weekday()]),
        day=date_.day,
        month=say(_MONTHS[date_.month - 1]),
    )
