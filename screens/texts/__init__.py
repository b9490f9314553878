"""The sentences for everything that has a fixed set of cases: troubles, steps, grades, days."""

from screens.texts.answering import (
    AUTHORITIES,
    DOINGS,
    GRADES,
    LIGHTS,
    NOTED,
    REASONS,
    SEXES,
    STATES,
    StateText,
)
from screens.texts.asking import GUIDANCE, MEANS, PROBLEMS, MeansText
from screens.texts.bringing import PAGE_GUIDANCE, SIGNS, WAYS
from screens.texts.choosing import (
    BUNDLES,
    CATEGORIES,
    DELIVERIES,
    LABEL_ICONS,
    SERVICES,
    PlaceText,
)
from screens.texts.days import MONTHS, SHORT_WEEKDAYS, birthday, day, told_day, told_moment
from screens.texts.steps import STEPS, StepText, picture
from screens.texts.troubles import TROUBLES, TroubleText

__all__ = [
    "AUTHORITIES",
    "BUNDLES",
    "CATEGORIES",
    "DELIVERIES",
    "DOINGS",
    "GRADES",
    "GUIDANCE",
    "LABEL_ICONS",
    "LIGHTS",
    "MEANS",
    "MONTHS",
    "NOTED",
    "PAGE_GUIDANCE",
    "PROBLEMS",
    "REASONS",
    "SERVICES",
    "SEXES",
    "SHORT_WEEKDAYS",
    "SIGNS",
    "STATES",
    "STEPS",
    "TROUBLES",
    "WAYS",
    "MeansText",
    "PlaceText",
    "StateText",
    "StepText",
    "TroubleText",
    "birthday",
    "day",
    "picture",
    "told_day",
    "told_moment",
]
