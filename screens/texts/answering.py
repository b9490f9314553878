"""What results and ratings say."""

from __future__ import annotations

from typing import Final

from drivers.device import Sex
from kiosk.core.cases import Grade
from screens.words import N_

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
