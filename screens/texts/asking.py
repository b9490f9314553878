"""What is said while somebody shows who they are and answers questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from drivers.device import Guidance
from kiosk.core.answers import Problem
from kiosk.core.identity import Means
from screens.words import N_


@dataclass(frozen=True, slots=True)
class MeansText:
    """What to do with a document, how, and what is said while it is read."""

    title: str
    how: str
    reading: str
    wait: str


_LEAVE_IT: Final = N_("Please leave the card where it is.")

MEANS: Final = {
    Means.ID_CARD: MeansText(
        N_("Put your ID card on the reader"),
        N_("Lay it flat, and leave it there until this screen changes."),
        N_("Reading your ID card"),
        _LEAVE_IT,
    ),
    Means.SOCIAL_CARD: MeansText(
        N_("Put your social security card into the slot"),
        N_("The chip first and facing up, as far as it goes."),
        N_("Reading your social security card"),
        _LEAVE_IT,
    ),
    Means.CODE: MeansText(
        N_("Hold the code on your phone before the scanner"),
        N_("Your electronic ID or electronic social security card."),
        N_("Checking your code"),
        N_("You can put your phone away."),
    ),
}

GUIDANCE: Final = {
    Guidance.NOBODY: N_("Please stand before the camera"),
    Guidance.SEVERAL: N_("Please stand here alone"),
    Guidance.CLOSER: N_("Please come a little closer"),
    Guidance.FURTHER: N_("Please step back a little"),
    Guidance.TO_THE_MIDDLE: N_("Please stand in the middle"),
    Guidance.LOOK_HERE: N_("Please look into the camera"),
    Guidance.MORE_LIGHT: N_("It is too dark: please turn to the light"),
    Guidance.LESS_LIGHT: N_("It is too bright: please turn from the light"),
    Guidance.HOLD_STILL: N_("Please hold still"),
    Guidance.TURN: N_("Please turn your head slowly, and back"),
    Guidance.GOOD: N_("Very good, one moment"),
}

_TOO_EARLY: Final = N_("That day is too early. Please check the year.")
_TOO_LATE: Final = N_("That day is too late. Please check the year.")

PROBLEMS: Final = {
    Problem.MISSING: N_("Please answer this: it is needed."),
    Problem.TOO_LONG: N_("That is too long. Please say it in fewer words."),
    Problem.CONTROL_CHARACTERS: N_("There is a character that can not be used. Please retype it."),
    Problem.NOT_A_CHOICE: N_("Please touch one of the answers."),
    Problem.NOT_A_DATE: N_("There is no such day. Please check year, month and day."),
    Problem.DATE_TOO_EARLY: _TOO_EARLY,
    Problem.DATE_TOO_LATE: _TOO_LATE,
    Problem.NOT_AN_AMOUNT: N_("Please type an amount, such as 1200.50."),
    Problem.AMOUNT_TOO_SMALL: N_("That amount is too small. Please check it."),
    Problem.AMOUNT_TOO_LARGE: N_("That amount is too large. Please check it."),
    Problem.NOT_A_NUMBER: N_("Please type a number."),
    Problem.NUMBER_TOO_SMALL: N_("That number is too small. Please check it."),
    Problem.NUMBER_TOO_LARGE: N_("That number is too large. Please check it."),
    Problem.NOT_A_PHONE: N_("That is no phone number. A landline needs its area code."),
    Problem.NOT_AN_ID_NUMBER: N_("An ID number has 18 digits; the last one may be X."),
    Problem.ID_NUMBER_DATE: N_("The date of birth in it is wrong. Please check digits 7 to 14."),
    Problem.ID_NUMBER_CHECK: N_("One digit is wrong. Please compare it with the ID card."),
    Problem.NOT_A_CREDIT_CODE: N_("It has 18 characters. Please compare it with the licence."),
    Problem.CREDIT_CODE_CHECK: N_("One character is wrong. Please compare it with the licence."),
    Problem.ADDRESS_INCOMPLETE: N_("Please add the street or group, and the number."),
}
