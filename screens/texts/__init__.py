"""The sentences for everything that has a fixed set of cases: troubles, steps, grades, days."""

from screens.texts.answering import GRADES, SEXES
from screens.texts.asking import GUIDANCE, MEANS, PROBLEMS, MeansText
from screens.texts.choosing import BUNDLES, CATEGORIES, DELIVERIES, SERVICES, PlaceText
from screens.texts.days import day
from screens.texts.steps import STEPS, StepText, picture
from screens.texts.troubles import TROUBLES, TroubleText

__all__ = [
    "BUNDLES",
    "CATEGORIES",
    "DELIVERIES",
    "GRADES",
    "GUIDANCE",
    "MEANS",
    "PROBLEMS",
    "SERVICES",
    "SEXES",
    "STEPS",
    "TROUBLES",
    "MeansText",
    "PlaceText",
    "StepText",
    "TroubleText",
    "day",
    "picture",
]
