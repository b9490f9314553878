"""Where a service is found: categories, the other things a terminal does, ways of delivery."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kiosk.core.catalogue import Category, Delivery, LabelIcon
from kiosk.core.visit import Purpose
from screens.words import N_


@dataclass(frozen=True, slots=True)
class PlaceText:
    """The name of a place to look in, what is there in everyday words, and its icon."""

    name: str
    about: str
    icon: str


CATEGORIES: Final = {
    Category.HOUSEHOLD: PlaceText(
        N_("Household registration"), N_("Register, residence permit"), "household"
    ),
    Category.HEALTH: PlaceText(N_("Health"), N_("Births, vaccinations"), "health"),
    Category.SOCIAL: PlaceText(N_("Social support"), N_("Minimum allowance, subsidies"), "social"),
    Category.LABOUR: PlaceText(N_("Work"), N_("Jobs, unemployment, starting out"), "labour"),
    Category.PENSION: PlaceText(N_("Pensions"), N_("Joining, drawing a pension"), "pension"),
    Category.MEDICAL: PlaceText(N_("Medical insurance"), N_("Joining, reimbursement"), "medical"),
    Category.AGRICULTURE: PlaceText(
        N_("Farming"), N_("Subsidies, farmland, machinery"), "agriculture"
    ),
    Category.CONSTRUCTION: PlaceText(
        N_("Village building"), N_("Homesteads, building, repair"), "construction"
    ),
    Category.BUSINESS: PlaceText(N_("Business"), N_("Opening and running a business"), "business"),
    Category.VETERANS: PlaceText(N_("Veterans"), N_("Enlisting, benefits"), "veterans"),
    Category.PARTY: PlaceText(N_("Party affairs"), N_("Membership, transfer"), "party"),
}

LABEL_ICONS: Final = {
    LabelIcon.PEOPLE: "whom",
    LabelIcon.ELDER: "elder",
    LabelIcon.CHILD: "child",
    LabelIcon.FAMILY: "family",
    LabelIcon.STUDENT: "student",
    LabelIcon.DISABILITY: "low_reach",
    LabelIcon.WORKER: "worker",
    LabelIcon.FARMER: "agriculture",
    LabelIcon.ENTERPRISE: "business",
    LabelIcon.VETERAN: "veterans",
    LabelIcon.HEALTH: "health",
    LabelIcon.HOUSE: "household",
    LabelIcon.MONEY: "fee",
}

BUNDLES: Final = PlaceText(N_("One matter, one go"), N_("Several departments, one form"), "bundle")

SERVICES: Final = {
    Purpose.AFFAIRS: PlaceText(
        N_("How far is my case?"), N_("By your document, or by the number"), "progress"
    ),
    Purpose.CERTIFICATES: PlaceText(
        N_("My e-certificates"), N_("Look at them, print them"), "certificates"
    ),
    Purpose.POLICIES: PlaceText(
        N_("What I am entitled to"), N_("Benefits you need not apply for"), "policies"
    ),
    Purpose.COMPLAINT: PlaceText(
        N_("Complain or suggest"), N_("You get a number and an answer"), "complaint"
    ),
    Purpose.COPY: PlaceText(N_("Free copies"), N_("Lay the page down, take the copy"), "copy"),
}

DELIVERIES: Final = {
    Delivery.HERE: N_("Printed at this terminal"),
    Delivery.COUNTER: N_("Picked up at the service centre"),
    Delivery.EXPRESS: N_("Sent to your home by express"),
    Delivery.ELECTRONIC: N_("As an e-certificate"),
}
